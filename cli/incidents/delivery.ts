import type { Announcement } from '../../shared/domain/announcement.ts';
import { destinationKey } from '../../shared/domain/destination.ts';
import type { AnnouncedRecord, RecordId } from '../../shared/domain/incident.ts';
import type { Instant } from '../../shared/domain/instant.ts';
import { present } from '../../shared/domain/present.ts';
import { saidSince } from '../../shared/domain/timeline.ts';
import { utcMinute } from '../../shared/domain/utc.ts';
import { oneLine } from '../../shared/render/escape.ts';

/** What one destination knows of a record. */
export interface DeliveryState {
  /** `slack-channel:C0123ABCD`. */
  readonly destination: string;
  /** `waits` for the end of its readers' quiet hours. */
  readonly state: 'told' | 'owed' | 'waits' | 'folded' | 'abandoned';
  /** When it was last told or given up, or since when it should know something that it does not. */
  readonly since?: Instant;
  readonly until?: Instant;
  /** Why it is owed or was given up, or in whose place it is told. */
  readonly because?: string;
  /** The digest that tells it, when it is known. */
  readonly digest?: RecordId;
}

/** `digestOf` names the digest that tells the record at a destination where it is folded. */
export function deliveryState(
  announcement: Announcement,
  { timeline }: AnnouncedRecord,
  { now, digestOf }: { readonly now: Instant; readonly digestOf: (announcement: Folded) => RecordId | undefined },
): DeliveryState {
  const destination = destinationKey(announcement.destination);
  const unheard = (said: number): Instant | undefined => saidSince(timeline, said)[0]?.at;
  switch (announcement.status) {
    case 'untold':
      if (announcement.attempts === 0 && announcement.notBefore > now)
        return present({ destination, state: 'waits', until: announcement.notBefore });
      return present({ destination, state: 'owed', since: unheard(0), because: reasonOf(announcement) });
    case 'claimed':
      return present({
        destination,
        state: 'owed',
        since: unheard(0),
        because: reasonOf(announcement) ?? 'on its way',
      });
    case 'told': {
      const { attempts, said, at } = announcement;
      const because = reasonOf(announcement);
      return attempts > 0
        ? present({ destination, state: 'owed', since: unheard(said) ?? at, because })
        : present({ destination, state: 'told', since: at, because });
    }
    case 'folded':
      return present({ destination, state: 'folded', digest: digestOf(announcement) });
    case 'abandoned':
      return { destination, state: 'abandoned', since: announcement.at, because: oneLine(announcement.failure) };
  }
}

export type Folded = Announcement & { readonly status: 'folded' };

function reasonOf(announcement: Exclude<Announcement, Folded>): string | undefined {
  if (announcement.failure !== undefined) return oneLine(announcement.failure);
  const insteadOf = 'insteadOf' in announcement ? announcement.insteadOf : undefined;
  return insteadOf === undefined ? undefined : oneLine(`in place of ${insteadOf}`);
}

/** `slack-channel:C0123ABCD: owed since 2026-11-21 08:05 UTC (ratelimited)`. */
export function deliveryText({ destination, state, since, until, because, digest }: DeliveryState): string {
  const when = since === undefined ? '' : ` ${state === 'owed' ? 'since ' : ''}${utcMinute(since)}`;
  const end = until === undefined ? '' : ` for its quiet hours, until ${utcMinute(until)}`;
  const where = state === 'folded' ? ` into ${digest ?? 'an earlier digest'}` : '';
  return `${destination}: ${state}${when}${end}${where}${because === undefined ? '' : ` (${because})`}`;
}
