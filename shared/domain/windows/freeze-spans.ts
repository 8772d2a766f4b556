import { days, type Instant } from '../instant.ts';
import { instantOf, localTime } from '../zone.ts';
import type { Freeze } from './maintenance.ts';
import type { Range } from './opening.ts';

/** `from <= t < to` is frozen by `freeze`. */
export interface FrozenSpan extends Range {
  readonly freeze: Freeze;
}

/** The spans of a freeze that share an instant with `from <= t < to`, in order and whole. */
export function frozenSpans(freeze: Freeze, { from, to }: Range): readonly FrozenSpan[] {
  return localSpans(freeze, from, to)
    .map((span) => ({ freeze, from: instantOf(span.from, freeze.zone), to: instantOf(span.to, freeze.zone) }))
    .filter((span) => span.from < span.to && span.from < to && from < span.to);
}

/** The spans that hold at one instant. */
export const frozenAt = (freezes: readonly Freeze[], at: Instant): readonly FrozenSpan[] =>
  freezes.flatMap((freeze) => frozenSpans(freeze, { from: at, to: at + 1 }));

/** By the clock on the wall: `to` is the first time that is free again. */
function localSpans({ period, zone }: Freeze, from: Instant, to: Instant): readonly Range[] {
  if (period.kind === 'once') return [period];
  const first = new Date(localTime(from, zone)).getUTCFullYear() - 1;
  const last = new Date(localTime(to, zone)).getUTCFullYear();
  return Array.from({ length: last - first + 1 }, (_, index) => {
    const year = first + index;
    const start = Date.UTC(year, period.from.month - 1, period.from.day);
    const end = Date.UTC(year, period.to.month - 1, period.to.day);
    const until = end >= start ? end : Date.UTC(year + 1, period.to.month - 1, period.to.day);
    return { from: start, to: until + days(1) };
  });
}
