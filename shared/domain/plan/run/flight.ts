import { hours, minutes } from '../../instant.ts';
import { throughOf } from '../controller.ts';
import { isUnderWay } from '../deployments.ts';
import { keepLock } from '../lock.ts';
import { type ServiceDeployment } from '../situation.ts';
import { type FlightStage, flightOf, type StageOf } from '../stage.ts';
import { type Look, type Move, stay, tell, to } from './look.ts';
import { over } from './over.ts';
import { replaceOneByOne } from './replacing.ts';
import { findDeployment } from './starting.ts';
import { verify } from './verifying.ts';

/** A service that ECS was asked to replace, as far as ECS shows it. */
export function follow(look: Look, stage: FlightStage): Move {
  switch (stage.kind) {
    case 'starting':
      return findDeployment(look, stage);
    case 'running':
      return watchDeployment(look, stage);
    case 'replacing':
      return replaceOneByOne(look, stage);
    case 'verifying':
      return verify(look, stage);
  }
}

type Running = StageOf<'running'>;

/** Where nothing gives a deployment up, this does: so many times as long as expected, and an hour at least. */
const PATIENCE = { times: 3, least: hours(1) };

function watchDeployment(look: Look, stage: Running): Move {
  const { plan, service, situation, work, locks, now } = look;
  const deployment = situation.deployments.find(({ id }) => id === stage.deployment);
  const keep = keepLock(locks, plan, service.at, now);
  if (deployment !== undefined && !isUnderWay(deployment)) return deploymentOver(look, stage, deployment);
  const patience = Math.max(PATIENCE.least, PATIENCE.times * work.expected.length);
  if (now - stage.startedAt > patience)
    return over(
      look,
      stage,
      'failed',
      `The deployment is not over after ${Math.round(patience / minutes(1))} min. ECS goes on with it.`,
    );
  if (now < stage.slot.closes || deployment === undefined) return stay(look, keep);
  return overrun(look, stage, deployment, keep);
}

/** The window closes on a deployment. Asking ECS to return is repeated until ECS says that it does. */
function overrun(look: Look, stage: Running, { id, status }: ServiceDeployment, keep: Move['steps']): Move {
  const { situation, service } = look;
  const isReturning = situation.allowance.overrun === 'rollback';
  const isAsked = status !== 'PENDING' && status !== 'IN_PROGRESS';
  const back: Move['steps'] =
    isReturning && !isAsked
      ? [{ kind: 'roll-back', at: service.at, fence: stage.fence, deployment: id, ...throughOf(situation) }]
      : [];
  const text = `The window has closed and the deployment is ${status}. ${isReturning ? 'It is rolled back.' : 'ECS finishes it.'}`;
  const news = stage.overran ? [] : [tell(look, 'overran', text, 'channel')];
  return to(look, { ...stage, overran: true }, { steps: [...keep, ...back], news });
}

function deploymentOver(look: Look, stage: Running, { status, createdAt }: ServiceDeployment): Move {
  if (status === 'SUCCESSFUL') {
    const steps = keepLock(look.locks, look.plan, look.service.at, look.now);
    const { deployment } = stage;
    return to(look, { ...flightOf(stage), kind: 'verifying', deployment, since: look.now }, { steps });
  }
  if (status === 'ROLLBACK_SUCCESSFUL')
    return over(look, stage, 'rolled-back', 'ECS returned to the deployment before.');
  const newer = look.situation.deployments.some((one) => one.createdAt > createdAt && !stage.known.includes(one.id));
  return newer
    ? over(look, stage, 'superseded', 'Somebody started another deployment.')
    : over(look, stage, 'failed', `The deployment is ${status}.`);
}
