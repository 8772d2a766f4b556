import { hours, minutes, seconds } from '../domain/instant.ts';

/** A length of time in words: `40 s`, `12 min`, `3 h 5 min`, `2 d 4 h`. Anything under a second is `1 s`. */
export function inWords(milliseconds: number): string {
  const wholeSeconds = Math.max(1, Math.round(milliseconds / seconds(1)));
  if (wholeSeconds < 60) return `${wholeSeconds} s`;
  const wholeMinutes = Math.round(milliseconds / minutes(1));
  if (wholeMinutes < 60) return `${wholeMinutes} min`;
  if (wholeMinutes < 48 * 60) return inUnits(wholeMinutes, { size: 60, large: 'h', small: 'min' });
  return inUnits(Math.round(milliseconds / hours(1)), { size: 24, large: 'd', small: 'h' });
}

function inUnits(
  count: number,
  { size, large, small }: { readonly size: number; readonly large: string; readonly small: string },
): string {
  const rest = count % size;
  return `${Math.floor(count / size)} ${large}${rest === 0 ? '' : ` ${rest} ${small}`}`;
}
