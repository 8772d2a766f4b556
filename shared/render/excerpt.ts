import type { Card, Quote } from './card.ts';
import { characterCount } from './characters.ts';
import { clean, oneLine, shorten, truncate } from './escape.ts';

/** A longer log line is a dump; its beginning tells what it is. */
const LINE_LIMIT = 400;
const STEPS_LIMIT = 8;
const STEP_LIMIT = 300;
const MISSING_LIMIT = 500;

/** A quote's text in at most `limit` characters, cut at the end that matters less, and visibly. */
export function excerpt({ lines, keeps }: Quote, limit: number): string {
  const cleaned = lines.map((line) => clean(line).trimEnd());
  return keeps === 'beginning' ? truncate(cleaned.join('\n').trim(), limit) : lastLines(cleaned, limit);
}

function lastLines(lines: readonly string[], limit: number): string {
  const short = lines.map((line) => truncate(line, Math.min(LINE_LIMIT, limit)));
  let room = limit - earlier(short.length).length;
  let first = short.length;
  for (const line of short.toReversed()) {
    room -= characterCount(line) + 1;
    if (room < 0) break;
    first -= 1;
  }
  const kept = short.slice(first);
  return (first === 0 ? kept : [earlier(first), ...kept]).join('\n');
}

const earlier = (count: number): string => `… ${count} earlier lines`;

/** State and headline in at most `limit` characters: only the longest parts give way, so that each stays readable. */
export function headline(card: Card, separator: string, limit: number): string {
  const parts = [card.state ?? '', ...card.headline].map(oneLine).filter((part) => part !== '');
  const widest = widestPart(parts.map(characterCount), limit - separator.length * (parts.length - 1));
  return parts.map((part) => shorten(part, widest)).join(separator);
}

/** How long a part may be for all of them to fit: what short ones do not need is for the longer ones. */
function widestPart(lengths: readonly number[], room: number): number {
  let left = room;
  for (const [index, length] of lengths.toSorted((a, b) => a - b).entries()) {
    const share = Math.floor(left / (lengths.length - index));
    if (length > share) return share;
    left -= length;
  }
  return room;
}

/** What to do, one line a step. */
export const steps = (card: Card): readonly string[] =>
  bounded(spoken(card.steps), STEPS_LIMIT).map((step) => truncate(step, STEP_LIMIT));

const spoken = (texts: readonly string[]): readonly string[] => texts.map(oneLine).filter((text) => text !== '');

const bounded = (texts: readonly string[], limit: number): readonly string[] =>
  texts.length <= limit ? texts : [...texts.slice(0, limit - 1), `and ${texts.length - limit + 1} more`];

/** `Not available: …`, or `undefined` when everything was read. */
export function notAvailable(card: Card): string | undefined {
  const missing = spoken(card.missing);
  return missing.length === 0 ? undefined : truncate(`Not available: ${missing.join('; ')}`, MISSING_LIMIT);
}
