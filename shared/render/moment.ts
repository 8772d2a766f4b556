import type { Instant } from '../domain/instant.ts';
import { utcMinute } from '../domain/utc.ts';

/** `Fri 27 Nov 10:00 UTC`, for headlines, which cannot follow the reader's zone. */
export function utcHeadline(at: Instant): string {
  const text = new Date(at).toUTCString(); // Fri, 27 Nov 2026 10:00:00 GMT
  return `${text.slice(0, 3)} ${text.slice(5, 11)} ${text.slice(17, 22)} UTC`;
}

/** Unix seconds and format of a date that Slack shows in the reader's zone, and words for where it cannot. */
export const slackDate = (at: Instant) => ({
  timestamp: Math.floor(at / 1_000),
  format: '{date_short_pretty} at {time}',
  fallback: utcMinute(at),
});
