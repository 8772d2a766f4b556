import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { subjectPartition } from '../domain/fingerprint.ts';
import type { AnnouncedRecord, Fingerprint, Subject } from '../domain/incident.ts';
import type { Instant } from '../domain/instant.ts';
import type { RecordStore } from '../domain/store.ts';
import { AdapterError } from './adapter-error.ts';
import { awsFailure } from './aws-failure.ts';
import { dueFirst } from './due-first.ts';
import { DUE, DUE_INDEX, epochSeconds, isExpired, itemKey, itemOf, type RecordItem } from './record-item.ts';

type ItemKey = ReturnType<typeof itemKey>;

/**
 * The records in one DynamoDB table (string keys `pk` and `sk`, index `due` on `dueKey` and `dueAt`, KEYS_ONLY, TTL on
 * `expiresAt`). `clock` is only asked whether an item has expired. Failed I/O throws `AdapterError` `store-failed`.
 */
export function createRecordStore(deps: {
  readonly client: DynamoDBDocumentClient;
  readonly tableName: string;
  readonly clock: () => Instant;
}): RecordStore {
  const { client, tableName: TableName, clock } = deps;

  async function read(key: ItemKey, now: Instant): Promise<AnnouncedRecord | undefined> {
    const command = new GetCommand({ TableName, Key: key, ConsistentRead: true });
    const { Item } = await translated('dynamodb:GetItem', () => client.send(command));
    // True because `save` below is the only writer of items under these keys.
    const item = Item as RecordItem | undefined;
    return item === undefined || isExpired(item, now) ? undefined : item.record;
  }

  async function save(record: AnnouncedRecord, now: Instant): Promise<'saved' | 'conflict'> {
    const command = new PutCommand({ TableName, Item: itemOf(record), ...conditionFor(record, now) });
    return translated('dynamodb:PutItem', async () => {
      try {
        await client.send(command);
        return 'saved';
      } catch (error) {
        // Also when an attempt was stored but timed out: the SDK's next one then finds the new version, its own.
        if (error instanceof ConditionalCheckFailedException) return 'conflict';
        throw error;
      }
    });
  }

  async function loadDue(now: Instant, limit: number): Promise<readonly AnnouncedRecord[]> {
    const command = new QueryCommand({
      TableName,
      IndexName: DUE_INDEX,
      KeyConditionExpression: 'dueKey = :due AND dueAt <= :now',
      ExpressionAttributeValues: { ':due': DUE, ':now': now },
      Limit: limit,
    });
    const { Items = [] } = await translated('dynamodb:Query', () => client.send(command));
    // The index lags behind the table, so it only says where to look; the record itself says whether it is due.
    const records = await Promise.all(Items.map(({ pk, sk }) => read({ pk, sk }, now)));
    return dueFirst(
      records.filter((record) => record !== undefined),
      now,
    );
  }

  /** One page holds a megabyte, and a service has at most one record of a few kilobytes for each cause. */
  async function loadAbout(subject: Subject): Promise<readonly AnnouncedRecord[]> {
    const command = new QueryCommand({
      TableName,
      KeyConditionExpression: 'pk = :subject',
      ExpressionAttributeValues: { ':subject': subjectPartition(subject) },
      ConsistentRead: true,
    });
    const { Items = [] } = await translated('dynamodb:Query', () => client.send(command));
    // True because `save` above is the only writer of items under these keys.
    const living = (Items as RecordItem[]).filter((item) => !isExpired(item, clock()));
    return living.map(({ record }) => record).sort((a, b) => b.lastSeen - a.lastSeen);
  }

  return { load: (fingerprint: Fingerprint) => read(itemKey(fingerprint), clock()), save, loadDue, loadAbout };
}

/**
 * A new record may take the place of an expired one that TTL has not deleted yet, since `load` calls that one absent.
 * A change of a loaded record does not look at the expiry: what was read in time may be saved, and lives on.
 */
function conditionFor(record: AnnouncedRecord, now: Instant) {
  if (record.version > 0) {
    return { ConditionExpression: 'version = :expected', ExpressionAttributeValues: { ':expected': record.version } };
  }
  return {
    ConditionExpression: 'attribute_not_exists(pk) OR expiresAt <= :now',
    ExpressionAttributeValues: { ':now': epochSeconds(now) },
  };
}

async function translated<Value>(action: string, call: () => Promise<Value>): Promise<Value> {
  try {
    return await call();
  } catch (cause) {
    const { reason, name } = awsFailure(cause);
    const retryable = reason !== 'denied' && reason !== 'not-found';
    throw new AdapterError({ code: 'store-failed', message: `${action} failed (${name})`, retryable, cause });
  }
}
