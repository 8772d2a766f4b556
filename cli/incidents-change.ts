import type { AnnouncedRecord } from '../shared/domain/incident.ts';
import type { RecordsTable } from './incidents-records.ts';
import { AccountError } from './terminal.ts';

/** What became of a change, and the record as it was when that was decided. */
export interface Changed<R> {
  /** `gone`: another record has taken this one's place. */
  readonly result: 'saved' | 'gone' | Refusal;
  readonly record: R;
}

/** Why a record is not changed. */
type Refusal = 'already' | 'resolved';

const ATTEMPTS = 8;

/**
 * Saves what `change` makes of the record; when somebody else saved first, of what they saved. A `change` that answers
 * the record itself has nothing to save.
 */
export async function saveChanged<R extends AnnouncedRecord>(
  known: R,
  change: (record: R) => R | Refusal,
  { store, clock }: Pick<RecordsTable, 'store' | 'clock'>,
): Promise<Changed<R>> {
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
  throw new AccountError(`${known.id} was changed by others during each of ${ATTEMPTS} attempts; run it again`);
}
