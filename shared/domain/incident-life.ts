import { isGreater, mergeDetails, originOf, sourced } from './details-merge.ts';
import type { Diagnosis } from './diagnosis/diagnosis.ts';
import { recordId } from './fingerprint.ts';
import type { Incident, Stop } from './incident.ts';
import { hours, seconds } from './instant.ts';
import type { Observation } from './observation.ts';
import type { Policy } from './policy.ts';
import { NOTHING_SEEN, wasSeen, withSeen } from './seen.ts';
import { worse } from './severity.ts';
import { isShared, type Subject } from './subject.ts';

/** A problem that comes back within this time after it was resolved is the same one. */
export const REOPENS_WITHIN = hours(1);
/** A lost host or a capacity shortage that stops nothing more is over sooner than a service's own trouble. */
const SHARED_QUIET_AFTER = hours(1);

const SHOWN_STOPS = 20;
const SHOWN_TASKS = 5;
const SHOWN_DEPLOYMENTS = 5;
/** Names of services, some 9 KB of them; one message shows fewer. */
const SHOWN_SERVICES = 300;

/** A new incident of one observation, in the place of `previous`, not yet announced to anybody. */
export function openIncident(observation: Observation, previous?: Incident): Incident {
  const { fingerprint, subject, diagnosis, at, key } = observation;
  const origin = originOf(specificity(diagnosis), at, key);
  const { details, origins } = sourced(observation.details, origin);
  return {
    kind: 'incident',
    state: { status: 'open' },
    id: recordId('inc', fingerprint, at),
    fingerprint,
    subject,
    diagnosis,
    severity: diagnosis.severity,
    details,
    origins: { ...origins, diagnosis: origin },
    occurrences: 1,
    tally: countObservation({ stops: 0, reports: 0 }, observation),
    revision: 1,
    version: previous?.version ?? 0,
    ...(previous && { previousUntil: previous.lastSeen }),
    firstSeen: at,
    lastSeen: at,
    seen: withSeen(NOTHING_SEEN, key, at),
    stops: stopsOf(observation),
    tasks: tasksOf(observation),
    deployments: deploymentsOf(observation),
    ...(observation.service !== undefined && { services: [observation.service] }),
    ...(subject.kind === 'deployment' && { causes: countCauses({}, observation) ?? {} }),
    reopened: 0,
    announcements: [],
    timeline: [],
  };
}

/** The incident while a finding that was counted before still holds: it is seen, and nothing new is said. */
export const seenStill = (incident: Incident, { at }: Observation): Incident =>
  at <= incident.lastSeen ? incident : { ...incident, lastSeen: at };

/** What an observation is to the incident on record under its fingerprint. */
export type Relation =
  /** More of it. */
  | 'continues'
  /** Counted before. */
  | 'duplicate'
  /** It is over, and this is a new one in its place. */
  | 'follows'
  /** It is about an earlier deployment, or an earlier incident in this place. */
  | 'precedes';

export function relationOf(incident: Incident, observation: Observation, policy: Policy): Relation {
  if (wasSeen(incident.seen, observation.key, observation.at)) return 'duplicate';
  const deployment = incident.subject.kind === 'deployment' ? incident.details.deploymentId : undefined;
  const other = observation.details.deploymentId;
  if (deployment !== undefined && other !== undefined) {
    // A deployment has its id for good: however late a stop of it is told, it belongs to it.
    if (deployment === other) return 'continues';
    return observation.at < incident.firstSeen ? 'precedes' : 'follows';
  }
  if (observation.at <= (incident.previousUntil ?? Number.NEGATIVE_INFINITY)) return 'precedes';
  return isOver(incident, observation, policy) ? 'follows' : 'continues';
}

function isOver({ state, lastSeen, subject }: Incident, { at }: Observation, policy: Policy): boolean {
  if (state.status === 'resolved') return at - state.at > REOPENS_WITHIN;
  return at - lastSeen > quietAfter(subject, policy);
}

/** An incident of which nothing was seen for this long is over; milliseconds. */
export const quietAfter = (subject: Subject, policy: Policy): number =>
  isShared(subject) ? Math.min(SHARED_QUIET_AFTER, policy.quietAfter) : policy.quietAfter;

