import type { Diagnosis } from '../../shared/domain/diagnosis/diagnosis.ts';
import type { Facts } from '../../shared/domain/facts.ts';
import type { Fingerprint } from '../../shared/domain/incident.ts';
import type { Observation } from '../../shared/domain/observation.ts';
import type { EcsSignal } from '../../shared/domain/signal.ts';

/** A signal that is trouble, and whose. */
export interface Sighting {
  readonly kind: 'sighting';
  readonly signal: EcsSignal;
  readonly fingerprint: Fingerprint;
  readonly observation: Observation;
  /** By what the event says and the task definition; further reads may sharpen it. */
  readonly diagnosis: Diagnosis;
  /** What has been read to get here; more is read only for a problem that nobody knows yet. */
  readonly facts: Facts;
}
