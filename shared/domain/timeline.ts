import type { Instant } from './instant.ts';
import type { TimelineReason } from './reasons.ts';

/** Something worth saying about a record, once, beside its message that always shows the current state. */
export interface Utterance {
  /** Counts what was said about a record, from 1. */
  readonly n: number;
  readonly reason: TimelineReason;
  readonly at: Instant;
  readonly text: string;
}

/** Enough for a long life; what is older has long been said. */
const REMEMBERED = 12;

/** With one more utterance at the end. */
export function say(
  timeline: readonly Utterance[],
  said: { readonly reason: TimelineReason; readonly text: string },
  now: Instant,
): readonly Utterance[] {
  return [...timeline, { n: lastSaid(timeline) + 1, at: now, ...said }].slice(-REMEMBERED);
}

/** The number of the last utterance, 0 when nothing was said. */
export const lastSaid = (timeline: readonly Utterance[]): number => timeline.at(-1)?.n ?? 0;

export const saidSince = (timeline: readonly Utterance[], n: number): readonly Utterance[] =>
  timeline.filter((utterance) => utterance.n > n);

/** What those hear who cannot be shown an edit: topics and webhooks. */
const PUBLISHED: ReadonlySet<TimelineReason> = new Set([
  'first',
  'worse',
  'resolved',
  'reopened',
  'storm',
  'planned',
  'summons',
]);
/** What the whole channel hears and not the thread alone. */
const ESCALATION: ReadonlySet<TimelineReason> = new Set(['worse', 'reopened', 'repeat', 'notable', 'summons']);

export const isPublished = ({ reason }: Utterance): boolean => PUBLISHED.has(reason);
export const isEscalation = ({ reason }: Utterance): boolean => ESCALATION.has(reason);
/** The parent message itself says the first, and what is planned. */
export const isThreaded = ({ reason }: Utterance): boolean => reason !== 'first' && reason !== 'planned';
/** Those in charge are mentioned again. */
export const isSummons = ({ reason }: Utterance): boolean => reason === 'summons';
