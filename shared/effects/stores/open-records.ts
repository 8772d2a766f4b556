import type { AnnouncedRecord, Fingerprint } from '../../domain/incident.ts';
import type { RecordStore } from '../../domain/store.ts';
import { type Page, pagesOf, type Start } from '../pages.ts';
import { type Input, type TableClient } from '../table/table-client.ts';
import { dueAt } from './due-first.ts';
import { DUE, DUE_INDEX, type RecordItem } from './record-item.ts';
import { translated } from './table-call.ts';

/** Some of the table's records, in any order. */
export interface Records {
  readonly records: readonly AnnouncedRecord[];
  /** There are more than these. */
  readonly isCut: boolean;
}

/**
 * What is open or still to be told, by the index of what is due: whatever is open has a time to be looked at again. A
 * Health notice has none once it was told. Reads `limit` records at the most. Failed I/O throws `AdapterError`
 * `store-failed`.
 */
export function createOpenRecords(deps: {
  readonly client: TableClient;
  readonly tableName: string;
  readonly store: Pick<RecordStore, 'loadMany'>;
  readonly limit: number;
}): () => Promise<Records> {
  const { client, tableName: TableName, store, limit } = deps;

  async function queryDue(start: Start): Promise<Page<ItemKey>> {
    const command: Input<'Query'> = {
      TableName,
      IndexName: DUE_INDEX,
      KeyConditionExpression: 'dueKey = :due',
      ExpressionAttributeValues: { ':due': DUE },
      ...start,
    };
    const { Items = [], LastEvaluatedKey } = await translated('dynamodb:Query', () => client.send('Query', command));
    // True because these are the keys of the table, which the index holds.
    return { items: Items as ItemKey[], next: LastEvaluatedKey };
  }

  return async () => {
    const { items, isCut } = await pagesOf(queryDue, limit);
    const records = await store.loadMany(items.map(fingerprintOf));
    // The index lags behind the table: the record itself says whether something is due.
    return { records: records.filter((record) => dueAt(record) !== undefined), isCut };
  };
}

type ItemKey = Pick<RecordItem, 'pk' | 'sk'>;

// The cast is true: an item's keys are the two halves of its record's fingerprint.
const fingerprintOf = ({ pk, sk }: ItemKey): Fingerprint => `${pk}|${sk}` as Fingerprint;
