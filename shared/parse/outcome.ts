import type * as v from 'valibot';
import type { IgnoredReason, Parsed } from '../domain/parsed.ts';
import type { Signal } from '../domain/signal.ts';

export const parsed = (signal: Signal): Parsed => ({ status: 'parsed', signal });

export const ignored = (reason: IgnoredReason, because: string, eventId?: string): Parsed => ({
  status: 'ignored',
  reason,
  because,
  ...(eventId !== undefined && { eventId }),
});

/** `field` is a path such as `detail.containers[0].name`; `expected` is in words and never holds the value. */
export const malformed = (field: string, expected: string, eventId?: string): Parsed => ({
  status: 'malformed',
  field,
  expected,
  ...(eventId !== undefined && { eventId }),
});

/** The first issue of a schema as `malformed`. An issue without a path is about the whole `event`. */
export const malformedBy = (issue: v.BaseIssue<unknown>, eventId?: string): Parsed =>
  malformed(pathOf(issue) || 'event', issue.message, eventId);

function pathOf(issue: v.BaseIssue<unknown>): string {
  const steps = (issue.path ?? []).map(({ key }) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`));
  return steps.join('').replace(/^\./, '');
}
