import { wordOf } from '../json-object.ts';

/** One page of a list, and the token of the next: the index at which it begins. */
export function pageOf<Item>(
  items: readonly Item[],
  { maxResults, nextToken }: { readonly maxResults?: unknown; readonly nextToken?: unknown },
  usual: number,
): { readonly items: readonly Item[]; readonly next: { readonly nextToken?: string } } {
  const first = Number(wordOf(nextToken, '0'));
  const end = first + Number(wordOf(maxResults, String(usual)));
  return { items: items.slice(first, end), next: end < items.length ? { nextToken: String(end) } : {} };
}
