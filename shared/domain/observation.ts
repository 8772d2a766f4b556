import type { Diagnosis } from './diagnosis/diagnosis.ts';
import type { Details, Fingerprint } from './incident.ts';
import type { Instant } from './instant.ts';
import type { Subject } from './subject.ts';

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
  /** Of a stopped task. What lacks it is a step of a deployment, a service's own report or a watchdog's finding. */
  readonly stop?: {
    readonly taskId: string;
    /** Milliseconds that the task ran; absent when it never reached RUNNING. */
    readonly ran?: number;
  };
  /** A state that is found again under the same key for as long as it lasts, and not something that happened once. */
  readonly holdsOn?: true;
  /** `cluster/service` of the service concerned, where the subject is shared by many. */
  readonly service?: string;
  /** The service's tags, when they were read; its owners route and silence by them. */
  readonly tags: Readonly<Record<string, string>>;
}
