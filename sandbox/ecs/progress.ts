import {
  copies,
  type Deployment,
  isReturning,
  isUnderWay,
  LONGEST_STAGE,
  lengthOf,
  stagesOf,
  thresholdOf,
} from './deployment.ts';
import { deploymentChanged, hookChanged, serviceActed } from './events.ts';
import { type Context, currentOf, type ServiceState, withDeployment, withMessage } from './service-state.ts';
import { isLive, isRunning, type Task } from './task.ts';

/** How far deployments are at one instant: they begin, pass their stages, fail, return and end. */
export function progress(before: ServiceState, context: Context): ServiceState {
  const state = begun(stoppedOnes(before, context.t), context);
  const deployment = currentOf(state);
  if (deployment === undefined || deployment.status === 'PENDING') return state;
  if (isReturning(deployment)) return returned(state, deployment, context);
  const failures = failuresOf(state, deployment, context.t);
  const counted = failures === deployment.failures ? state : withDeployment(state, deployment.name, { failures });
  return guarded(counted, { ...deployment, failures }, context) ?? passed(counted, deployment, context);
}

function stoppedOnes(state: ServiceState, t: number): ServiceState {
  const hasToStop = (it: Deployment): boolean => it.status === 'STOP_REQUESTED' && (it.finishedAt ?? 0) <= t;
  if (!state.deployments.some(hasToStop)) return state;
  return { ...state, deployments: state.deployments.map((it) => (hasToStop(it) ? { ...it, status: 'STOPPED' } : it)) };
}

function begun(state: ServiceState, context: Context): ServiceState {
  const { t, tell, isInAlarm } = context;
  const deployment = currentOf(state);
  if (deployment?.status !== 'PENDING' || t < deployment.startsAt) return state;
  const { id, name } = deployment;
  if (hasEvents(state))
    tell(deploymentChanged(state, { name: 'IN_PROGRESS', id, reason: `ECS deployment ${id} in progress.` }, context));
  return withDeployment(state, name, {
    status: 'IN_PROGRESS',
    startedAt: t,
    stage: { name: 'RECONCILE_SERVICE', since: t },
    // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-alarm-failure.html
    watchesAlarms: !state.settings.alarms.some(isInAlarm),
  });
}

/** CodeDeploy tells of its deployments itself. */
const hasEvents = ({ settings }: ServiceState): boolean => settings.controller === 'ECS';

const failuresOf = ({ tasks }: ServiceState, { id, createdAt }: Deployment, t: number): number =>
  tasks.filter((task) => {
    const { stop } = task;
    return task.startedBy === id && task.createdAt >= createdAt && stop?.isFailure === true && stop.from <= t;
  }).length;

/** The circuit breaker and the alarms; `undefined`: neither has anything against it. */
function guarded(state: ServiceState, deployment: Deployment, context: Context): ServiceState | undefined {
  const { circuitBreaker, desired, alarms } = state.settings;
  const { failures, watchesAlarms } = deployment;
  if (circuitBreaker !== 'off' && !copies(state.settings) && failures >= thresholdOf(desired)) {
    const failed = given(state, deployment, 'ECS deployment circuit breaker: tasks failed to start.', context);
    return circuitBreaker === 'rollback'
      ? returning(failed, deployment, 'ECS deployment circuit breaker: ', context)
      : stalled(failed, deployment, context);
  }
  const triggeredAlarms = watchesAlarms ? alarms.filter(context.isInAlarm) : [];
  if (triggeredAlarms.length === 0) return undefined;
  const failed = given(state, deployment, 'ECS deployment failed: alarm detected.', context);
  const known = withDeployment(failed, deployment.name, { triggeredAlarms });
  return returning(known, deployment, 'ECS deployment alarms: ', context);
}

function given(state: ServiceState, { id, name }: Deployment, reason: string, context: Context): ServiceState {
  if (hasEvents(state)) {
    context.tell(deploymentChanged(state, { name: 'FAILED', id, reason }, context));
    context.tell(serviceActed(state, 'SERVICE_DEPLOYMENT_FAILED', context));
  }
  const told = withMessage(state, context.t, `(deployment ${id}) deployment failed: tasks failed to start.`);
  return withDeployment(told, name, { reason });
}

function stalled(state: ServiceState, { name }: Deployment, { t }: Context): ServiceState {
  return { ...withDeployment(state, name, { status: 'STOPPED', finishedAt: t }), isStalled: true };
}

/** ECS takes up what served before: `because` begins the reason of the event. */
export function returning(
  state: ServiceState,
  deployment: Deployment,
  because: string,
  context: Context,
): ServiceState {
  const { id } = deployment.source;
  const reason = `${because}rolling back to deploymentId ${id}.`;
  if (hasEvents(state)) context.tell(deploymentChanged(state, { name: 'IN_PROGRESS', id, reason }, context));
  return withDeployment(state, deployment.name, {
    status: 'ROLLBACK_IN_PROGRESS',
    rollback: { at: context.t, reason },
  });
}

