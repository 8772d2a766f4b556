import type { Notice } from '../incident.ts';
import type { Instant } from '../instant.ts';

/** Tasks created before `at` run on the platform revision that is retired. */
export interface Boundary {
  readonly at: Instant;
  /**
   * `delivery`: the notice did not say, so it is when AWS told of it, by which time the new revision was out. `request`:
   * somebody wants everything replaced that ran when they asked.
   */
  readonly from: 'description' | 'delivery' | 'request';
}

// Only times that carry their zone: "Tue, 17 Nov 2026 10:00:00 GMT", "2026-11-17T10:00:00Z", "2026-11-17 10:00 UTC".
const TIME =
  /(?:[A-Z][a-z]{2}, )?\d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d(?::\d\d)? (?:GMT|UTC)|\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d)? ?(?:Z|UTC|GMT)/;
const LAUNCHED_AFTER = new RegExp(String.raw`launched\s+(?:on\s+or\s+)?after\s+(${TIME.source})`);

/**
 * Where old and new tasks part. No field tells it: recent notices say "tasks launched after TIME were launched on the new
 * platform version revision", and of the others the earliest delivery errs to one replacement too many, never to one
 * missed. A time later than the delivery cannot be meant, because the sentence speaks of the past.
 *
 * @see https://github.com/aws/containers-roadmap/issues/2325
 */
export function boundaryOf({
  description,
  firstSeen,
  request,
}: Pick<Notice, 'description' | 'firstSeen' | 'request'>): Boundary {
  if (request !== undefined) return { at: firstSeen, from: 'request' };
  const [, text = ''] = LAUNCHED_AFTER.exec(description) ?? [];
  const told = Date.parse(text);
  return Number.isNaN(told) || told > firstSeen
    ? { at: firstSeen, from: 'delivery' }
    : { at: told, from: 'description' };
}

/** By `createdAt` and not by `startedAt`, for the same reason; one whose creation is not known counts as old. */
export const isOld = ({ createdAt }: { readonly createdAt?: Instant }, { at }: Boundary): boolean =>
  createdAt === undefined || createdAt < at;
