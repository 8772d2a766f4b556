import type { Incident } from './incident.ts';
import { hours, type Instant } from './instant.ts';
import type { Policy } from './policy.ts';

/** Evidence that a problem is over. */
export interface Recovery {
  readonly kind: /** ECS says that the service has as many running tasks as it wants. */
    | 'steady-state'
    /** A deployment reached its steady state: a fix, or the earlier revision that ECS went back to. */
    | 'deployment-completed'
    /** A job of the task family ended with exit code 0. */
    | 'job-succeeded'
    /** The container instance is healthy again. */
    | 'host-healthy';
  readonly at: Instant;
  /** Of the deployment that completed. */
  readonly deploymentId?: string;
  /** The task definition that serves now. */
  readonly taskDefinition?: string;
}

/** Evidence holds for no longer than this before the incident is closed, however often it came back. */
const LONGEST_HOLD = hours(1);

/** The incident with one more piece of evidence; the newest counts, in any order of arrival. */
export function noteRecovery(incident: Incident, recovery: Recovery): Incident {
  const known = incident.recovery;
  if (known !== undefined && compare(known, recovery) >= 0) return incident;
  const isNews = incident.state.status === 'open' && recovery.at > incident.lastSeen && !isRecovering(incident);
  return { ...incident, recovery, revision: incident.revision + (isNews ? 1 : 0) };
}

const compare = (a: Recovery, b: Recovery): number => a.at - b.at || (a.kind < b.kind ? -1 : Number(a.kind > b.kind));

/** Nothing was seen of it since there is evidence that it is over. */
export const isRecovering = ({ recovery, lastSeen }: Pick<Incident, 'recovery' | 'lastSeen'>): boolean =>
  recovery !== undefined && recovery.at > lastSeen;

/**
 * How long evidence has to hold before the incident is closed, in milliseconds. A crash loop reaches steady state
 * between two crashes, so it is at least twice the usual time between stops, and it doubles each time the incident
 * came back.
 */
export function holdDown(incident: Incident, { holdDown: shortest }: Policy): number {
  const [newest] = incident.stops;
  const oldest = incident.stops.at(-1);
  const gaps = incident.stops.length - 1;
  const usualGap = newest === undefined || oldest === undefined || gaps < 1 ? 0 : (newest.at - oldest.at) / gaps;
  return Math.min(LONGEST_HOLD, Math.max(shortest * 2 ** incident.reopened, 2 * usualGap));
}
