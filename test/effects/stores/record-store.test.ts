import { ConditionalCheckFailedException, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { untold } from '../../../shared/domain/announcement.ts';
import { days, seconds } from '../../../shared/domain/instant.ts';
import { NOTHING_SEEN, withSeen } from '../../../shared/domain/seen.ts';
import { createRecordStore } from '../../../shared/effects/stores/record-store.ts';
import { createSdkTableClient } from '../../../shared/effects/table/sdk-table-client.ts';
import { type LocalDynamoDB, startDynamoDB } from '../../support/dynamodb.ts';
import { anIncident, SEEN_AT, someDetails } from '../../support/records.ts';
import { awsError } from '../failing.ts';
import { describeRecordStore } from './record-store-contract.ts';

let local: LocalDynamoDB;
beforeAll(async () => {
  local = await startDynamoDB();
});
afterAll(() => local.close());

describeRecordStore('DynamoDB', async (clock) =>
  createRecordStore({ client: local.client, tableName: await local.createTable(), clock }),
);
describeRecordStore('DynamoDB by the SDK', async (clock) =>
  createRecordStore({ client: local.bySdk, tableName: await local.createTable(), clock }),
);

/** The item that saving a record in an empty table makes. */
async function saved(record = anIncident()) {
  const tableName = await local.createTable();
  await createRecordStore({ client: local.client, tableName, clock: () => SEEN_AT }).save(record, SEEN_AT);
  return (await local.documents.send(new ScanCommand({ TableName: tableName }))).Items?.[0] ?? {};
}

/** Bytes, about as DynamoDB counts them. */
const sizeOf = (item: Readonly<Record<string, unknown>>): number =>
  Object.entries(item).reduce(
    (sum, [name, value]) => sum + name.length + (value instanceof Uint8Array ? value.length : String(value).length),
    0,
  );

describe('the items of the table', () => {
  it('are in the index only while something is due', async () => {
    expect(await saved()).not.toHaveProperty('dueKey');
    expect(await saved()).not.toHaveProperty('dueAt');
    const due = anIncident({ announcements: [untold({ kind: 'slack-webhook' }, SEEN_AT + seconds(65))] });
    expect(await saved(due)).toMatchObject({ dueKey: 'due', dueAt: SEEN_AT + seconds(60) });
  });

  it('expire, in seconds, 30 days after the record was last seen', async () => {
    const lastSeen = SEEN_AT + 999;
    expect(await saved(anIncident({ lastSeen }))).toMatchObject({ expiresAt: (SEEN_AT + days(30)) / 1_000 });
  });

  it('split the fingerprint into partition and sort key', async () => {
    expect(await saved()).toMatchObject({
      pk: '111122223333#eu-west-1#harbor-prod#service#checkout',
      sk: 'incident#memory/container-oom',
      version: 1,
    });
  });

  it.each([
    ['an incident seen once', 1, 0, 1_024],
    ['an incident with ten log lines', 3, 10, 1_024],
    ['a service that stopped fifty times', 50, 0, 1_024],
    ['a service that looped for hours', 2_000, 0, 4_096],
  ])('stay small for %s', async (_what, stops, logLines, bytes) => {
    const line = '2026-11-21T08:04:59.123Z ERROR app: cannot allocate 4194304 bytes for the cart of session 8f14e45f';
    const log = { group: '/ecs/checkout', stream: 'ecs/app/0c5b2f9e', region: 'eu-west-1' };
    const record = anIncident({
      announcements: [untold({ kind: 'slack-channel', channel: 'C0OPS' }, SEEN_AT)],
      seen: Array.from({ length: stops }, (_, task) => `${task}`.padStart(32, '0c5b2f9e')).reduce(
        (seen, key) => withSeen(seen, key, SEEN_AT),
        NOTHING_SEEN,
      ),
      details: someDetails({ log: { ...log, lines: Array.from({ length: logLines }, () => line) } }),
    });
    expect(sizeOf(await saved(record))).toBeLessThan(bytes);
  });
});

function failingStore(error: Error) {
  const client = DynamoDBDocumentClient.from(new DynamoDBClient({ region: 'eu-west-1' }));
  const mock = mockClient(client);
  mock.on(GetCommand).rejects(error);
  mock.on(PutCommand).rejects(error);
  return createRecordStore({ client: createSdkTableClient(client), tableName: 'records', clock: () => SEEN_AT });
}

describe('the store when DynamoDB fails', () => {
  it.each([
    ['ProvisionedThroughputExceededException', true],
    ['InternalServerError', true],
    ['TimeoutError', true],
    ['AccessDeniedException', false],
    ['ResourceNotFoundException', false],
  ])('throws store-failed for %s, retryable: %s', async (name, retryable) => {
    const expected = { code: 'store-failed', retryable, message: `dynamodb:PutItem failed (${name})` };
    await expect(failingStore(awsError(name)).save(anIncident(), SEEN_AT)).rejects.toMatchObject(expected);
    await expect(failingStore(awsError(name)).load(anIncident().fingerprint)).rejects.toMatchObject({ retryable });
  });

  it('answers conflict only for a failed condition', async () => {
    const failed = new ConditionalCheckFailedException({ message: 'no', $metadata: {} });
    expect(await failingStore(failed).save(anIncident(), SEEN_AT)).toBe('conflict');
  });
});