function returned(state: ServiceState, deployment: Deployment, context: Context): ServiceState {
  const { t, tell } = context;
  const { status, rollback, source, name } = deployment;
  if (status === 'ROLLBACK_REQUESTED')
    return t < (rollback?.at ?? t) ? state : returning(state, deployment, '', context);
  if (!isWhole(state, source.id, t) || state.tasks.some((task) => isLeft(task, source.id, t))) return state;
  if (hasEvents(state)) {
    const reason = `ECS deployment ${source.id} completed.`;
    tell(deploymentChanged(state, { name: 'COMPLETED', id: source.id, reason }, context));
  }
  return withDeployment(state, name, { status: 'ROLLBACK_SUCCESSFUL', finishedAt: t });
}

/** All tasks of a deployment that have to run do. */
const isWhole = ({ tasks, settings }: ServiceState, id: string, t: number): boolean =>
  tasks.filter((task) => task.startedBy === id && isRunning(task, t)).length >= settings.desired;

/** Live or still stopping, and of another deployment. */
const isLeft = ({ startedBy, stop }: Task, id: string, t: number): boolean =>
  startedBy !== id && (stop === undefined || t < stop.at);

/** Through as many stages as are over by now, and to the success after the last. */
function passed(state: ServiceState, deployment: Deployment, context: Context): ServiceState {
  const stages = stagesOf(state.settings);
  let [after, now] = [state, deployment];
  for (;;) {
    const hooked = hookOf(after, now, context);
    if (hooked.status === 'waits') return hooked.state;
    if (hooked.status === 'refused') return returning(hooked.state, now, '', context);
    after = hooked.state;
    if (context.t >= now.stage.since + LONGEST_STAGE) return returning(after, now, '', context);
    if (!isOver(after, now, context.t)) return after;
    const next = stages[stages.indexOf(now.stage.name) + 1];
    if (next === undefined) return succeeded(after, now, context);
    now = { ...now, stage: { name: next, since: context.t } };
    after = withDeployment(after, now.name, { stage: now.stage });
  }
}

function isOver(state: ServiceState, deployment: Deployment, t: number): boolean {
  const { stage, id } = deployment;
  if (t < stage.since + lengthOf(stage.name, state.settings)) return false;
  const isAlone = !state.tasks.some((task) => isLeft(task, id, t));
  const isRolling = !stagesOf(state.settings).includes('CLEAN_UP');
  const leavesOthers = !isRolling || state.settings.deferredCleanup !== undefined;
  if (stage.name === 'SCALE_UP') return isWhole(state, id, t) && (leavesOthers || isAlone);
  return stage.name === 'CLEAN_UP' ? isAlone : true;
}

type Hooked = { readonly status: 'free' | 'waits' | 'refused'; readonly state: ServiceState };

/** The pause hook of the stage, if it has one: it waits for a person, and at last decides itself. */
function hookOf(state: ServiceState, deployment: Deployment, context: Context): Hooked {
  const { pauseHook } = state.settings;
  const { stage, name } = deployment;
  const { t, tell, random } = context;
  if (pauseHook?.stage !== stage.name) return { status: 'free', state };
  const hook = state.deployments.find((it) => it.name === name)?.hook;
  if (hook === undefined) {
    const created = {
      id: `ecs-pause-${random.hex(16)}_${random.hex(16)}-${random.hex(8)}`,
      stage: stage.name,
      status: 'AWAITING_ACTION',
      expiresAt: t + pauseHook.timeout,
      onTimeout: pauseHook.onTimeout,
    } as const;
    tell(hookChanged(state, name, created, context));
    return { status: 'waits', state: withDeployment(state, name, { hook: created }) };
  }
  if (hook.status === 'AWAITING_ACTION' && t < hook.expiresAt) return { status: 'waits', state };
  if (hook.status !== 'AWAITING_ACTION') return { status: hook.status === 'SUCCEEDED' ? 'free' : 'refused', state };
  const expired = { ...hook, status: 'TIMED_OUT' } as const;
  tell(hookChanged(state, name, expired, context));
  const ended = hook.onTimeout === 'CONTINUE' ? { ...expired, status: 'SUCCEEDED' as const } : expired;
  return {
    status: hook.onTimeout === 'CONTINUE' ? 'free' : 'refused',
    state: withDeployment(state, name, { hook: ended }),
  };
}

function succeeded(state: ServiceState, { id, name, revision }: Deployment, context: Context): ServiceState {
  const reason = `ECS deployment ${id} completed.`;
  if (hasEvents(state)) context.tell(deploymentChanged(state, { name: 'COMPLETED', id, reason }, context));
  const ended = withDeployment(state, name, { status: 'SUCCESSFUL', finishedAt: context.t });
  return { ...withMessage(ended, context.t, `(deployment ${id}) deployment completed.`), serving: { id, revision } };
}

/** Everything that is to run does, nothing else does, and nothing is under way. */
export function steadied(state: ServiceState, context: Context): ServiceState {
  const { t, tell } = context;
  const { serving, settings, deployments, tasks } = state;
  if (state.isSteady || state.isStalled || deployments.some(isUnderWay) || settings.status !== 'ACTIVE') return state;
  const live = tasks.filter((task) => isLive(task, t));
  if (live.length !== settings.desired || !isWhole(state, serving.id, t)) return state;
  if (tasks.some(({ stop }) => stop !== undefined && t < stop.at)) return state;
  tell(serviceActed(state, 'SERVICE_STEADY_STATE', context));
  return withMessage({ ...state, isSteady: true }, t, 'has reached a steady state.');
}
