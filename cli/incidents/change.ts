import type { AnnouncedRecord } from '../../shared/domain/incident.ts';
import { ATTEMPTS, saveChanged as save } from '../../shared/effects/save-changed.ts';
import { AccountError } from '../terminal.ts';
import type { RecordsTable } from './records.ts';

/** What became of a change, and the record as it was when that was decided. */
export interface Changed<R> {
  /** `gone`: another record has taken this one's place. */
  readonly result: 'saved' | 'gone' | Refusal;
  readonly record: R;
}

/** Why a record is not changed. */
type Refusal = 'already' | 'resolved';

/** Saves what `change` makes of the record as it is; throws an AccountError when others were faster every time. */
export async function saveChanged<R extends AnnouncedRecord>(
  known: R,
  change: (record: R) => R | Refusal,
  table: Pick<RecordsTable, 'store' | 'clock'>,
): Promise<Changed<R>> {
  const { result, record } = await save<R, Refusal>(known, change, table);
  if (result === 'busy')
    throw new AccountError(`${known.id} was changed by others during each of ${ATTEMPTS} attempts; run it again`);
  return { result, record };
}
