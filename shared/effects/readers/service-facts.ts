import type { Deployment, Service } from '@aws-sdk/client-ecs';
import type { DeploymentFacts, ServiceFacts } from '../../domain/facts.ts';
import { present } from '../../domain/present.ts';

/** The API gives the latest hundred; the newest say what goes on, and a record stays small. */
const EVENTS_KEPT = 10;

/** What a diagnosis and the routing need of a service. */
export function serviceFacts(service: Service): ServiceFacts {
  return present({
    status: service.status ?? 'UNKNOWN',
    desired: service.desiredCount ?? 0,
    running: service.runningCount ?? 0,
    pending: service.pendingCount ?? 0,
    taskDefinitionArn: service.taskDefinition,
    deployments: (service.deployments ?? []).map(deploymentFacts),
    events: newestEvents(service),
    tags: Object.fromEntries((service.tags ?? []).flatMap(({ key, value }) => (key ? [[key, value ?? '']] : []))),
    healthCheckGracePeriod: service.healthCheckGracePeriodSeconds,
    subnets: service.networkConfiguration?.awsvpcConfiguration?.subnets ?? [],
    targetGroupArns: (service.loadBalancers ?? []).flatMap(({ targetGroupArn }) => targetGroupArn ?? []),
  });
}

const deploymentFacts = (deployment: Deployment): DeploymentFacts =>
  present({
    id: deployment.id ?? '',
    status: deployment.status ?? 'UNKNOWN',
    rolloutState: deployment.rolloutState,
    rolloutStateReason: deployment.rolloutStateReason,
    taskDefinitionArn: deployment.taskDefinition,
    desired: deployment.desiredCount ?? 0,
    running: deployment.runningCount ?? 0,
    failedTasks: deployment.failedTasks ?? 0,
    createdAt: deployment.createdAt?.getTime(),
  });

const newestEvents = ({ events = [] }: Service): ServiceFacts['events'] =>
  events
    .map(({ createdAt, message }) => ({ at: createdAt?.getTime() ?? 0, message: message ?? '' }))
    .sort((a, b) => b.at - a.at)
    .slice(0, EVENTS_KEPT);
