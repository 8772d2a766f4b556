import type { ServiceFacts } from './facts.ts';
import { incidentFingerprint } from './fingerprint.ts';
import type { Fingerprint, Incident } from './incident.ts';
import { hours } from './instant.ts';
import type { Observation } from './observation.ts';
import { present } from './present.ts';
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
  if (subject.kind === 'deployment') return homeOfStep(observation, about);
  if (subject.kind !== 'service') return observation;
  if (stop === undefined) return homeOfReport(observation, about.find(isOfDeployment), service);
  const { deploymentId } = observation.details;
  if (deploymentId === undefined) return observation;
  const deployment = about.find(
    (incident) => isOfDeployment(incident) && incident.details.deploymentId === deploymentId,
  );
  if (deployment !== undefined) return ofDeployment(observation, subject, homeIn(deployment));
  const known = about.find(({ fingerprint }) => fingerprint === observation.fingerprint);
  if (known?.state.status === 'open' && known.deployments.includes(deploymentId)) return observation;
  if (service === undefined) return 'ask-service';
  return isUnfinished(service, deploymentId) ? ofDeployment(observation, subject, { deploymentId }) : observation;
}

const isOfDeployment = ({ subject }: Incident): boolean => subject.kind === 'deployment';

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
  if (isInTrouble) return ofDeployment(observation, subject, homeIn(deployment));
  if (service === undefined) return 'ask-service';
  const running = service?.deployments.find(({ rolloutState }) => rolloutState === 'IN_PROGRESS');
  return running === undefined ? observation : ofDeployment(observation, subject, { deploymentId: running.id });
}

const isUnfinished = (service: ServiceFacts | null, deploymentId: string): boolean =>
  service?.deployments.some(
    ({ id, rolloutState }) => id === deploymentId && (rolloutState === 'IN_PROGRESS' || rolloutState === 'FAILED'),
  ) ?? false;

/**
 * The verdict on a deployment is about its stops, where they were told before anybody could know that it was under way:
 * their incident becomes the deployment's.
 */
function homeOfStep(observation: Observation, about: readonly Incident[]): Observation {
  const { deploymentId } = observation.details;
  const home =
    about.find((incident) => isOfDeployment(incident) && isSame(incident.details.deploymentId, deploymentId)) ??
    about.find(({ state, deployments }) => state.status === 'open' && holds(deployments, deploymentId));
  return home === undefined ? observation : { ...observation, fingerprint: home.fingerprint };
}

/** What does not say which deployment it is about is about the one that was last heard of. */
const isSame = (known: string | undefined, told: string | undefined): boolean => told === undefined || known === told;

const holds = (deployments: readonly string[], deploymentId: string | undefined): boolean =>
  deploymentId !== undefined && deployments.includes(deploymentId);

interface DeploymentHome {
  readonly deploymentId?: string;
  readonly fingerprint?: Fingerprint;
}

const homeIn = ({ details, fingerprint }: Incident): DeploymentHome =>
  present({ deploymentId: details.deploymentId, fingerprint });

/** The sighting as one of the deployment's, in its incident where it has one. */
function ofDeployment(
  observation: Observation,
  { at, service }: Extract<Subject, { readonly kind: 'service' }>,
  { deploymentId, fingerprint }: DeploymentHome,
): Observation {
  const subject: Subject = { kind: 'deployment', at, service };
  return {
    ...observation,
    subject,
    fingerprint: fingerprint ?? incidentFingerprint(subject, observation.diagnosis.cause),
    details: { ...observation.details, ...(deploymentId !== undefined && { deploymentId }) },
  };
}
