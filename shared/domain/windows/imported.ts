import { type Instant, minutes } from '../instant.ts';

/** When a maintenance window of AWS Systems Manager opens, as it has said. */
export interface Imported {
  /** In order, also those that have begun and are not over. */
  readonly openings: readonly ImportedOpening[];
  /** What opens from then on is not known. */
  readonly until: Instant;
  /** Why that may not be what Systems Manager would say now, or why there is none. A sentence without its full stop. */
  readonly problem?: string;
}

/** `opens <= t < closes`. */
export interface ImportedOpening {
  readonly opens: Instant;
  readonly closes: Instant;
  /** Milliseconds before the close after which Systems Manager starts nothing new. */
  readonly cutoff: number;
}

/** Openings as they were known at `readAt`. */
export interface KnownOpenings extends Imported {
  readonly readAt: Instant;
}

/** What Systems Manager says of one of its windows. It tells when a window opens next, never that one is open. */
export interface SsmAnswer {
  readonly isEnabled: boolean;
  /** Milliseconds. */
  readonly duration: number;
  readonly cutoff: number;
  readonly changedAt?: Instant;
  /** When it opens, until `until`. */
  readonly upcoming: readonly Instant[];
  readonly until: Instant;
  readonly executions: readonly SsmExecution[];
}

export interface SsmExecution {
  readonly startedAt: Instant;
  /** Somebody has stopped it, which closes the window. */
  readonly isCancelled: boolean;
}

/**
 * The openings that follow from an answer, together with what was known before: an opening is remembered from its beginning
 * until it closes, as long as nobody has changed the window between the last reading and that beginning, for then it may
 * not have opened at all. Executions tell of openings that nobody has read of in time. None for a window that is disabled.
 */
export function openingsSaid(
  answer: SsmAnswer,
  before: Pick<KnownOpenings, 'openings' | 'readAt'> | undefined,
  now: Instant,
): readonly ImportedOpening[] {
  if (!answer.isEnabled) return [];
  const { duration, cutoff, upcoming, executions } = answer;
  const cancelled = executions.filter(({ isCancelled }) => isCancelled);
  const begun = [
    ...remembered(before, answer),
    ...executions.map(({ startedAt }) => openingAt(nominal(startedAt), duration, cutoff)),
  ].filter((opening) => holds(opening, now) && !cancelled.some(({ startedAt }) => holds(opening, startedAt)));
  const openings = [...begun, ...upcoming.map((opens) => openingAt(opens, duration, cutoff))];
  return [...new Map(openings.map((opening) => [opening.opens, opening])).values()].toSorted(
    (a, b) => a.opens - b.opens,
  );
}

function remembered(before: Parameters<typeof openingsSaid>[1], { changedAt }: SsmAnswer): readonly ImportedOpening[] {
  if (before === undefined) return [];
  const isSure = ({ opens }: ImportedOpening): boolean =>
    changedAt === undefined || changedAt <= before.readAt || opens < changedAt;
  return before.openings.filter(isSure);
}

const openingAt = (opens: Instant, duration: number, cutoff: number): ImportedOpening => ({
  opens,
  closes: opens + duration,
  cutoff,
});

const holds = ({ opens, closes }: ImportedOpening, at: Instant): boolean => opens <= at && at < closes;

/** Executions start some seconds after the minute that the schedule names. So it closes early rather than late. */
const nominal = (startedAt: Instant): Instant => Math.floor(startedAt / minutes(1)) * minutes(1);
