import type { Fingerprint } from '../incident.ts';
import type { Instant } from '../instant.ts';
import { shortHash } from '../short-hash.ts';
import type { LockView } from './lock.ts';
import type { Plan, PlanId } from './plan.ts';
import type { Lock, PlanNews, StepOutcome } from './step.ts';

/** A plan as it is kept. It is due until it is over; then it is only looked up. */
export interface PlanRecord {
  readonly id: PlanId;
  /** Counts saves; a save states the version it changes. 0 was never saved. */
  readonly version: number;
  /** The notice, or the request, that it is for; its record has the message. */
  readonly notice: Fingerprint;
  readonly madeAt: Instant;
  /** Absent: nobody has looked at the services yet. */
  readonly plan?: Plan;
  /** When to look at it next; absent when it is over. */
  readonly dueAt?: Instant;
  /** What the notice's record has not taken in yet. */
  readonly news: readonly NumberedNews[];
  /** Number of the last news, 0 when there was none. */
  readonly said: number;
  /** What came of the last steps that did not just work, by the ARN of the service or the id of the task. */
  readonly outcomes: Readonly<Record<string, StepOutcome>>;
  /** What was decided, asked for and seen, by whom, the newest last. */
  readonly log: readonly LogEntry[];
}

/** News of a plan, counted from 1 over its life, so that each is taken in once. */
export interface NumberedNews extends PlanNews {
  readonly n: number;
  readonly since: Instant;
}

export interface LogEntry {
  readonly at: Instant;
  /** `slackwater`, or a person. */
  readonly by: string;
  /** A sentence without secrets. */
  readonly text: string;
}

/** The oldest entries of a plan with hundreds of services give way. */
const LOG_LIMIT = 1_000;

/** One plan for each notice, whichever page of it comes first. */
// The cast is true by construction: this is the only place that makes plan ids.
export const planIdOf = (notice: Fingerprint): PlanId => `pln-${shortHash(notice)}` as PlanId;

/** A plan that nobody has looked at yet, due at once. */
export const newPlanRecord = (notice: Fingerprint, now: Instant): PlanRecord => ({
  id: planIdOf(notice),
  version: 0,
  notice,
  madeAt: now,
  dueAt: now,
  news: [],
  said: 0,
  outcomes: {},
  log: [],
});

export const logged = (record: PlanRecord, entries: readonly LogEntry[]): PlanRecord =>
  entries.length === 0 ? record : { ...record, log: [...record.log, ...entries].slice(-LOG_LIMIT) };

/** With news at the end, each under the next number. */
export function withNews(record: PlanRecord, news: readonly PlanNews[], now: Instant): PlanRecord {
  if (news.length === 0) return record;
  const numbered = news.map((one, index): NumberedNews => ({ ...one, n: record.said + index + 1, since: now }));
  return { ...record, news: [...record.news, ...numbered], said: record.said + news.length };
}

/** Keeps plans. `save` stores `record` with version + 1 if the stored version is still `record.version`. */
export interface PlanStore {
  readonly load: (id: PlanId) => Promise<PlanRecord | undefined>;
  readonly save: (record: PlanRecord, now: Instant) => Promise<'saved' | 'conflict'>;
  /** Those due at `now`, the longest due first. */
  readonly loadDue: (now: Instant, limit: number) => Promise<readonly PlanRecord[]>;
  /** All that are kept, the newest first. */
  readonly list: () => Promise<readonly PlanRecord[]>;
}

/** Keeps who works on which service, for all plans together. */
export interface LockStore {
  /** All of them, those that have expired too: their numbers count on. */
  readonly load: () => Promise<LockView>;
  /** Only if nobody else's holds, and under a number that grows; the own one is prolonged. */
  readonly take: (lock: Lock, now: Instant) => Promise<'taken' | 'refused'>;
  /** Lets it expire, if it is still the one of this number. */
  readonly release: (lock: Pick<Lock, 'at' | 'fence'>, now: Instant) => Promise<void>;
}
