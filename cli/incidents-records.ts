import { type DynamoDBDocumentClient, QueryCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { AnnouncedRecord, Fingerprint } from '../shared/domain/incident.ts';
import type { Instant } from '../shared/domain/instant.ts';
import { translated } from '../shared/effects/configuration-item.ts';
import { dueAt } from '../shared/effects/due-first.ts';
import { DUE, DUE_INDEX, isExpired, type RecordItem } from '../shared/effects/record-item.ts';
import { createRecordStore } from '../shared/effects/record-store.ts';

/** Some of the table's records, in any order. */
interface Records {
  readonly records: readonly AnnouncedRecord[];
  /** There are more than these. */
  readonly isCut: boolean;
}

/** About 20 MB, and 50 requests. */
export const MOST_RECORDS = 5_000;

/** Slackwater's table as the command line reads and writes it. */
export type RecordsTable = ReturnType<typeof createRecordsTable>;

/** Reads `limit` records at the most. Failed I/O throws `AdapterError` `store-failed`. */
export function createRecordsTable(deps: {
  readonly client: DynamoDBDocumentClient;
  readonly tableName: string;
  readonly clock: () => Instant;
  readonly limit?: number;
}) {
  const { client, tableName: TableName, clock, limit = MOST_RECORDS } = deps;
  const store = createRecordStore(deps);

  async function queryDue(start: Start): Promise<Page<ItemKey>> {
    const command = new QueryCommand({
      TableName,
      IndexName: DUE_INDEX,
      KeyConditionExpression: 'dueKey = :due',
      ExpressionAttributeValues: { ':due': DUE },
      ...start,
    });
    const { Items = [], LastEvaluatedKey } = await translated('dynamodb:Query', () => client.send(command));
    // True because these are the keys of the table, which the index holds.
    return { items: Items as ItemKey[], next: LastEvaluatedKey };
  }

  async function scanRecords(start: Start): Promise<Page<RecordItem>> {
    const command = new ScanCommand({
      TableName,
      // The configuration and the progress of the sweeps are in the table too.
      FilterExpression: 'attribute_exists(#record)',
      ExpressionAttributeNames: { '#record': 'record' },
      ...start,
    });
    const { Items = [], LastEvaluatedKey } = await translated('dynamodb:Scan', () => client.send(command));
    // True because the record store is the only writer of items with a record.
    return { items: Items as RecordItem[], next: LastEvaluatedKey };
  }

  /**
   * What is open or still to be told, by the index of what is due: whatever is open has a time to be looked at again. A
   * Health notice has none once it was told.
   */
  async function loadOpen(): Promise<Records> {
    const { items, isCut } = await pages(queryDue, limit);
    const records = await store.loadMany(items.map(fingerprintOf));
    // The index lags behind the table: the record itself says whether something is due.
    return { records: records.filter((record) => dueAt(record) !== undefined), isCut };
  }

  /** Everything, by reading the whole table. */
  async function loadAll(): Promise<Records> {
    const { items, isCut } = await pages(scanRecords, limit);
    const living = items.filter((item) => !isExpired(item, clock()));
    return { records: living.map(({ record }) => record), isCut };
  }

  return { store, clock, loadOpen, loadAll };
}

type ItemKey = Pick<RecordItem, 'pk' | 'sk'>;

// The cast is true: an item's keys are the two halves of its record's fingerprint.
const fingerprintOf = ({ pk, sk }: ItemKey): Fingerprint => `${pk}|${sk}` as Fingerprint;

type Start = { readonly ExclusiveStartKey?: Record<string, unknown> };

interface Page<Item> {
  readonly items: readonly Item[];
  readonly next: Record<string, unknown> | undefined;
}

/** At most `limit` items, page by page. */
async function pages<Item>(
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
