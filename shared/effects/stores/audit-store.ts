import type { AuditEntry, AuditStore } from '../../domain/chat/audit.ts';
import type { Instant } from '../../domain/instant.ts';
import { type Input, isUnmetCondition, type TableClient } from '../table/table-client.ts';
import { AUDIT, type AuditItem, auditItemOf, auditPartition, entriesOf } from './audit-item.ts';
import { DUE_INDEX } from './record-item.ts';
import { storeFailure, translated } from './table-call.ts';

/** Of one BatchGetItem. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html */
export const MOST_ENTRIES = 100;

/**
 * The audit trail in the table of the records, one item an entry; at most 100 are listed. `clock` is only asked whether an
 * item has expired. Failed I/O throws `AdapterError` `store-failed`.
 */
export function createAuditStore(deps: {
  readonly client: TableClient;
  readonly tableName: string;
  readonly clock: () => Instant;
}): AuditStore {
  const { client, tableName: TableName, clock } = deps;

  async function append(entry: AuditEntry): Promise<void> {
    const command: Input<'PutItem'> = {
      TableName,
      Item: auditItemOf(entry),
      ConditionExpression: 'attribute_not_exists(pk)',
    };
    await translated('dynamodb:PutItem', async () => {
      try {
        await client.send('PutItem', command);
      } catch (error) {
        // Its name is made of what it says: what is there is this very entry.
        if (!isUnmetCondition(error)) throw error;
      }
    });
  }

  async function listAbout(target: string, limit = MOST_ENTRIES): Promise<readonly AuditEntry[]> {
    const { Items = [] } = await translated('dynamodb:Query', () =>
      client.send('Query', {
        TableName,
        KeyConditionExpression: 'pk = :target',
        ExpressionAttributeValues: { ':target': auditPartition(target) },
        ConsistentRead: true,
        ScanIndexForward: false,
        Limit: Math.min(limit, MOST_ENTRIES),
      }),
    );
    // True because `append` above is the only writer of items under these keys.
    return entriesOf(Items as unknown as readonly AuditItem[], clock());
  }

  async function listRecent(limit: number): Promise<readonly AuditEntry[]> {
    const { Items: found = [] } = await translated('dynamodb:Query', () =>
      client.send('Query', {
        TableName,
        IndexName: DUE_INDEX,
        KeyConditionExpression: 'dueKey = :audit',
        ExpressionAttributeValues: { ':audit': AUDIT },
        ScanIndexForward: false,
        Limit: Math.min(limit, MOST_ENTRIES),
      }),
    );
    if (found.length === 0) return [];
    const Keys = found.map(({ pk, sk }) => ({ pk, sk }));
    const { Responses, UnprocessedKeys = {} } = await translated('dynamodb:BatchGetItem', () =>
      client.send('BatchGetItem', { RequestItems: { [TableName]: { Keys } } }),
    );
    // A success with a part missing is how this operation says that it was throttled.
    if (Object.keys(UnprocessedKeys).length > 0)
      throw storeFailure('dynamodb:BatchGetItem failed (UnprocessedKeys)', true);
    // True because `append` above is the only writer of items under these keys.
    return entriesOf((Responses?.[TableName] ?? []) as unknown as readonly AuditItem[], clock());
  }

  return { append, listAbout, listRecent };
}
