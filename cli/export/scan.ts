import { type Instant, seconds } from '../../shared/domain/instant.ts';
import { AdapterError } from '../../shared/effects/adapter-error.ts';
import type { Page, Start } from '../../shared/effects/pages.ts';
import { translated } from '../../shared/effects/stores/table-call.ts';
import { type Input, type TableClient } from '../../shared/effects/table/table-client.ts';
import type { TableItem } from './line.ts';

/** A page that fails is read so many times, beside what the SDK does itself: some two minutes of throttling. */
const ATTEMPTS = 8;
const LONGEST_PAUSE = seconds(30);

/** A page of the whole table, of a megabyte at the most; failed I/O throws `AdapterError` `store-failed`. */
export const scanPage =
  ({ client, tableName }: { readonly client: TableClient; readonly tableName: string }) =>
  async (start: Start): Promise<Page<TableItem>> => {
    const command: Input<'Scan'> = { TableName: tableName, ConsistentRead: true, ...start };
    const { Items = [], LastEvaluatedKey } = await translated('dynamodb:Scan', () => client.send('Scan', command));
    return { items: Items, next: LastEvaluatedKey };
  };

/** Page by page, however many. A page that fails and may not fail again is waited for, ever longer; `pause` takes milliseconds. */
export async function* everyPage<Item>(
  load: (start: Start) => Promise<Page<Item>>,
  pause: (milliseconds: Instant) => Promise<unknown>,
): AsyncGenerator<readonly Item[]> {
  let start: Start | undefined = {};
  while (start !== undefined) {
    const page: Page<Item> = await patiently(load, start, pause);
    yield page.items;
    start = page.next && { ExclusiveStartKey: page.next };
  }
}

async function patiently<Item>(
  load: (start: Start) => Promise<Page<Item>>,
  start: Start,
  pause: (milliseconds: number) => Promise<unknown>,
): Promise<Page<Item>> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await load(start);
    } catch (error) {
      if (!(error instanceof AdapterError) || !error.retryable || attempt === ATTEMPTS) throw error;
      await pause(Math.min(LONGEST_PAUSE, seconds(1) * 2 ** (attempt - 1)));
    }
  }
}