/**
 * The incident with one more observation that continues it. Order of arrival does not matter. Whether it is open again
 * is for `reopened` to say.
 */
export function mergeObservation(incident: Incident, observation: Observation): Incident {
  const { at, key, diagnosis } = observation;
  const origin = originOf(specificity(diagnosis), at, key);
  const isBetter = isGreater(origin, incident.origins['diagnosis']);
  const { details, origins } = mergeDetails(incident, sourced(observation.details, origin));
  const causes = countCauses(incident.causes, observation);
  const tally = countObservation(incident.tally, observation);
  return {
    ...incident,
    subject: observation.subject.kind === 'deployment' ? observation.subject : incident.subject,
    diagnosis: isBetter ? diagnosis : incident.diagnosis,
    severity: worse(incident.severity, diagnosis.severity),
    details,
    origins: isBetter ? { ...origins, diagnosis: origin } : origins,
    occurrences: occurrencesOf(incident.subject, tally),
    tally,
    revision: incident.revision + 1,
    firstSeen: Math.min(incident.firstSeen, at),
    lastSeen: Math.max(incident.lastSeen, at),
    seen: withSeen(incident.seen, key, at),
    stops: [...incident.stops, ...stopsOf(observation)].sort(newestStopFirst).slice(0, SHOWN_STOPS),
    tasks: [...incident.tasks, ...tasksOf(observation)].sort(newestTaskFirst).slice(0, SHOWN_TASKS),
    deployments: [...new Set([...incident.deployments, ...deploymentsOf(observation)])]
      .sort()
      .slice(-SHOWN_DEPLOYMENTS),
    ...(incident.services && { services: mergeServices(incident.services, observation) }),
    ...(causes && { causes }),
  };
}

const countObservation = ({ stops, reports }: Incident['tally'], { stop }: Observation): Incident['tally'] =>
  stop === undefined ? { stops, reports: reports + 1 } : { stops: stops + 1, reports };

/** The reports of one deployment are one failure. */
function occurrencesOf({ kind }: Subject, { stops, reports }: Incident['tally']): number {
  if (stops > 0) return stops;
  return kind === 'deployment' ? 1 : reports;
}

/** Names in code point order, so that the same services stay whichever came first. */
const mergeServices = (known: readonly string[], { service }: Observation): readonly string[] =>
  service === undefined || known.includes(service) ? known : [...known, service].sort().slice(0, SHOWN_SERVICES);

/** By cause, of a deployment's stops: everything else has one cause by its name. */
function countCauses(causes: Incident['causes'], { stop, diagnosis }: Observation): Incident['causes'] {
  if (causes === undefined || stop === undefined) return causes;
  return { ...causes, [diagnosis.cause]: (causes[diagnosis.cause] ?? 0) + 1 };
}

/**
 * A cause found in the tasks beats the verdict on the rollout, which beats the bare news of a rollback; of equals the one
 * that further reads confirmed, then the newer.
 */
function specificity({ cause, confirmedBy }: Diagnosis): number {
  if (cause === 'deployment/rolled-back') return 0;
  const ofCause = cause.startsWith('deployment/') ? 1 : 2;
  return confirmedBy === undefined ? ofCause : ofCause + 0.5;
}

function stopsOf({ at, stop }: Observation): readonly Stop[] {
  if (stop === undefined) return [];
  return [{ at, ran: stop.ran === undefined ? -1 : Math.round(stop.ran / seconds(1)) }];
}

const tasksOf = ({ at, stop }: Observation): Incident['tasks'] => (stop === undefined ? [] : [{ at, id: stop.taskId }]);

const deploymentsOf = ({ details: { deploymentId } }: Observation): readonly string[] =>
  deploymentId === undefined ? [] : [deploymentId];

const newestStopFirst = (a: Stop, b: Stop): number => b.at - a.at || b.ran - a.ran;

const newestTaskFirst = (a: Incident['tasks'][number], b: Incident['tasks'][number]): number =>
  b.at - a.at || (a.id < b.id ? -1 : Number(a.id > b.id));
