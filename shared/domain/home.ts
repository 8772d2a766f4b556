import type { ServiceFacts } from './facts.ts';
import { incidentFingerprint } from './fingerprint.ts';
import type { Incident } from './incident.ts';
import { hours } from './instant.ts';
import type { Observation } from './observation.ts';
import { isRecovering } from './recovery.ts';
import type { Subject } from './subject.ts';

/** A report without a deployment's id belongs to the failing deployment that was last heard of within this time. */
const RELATED = hours(1);

/**
 * The incident that a sighting belongs to: that of the deployment while one is under way, else that of its cause.
 * `about` is everything on record of its service. Answers `ask-service` when only the service itself can tell, which is
 * once for each deployment and problem; `service` is what it said, and `null` that it could not be asked.
 *
 * A task says by `startedBy` which deployment started it, for as long as it lives; what matters is whether that
 * deployment has reached its steady state.
 */
export function homeOf(
  observation: Observation,
  about: readonly Incident[],
  service: ServiceFacts | null | undefined,
): Observation | 'ask-service' {
  const { subject, stop } = observation;
  if (subject.kind !== 'service') return observation;
  const deployment = about.find((incident) => incident.subject.kind === 'deployment');
  if (stop === undefined) return homeOfReport(observation, deployment, service);
  const { deploymentId } = observation.details;
  if (deploymentId === undefined) return observation;
  if (deployment?.details.deploymentId === deploymentId) return ofDeployment(observation, subject, deploymentId);
  const known = about.find(({ fingerprint }) => fingerprint === observation.fingerprint);
  if (known?.state.status === 'open' && known.deployments.includes(deploymentId)) return observation;
  if (service === undefined) return 'ask-service';
  return isUnfinished(service, deploymentId) ? ofDeployment(observation, subject, deploymentId) : observation;
}

/** A service reports trouble without naming a deployment: it is the deployment's while one is in trouble or under way. */
function homeOfReport(
  observation: Observation,
  deployment: Incident | undefined,
  service: ServiceFacts | null | undefined,
): Observation | 'ask-service' {
  const { subject, at } = observation;
  if (subject.kind !== 'service') return observation;
  const isInTrouble =
    deployment?.state.status === 'open' && !isRecovering(deployment) && Math.abs(at - deployment.lastSeen) <= RELATED;
  if (isInTrouble) return ofDeployment(observation, subject, deployment.details.deploymentId);
  if (service === undefined) return 'ask-service';
  const running = service?.deployments.find(({ rolloutState }) => rolloutState === 'IN_PROGRESS');
  return running === undefined ? observation : ofDeployment(observation, subject, running.id);
}

const isUnfinished = (service: ServiceFacts | null, deploymentId: string): boolean =>
  service?.deployments.some(
    ({ id, rolloutState }) => id === deploymentId && (rolloutState === 'IN_PROGRESS' || rolloutState === 'FAILED'),
  ) ?? false;

/** The sighting as one of the deployment's. */
function ofDeployment(
  observation: Observation,
  { at, service }: Extract<Subject, { readonly kind: 'service' }>,
  deploymentId: string | undefined,
): Observation {
  const subject: Subject = { kind: 'deployment', at, service };
  return {
    ...observation,
    subject,
    fingerprint: incidentFingerprint(subject, observation.diagnosis.cause),
    details: { ...observation.details, ...(deploymentId !== undefined && { deploymentId }) },
  };
}
