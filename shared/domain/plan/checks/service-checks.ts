import type { Instant } from '../../instant.ts';
import { utcMinute } from '../../utc.ts';
import { strategyOf } from '../controller.ts';
import { isUnderWay, newestFirst } from '../deployments.ts';
import { type ActiveService } from '../situation.ts';
import { headroom, protection, roomToMove, stopFirst } from './capacity-checks.ts';
import { type Check, check, ofFact } from './check.ts';
import { imageChecks } from './image-checks.ts';

/** One question about a service that is to be replaced in an opening that closes then. */
type Look = (service: ActiveService, closes: Instant | undefined) => Check | readonly Check[];

/**
 * Everything that is asked about the service itself, all of it always. `closes` is the end of the opening it is to be
 * replaced in, where there is one.
 */
export const serviceChecks = (service: ActiveService, closes: Instant | undefined): readonly Check[] =>
  LOOKS.flatMap((look) => look(service, closes));

const LOOKS: readonly Look[] = [
  access,
  controller,
  ({ desired }) =>
    desired === 0
      ? check('desired', 'block', 'The desired count is 0: nothing runs.')
      : check('desired', 'ok', `The desired count is ${desired}.`),
  deployment,
  taskDefinition,
  roomToMove,
  running,
  targets,
  blockers,
  alarms,
  stack,
  imageChecks,
  pauseHooks,
  stopFirst,
  lastDeployment,
  protection,
  headroom,
  (service) =>
    service.hasCircuitBreaker || strategyOf(service) !== 'ROLLING'
      ? check('circuit-breaker', 'ok', 'A failing deployment is given up without us.')
      : check(
          'circuit-breaker',
          'warn',
          'The deployment circuit breaker is off: ECS tries a failing deployment without end.',
        ),
  ({ isSpotOnly }) =>
    isSpotOnly
      ? check('spot', 'warn', 'It runs on Fargate Spot alone, which may have no capacity for new tasks.')
      : check('spot', 'ok', 'It does not depend on Fargate Spot alone.'),
  ({ defersCleanup }) =>
    defersCleanup
      ? check(
          'early-success',
          'warn',
          'Its deployments succeed early and stop old tasks later: success alone is no proof.',
        )
      : check('early-success', 'ok', 'Its deployments succeed when all tasks are replaced.'),
];

function access({ access: granted, at }: ActiveService): readonly Check[] {
  if (granted === undefined) return [];
  const terms = { id: 'access', unread: 'block', none: '' } as const;
  return [ofFact(granted, terms, () => check('access', 'ok', `Account ${at.account} lets itself be changed.`))];
}

function controller({ controller: name, codeDeploy }: ActiveService): Check {
  if (name === 'ECS') return check('controller', 'ok', 'ECS deploys it.');
  if (name !== 'CODE_DEPLOY')
    return check(
      'controller',
      'block',
      `Its deployment controller is ${name}: ECS refuses to force a deployment. Deploy it with its own tool.`,
    );
  if (codeDeploy.status === 'missing')
    return check('controller', 'block', `AWS CodeDeploy deploys it, and how is not known: ${codeDeploy.because}`);
  const { application, group } = codeDeploy.value;
  return check('controller', 'ok', `AWS CodeDeploy deploys it; application ${application}, group ${group}.`);
}

function deployment({ deployments }: ActiveService): Check {
  const current = newestFirst(deployments).find(isUnderWay);
  return current === undefined
    ? check('deployment', 'ok', 'No deployment is under way.')
    : check(
        'deployment',
        'block',
        `A deployment of ${current.revision} is ${current.status} since ${utcMinute(current.createdAt)}; another would stop it.`,
      );
}

function taskDefinition({ revision, revisionStatus }: ActiveService): Check {
  const terms = { id: 'task-definition', unread: 'block', none: `${revision} is in use.` } as const;
  return ofFact(revisionStatus, terms, (status) =>
    status === 'ACTIVE'
      ? check('task-definition', 'ok', `${revision} is ACTIVE.`)
      : check('task-definition', 'block', `${revision} is ${status}: it can be neither deployed nor returned to.`),
  );
}

function running({ desired, running: count, pending }: ActiveService): Check {
  const numbers = `${count} of ${desired} tasks run, ${pending} are pending`;
  return count === desired && pending === 0
    ? check('running', 'ok', `${numbers}.`)
    : check('running', 'block', `${numbers}: it has to be well before it is touched.`);
}

function targets(service: ActiveService): Check {
  const terms = { id: 'targets', unread: 'block', none: 'It has no load balancer.' } as const;
  return ofFact(service.targets, terms, ({ healthy, total }) =>
    healthy === total && total > 0
      ? check('targets', 'ok', `All ${total} targets are healthy.`)
      : check('targets', 'block', `${healthy} of ${total} targets are healthy.`),
  );
}

function blockers(service: ActiveService): Check {
  const terms = { id: 'blockers', unread: 'block', none: 'Its window names no blocker.' } as const;
  return ofFact(service.blockers, terms, (list) => {
    const [first] = list.flatMap(({ name, because }) => (because === undefined ? [] : [`${name}: ${because}`]));
    return first === undefined
      ? check('blockers', 'ok', `None of ${list.length} blockers of its window holds.`)
      : check('blockers', 'block', `The window is kept shut by ${first}`);
  });
}

function alarms(service: ActiveService): readonly Check[] {
  const none = 'It has no deployment alarms.';
  const state = ofFact(service.alarms, { id: 'alarms', unread: 'block', none }, (list) => {
    const bad = list.filter((alarm) => alarm.state !== 'OK').map(({ name, state: shown }) => `${name} is ${shown}`);
    // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-alarm-failure.html
    return bad.length === 0
      ? check('alarms', 'ok', `${list.length} deployment alarms are OK.`)
      : check('alarms', 'block', `Deployment alarm ${bad.join(', ')}: ECS would not watch the deployment.`);
  });
  const hasNone =
    service.alarms.status === 'found' ? service.alarms.value.length === 0 : service.alarms.reason === 'not-applicable';
  const configured = hasNone
    ? check('alarms-configured', 'warn', `${none} Nothing but health checks can fail a deployment.`)
    : check('alarms-configured', 'ok', 'It has deployment alarms.');
  return [state, configured];
}

function stack(service: ActiveService): Check {
  const terms = { id: 'stack', unread: 'block', none: 'No CloudFormation stack owns it.' } as const;
  return ofFact(service.stack, terms, (status) =>
    check('stack', status.endsWith('_IN_PROGRESS') ? 'block' : 'ok', `Its CloudFormation stack is ${status}.`),
  );
}

function pauseHooks({ pauseHooks: hooks }: ActiveService): Check {
  return hooks.length === 0
    ? check('pause-hooks', 'ok', 'No hook waits for a person.')
    : check('pause-hooks', 'ask', `The deployment pauses at ${hooks.join(', ')} until somebody continues it.`);
}

function lastDeployment({ deployments }: ActiveService): Check {
  const finished = newestFirst(deployments).filter((one) => !isUnderWay(one));
  const last = finished[0];
  if (!finished.some(({ status }) => status === 'SUCCESSFUL'))
    return check('last-deployment', 'ask', 'ECS remembers no deployment that succeeded: there is none to return to.');
  return last?.status === 'SUCCESSFUL'
    ? check('last-deployment', 'ok', `The last deployment succeeded: ${utcMinute(last.createdAt)}.`)
    : check('last-deployment', 'ask', `The last deployment is ${last?.status}: ${last?.revision}.`);
}
