import type { Diagnosis } from './diagnosis/diagnosis.ts';
import type { Details, Fingerprint, Subject } from './incident.ts';
import type { Instant } from './instant.ts';

/** One sighting of trouble: what it is about, why, and what a message would say about it. */
export interface Observation {
  /** The problem it belongs to: by what the event's own text says, whatever further reads make of the cause. */
  readonly fingerprint: Fingerprint;
  /** Counts once however often it arrives: the task's ARN, or the deployment's id and step. */
  readonly key: string;
  readonly at: Instant;
  readonly subject: Subject;
  readonly diagnosis: Diagnosis;
  readonly details: Details;
  /** The service's tags, when they were read; its owners route and silence by them. */
  readonly tags: Readonly<Record<string, string>>;
}
