import { ConditionalCheckFailedException, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, QueryCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { days, minutes } from '../../../shared/domain/instant.ts';
import { serviceArn } from '../../../shared/domain/place.ts';
import { createLockStore } from '../../../shared/effects/stores/lock-store.ts';
import { createMemoryLockStore } from '../../../shared/effects/stores/memory-lock-store.ts';
import { createSdkTableClient } from '../../../shared/effects/table/sdk-table-client.ts';
import { type LocalDynamoDB, startDynamoDB } from '../../support/dynamodb.ts';
import { aService, DELIVERED as NOW } from '../../support/plans.ts';
import { awsError } from '../failing.ts';
import { aLock, describeLockStore, EXPIRY, OURS, THEIRS } from './lock-store-contract.ts';

let local: LocalDynamoDB;
beforeAll(async () => {
  local = await startDynamoDB();
});
afterAll(() => local.close());

const opened = async () => createLockStore({ client: local.client, tableName: await local.createTable() });

describeLockStore('DynamoDB', opened);
describeLockStore('DynamoDB by the SDK', async () =>
  createLockStore({ client: local.bySdk, tableName: await local.createTable() }),
);

const deed = fc.record({
  kind: fc.constantFrom('take', 'take', 'release'),
  owner: fc.constantFrom(OURS, THEIRS),
  fence: fc.integer({ min: 1, max: 4 }),
  after: fc.integer({ min: 0, max: 12 }),
  life: fc.integer({ min: 1, max: 15 }),
} as const);

it('answers whatever is asked of it as the one in memory does', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(deed, { maxLength: 10 }), async (deeds) => {
      const [table, memory] = [await opened(), createMemoryLockStore()];
      let now = NOW;
      for (const { kind, owner, fence, after, life } of deeds) {
        now += minutes(after);
        const lock = aLock({ owner, fence, expiresAt: now + minutes(life) });
        const [one, other] = await Promise.all([table, memory].map((store) => store[kind](lock, now)));
        expect(one).toEqual(other);
        expect(await table.load()).toEqual(await memory.load());
      }
    }),
    { numRuns: 12 },
  );
});

it('keeps the number of a lock for 90 days, because TTL deletes by another attribute than the lock expires by', async () => {
  const tableName = await local.createTable();
  await createLockStore({ client: local.client, tableName }).take(aLock(), NOW);
  const { Items } = await local.documents.send(new ScanCommand({ TableName: tableName }));
  expect(Items).toEqual([
    {
      pk: 'locks',
      sk: serviceArn(aService()),
      at: aService(),
      owner: OURS,
      fence: 1,
      tasks: 4,
      heldUntil: EXPIRY,
      expiresAt: (EXPIRY + days(90)) / 1_000,
    },
  ]);
});

function mocked() {
  const client = DynamoDBDocumentClient.from(new DynamoDBClient({ region: 'eu-west-1' }));
  return {
    mock: mockClient(client),
    store: createLockStore({ client: createSdkTableClient(client), tableName: 'records' }),
  };
}

it('reads consistently, and page by page', async () => {
  const { mock, store } = mocked();
  const item = { ...aLock(), heldUntil: EXPIRY };
  const next = { pk: 'locks', sk: 'x' };
  mock
    .on(QueryCommand)
    .resolvesOnce({ Items: [item], LastEvaluatedKey: next })
    .resolves({ Items: [item] });
  expect(await store.load()).toEqual([aLock(), aLock()]);
  const inputs = mock.commandCalls(QueryCommand).map(({ args }) => args[0].input);
  expect(inputs.map(({ ConsistentRead, ExclusiveStartKey }) => [ConsistentRead, ExclusiveStartKey])).toEqual([
    [true, undefined],
    [true, next],
  ]);
});

describe('the lock store when DynamoDB fails', () => {
  function failing(error: Error) {
    const { mock, store } = mocked();
    mock.onAnyCommand().rejects(error);
    return store;
  }

  it.each([
    ['ProvisionedThroughputExceededException', true],
    ['TimeoutError', true],
    ['AccessDeniedException', false],
  ])('throws store-failed for %s, retryable: %s', async (name, retryable) => {
    const store = failing(awsError(name));
    const failed = (action: string) => ({ code: 'store-failed', retryable, message: `${action} failed (${name})` });
    await expect(store.load()).rejects.toMatchObject(failed('dynamodb:Query'));
    await expect(store.take(aLock(), NOW)).rejects.toMatchObject(failed('dynamodb:PutItem'));
    await expect(store.release(aLock(), NOW)).rejects.toMatchObject(failed('dynamodb:UpdateItem'));
  });

  it('takes only a failed condition for a refusal', async () => {
    const store = failing(new ConditionalCheckFailedException({ message: 'no', $metadata: {} }));
    expect(await store.take(aLock(), NOW)).toBe('refused');
    await expect(store.release(aLock(), NOW)).resolves.toBeUndefined();
  });
});
