import type { Diagnosis } from '../../shared/domain/diagnosis/diagnosis.ts';
import type { Facts } from '../../shared/domain/facts.ts';
import type { Observation } from '../../shared/domain/observation.ts';
import type { Outcome } from '../../shared/domain/outcome.ts';
import type { Recovery } from '../../shared/domain/recovery.ts';
import type { EcsSignal } from '../../shared/domain/signal.ts';
import type { Subject } from '../../shared/domain/subject.ts';

/** A signal that is trouble, and whose. */
export interface Sighting {
  readonly kind: 'sighting';
  readonly signal: EcsSignal;
  readonly observation: Observation;
  /** By what the event says and the task definition; further reads may sharpen it. */
  readonly diagnosis: Diagnosis;
  /** What has been read to get here; more is read only for a problem that nobody knows yet. */
  readonly facts: Facts;
}

/** A signal that trouble of the subject, if there is any, is over. */
export interface Recovered {
  readonly kind: 'recovered';
  readonly signal: EcsSignal;
  readonly subject: Subject;
  readonly recovery: Recovery;
  /** What became of it when there is no trouble. */
  readonly outcome: Outcome;
}

/** A signal that nobody has to know of. */
export interface Nothing {
  readonly kind: 'nothing';
  readonly outcome: Outcome;
}
