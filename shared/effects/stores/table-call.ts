import type { Instant } from '../../domain/instant.ts';
import { AdapterError } from '../adapter-error.ts';
import { awsFailure } from '../aws-failure.ts';
import { type Input, isUnmetCondition, type TableClient } from '../table/table-client.ts';
import { DUE_INDEX, epochSeconds } from './record-item.ts';

export interface TableRef {
  readonly client: TableClient;
  readonly tableName: string;
}

/** Runs a call of DynamoDB; what it throws becomes an `AdapterError` `store-failed`. */
export async function translated<Value>(action: string, call: () => Promise<Value>): Promise<Value> {
  try {
    return await call();
  } catch (cause) {
    const { reason, name } = awsFailure(cause);
    throw storeFailure(`${action} failed (${name})`, reason !== 'denied' && reason !== 'not-found', cause);
  }
}

export const storeFailure = (message: string, retryable: boolean, cause?: unknown): AdapterError =>
  new AdapterError({ code: 'store-failed', message, retryable, cause });

interface Put {
  /** With its attribute `version` one higher than `version`. */
  readonly item: object;
  /** Of what it takes the place of; 0 for a new one. */
  readonly version: number;
  /** A new one may take the place of one that had expired by then and that TTL has not deleted yet. */
  readonly now?: Instant;
}

/** Puts an item in the place of the version that it was made from, and otherwise changes nothing. */
export async function putVersion({ client, tableName }: TableRef, put: Put): Promise<'saved' | 'conflict'> {
  const command: Input<'PutItem'> = { TableName: tableName, Item: { ...put.item }, ...conditionFor(put) };
  return translated('dynamodb:PutItem', async () => {
    try {
      await client.send('PutItem', command);
      return 'saved';
    } catch (error) {
      // Also when an attempt was stored but timed out: the client's next one then finds the new version, its own.
      if (isUnmetCondition(error)) return 'conflict';
      throw error;
    }
  });
}

/** A change of a loaded item does not look at the expiry: what was read in time may be saved, and lives on. */
function conditionFor({ version, now }: Put) {
  if (version > 0)
    return { ConditionExpression: 'version = :expected', ExpressionAttributeValues: { ':expected': version } };
  if (now === undefined) return { ConditionExpression: 'attribute_not_exists(pk)' };
  return {
    ConditionExpression: 'attribute_not_exists(pk) OR expiresAt <= :now',
    ExpressionAttributeValues: { ':now': epochSeconds(now) },
  };
}

interface DueQuery {
  readonly dueKey: string;
  readonly now: Instant;
  readonly limit: number;
}

/** The keys of what is due. The index lags behind the table, so it only says where to look. */
export async function queryDue(
  { client, tableName }: TableRef,
  { dueKey, now, limit }: DueQuery,
): Promise<readonly { readonly pk: string; readonly sk: string }[]> {
  const command: Input<'Query'> = {
    TableName: tableName,
    IndexName: DUE_INDEX,
    KeyConditionExpression: 'dueKey = :due AND dueAt <= :now',
    ExpressionAttributeValues: { ':due': dueKey, ':now': now },
    Limit: limit,
  };
  const { Items = [] } = await translated('dynamodb:Query', () => client.send('Query', command));
  // True: the index has the keys of the table, which are texts.
  return Items.map(({ pk, sk }) => ({ pk: String(pk), sk: String(sk) }));
}
