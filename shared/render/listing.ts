import { shorten } from './escape.ts';

/** Characters of names in one listing; the rest is counted. */
const NAMES_LIMIT = 120;

/** `checkout, ledger and 12 more`. The first name is always there, shortened if it must be. */
export function listing(all: readonly string[]): string {
  const names = all.map((name) => shorten(name, NAMES_LIMIT));
  let length = 0;
  const cut = names.findIndex((name, index) => {
    length += name.length + 2;
    return index > 0 && length > NAMES_LIMIT;
  });
  return cut === -1 ? names.join(', ') : `${names.slice(0, cut).join(', ')} and ${names.length - cut} more`;
}

export const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** Code point order, so that a message does not depend on a locale. */
export const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));
