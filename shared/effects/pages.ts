import type { Attributes } from './table/table-client.ts';

/** Where the next page of DynamoDB begins; empty for the first. */
export type Start = { readonly ExclusiveStartKey?: Attributes };

export interface Page<Item> {
  readonly items: readonly Item[];
  readonly next: Attributes | undefined;
}

/** At most `limit` items, page by page; `isCut` where there are more. */
export async function pagesOf<Item>(
  load: (start: Start) => Promise<Page<Item>>,
  limit: number,
): Promise<{ readonly items: readonly Item[]; readonly isCut: boolean }> {
  const items: Item[] = [];
  let start: Start | undefined = {};
  while (start !== undefined && items.length < limit) {
    const page: Page<Item> = await load(start);
    items.push(...page.items);
    start = page.next && { ExclusiveStartKey: page.next };
  }
  return { items: items.slice(0, limit), isCut: start !== undefined || items.length > limit };
}
