import { recordId } from './fingerprint.ts';
import { type Details, type Incident, OBSERVED_LIMIT, type Subject } from './incident.ts';
import { hours } from './instant.ts';
import type { Observation } from './observation.ts';
import { worse } from './severity.ts';

/** A problem that was not seen for this long is over; its next sighting is a new incident with a new message. */
export const QUIET_AFTER = hours(6);

/** A new incident of one observation, not yet announced to anybody. */
export function openIncident(observation: Observation, version: number): Incident {
  const { fingerprint } = observation;
  return {
    kind: 'incident',
    status: 'open',
    id: recordId('inc', fingerprint, observation.at),
    fingerprint,
    subject: observation.subject,
    diagnosis: observation.diagnosis,
    severity: observation.diagnosis.severity,
    details: observation.details,
    occurrences: 1,
    revision: 1,
    version,
    firstSeen: observation.at,
    lastSeen: observation.at,
    latestKey: observation.key,
    observed: [observation.key],
    announcements: [],
  };
}

/** Whether the observation belongs to the incident as it is known, or opens a new one in its place. */
export function continues(incident: Incident, observation: Observation): boolean {
  if (observation.at - incident.lastSeen > QUIET_AFTER) return false;
  if (incident.subject.kind !== 'deployment') return true;
  const before = incident.details.deploymentId;
  const now = observation.details.deploymentId;
  return before === undefined || now === undefined || before === now;
}

/** The incident with one more observation. Arrival order does not matter, and a repeated observation changes nothing. */
export function mergeObservation(incident: Incident, observation: Observation): Incident {
  if (incident.observed.includes(observation.key)) return incident;
  const isNewer = isAfter(observation, incident);
  const [older, newer] = isNewer ? [incident, observation] : [observation, incident];
  return {
    ...incident,
    diagnosis: moreSpecific(older, newer),
    severity: worse(incident.severity, observation.diagnosis.severity),
    details: mergeDetails(older.details, newer.details),
    occurrences: incident.occurrences + (countsAsOccurrence(incident.subject) ? 1 : 0),
    revision: incident.revision + 1,
    firstSeen: Math.min(incident.firstSeen, observation.at),
    lastSeen: Math.max(incident.lastSeen, observation.at),
    latestKey: isNewer ? observation.key : incident.latestKey,
    observed: [...incident.observed, observation.key].slice(-OBSERVED_LIMIT),
  };
}

/** The steps of one deployment are one failure. */
const countsAsOccurrence = (subject: Subject): boolean => subject.kind !== 'deployment';

const isAfter = (observation: Observation, incident: Incident): boolean =>
  observation.at === incident.lastSeen ? observation.key > incident.latestKey : observation.at > incident.lastSeen;

type Diagnosed = Pick<Observation, 'diagnosis'>;

/**
 * A cause found in the tasks beats the verdict on the rollout, which beats the bare news of a rollback; of equals the one
 * that further reads confirmed, then the newer.
 */
const moreSpecific = (older: Diagnosed, newer: Diagnosed): Observation['diagnosis'] =>
  specificity(newer) >= specificity(older) ? newer.diagnosis : older.diagnosis;

function specificity({ diagnosis }: Diagnosed): number {
  if (diagnosis.cause === 'deployment/rolled-back') return 0;
  const ofCause = diagnosis.cause.startsWith('deployment/') ? 1 : 2;
  return diagnosis.confirmedBy === undefined ? ofCause : ofCause + 0.5;
}

function mergeDetails(older: Details, newer: Details): Details {
  const missing = newer.missing.length > 0 ? newer.missing : older.missing;
  return { ...older, ...newer, missing };
}
