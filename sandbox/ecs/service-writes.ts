import { isReturning, isUnderWay } from './deployment.ts';
import { hookChanged } from './events.ts';
import { returning } from './progress.ts';
import {
  type Context,
  currentOf,
  deploymentId,
  deploymentName,
  resolveRevision,
  type ServiceState,
  withDeployment,
} from './service-state.ts';
import { stopped } from './task.ts';

/** Milliseconds until a deployment leaves PENDING, and until the one before it has stopped. */
const TO_BEGIN = 2_000;
const TO_STOP = 5_000;

/** A new deployment of the service as it is configured; one that is under way gives way. */
export function deployed(state: ServiceState, context: Context): ServiceState {
  const { t, random } = context;
  const { settings, serving, deployments } = state;
  const revision = resolveRevision(state, context);
  const isSuperseding = deployments.some(isUnderWay);
  const before = deployments.map((it) =>
    isUnderWay(it) && it.status !== 'STOP_REQUESTED'
      ? {
          ...it,
          status: 'STOP_REQUESTED' as const,
          finishedAt: t + TO_STOP,
          reason: 'Superseded by a newer deployment.',
        }
      : it,
  );
  const created = {
    name: deploymentName(settings.controller, random),
    id: deploymentId(random),
    revision: revision.arn,
    source: serving,
    status: 'PENDING',
    createdAt: t,
    startsAt: t + (isSuperseding ? TO_STOP : TO_BEGIN),
    stage: { name: 'RECONCILE_SERVICE', since: t },
    watchesAlarms: true,
    triggeredAlarms: [],
    failures: 0,
  } as const;
  return {
    ...state,
    revisions: [...state.revisions, revision],
    deployments: [created, ...before],
    isStalled: false,
    isSteady: false,
  };
}

/** StopServiceDeployment with ROLLBACK; one that returns already goes on. */
export function rolledBack(state: ServiceState, name: string, { t }: Context): ServiceState {
  const deployment = state.deployments.find((it) => it.name === name);
  if (deployment === undefined || isReturning(deployment) || deployment.status === 'STOP_REQUESTED') return state;
  return withDeployment(state, name, {
    status: 'ROLLBACK_REQUESTED',
    rollback: { at: t + TO_STOP, reason: 'Service deployment rolled back because of a StopServiceDeployment request.' },
  });
}

/** CodeDeploy's StopDeployment without a rollback: the traffic stays where it is, and the copy goes. */
export const abandoned = (state: ServiceState, name: string, { t }: Context): ServiceState =>
  withDeployment(state, name, { status: 'STOPPED', finishedAt: t, reason: 'Stopped by a person.' });

/** ContinueServiceDeployment. */
export function continued(
  state: ServiceState,
  name: string,
  action: 'CONTINUE' | 'ROLLBACK',
  context: Context,
): ServiceState {
  const deployment = currentOf(state);
  if (deployment?.name !== name || deployment.hook === undefined) return state;
  const hook = { ...deployment.hook, status: action === 'CONTINUE' ? ('SUCCEEDED' as const) : ('FAILED' as const) };
  context.tell(hookChanged(state, name, hook, context));
  const answered = withDeployment(state, name, { hook });
  return action === 'CONTINUE' ? answered : returning(answered, { ...deployment, hook }, '', context);
}

/** StopTask: protection does not keep it, and the scheduler starts another. */
export const withoutTask = (
  state: ServiceState,
  taskId: string,
  reason: string,
  { t }: Pick<Context, 't'>,
): ServiceState => ({
  ...state,
  isSteady: false,
  tasks: state.tasks.map((task) =>
    task.id === taskId ? stopped(task, byUser(t, state.settings.stopTime, reason)) : task,
  ),
});

const byUser = (t: number, stopTime: number, reason: string) => ({
  from: t,
  at: t + stopTime,
  code: 'UserInitiated',
  reason,
  exitCode: 143,
  isFailure: false,
});
