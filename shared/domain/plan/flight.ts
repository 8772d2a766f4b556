import { hours, minutes } from '../instant.ts';
import { utcMinute } from '../utc.ts';
import { isOpen } from './candidates.ts';
import { keepLock, lockOn, releaseLock } from './lock.ts';
import { ended, type Look, type Move, stay, tell, to } from './look.ts';
import { proofOf, whatIsWrong } from './proof.ts';
import { isUnderWay, newestFirst, type ServiceDeployment } from './situation.ts';
import type { End, Flight, FlightStage, Stage } from './stage.ts';
import { ANSWERED_WITHIN } from './waiting.ts';

/** A service that ECS was asked to replace, as far as ECS shows it. */
export function follow(look: Look, stage: FlightStage): Move {
  switch (stage.kind) {
    case 'starting':
      return findDeployment(look, stage);
    case 'running':
      return watchDeployment(look, stage);
    case 'verifying':
      return verify(look, stage);
  }
}

type StageOf<Kind extends Stage['kind']> = Extract<Stage, { readonly kind: Kind }>;

/** Twice the life of a step: what was asked shows by then, and what was not will not be any more. */
const SHOWN_WITHIN = 2 * ANSWERED_WITHIN;
const SHOWN_LOOKS = 2;
const MOST_TRIES = 3;

/**
 * UpdateService has no token against repetition, so a deployment that was not there before is ours, and only when none
 * has shown is it asked for again. One of another revision is somebody's release.
 */
function findDeployment(look: Look, stage: StageOf<'starting'>): Move {
  const { plan, service, situation, locks, now } = look;
  const fresh = newestFirst(situation.deployments).findLast(({ id }) => !stage.known.includes(id));
  if (fresh !== undefined && fresh.revision !== stage.revision)
    return over(look, stage, 'superseded', `Somebody deploys ${fresh.revision}.`);
  if (fresh !== undefined) {
    const running: Stage = { ...flightOf(stage), kind: 'running', deployment: fresh.id };
    const text = `ECS replaces ${look.work.old} of ${look.work.of} tasks, expected until ${utcMinute(stage.startedAt + look.work.expected.length)}.`;
    return to(look, running, { steps: keepLock(locks, plan, service.at, now), news: [tell(look, 'started', text)] });
  }
  const unseen = stage.unseen + 1;
  if (now - stage.askedAt < SHOWN_WITHIN || unseen < SHOWN_LOOKS)
    return to(look, { ...stage, unseen }, { steps: keepLock(locks, plan, service.at, now) });
  const lock = lockOn(locks, service.at);
  if (
    lock?.owner !== plan.id ||
    lock.fence !== stage.fence ||
    now >= lock.expiresAt ||
    !isOpen(stage.slot, now) ||
    !isAllowed(look)
  )
    return to(look, { kind: 'waiting' }, { steps: releaseLock(locks, plan, service.at, now) });
  if (stage.tries >= MOST_TRIES)
    return over(look, stage, 'failed', `ECS was asked ${stage.tries} times and started no deployment.`);
  const notAfter = Math.min(now + ANSWERED_WITHIN, stage.slot.cutoff, lock.expiresAt);
  return to(
    look,
    { ...stage, tries: stage.tries + 1, askedAt: now, unseen: 0 },
    { steps: [{ kind: 'deploy', at: service.at, fence: stage.fence, notAfter }] },
  );
}

/** What was allowed when it was asked may not be any more: somebody objected or deploys, or a freeze has come. */
const isAllowed = ({ plan, work, situation, now }: Look): boolean =>
  plan.vetoes.length === 0 &&
  work.slot !== undefined &&
  isOpen(work.slot, now) &&
  !situation.deployments.some(isUnderWay);

const flightOf = ({ startedAt, slot, fence, revision, digests, known }: Flight): Flight => ({
  startedAt,
  slot,
  fence,
  revision,
  digests,
  known,
});

/** Where nothing gives a deployment up, this does: so many times as long as expected, and an hour at least. */
const PATIENCE = { times: 3, least: hours(1) };

