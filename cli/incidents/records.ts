import type { Instant } from '../../shared/domain/instant.ts';
import { type Page, pagesOf, type Start } from '../../shared/effects/pages.ts';
import { createAuditStore } from '../../shared/effects/stores/audit-store.ts';
import { createOpenRecords, type Records } from '../../shared/effects/stores/open-records.ts';
import { unpacked } from '../../shared/effects/stores/packed-record.ts';
import { isExpired, type RecordItem } from '../../shared/effects/stores/record-item.ts';
import { createRecordStore } from '../../shared/effects/stores/record-store.ts';
import { translated } from '../../shared/effects/stores/table-call.ts';
import { type Input, type TableClient } from '../../shared/effects/table/table-client.ts';

/** About 20 MB, and 50 requests. */
export const MOST_RECORDS = 5_000;

/** Slackwater's table as the command line reads and writes it. */
export type RecordsTable = ReturnType<typeof createRecordsTable>;

/** Reads `limit` records at the most. Failed I/O throws `AdapterError` `store-failed`. */
export function createRecordsTable(deps: {
  readonly client: TableClient;
  readonly tableName: string;
  readonly clock: () => Instant;
  readonly limit?: number;
}) {
  const { client, tableName, clock, limit = MOST_RECORDS } = deps;
  const store = createRecordStore(deps);
  const loadOpen = createOpenRecords({ client, tableName, store, limit });

  async function scanRecords(start: Start): Promise<Page<RecordItem>> {
    const command: Input<'Scan'> = {
      TableName: tableName,
      // The configuration and the progress of the sweeps are in the table too.
      FilterExpression: 'attribute_exists(#record)',
      ExpressionAttributeNames: { '#record': 'record' },
      ...start,
    };
    const { Items = [], LastEvaluatedKey } = await translated('dynamodb:Scan', () => client.send('Scan', command));
    // True because the record store is the only writer of items with a record.
    return { items: Items as unknown as readonly RecordItem[], next: LastEvaluatedKey };
  }

  /** Everything, by reading the whole table. `onRead` hears how many records there are so far. */
  async function loadAll(onRead: (count: number) => void): Promise<Records> {
    let count = 0;
    const counted = async (start: Start): Promise<Page<RecordItem>> => {
      const page = await scanRecords(start);
      count += page.items.length;
      onRead(count);
      return page;
    };
    const { items, isCut } = await pagesOf(counted, limit);
    const living = items.filter((item) => !isExpired(item, clock()));
    return { records: living.map((item) => unpacked(item).record), isCut };
  }

  return { store, audit: createAuditStore(deps), clock, loadOpen, loadAll };
}
