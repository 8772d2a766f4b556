import { days, hours, type Instant, minutes } from '../../shared/domain/instant.ts';

/** What the clocks of a zone show in every minute of a stretch of time, read from the runtime's own formatter. */
export interface Wall {
  readonly from: Instant;
  /** Milliseconds since the clocks showed 1970-01-01 00:00, minute by minute. */
  readonly shown: Float64Array;
}

/**
 * Reads the formatter at every `step` and, where clocks have changed in between, at every minute. Shares nothing with the
 * arithmetic that it is there to check.
 */
export function readWall(zone: string, from: Instant, to: Instant, step = hours(1)): Wall {
  const show = formatterOf(zone);
  const shown = new Float64Array((to - from) / minutes(1));
  let before = show(from) - from;
  for (let at = from; at < to; at += step) {
    const after = show(at + step) - at - step;
    for (let minute = at; minute < Math.min(to, at + step); minute += minutes(1)) {
      shown[(minute - from) / minutes(1)] = before === after ? minute + before : show(minute);
    }
    before = after;
  }
  return { from, shown };
}

/** The first minute that shows `local` or a later time. */
export function firstMinute({ from, shown }: Wall, local: number): Instant {
  const near = Math.max(0, Math.floor((local - days(2) - from) / minutes(1)));
  for (let index = near; index < shown.length; index++) {
    if ((shown[index] ?? 0) >= local) return from + minutes(index);
  }
  throw new Error('the wall ends too early');
}

function formatterOf(timeZone: string): (at: Instant) => number {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  // 2026-11-21 22:00:00
  return (at) => Date.parse(`${format.format(at).replace(' ', 'T')}Z`);
}
