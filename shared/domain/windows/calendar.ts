import { days, hours, minutes } from '../instant.ts';
import type { LocalTime } from '../zone.ts';

/** A day of a calendar on a wall: its midnight, whether or not the clocks of the zone ever show that. */
export type LocalDate = LocalTime;

export const dateOf = (local: LocalTime): LocalDate => Math.floor(local / days(1)) * days(1);

/** Sunday is 0. The first of January 1970 was a Thursday. */
export const weekdayOf = (date: LocalDate): number => (((date / days(1) + 4) % 7) + 7) % 7;

/** Every day from that of `from` to that of `to`, both included. */
export function datesBetween(from: LocalTime, to: LocalTime): readonly LocalDate[] {
  const first = dateOf(from);
  const count = Math.max(0, (dateOf(to) - first) / days(1) + 1);
  return Array.from({ length: count }, (_, index) => first + days(index));
}

/** `2026-11-24`. */
export const dateText = (local: LocalTime): string => new Date(local).toISOString().slice(0, 10);

/** `22:00`; `24:00` for the end of a day. */
export function timeText(sinceMidnight: number): string {
  return `${twoDigits(Math.floor(sinceMidnight / hours(1)))}:${twoDigits(Math.floor((sinceMidnight % hours(1)) / minutes(1)))}`;
}

/** `07`. */
export const twoDigits = (count: number): string => String(count).padStart(2, '0');
