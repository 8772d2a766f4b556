import { INCIDENTS, subjectPartition } from '../../domain/fingerprint.ts';
import type { AnnouncedRecord, Fingerprint, Incident } from '../../domain/incident.ts';
import type { Instant } from '../../domain/instant.ts';
import type { RecordStore } from '../../domain/store.ts';
import type { Subject } from '../../domain/subject.ts';
import { type Input, type TableClient } from '../table/table-client.ts';
import { dueFirst } from './due-first.ts';
import { readable, unlessNewer } from './item-format.ts';
import { packed, unpacked } from './packed-record.ts';
import { DUE, isExpired, itemKey, itemOf, type RecordItem } from './record-item.ts';
import { putVersion, queryDue, storeFailure, translated } from './table-call.ts';

type ItemKey = ReturnType<typeof itemKey>;

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html */
const BATCH = 100;
/** A throttled table may leave keys unanswered; so many rounds without progress are a failure. */
const MOST_ROUNDS = 5;

/**
 * The records in one DynamoDB table (string keys `pk` and `sk`, index `due` on `dueKey` and `dueAt`, KEYS_ONLY, TTL on
 * `expiresAt`). `clock` is only asked whether an item has expired. Failed I/O throws `AdapterError` `store-failed`, an item in
 * a newer format `newer-item`; among what is due it is passed over.
 */
export function createRecordStore(deps: {
  readonly client: TableClient;
  readonly tableName: string;
  readonly clock: () => Instant;
}): RecordStore {
  const { client, tableName: TableName, clock } = deps;

  async function read(key: ItemKey, now: Instant): Promise<AnnouncedRecord | undefined> {
    const command: Input<'GetItem'> = { TableName, Key: key, ConsistentRead: true };
    const { Item } = await translated('dynamodb:GetItem', () => client.send('GetItem', command));
    // True because `save` below is the only writer of items under these keys.
    const item = Item as RecordItem | undefined;
    return item === undefined || isExpired(item, now) ? undefined : unpacked(readable(item)).record;
  }

  const save = (record: AnnouncedRecord, now: Instant): Promise<'saved' | 'conflict'> =>
    putVersion(deps, { item: packed(itemOf(record)), version: record.version, now });

  async function loadDue(now: Instant, limit: number): Promise<readonly AnnouncedRecord[]> {
    const keys = await queryDue(deps, { dueKey: DUE, now, limit });
    // The record itself says whether it is due.
    const records = await Promise.all(keys.map((key) => unlessNewer(read(key, now))));
    return dueFirst(
      records.filter((record) => record !== undefined),
      now,
    );
  }

  /** One page holds a megabyte, and a service has at most one incident of a few kilobytes for each cause. */
  async function loadAbout(subject: Subject): Promise<readonly Incident[]> {
    const command: Input<'Query'> = {
      TableName,
      KeyConditionExpression: 'pk = :subject AND begins_with(sk, :incidents)',
      ExpressionAttributeValues: { ':subject': subjectPartition(subject), ':incidents': INCIDENTS },
      ConsistentRead: true,
    };
    const { Items = [] } = await translated('dynamodb:Query', () => client.send('Query', command));
    // True because `save` above is the only writer of items under these keys.
    const living = (Items as unknown as readonly RecordItem[]).filter((item) => !isExpired(item, clock()));
    const incidents = living
      .map((item) => unpacked(readable(item)).record)
      .filter((record) => record.kind === 'incident');
    return incidents.sort((a, b) => b.lastSeen - a.lastSeen);
  }

  async function loadMany(fingerprints: readonly Fingerprint[]): Promise<readonly AnnouncedRecord[]> {
    const records: AnnouncedRecord[] = [];
    // DynamoDB refuses a request that names a key twice.
    let keys: readonly object[] = [...new Set(fingerprints)].map(itemKey);
    for (let round = 0; keys.length > 0; round++) {
      if (round >= fingerprints.length + MOST_ROUNDS) throw unanswered();
      const request = { [TableName]: { Keys: keys.slice(0, BATCH), ConsistentRead: true } };
      const command: Input<'BatchGetItem'> = { RequestItems: request };
      const { Responses, UnprocessedKeys } = await translated('dynamodb:BatchGetItem', () =>
        client.send('BatchGetItem', command),
      );
      // True because `save` above is the only writer of items under these keys.
      const items = (Responses?.[TableName] ?? []) as unknown as readonly RecordItem[];
      records.push(...items.filter((item) => !isExpired(item, clock())).map((item) => unpacked(readable(item)).record));
      keys = [...(UnprocessedKeys?.[TableName]?.Keys ?? []), ...keys.slice(BATCH)];
    }
    return records;
  }

  return {
    load: (fingerprint: Fingerprint) => read(itemKey(fingerprint), clock()),
    save,
    loadMany,
    loadDue,
    loadAbout,
  };
}

const unanswered = () => storeFailure('dynamodb:BatchGetItem left keys unanswered', true);
