import { found, missing } from '../shared/domain/facts.ts';
import { hours, type Instant, minutes } from '../shared/domain/instant.ts';
import { type ServiceRef, serviceArn } from '../shared/domain/place.ts';
import type { Allowance } from '../shared/domain/plan/allowance.ts';
import type {
  ActiveService,
  ServiceDeployment,
  ServiceSituation,
  ServiceTask,
} from '../shared/domain/plan/situation.ts';

/** A service of an ECS that is played, as it is at the beginning, and how its deployments go. */
export interface PlayedService {
  readonly at: ServiceRef;
  /** Without it there is no such service. */
  readonly service?: Omit<ActiveService, 'status' | 'at' | 'tasks' | 'deployments' | 'allowance'>;
  readonly allowance: Allowance;
  /** Tasks that are older than the boundary, and that are not. */
  readonly tasks: readonly Instant[];
  readonly deployments: readonly ServiceDeployment[];
  /** Milliseconds, and what a deployment comes to. */
  readonly takes: number;
  readonly ends: 'succeeded' | 'failed' | 'rolled-back' | 'never';
}

/** An ECS without an account: it rolls deployments in the time that they are said to take, and retires what is old. */
export interface PlayedEcs {
  readonly look: (now: Instant) => readonly ServiceSituation[];
  /** UpdateService with forceNewDeployment; `revision` is a release by somebody else. */
  readonly deploy: (at: ServiceRef, now: Instant, revision?: string) => void;
  /** StopServiceDeployment. */
  readonly rollBack: (at: ServiceRef, deployment: string, now: Instant) => void;
}

interface State {
  tasks: readonly Instant[];
  deployments: readonly ServiceDeployment[];
  revision: string;
  /** What is under way, until when, and what it comes to. */
  current?: { readonly id: string; readonly until: Instant; readonly ends: PlayedService['ends'] };
}

/** AWS does not begin at the very instant of the deadline. */
const AWS_BEGINS_AFTER = hours(2);

export function playEcs(
  services: readonly PlayedService[],
  retirement: { boundary: Instant; deadline: Instant },
): PlayedEcs {
  const states = new Map(
    services.map(({ at, service, tasks, deployments }): [string, State] => [
      serviceArn(at),
      { tasks, deployments, revision: service?.revision ?? '' },
    ]),
  );
  let count = 0;

  function advance({ at, service }: PlayedService, now: Instant): State {
    const state = states.get(serviceArn(at));
    if (state === undefined) throw new TypeError('only services of this ECS are looked at');
    const { current } = state;
    if (current !== undefined && current.until <= now) settle(state, current);
    if (service !== undefined && now >= retirement.deadline + AWS_BEGINS_AFTER)
      state.tasks = state.tasks.map((createdAt) =>
        createdAt < retirement.boundary ? retirement.deadline + AWS_BEGINS_AFTER : createdAt,
      );
    return state;
  }

  const playedAt = (at: ServiceRef): PlayedService | undefined =>
    services.find((one) => serviceArn(one.at) === serviceArn(at));

  return {
    look: (now) => services.map((played) => situationOf(played, advance(played, now))),
    deploy(at, now, revision) {
      const played = playedAt(at);
      if (played?.service === undefined) return;
      const state = advance(played, now);
      count += 1;
      if (revision !== undefined) state.revision = revision;
      const id = `ecs-svc/${count}`;
      // A deployment that is under way is superseded: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-deployment.html
      const before = state.deployments.map((one) =>
        one.id === state.current?.id ? { ...one, status: 'STOPPED' } : one,
      );
      state.deployments = [{ id, createdAt: now, status: 'IN_PROGRESS', revision: state.revision }, ...before];
      state.current = {
        id,
        until: played.ends === 'never' ? Number.POSITIVE_INFINITY : now + played.takes,
        ends: played.ends,
      };
    },
    rollBack(at, deployment, now) {
      const played = playedAt(at);
      if (played === undefined) return;
      const state = advance(played, now);
      if (state.current?.id !== deployment || state.current.ends === 'rolled-back') return;
      state.current = { id: deployment, until: now + minutes(5), ends: 'rolled-back' };
      state.deployments = withStatus(state.deployments, deployment, 'ROLLBACK_IN_PROGRESS');
    },
  };
}

function settle(state: State, { id, until, ends }: NonNullable<State['current']>): void {
  delete state.current;
  const status = ends === 'succeeded' ? 'SUCCESSFUL' : ends === 'rolled-back' ? 'ROLLBACK_SUCCESSFUL' : 'STOPPED';
  state.deployments = withStatus(state.deployments, id, status);
  // A deployment that is given up has replaced some tasks before.
  const kept = ends === 'succeeded' ? 0 : Math.ceil(state.tasks.length / 2);
  state.tasks = state.tasks.map((createdAt, index) => (index < kept ? createdAt : until));
}

const withStatus = (deployments: State['deployments'], id: string, status: string): State['deployments'] =>
  deployments.map((one) => (one.id === id ? { ...one, status } : one));

function situationOf({ at, service, allowance }: PlayedService, state: State): ServiceSituation {
  if (service === undefined) return { status: 'gone', at, because: `${at.cluster} has no service ${at.service}.` };
  const tasks = state.tasks.map(
    (createdAt, index): ServiceTask => ({
      taskId: `${at.service}-${index + 1}`,
      lastStatus: 'RUNNING',
      launchType: 'FARGATE',
      createdAt,
    }),
  );
  const { deployments, revision } = state;
  return { status: 'active', at, allowance, ...service, tasks, deployments, revision };
}

const NOT_THERE = missing('not-applicable', 'it has none');

/** A service that is well and has nothing special, for what nobody describes. */
export const PLAIN = {
  controller: 'ECS',
  strategy: 'ROLLING',
  desired: 2,
  running: 2,
  pending: 0,
  minimumHealthyPercent: 100,
  maximumPercent: 200,
  revision: 'app:1',
  revisionStatus: found('ACTIVE'),
  codeDeploy: NOT_THERE,
  durations: { past: [] },
  images: found([]),
  targets: NOT_THERE,
  alarms: NOT_THERE,
  blockers: found([]),
  stack: NOT_THERE,
  protectedUntil: NOT_THERE,
  headroom: NOT_THERE,
  hasCircuitBreaker: true,
  pauseHooks: [],
  isSpotOnly: false,
  defersCleanup: false,
} as const satisfies NonNullable<PlayedService['service']>;
