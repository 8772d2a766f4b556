import { type Button, bindOf } from '../../shared/domain/chat/button.ts';
import type { AnnouncedRecord } from '../../shared/domain/incident.ts';
import type { WorkerDeps } from './visit.ts';

type RecordOf<Kind extends AnnouncedRecord['kind']> = Extract<AnnouncedRecord, { readonly kind: Kind }>;

/** A button's record as it is now. */
export type About<Kind extends AnnouncedRecord['kind']> =
  | {
      readonly status: 'found';
      readonly record: RecordOf<Kind>;
      /** Why nothing is done by this button: it was shown for another state of the record. */
      readonly stale?: string;
    }
  | { readonly status: 'gone' };

export const GONE = 'This is not kept any more: nothing was changed.';

const OUT_OF_DATE = 'This button is out of date, and nothing was changed: the message shows how it stands now.';

/** Loads what a button is about. */
export async function aboutOf<Kind extends AnnouncedRecord['kind']>(
  kind: Kind,
  { about, bind }: Pick<Button, 'about' | 'bind'>,
  { store }: Pick<WorkerDeps, 'store'>,
): Promise<About<Kind>> {
  const record = await store.load(about);
  if (record?.kind !== kind) return { status: 'gone' };
  // The cast is true: its kind has just been looked at.
  const found = { status: 'found', record: record as RecordOf<Kind> } as const;
  return bindOf(record) === bind ? found : { ...found, stale: OUT_OF_DATE };
}
