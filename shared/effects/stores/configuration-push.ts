import { createHash } from 'node:crypto';
import type { Instant } from '../../domain/instant.ts';
import { isUnmetCondition } from '../table/table-client.ts';
import { configurationKey, type StoredDocument } from './configuration-item.ts';
import type { ConfigurationTable } from './configuration-store.ts';
import { translated } from './table-call.ts';

export interface Push {
  readonly document: unknown;
  /** Of the document that was seen in the table; 0 when there was none. */
  readonly version: number;
  readonly at: Instant;
  readonly by?: string;
}

/**
 * Puts a document in the place of the one that was seen, and answers `conflict` when that is not the last any more.
 * Failed I/O throws `AdapterError` `store-failed`.
 */
export async function pushConfiguration(
  { client, tableName: TableName }: ConfigurationTable,
  push: Push,
): Promise<'pushed' | 'conflict'> {
  const Item = { ...storedFor(push), ...configurationKey('current') };
  return translated('dynamodb:PutItem', async () => {
    try {
      await client.send('PutItem', { TableName, Item, ...conditionFor(push.version) });
      return 'pushed';
    } catch (error) {
      if (isUnmetCondition(error)) return 'conflict';
      throw error;
    }
  });
}

function storedFor({ document, version, at, by }: Push): StoredDocument {
  const text = JSON.stringify(document);
  const hash = createHash('sha256').update(text).digest('hex');
  return { document: text, pushedAt: at, hash, version: version + 1, ...(by && { pushedBy: by }) };
}

const conditionFor = (version: number): object =>
  version === 0
    ? { ConditionExpression: 'attribute_not_exists(pk)' }
    : {
        ConditionExpression: '#version = :expected',
        ExpressionAttributeNames: { '#version': 'version' },
        ExpressionAttributeValues: { ':expected': version },
      };