function watchDeployment(look: Look, stage: StageOf<'running'>): Move {
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
function overrun(look: Look, stage: StageOf<'running'>, { id, status }: ServiceDeployment, keep: Move['steps']): Move {
  const isReturning = look.situation.allowance.overrun === 'rollback';
  const isAsked = status !== 'PENDING' && status !== 'IN_PROGRESS';
  const back: Move['steps'] =
    isReturning && !isAsked ? [{ kind: 'roll-back', at: look.service.at, fence: stage.fence, deployment: id }] : [];
  const text = `The window has closed and the deployment is ${status}. ${isReturning ? 'It is rolled back.' : 'ECS finishes it.'}`;
  const news = stage.overran ? [] : [tell(look, 'overran', text, 'channel')];
  return to(look, { ...stage, overran: true }, { steps: [...keep, ...back], news });
}

function deploymentOver(look: Look, stage: StageOf<'running'>, { status, createdAt }: ServiceDeployment): Move {
  if (status === 'SUCCESSFUL') {
    const { kind: _, overran: __, ...flight } = stage;
    const steps = keepLock(look.locks, look.plan, look.service.at, look.now);
    return to(look, { ...flight, kind: 'verifying', since: look.now }, { steps });
  }
  if (status === 'ROLLBACK_SUCCESSFUL')
    return over(look, stage, 'rolled-back', 'ECS returned to the deployment before.');
  const newer = look.situation.deployments.some((one) => one.createdAt > createdAt && !stage.known.includes(one.id));
  return newer
    ? over(look, stage, 'superseded', 'Somebody started another deployment.')
    : over(look, stage, 'failed', `The deployment is ${status}.`);
}

/** A success that is not proved by then never is: tasks are protected, or their cleanup is deferred. */
const PROVED_WITHIN = hours(1);

function verify(look: Look, stage: StageOf<'verifying'>): Move {
  const { plan, service, situation, work, config, locks, now } = look;
  const steps = keepLock(locks, plan, service.at, now);
  const [newest] = newestFirst(situation.deployments);
  if (newest !== undefined && newest.id !== stage.deployment && !stage.known.includes(newest.id))
    return over(look, stage, 'superseded', `Somebody deployed ${newest.revision} before the proof was complete.`);
  const wrong = whatIsWrong(look);
  if (wrong !== undefined) {
    if (now - stage.since > Math.max(PROVED_WITHIN, work.expected.length))
      return over(look, stage, 'failed', `ECS calls the deployment a success, but ${wrong}.`);
    const { wellSince: _, ...again } = stage;
    return to(look, again, { steps });
  }
  // A clock that was set back begins to count anew.
  const wellSince = Math.min(stage.wellSince ?? now, now);
  if (now - wellSince < config.bake) return to(look, { ...stage, wellSince }, { steps });
  const because = `None of ${work.of} tasks is older than ${utcMinute(plan.boundary.at)}; all were well for ${Math.round(config.bake / minutes(1))} min.`;
  return over(look, stage, 'done', because);
}

/** The attempt is over. What is still old waits for another opening, and for somebody's agreement where this one failed. */
function over(look: Look, stage: FlightStage, end: End, because: string): Move {
  const { service, work, plan, locks, now } = look;
  const failures = service.run.failures + (end === 'failed' || end === 'rolled-back' ? 1 : 0);
  const deployment = stage.kind === 'starting' ? undefined : stage.deployment;
  const last = { end, at: now, slot: stage.slot, ...(deployment !== undefined && { deployment }) };
  const run = { ...service.run, failures, last };
  const after = { ...look, service: { ...service, run } };
  const steps = releaseLock(locks, plan, service.at, now);
  if (work.old === 0) return ended(after, { end, because, steps, proof: proofOf(look, stage) });
  const left = `${work.old} of ${work.of} tasks are still on the old revision and wait for the next opening.`;
  return to(
    after,
    { kind: 'waiting', aim: stage.slot, held: { key: end, because } },
    {
      steps,
      news: [tell(look, 'attempt-failed', `${end}. ${because} ${left}`, 'channel')],
    },
  );
}
