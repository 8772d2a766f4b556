import { copies, type Deployment, isUnderWay, type Serving, thresholdOf } from './deployment.ts';
import { countsOf, deploymentConfiguration, networkConfiguration } from './describe-service.ts';
import { clusterArn, ecsArn, inSeconds } from './names.ts';
import { deploymentArn, type ServiceRevision, type ServiceState, serviceArn } from './service-state.ts';

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ServiceDeploymentBrief.html */
export const briefDeployment = (state: ServiceState, deployment: Deployment, t: number) => ({
  serviceDeploymentArn: deploymentArn(state, deployment),
  serviceArn: serviceArn(state),
  clusterArn: clusterArn(state.cluster),
  targetServiceRevisionArn: deployment.revision,
  status: deployment.status,
  ...(deployment.reason !== undefined && { statusReason: deployment.reason }),
  createdAt: inSeconds(deployment.createdAt),
  ...(deployment.startedAt !== undefined && { startedAt: inSeconds(deployment.startedAt) }),
  ...finishedAt(deployment, t),
});

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ServiceDeployment.html */
export function describeDeployment(state: ServiceState, deployment: Deployment, t: number): object {
  const { targetServiceRevisionArn: _, ...brief } = briefDeployment(state, deployment, t);
  const { stage, hook, rollback, source } = deployment;
  return {
    ...brief,
    updatedAt: inSeconds(stage.since),
    sourceServiceRevisions: [revisionSummary(state, source, t)],
    targetServiceRevision: revisionSummary(state, deployment, t),
    deploymentConfiguration: deploymentConfiguration(state.settings),
    ...(isUnderWay(deployment) && { lifecycleStage: stage.name }),
    ...(hook !== undefined && {
      lifecycleHookDetails: [
        {
          hookId: hook.id,
          targetType: 'PAUSE',
          status: hook.status,
          expiresAt: inSeconds(hook.expiresAt),
          timeoutAction: hook.onTimeout,
        },
      ],
    }),
    ...(rollback !== undefined && {
      rollback: { reason: rollback.reason, startedAt: inSeconds(rollback.at), serviceRevisionArn: source.revision },
    }),
    ...monitorsOf(state, deployment),
  };
}

const revisionSummary = (state: ServiceState, { id, revision }: Serving, t: number): object => ({
  arn: revision,
  ...countsOf(state, id, t),
});

function monitorsOf({ settings }: ServiceState, deployment: Deployment): object {
  const { circuitBreaker, desired, alarms } = settings;
  const { failures, watchesAlarms, triggeredAlarms } = deployment;
  const isWatching = isUnderWay(deployment) ? 'MONITORING' : 'MONITORING_COMPLETE';
  const isTripped = failures >= thresholdOf(desired);
  const isGuarded = circuitBreaker !== 'off' && !copies(settings);
  return {
    deploymentCircuitBreaker: {
      status: isGuarded ? (isTripped ? 'TRIGGERED' : isWatching) : 'DISABLED',
      failureCount: failures,
      threshold: thresholdOf(desired),
    },
    ...(alarms.length > 0 && {
      alarms: {
        status: triggeredAlarms.length > 0 ? 'TRIGGERED' : watchesAlarms ? isWatching : 'DISABLED',
        alarmNames: alarms,
        triggeredAlarmNames: triggeredAlarms,
      },
    }),
  };
}

/** One that has to stop knows its end before. */
const finishedAt = ({ finishedAt: at }: Deployment, t: number) =>
  at === undefined || t < at ? {} : { finishedAt: inSeconds(at) };

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ServiceRevision.html */
export const describeRevision = (state: ServiceState, revision: ServiceRevision): object => ({
  serviceRevisionArn: revision.arn,
  serviceArn: serviceArn(state),
  clusterArn: clusterArn(state.cluster),
  taskDefinition: ecsArn(`task-definition/${revision.taskDefinition}`),
  launchType: 'FARGATE',
  platformVersion: '1.4.0',
  platformFamily: 'Linux',
  networkConfiguration: networkConfiguration(state.settings),
  containerImages: [
    {
      containerName: state.service,
      image: revision.image,
      ...(revision.digest !== undefined && { imageDigest: revision.digest }),
    },
  ],
  createdAt: inSeconds(revision.createdAt),
});
