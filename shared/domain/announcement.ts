import { type Destination, destinationKey, isEditable } from './destination.ts';
import type { Fingerprint } from './incident.ts';
import { hours, type Instant, minutes, seconds } from './instant.ts';
import { isPublished, isThreaded, lastSaid, saidSince, type Utterance } from './timeline.ts';

/** Where Slack put a message, so that it can be edited. */
export interface Receipt {
  readonly channel: string;
  readonly ts: string;
}

interface Addressed {
  readonly destination: Destination;
  /** Slack user groups and users to mention: `S0123ABCD`, `U0123ABCD`. */
  readonly mentions?: readonly string[];
  /** Failed attempts in a row. */
  readonly attempts: number;
  /** Why the last attempt failed. */
  readonly failure?: string;
}

/**
 * What one destination has been told about a record. The record is saved with this before anything is sent, so a crash
 * at any point leaves either an unclaimed promise or a claim that runs out.
 */
export type Announcement =
  | (Addressed & {
      readonly status: 'untold';
      readonly notBefore: Instant;
      /** Since when the destination refuses until somebody mends it: the fallback is told meanwhile. */
      readonly blockedSince?: Instant;
      /** Another destination that refused, in whose place this one is told, and why. */
      readonly insteadOf?: string;
    })
  | (Addressed & {
      readonly status: 'claimed';
      readonly claimedUntil: Instant;
      readonly blockedSince?: Instant;
      readonly insteadOf?: string;
    })
  | (Addressed & {
      readonly status: 'told';
      /** The revision that its message shows. */
      readonly revision: number;
      /** The number of the last utterance that it heard. */
      readonly said: number;
      readonly at: Instant;
      readonly notBefore: Instant;
      readonly receipt?: Receipt;
      /** An edit, reply or publication is under way until then. */
      readonly claimedUntil?: Instant;
      readonly insteadOf?: string;
    })
  /** A digest of many problems tells it, until somebody asks to unfold it. */
  | (Addressed & { readonly status: 'folded'; readonly digest: Fingerprint })
  | (Addressed & { readonly status: 'abandoned'; readonly at: Instant; readonly failure: string });

/** What became of one attempt to tell. `failure` is a stable code such as `channel_not_found`. */
export type Delivery =
  | { readonly status: 'delivered'; readonly receipt?: Receipt }
  | { readonly status: 'deferred'; readonly failure: string; readonly retryAfter?: number }
  /** Refused until an operator mends the destination: its channel, its credential, its policy. */
  | { readonly status: 'blocked'; readonly failure: string }
  /** Refused for good. */
  | { readonly status: 'refused'; readonly failure: string }
  /** Not told by itself: the digest tells it. */
  | { readonly status: 'folded'; readonly digest: Fingerprint };

/** `post` opens a message or publishes to a topic, `edit` brings the message up to date, `reply` adds to its thread. */
export type Step = 'post' | 'edit' | 'reply';

export interface DueStep {
  readonly step: Step;
  readonly at: Instant;
}

/** The part of a record that destinations are told of. */
export interface Content {
  readonly revision: number;
  readonly timeline: readonly Utterance[];
  /** The record has come to its end: its message says so at once. */
  readonly isFinal: boolean;
}

/** At most one edit of a message in this time; more often costs Slack's rate limit and nobody reads it. */
export const EDIT_INTERVAL = seconds(10);
const FIRST_BACKOFF = seconds(5);
const LONGEST_BACKOFF = minutes(15);
/** What is blocked for longer than this is given up; its fallback was told long ago. */
const MENDED_WITHIN = hours(24);

export const untold = (
  destination: Destination,
  notBefore: Instant,
  mentions: readonly string[] = [],
): Announcement => ({
  status: 'untold',
  destination,
  attempts: 0,
  notBefore,
  ...(mentions.length > 0 && { mentions }),
});

/** What a digest told is to be told by itself, if the gate agrees. */
export const unfolded = (announcement: Announcement, now: Instant): Announcement =>
  announcement.status === 'folded' ? untold(announcement.destination, now, announcement.mentions) : announcement;

/** The next steps towards a destination that knows everything, each with the earliest instant to take it. */
export function nextSteps(announcement: Announcement, content: Content): readonly DueStep[] {
  switch (announcement.status) {
    case 'untold':
      return [{ step: 'post', at: announcement.notBefore }];
    case 'claimed':
      return [{ step: 'post', at: announcement.claimedUntil }];
    case 'told':
      return stepsAfterTold(announcement, content);
    case 'folded':
    case 'abandoned':
      return [];
  }
}

type Told = Announcement & { readonly status: 'told' };

function stepsAfterTold(announcement: Told, content: Content): readonly DueStep[] {
  const free = Math.max(announcement.notBefore, announcement.claimedUntil ?? 0);
  const unheard = saidSince(content.timeline, announcement.said);
  if (!hasThread(announcement)) return unheard.some(isPublished) ? [{ step: 'post', at: free }] : [];
  const editAt = content.isFinal ? free : Math.max(announcement.at + EDIT_INTERVAL, free);
  return [
    ...(announcement.revision < content.revision ? [{ step: 'edit', at: editAt } as const] : []),
    ...(unheard.some(isThreaded) ? [{ step: 'reply', at: free } as const] : []),
  ];
}

/** A message that can be edited and replied to. Topics and webhooks hear a new message instead. */
const hasThread = ({ destination, receipt }: Told): boolean => isEditable(destination) && receipt !== undefined;

