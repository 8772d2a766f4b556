import type { CauseId } from '../../shared/domain/diagnosis/causes.ts';
import { diagnose } from '../../shared/domain/diagnosis/diagnose.ts';
import type { DeploymentFacts, ServiceFacts } from '../../shared/domain/facts.ts';
import type { Instant } from '../../shared/domain/instant.ts';
import { type ServiceRef, serviceArn } from '../../shared/domain/place.ts';
import { present } from '../../shared/domain/present.ts';
import { ecsEvent } from '../../shared/effects/readers/task-event.ts';

// What the APIs tell of the present, as the events that ECS would send about it: everything behind the parser is then
// the same for both. Each event has the name of what it is about for its id.

/** The failed deployments of a service, and the rollbacks that follow from them. */
export const deploymentEvents = (ref: ServiceRef, service: ServiceFacts, now: Instant): readonly unknown[] =>
  service.deployments.flatMap((deployment) => {
    const eventName = hasFailed(deployment, service)
      ? 'SERVICE_DEPLOYMENT_FAILED'
      : isRollback(deployment) && 'SERVICE_DEPLOYMENT_IN_PROGRESS';
    if (!eventName) return [];
    const updatedAt = iso(toldAt(deployment, service) ?? deployment.createdAt ?? now);
    return ecsEvent(ref, {
      id: deployment.id,
      'detail-type': 'ECS Deployment State Change',
      time: updatedAt,
      resources: [serviceArn(ref)],
      detail: present({ eventName, deploymentId: deployment.id, updatedAt, reason: deployment.rolloutStateReason }),
    });
  });

/** What the scheduler complains of since the service was last steady, the newest of each cause that is not `known`. */
export function complaintEvents(
  ref: ServiceRef,
  service: ServiceFacts,
  known: ReadonlySet<CauseId>,
): readonly unknown[] {
  const steady = service.events.findIndex(({ message }) => message.includes('has reached a steady state'));
  const since = steady < 0 ? service.events : service.events.slice(0, steady);
  const complaints = since.filter(({ message }) => isComplaint(message) && !known.has(causeOf(message)));
  const newest = complaints.filter(
    ({ message }, index) => complaints.findIndex((other) => causeOf(other.message) === causeOf(message)) === index,
  );
  return newest.map(({ at, message }) =>
    ecsEvent(ref, {
      id: serviceArn(ref),
      'detail-type': 'ECS Service Action',
      time: iso(at),
      resources: [serviceArn(ref)],
      detail: { eventType: 'WARN', eventName: eventNameOf(message), reason: message, createdAt: iso(at) },
    }),
  );
}

/**
 * DescribeServices gives no names; EventBridge has this one for what cannot be placed.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_service_events.html
 */
const eventNameOf = (message: string): string =>
  message.includes('unable to place') ? 'SERVICE_TASK_PLACEMENT_FAILURE' : 'SERVICE_EVENT';

/** Deployments are told of by themselves, and stopped tasks by what they say. */
function isComplaint(message: string): boolean {
  const { benign, cause } = diagnose({ kind: 'service', message });
  const isDeployment = cause.startsWith('deployment/') && cause !== 'deployment/blocked';
  return !benign && !isDeployment && cause !== 'platform/unspecified-failure';
}

const causeOf = (message: string): CauseId => diagnose({ kind: 'service', message }).cause;

/** A deployment that was made after the failed one, and completed, has put an end to the failure. */
const hasFailed = ({ rolloutState, createdAt = 0 }: DeploymentFacts, { deployments }: ServiceFacts): boolean =>
  rolloutState === 'FAILED' &&
  !deployments.some((other) => other.rolloutState === 'COMPLETED' && (other.createdAt ?? 0) > createdAt);

const isRollback = ({ rolloutState, rolloutStateReason = '' }: DeploymentFacts): boolean =>
  rolloutState === 'IN_PROGRESS' && /rolling back/i.test(rolloutStateReason);

/** When the newest event of the service names the deployment. */
const toldAt = ({ id }: DeploymentFacts, { events }: ServiceFacts): Instant | undefined =>
  events.find(({ message }) => message.includes(id))?.at;

const iso = (at: Instant): string => new Date(at).toISOString();
