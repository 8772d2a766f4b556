import { type Destination, destinationKey, isEditable } from './destination.ts';
import { type Instant, minutes, seconds } from './instant.ts';

/** Where Slack put a message, so that it can be edited. */
export interface Receipt {
  readonly channel: string;
  readonly ts: string;
}

/**
 * What one destination has been told about a record. The record is saved with this before anything is sent, so a crash
 * at any point leaves either an unclaimed promise or a claim that runs out.
 */
export type Announcement =
  | {
      readonly status: 'untold';
      readonly destination: Destination;
      readonly attempts: number;
      readonly notBefore: Instant;
      readonly failure?: string;
    }
  | {
      readonly status: 'claimed';
      readonly destination: Destination;
      readonly attempts: number;
      readonly claimedUntil: Instant;
    }
  | {
      readonly status: 'told';
      readonly destination: Destination;
      readonly revision: number;
      readonly at: Instant;
      readonly attempts: number;
      readonly notBefore: Instant;
      readonly receipt?: Receipt;
      readonly failure?: string;
    }
  | {
      readonly status: 'abandoned';
      readonly destination: Destination;
      readonly attempts: number;
      readonly at: Instant;
      readonly failure: string;
    };

/** What became of one attempt to tell. `failure` is a stable code such as `channel_not_found`. */
export type Delivery =
  | { readonly status: 'delivered'; readonly receipt?: Receipt }
  | { readonly status: 'deferred'; readonly failure: string; readonly retryAfter?: number }
  | { readonly status: 'refused'; readonly failure: string };

export type Step = 'post' | 'edit';

/** At most one edit of a message in this time; more often costs Slack's rate limit and nobody reads it. */
export const EDIT_INTERVAL = seconds(10);
const FIRST_BACKOFF = seconds(5);
const LONGEST_BACKOFF = minutes(15);

export const untold = (destination: Destination, now: Instant): Announcement => ({
  status: 'untold',
  destination,
  attempts: 0,
  notBefore: now,
});

/** The next step for a record whose visible content is at `revision`, and the earliest instant to take it. */
export function nextStep(announcement: Announcement, revision: number): { step: Step; at: Instant } | undefined {
  switch (announcement.status) {
    case 'untold':
      return { step: 'post', at: announcement.notBefore };
    case 'claimed':
      return { step: 'post', at: announcement.claimedUntil };
    case 'told':
      if (announcement.revision >= revision || !canEdit(announcement)) return undefined;
      return { step: 'edit', at: Math.max(announcement.at + EDIT_INTERVAL, announcement.notBefore) };
    case 'abandoned':
      return undefined;
  }
}

const canEdit = (announcement: Announcement & { status: 'told' }): boolean =>
  isEditable(announcement.destination) && announcement.receipt !== undefined;

/** When the record has to be looked at again, or `undefined` when everybody knows everything. */
export function nextDue(announcements: readonly Announcement[], revision: number): Instant | undefined {
  const instants = announcements.flatMap((announcement) => nextStep(announcement, revision)?.at ?? []);
  return instants.length === 0 ? undefined : Math.min(...instants);
}

/**
 * Claims what is due to be posted at `now` against a second poster. `until` is the end of the claimer's life (its
 * function's deadline), so a claim only runs out when its holder is gone.
 */
export function claim(
  announcements: readonly Announcement[],
  revision: number,
  now: Instant,
  until: Instant,
): readonly Announcement[] {
  const isDue = (announcement: Announcement): boolean => {
    const next = nextStep(announcement, revision);
    return next?.step === 'post' && next.at <= now;
  };
  if (!announcements.some(isDue)) return announcements;
  return announcements.map((announcement) =>
    isDue(announcement)
      ? {
          status: 'claimed',
          destination: announcement.destination,
          attempts: announcement.attempts + 1,
          claimedUntil: until,
        }
      : announcement,
  );
}

/** Records what became of an attempt at `now`. An announcement that is not in the list is left alone. */
export function mark(
  announcements: readonly Announcement[],
  told: { readonly destination: Destination; readonly revision: number; readonly delivery: Delivery },
  now: Instant,
): readonly Announcement[] {
  const key = destinationKey(told.destination);
  return announcements.map((announcement) =>
    destinationKey(announcement.destination) === key
      ? marked(announcement, told.revision, told.delivery, now)
      : announcement,
  );
}

function marked(before: Announcement, revision: number, delivery: Delivery, now: Instant): Announcement {
  const { destination, attempts } = before;
  switch (delivery.status) {
    case 'delivered': {
      const receipt = delivery.receipt ?? (before.status === 'told' ? before.receipt : undefined);
      const newest = before.status === 'told' ? Math.max(before.revision, revision) : revision;
      return {
        status: 'told',
        destination,
        revision: newest,
        at: now,
        attempts: 0,
        notBefore: now,
        ...(receipt && { receipt }),
      };
    }
    case 'deferred': {
      const notBefore = now + (delivery.retryAfter ?? backoff(attempts));
      if (before.status === 'told') return { ...before, attempts: attempts + 1, notBefore, failure: delivery.failure };
      return { status: 'untold', destination, attempts, notBefore, failure: delivery.failure };
    }
    case 'refused':
      return { status: 'abandoned', destination, attempts, at: now, failure: delivery.failure };
  }
}

/** Doubles from 5 s up to 15 min. Without jitter: one reconciler retries, so there is no herd to spread. */
export const backoff = (attempts: number): number =>
  Math.min(LONGEST_BACKOFF, FIRST_BACKOFF * 2 ** Math.max(0, attempts - 1));