/** The steps that were due at `now` when this announcement was claimed. */
export function claimedSteps(announcement: Announcement, content: Content, now: Instant): readonly Step[] {
  if (announcement.status === 'claimed') return ['post'];
  if (announcement.status !== 'told' || announcement.claimedUntil === undefined) return [];
  const { claimedUntil: _, ...before } = announcement;
  return stepsAfterTold(before, content).flatMap(({ step, at }) => (at <= now ? step : []));
}

/** When the record has to be looked at again, or `undefined` when everybody knows everything. */
export function nextDue(announcements: readonly Announcement[], content: Content): Instant | undefined {
  const instants = announcements.flatMap((announcement) => nextSteps(announcement, content).map(({ at }) => at));
  return instants.length === 0 ? undefined : Math.min(...instants);
}

/**
 * Claims what is due to be told at `now` against a second teller. `until` is the end of the claimer's life (its
 * function's deadline), so a claim only runs out when its holder is gone. Edits are claimed too: of two under way at a
 * time, Slack may be left with the older one.
 */
export function claim(
  announcements: readonly Announcement[],
  content: Content,
  now: Instant,
  until: Instant,
): readonly Announcement[] {
  const isDue = (announcement: Announcement): boolean => nextSteps(announcement, content).some(({ at }) => at <= now);
  if (!announcements.some(isDue)) return announcements;
  return announcements.map((announcement) => (isDue(announcement) ? claimed(announcement, until) : announcement));
}

function claimed(announcement: Announcement, claimedUntil: Instant): Announcement {
  switch (announcement.status) {
    case 'untold': {
      const { notBefore: _, ...kept } = announcement;
      return { ...kept, status: 'claimed', attempts: kept.attempts + 1, claimedUntil };
    }
    case 'claimed':
      return { ...announcement, attempts: announcement.attempts + 1, claimedUntil };
    case 'told':
      return { ...announcement, claimedUntil };
    case 'folded':
    case 'abandoned':
      return announcement;
  }
}

/** One attempt to tell, and what was to be told. */
export interface Attempt {
  readonly destination: Destination;
  readonly step: Step;
  readonly delivery: Delivery;
  readonly content: Content;
}

/** Records what became of an attempt at `now`. An announcement that is not in the list is left alone. */
export function mark(announcements: readonly Announcement[], attempt: Attempt, now: Instant): readonly Announcement[] {
  const key = destinationKey(attempt.destination);
  return announcements.map((announcement) =>
    destinationKey(announcement.destination) === key ? marked(announcement, attempt, now) : announcement,
  );
}

function marked(before: Announcement, { step, delivery, content }: Attempt, now: Instant): Announcement {
  switch (delivery.status) {
    case 'delivered':
      return delivered(before, step, { content, receipt: delivery.receipt, now });
    case 'deferred':
      return deferred(before, delivery.failure, now + (delivery.retryAfter ?? backoff(before.attempts)));
    case 'blocked':
      return blocked(before, delivery.failure, now);
    case 'refused':
      return { ...addressed(before), status: 'abandoned', at: now, failure: delivery.failure };
    case 'folded':
      return { ...addressed(before), status: 'folded', digest: delivery.digest };
  }
}

const addressed = ({ destination, mentions, attempts }: Announcement): Addressed => ({
  destination,
  attempts,
  ...(mentions && { mentions }),
});

function delivered(
  before: Announcement,
  step: Step,
  {
    content,
    receipt,
    now,
  }: { readonly content: Content; readonly receipt: Receipt | undefined; readonly now: Instant },
): Announcement {
  const known = before.status === 'told' ? before : undefined;
  const kept = known?.receipt ?? receipt;
  const heard = lastSaid(content.timeline);
  const insteadOf = 'insteadOf' in before ? before.insteadOf : undefined;
  // A reply does not show a newer revision, and an edit says nothing in the thread. An edit to an older revision than was
  // marked before may have reached Slack after the newer one: the message is edited once more.
  const shown = known?.revision ?? 0;
  return {
    ...addressed(before),
    status: 'told',
    revision: step === 'reply' ? shown : content.revision,
    said: step === 'edit' ? (known?.said ?? 0) : Math.max(known?.said ?? 0, heard),
    at: step === 'reply' ? (known?.at ?? now) : now,
    attempts: 0,
    notBefore: now,
    ...(kept && { receipt: kept }),
    ...(insteadOf !== undefined && { insteadOf }),
  };
}

function deferred(before: Announcement, failure: string, notBefore: Instant): Announcement {
  switch (before.status) {
    case 'told': {
      const { claimedUntil: _, ...kept } = before;
      return { ...kept, attempts: before.attempts + 1, notBefore, failure };
    }
    case 'claimed': {
      const { claimedUntil: _, ...kept } = before;
      return { ...kept, status: 'untold', notBefore, failure };
    }
    case 'untold':
      return { ...before, notBefore, failure };
    case 'folded':
    case 'abandoned':
      return before;
  }
}

/** Tried again every quarter of an hour for a day, so that the message is there once the destination is mended. */
function blocked(before: Announcement, failure: string, now: Instant): Announcement {
  if (before.status === 'told') return deferred(before, failure, now + LONGEST_BACKOFF);
  const since = ('blockedSince' in before ? before.blockedSince : undefined) ?? now;
  if (now - since >= MENDED_WITHIN) return { ...addressed(before), status: 'abandoned', at: now, failure };
  const later = deferred(before, failure, now + LONGEST_BACKOFF);
  return later.status === 'untold' ? { ...later, blockedSince: since } : later;
}

/** Doubles from 5 s up to 15 min. Without jitter: one reconciler retries, so there is no herd to spread. */
export const backoff = (attempts: number): number =>
  Math.min(LONGEST_BACKOFF, FIRST_BACKOFF * 2 ** Math.max(0, attempts - 1));
