import type { ServiceDescription } from '../estate/services.ts';
import { copies, type Deployment, isReturning, type Serving } from './deployment.ts';
import { clusterArn, ecsArn, inSeconds, targetGroupArn } from './names.ts';
import type { Settings } from './service-spec.ts';
import {
  currentOf,
  deploymentArn,
  revisionAt,
  type ServiceState,
  serviceArn,
  taskDefinitionOf,
} from './service-state.ts';
import { isPending, isRunning } from './task.ts';

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Service.html */
export function describeService(state: ServiceState, t: number): ServiceDescription {
  const { settings, serving } = state;
  const isThere = settings.status !== 'INACTIVE';
  const { controller } = settings;
  return {
    serviceArn: serviceArn(state),
    serviceName: state.service,
    clusterArn: clusterArn(state.cluster),
    status: settings.status,
    desiredCount: isThere ? settings.desired : 0,
    runningCount: state.tasks.filter((task) => isRunning(task, t)).length,
    pendingCount: state.tasks.filter((task) => isPending(task, t)).length,
    ...(settings.isSpot
      ? { capacityProviderStrategy: [{ capacityProvider: 'FARGATE_SPOT', weight: 1, base: 0 }] }
      : { launchType: 'FARGATE' }),
    platformVersion: 'LATEST',
    platformFamily: 'Linux',
    schedulingStrategy: 'REPLICA',
    deploymentController: { type: controller },
    deploymentConfiguration: deploymentConfiguration(settings),
    taskDefinition: ecsArn(
      `task-definition/${revisionAt(state, serving.revision)?.taskDefinition ?? taskDefinitionOf(state)}`,
    ),
    deployments: controller === 'ECS' && isThere ? deploymentsOf(state, t) : [],
    taskSets: controller === 'ECS' ? [] : taskSetsOf(state, t),
    ...currentServiceDeployment(state),
    currentServiceRevisions: shown(state).map(({ revision, id }) => ({ arn: revision, ...countsOf(state, id, t) })),
    events: state.messages.map(({ at, text }) => ({
      id: `${state.service}-${at}`,
      createdAt: inSeconds(at),
      message: text,
    })),
    createdAt: inSeconds(state.createdAt),
    loadBalancers: settings.hasTargets
      ? [{ targetGroupArn: targetGroupArn(state.service), containerName: state.service, containerPort: 8080 }]
      : [],
    networkConfiguration: networkConfiguration(settings),
    healthCheckGracePeriodSeconds: settings.healthGrace / 1_000,
    enableECSManagedTags: true,
    propagateTags: 'NONE',
    enableExecuteCommand: false,
    tags: Object.entries(settings.tags).map(([key, value]) => ({ key, value })),
  };
}

export const networkConfiguration = ({ subnets, securityGroups }: Settings): object => ({
  awsvpcConfiguration: { subnets, securityGroups, assignPublicIp: 'DISABLED' },
});

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentConfiguration.html */
export function deploymentConfiguration(settings: Settings): object {
  const { strategy, circuitBreaker, alarms, pauseHook, step, bake } = settings;
  return {
    maximumPercent: settings.maximumPercent,
    minimumHealthyPercent: settings.minimumHealthyPercent,
    deploymentCircuitBreaker: { enable: circuitBreaker !== 'off', rollback: circuitBreaker === 'rollback' },
    ...(alarms.length > 0 && { alarms: { alarmNames: alarms, enable: true, rollback: true } }),
    ...(settings.controller === 'ECS' && { strategy }),
    ...(bake > 0 && { bakeTimeInMinutes: minutes(bake) }),
    ...(strategy === 'LINEAR' && {
      linearConfiguration: { stepPercent: step.percent, stepBakeTimeInMinutes: minutes(step.bake) },
    }),
    ...(strategy === 'CANARY' && {
      canaryConfiguration: { canaryPercent: step.percent, canaryBakeTimeInMinutes: minutes(step.bake) },
    }),
    ...(pauseHook !== undefined && {
      lifecycleHooks: [
        {
          targetType: 'PAUSE',
          lifecycleStages: [pauseHook.stage],
          timeoutConfiguration: { timeoutInMinutes: minutes(pauseHook.timeout), action: pauseHook.onTimeout },
        },
      ],
    }),
    ...(settings.deferredCleanup !== undefined && {
      earlySuccessCriteria: { enable: true, healthyPercent: 100, sourceServiceRevisionCleanup: 'DEFERRED' },
    }),
  };
}

