import { diagnose } from '../../shared/domain/diagnosis/diagnose.ts';
import { type Case, observedOf } from './corpus.ts';

/** Microseconds for one diagnosis, over the batches that were measured. */
export interface Timing {
  readonly median: number;
  readonly p99: number;
}

/** A diagnosis is far shorter than the resolution of a timer is good for, so many are measured at once. */
const BATCH = 50;
/** The compiler of the engine settles within the first few thousand calls; they are not counted. */
const WARM_UP_BATCHES = 100;
const MEASURED_BATCHES = 1_000;

/** Diagnoses the cases round and round, in this process and on one thread. */
export function timeOf(cases: readonly Case[]): Timing {
  const observed = cases.map(observedOf);
  let next = 0;
  const microsecondsOfBatch = (): number => {
    const began = performance.now();
    for (let count = 0; count < BATCH; count++) {
      const one = observed[next++ % observed.length];
      if (one !== undefined) diagnose(one);
    }
    return ((performance.now() - began) * 1_000) / BATCH;
  };
  for (let batch = 0; batch < WARM_UP_BATCHES; batch++) microsecondsOfBatch();
  const samples = Array.from({ length: MEASURED_BATCHES }, microsecondsOfBatch).toSorted((a, b) => a - b);
  const at = (share: number) => samples[Math.floor(share * (samples.length - 1))] ?? Number.NaN;
  return { median: at(0.5), p99: at(0.99) };
}
