import type { AnnouncedRecord } from '../domain/incident.ts';
import type { Instant } from '../domain/instant.ts';
import type { RecordStore } from '../domain/store.ts';

/** What became of a change, and the record as it was when that was decided. */
export interface Changed<R, Refusal extends string> {
  /** `gone`: another record has taken this one's place. `busy`: others changed it during each attempt. */
  readonly result: 'saved' | 'gone' | 'busy' | Refusal;
  readonly record: R;
}

export const ATTEMPTS = 8;

/**
 * Saves what `change` makes of the record; when somebody else saved first, of what they saved. A `change` that answers
 * the record itself has nothing to save; a name says why it is not changed.
 */
export async function saveChanged<R extends AnnouncedRecord, Refusal extends string = never>(
  known: R,
  change: (record: R) => R | Refusal,
  { store, clock }: { readonly store: Pick<RecordStore, 'load' | 'save'>; readonly clock: () => Instant },
): Promise<Changed<R, Refusal>> {
  let record = known;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const next = change(record);
    if (typeof next === 'string') return { result: next, record };
    if (next === record || (await store.save(next, clock())) === 'saved') return { result: 'saved', record };
    const stored = await store.load(known.fingerprint);
    if (stored?.id !== known.id) return { result: 'gone', record };
    // The cast is true: a record keeps its kind as long as it keeps its id.
    record = stored as R;
  }
  return { result: 'busy', record };
}