const minutes = (milliseconds: number): number => milliseconds / 60_000;

/** Those of whose tasks something may run: what is rolled out, and what served before it. The one to be comes first. */
function shown(state: ServiceState): readonly Serving[] {
  const current = currentOf(state);
  const target = current === undefined ? [] : [{ id: current.id, revision: current.revision }];
  return current !== undefined && isReturning(current) ? [state.serving, ...target] : [...target, state.serving];
}

function currentServiceDeployment(state: ServiceState): object {
  const [newest] = state.deployments;
  const isEcs = state.settings.controller === 'ECS';
  return newest === undefined || !isEcs ? {} : { currentServiceDeployment: deploymentArn(state, newest) };
}

export const countsOf = ({ tasks, settings }: ServiceState, id: string, t: number) => ({
  requestedTaskCount: settings.desired,
  runningTaskCount: tasks.filter((task) => task.startedBy === id && isRunning(task, t)).length,
  pendingTaskCount: tasks.filter((task) => task.startedBy === id && isPending(task, t)).length,
});

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Deployment.html */
function deploymentsOf(state: ServiceState, t: number): readonly object[] {
  const [newest] = state.deployments;
  const current = currentOf(state);
  // A deployment that failed and did not return stays what ECS was told to run.
  const failed = state.isStalled && newest !== undefined ? [{ id: newest.id, revision: newest.revision }] : [];
  return [...failed, ...shown(state)].map((serving, index) => {
    const deployment = state.deployments.find(({ id }) => id === serving.id);
    const counts = countsOf(state, serving.id, t);
    const at = inSeconds(deployment?.createdAt ?? state.createdAt);
    return {
      id: serving.id,
      status: index === 0 ? 'PRIMARY' : 'ACTIVE',
      taskDefinition: ecsArn(`task-definition/${revisionAt(state, serving.revision)?.taskDefinition}`),
      desiredCount: index === 0 ? state.settings.desired : counts.runningTaskCount,
      runningCount: counts.runningTaskCount,
      pendingCount: counts.pendingTaskCount,
      failedTasks: deployment?.failures ?? 0,
      createdAt: at,
      updatedAt: at,
      launchType: 'FARGATE',
      platformVersion: '1.4.0',
      networkConfiguration: networkConfiguration(state.settings),
      ...(copies(state.settings) ? {} : rolloutOf(serving, { state, current, isFailed: index < failed.length })),
    };
  });
}

function rolloutOf(
  { id }: Serving,
  of: { readonly state: ServiceState; readonly current: Deployment | undefined; readonly isFailed: boolean },
): object {
  const { state, current, isFailed } = of;
  const isReturned = current !== undefined && isReturning(current);
  const rolloutState =
    isFailed || (isReturned && id === current.id)
      ? 'FAILED'
      : current?.id === id || (isReturned && id === state.serving.id)
        ? 'IN_PROGRESS'
        : 'COMPLETED';
  const words = { FAILED: 'failed', IN_PROGRESS: 'in progress', COMPLETED: 'completed' }[rolloutState];
  return { rolloutState, rolloutStateReason: `ECS deployment ${id} ${words}.` };
}

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_TaskSet.html */
const taskSetsOf = (state: ServiceState, t: number): readonly object[] =>
  shown(state)
    .toReversed()
    .map(({ id, revision }, index) => {
      const counts = countsOf(state, id, t);
      const deployment = state.deployments.find((it) => it.id === id);
      return {
        id,
        taskSetArn: ecsArn(`task-set/${state.cluster}/${state.service}/${id}`),
        serviceArn: serviceArn(state),
        clusterArn: clusterArn(state.cluster),
        startedBy: state.settings.controller === 'CODE_DEPLOY' ? 'CODE_DEPLOY' : 'EXTERNAL',
        ...(deployment && { externalId: deployment.name }),
        status: index === 0 ? 'PRIMARY' : 'ACTIVE',
        taskDefinition: ecsArn(`task-definition/${revisionAt(state, revision)?.taskDefinition}`),
        computedDesiredCount: state.settings.desired,
        runningCount: counts.runningTaskCount,
        pendingCount: counts.pendingTaskCount,
        createdAt: inSeconds(deployment?.createdAt ?? state.createdAt),
        launchType: 'FARGATE',
        platformVersion: '1.4.0',
        networkConfiguration: networkConfiguration(state.settings),
        scale: { unit: 'PERCENT', value: 100 },
        stabilityStatus: 'STEADY_STATE',
      };
    });
