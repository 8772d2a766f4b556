import { hours, type Instant, minutes } from '../../shared/domain/instant.ts';
import { type ServiceRef, serviceArn } from '../../shared/domain/place.ts';
import type { Allowance } from '../../shared/domain/plan/allowance.ts';
import type {
  ActiveService,
  ServiceDeployment,
  ServiceSituation,
  ServiceTask,
} from '../../shared/domain/plan/situation.ts';

/** A service of an ECS that is played, as it is at the beginning, and how its deployments go. */
export interface PlayedService {
  readonly at: ServiceRef;
  /** Without it there is no such service. */
  readonly service?: Omit<ActiveService, 'status' | 'at' | 'tasks' | 'deployments' | 'allowance'>;
  readonly allowance: Allowance;
  /** When its tasks were created. */
  readonly tasks: readonly Instant[];
  readonly deployments: readonly ServiceDeployment[];
  /** Milliseconds, and what a deployment comes to. A successor of a single task takes at most five minutes, or for ever. */
  readonly takes: number;
  readonly ends: 'succeeded' | 'failed' | 'rolled-back' | 'never';
}

/** An ECS without an account: it rolls deployments in the time that they are said to take, and retires what is old. */
export interface PlayedEcs {
  readonly look: (now: Instant) => readonly ServiceSituation[];
  /** UpdateService with forceNewDeployment, or CodeDeploy's CreateDeployment; `revision` is a release by somebody else. */
  readonly deploy: (at: ServiceRef, now: Instant, revision?: string) => void;
  /** StopServiceDeployment. */
  readonly rollBack: (at: ServiceRef, deployment: string, now: Instant) => void;
  /** StopTask of a task of a service. */
  readonly replaceTask: (at: ServiceRef, taskId: string, now: Instant) => void;
}

interface State {
  tasks: readonly PlayedTask[];
  deployments: readonly ServiceDeployment[];
  revision: string;
  /** What is under way, until when, and what it comes to. */
  current?: { readonly id: string; readonly until: Instant; readonly ends: PlayedService['ends'] };
}

interface PlayedTask {
  readonly taskId: string;
  readonly createdAt: Instant;
  readonly runsFrom: Instant;
}

/** AWS does not begin at the very instant of the deadline. */
export const AWS_BEGINS_AFTER = hours(2);
/** From placement to a healthy target. */
const STARTS_IN = minutes(5);

export function playEcs(
  services: readonly PlayedService[],
  retirement: { boundary: Instant; deadline: Instant },
): PlayedEcs {
  let deployed = 0;
  let launched = 0;
  const newTask = ({ service }: ServiceRef, createdAt: Instant, runsFrom = createdAt): PlayedTask => {
    launched += 1;
    return { taskId: `${service}-${launched}`, createdAt, runsFrom };
  };
  const states = new Map(
    services.map(({ at, service, tasks, deployments }): [string, State] => [
      serviceArn(at),
      { tasks: tasks.map((createdAt) => newTask(at, createdAt, 0)), deployments, revision: service?.revision ?? '' },
    ]),
  );

  function advance({ at, service }: PlayedService, now: Instant): State {
    const state = states.get(serviceArn(at));
    if (state === undefined) throw new TypeError('only services of this ECS are looked at');
    const { current } = state;
    if (current !== undefined && current.until <= now) settle(at, state, current);
    const aws = retirement.deadline + AWS_BEGINS_AFTER;
    if (service !== undefined && now >= aws)
      state.tasks = state.tasks.map((task) => (task.createdAt < retirement.boundary ? newTask(at, aws) : task));
    return state;
  }

  function settle(at: ServiceRef, state: State, { id, until, ends }: NonNullable<State['current']>): void {
    delete state.current;
    const status = ends === 'succeeded' ? 'SUCCESSFUL' : ends === 'rolled-back' ? 'ROLLBACK_SUCCESSFUL' : 'STOPPED';
    state.deployments = withStatus(state.deployments, id, status);
    // A deployment that is given up has replaced some tasks before.
    const kept = ends === 'succeeded' ? 0 : Math.ceil(state.tasks.length / 2);
    state.tasks = state.tasks.map((task, index) => (index < kept ? task : newTask(at, until)));
  }

  const playedAt = (at: ServiceRef): PlayedService | undefined =>
    services.find((one) => serviceArn(one.at) === serviceArn(at));

  return {
    look: (now) => services.map((played) => situationOf(played, advance(played, now), now)),
    deploy(at, now, revision) {
      const played = playedAt(at);
      if (played?.service === undefined) return;
      const state = advance(played, now);
      deployed += 1;
      if (revision !== undefined) state.revision = revision;
      const id = `ecs-svc/${deployed}`;
      // A deployment that is under way is superseded: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-deployment.html
      const before = state.deployments.map((one) =>
        one.id === state.current?.id ? { ...one, status: 'STOPPED' } : one,
      );
      state.deployments = [{ id, createdAt: now, status: 'IN_PROGRESS', revision: state.revision }, ...before];
      state.current = { id, until: played.ends === 'never' ? NEVER : now + played.takes, ends: played.ends };
    },
    rollBack(at, deployment, now) {
      const played = playedAt(at);
      if (played === undefined) return;
      const state = advance(played, now);
      if (state.current?.id !== deployment || state.current.ends === 'rolled-back') return;
      state.current = { id: deployment, until: now + minutes(5), ends: 'rolled-back' };
      state.deployments = withStatus(state.deployments, deployment, 'ROLLBACK_IN_PROGRESS');
    },
    replaceTask(at, taskId, now) {
      const played = playedAt(at);
      if (played === undefined) return;
      const state = advance(played, now);
      const runsFrom = played.ends === 'succeeded' ? now + Math.min(STARTS_IN, played.takes) : NEVER;
      state.tasks = state.tasks.map((task) => (task.taskId === taskId ? newTask(at, now, runsFrom) : task));
    },
  };
}

const NEVER = Number.POSITIVE_INFINITY;

const withStatus = (deployments: State['deployments'], id: string, status: string): State['deployments'] =>
  deployments.map((one) => (one.id === id ? { ...one, status } : one));

function situationOf({ at, service, allowance }: PlayedService, state: State, now: Instant): ServiceSituation {
  if (service === undefined) return { status: 'gone', at, because: `${at.cluster} has no service ${at.service}.` };
  const tasks = state.tasks.map(
    ({ taskId, createdAt, runsFrom }): ServiceTask => ({
      taskId,
      lastStatus: runsFrom <= now ? 'RUNNING' : 'PENDING',
      launchType: 'FARGATE',
      createdAt,
    }),
  );
  const { deployments, revision } = state;
  const pending = tasks.filter(({ lastStatus }) => lastStatus === 'PENDING').length;
  const running = service.running - pending;
  return { status: 'active', at, allowance, ...service, running, pending, tasks, deployments, revision };
}
