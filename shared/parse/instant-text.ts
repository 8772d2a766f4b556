import type { Instant } from '../domain/instant.ts';

const ISO_8601 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/;
const RFC_1123 = /^[A-Z][a-z]{2}, \d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/;

/**
 * An instant such as `2026-11-17T03:02:11.204Z`. Amazon ECS writes no to nine digits of a second; what is finer than
 * a millisecond is cut off. `undefined` for anything else, a time without its zone included.
 */
export const parseIsoInstant = (text: string): Instant | undefined => parseMatching(ISO_8601, text);

/**
 * An instant of AWS Health such as `Tue, 24 Nov 2026 10:00:00 GMT`. The weekday is not compared with the date: AWS's
 * own samples have wrong ones.
 *
 * @see https://docs.aws.amazon.com/health/latest/ug/aws-health-events-eventbridge-schema.html
 */
export const parseHealthInstant = (text: string): Instant | undefined =>
  parseMatching(RFC_1123, text) ?? parseIsoInstant(text);

function parseMatching(format: RegExp, text: string): Instant | undefined {
  const instant = format.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(instant) ? undefined : instant;
}
