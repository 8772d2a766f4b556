import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { BatchGetCommand, DynamoDBDocumentClient, PutCommand, QueryCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { days } from '../../../shared/domain/instant.ts';
import { createAuditStore } from '../../../shared/effects/stores/audit-store.ts';
import { createPlanStore } from '../../../shared/effects/stores/plan-store.ts';
import { createRecordStore } from '../../../shared/effects/stores/record-store.ts';
import { createSdkTableClient } from '../../../shared/effects/table/sdk-table-client.ts';
import { type LocalDynamoDB, startDynamoDB } from '../../support/dynamodb.ts';
import { awsError } from '../failing.ts';
import { anEntry, describeAuditStore, NOW } from './audit-store-contract.ts';

let local: LocalDynamoDB;
beforeAll(async () => {
  local = await startDynamoDB();
});
afterAll(() => local.close());

describeAuditStore('DynamoDB', async (clock) =>
  createAuditStore({ client: local.client, tableName: await local.createTable(), clock }),
);
describeAuditStore('DynamoDB by the SDK', async (clock) =>
  createAuditStore({ client: local.bySdk, tableName: await local.createTable(), clock }),
);

it('keeps an entry under what it is about, in the order of time, where nothing takes it for due', async () => {
  const table = { client: local.client, tableName: await local.createTable(), clock: () => NOW + days(1) };
  const entry = anEntry();
  await createAuditStore(table).append(entry);
  const { Items } = await local.documents.send(new ScanCommand({ TableName: table.tableName }));
  expect(Items).toEqual([
    {
      pk: 'audit#pln-4f0c2a9d1e',
      sk: `2026-11-21T08:05:00.000Z#${entry.id}`,
      entry,
      dueKey: 'audit',
      dueAt: NOW,
      expiresAt: (NOW + days(400)) / 1_000,
    },
  ]);
  expect(await createRecordStore(table).loadDue(NOW + days(1), 10)).toEqual([]);
  expect(await createPlanStore(table).loadDue(NOW + days(1), 10)).toEqual([]);
});

function mocked() {
  const client = DynamoDBDocumentClient.from(new DynamoDBClient({ region: 'eu-west-1' }));
  return {
    mock: mockClient(client),
    store: createAuditStore({ client: createSdkTableClient(client), tableName: 'records', clock: () => NOW }),
  };
}

it('writes only where nothing is', async () => {
  const { mock, store } = mocked();
  await store.append(anEntry());
  const inputs = mock.commandCalls(PutCommand).map(({ args }) => args[0].input);
  expect(inputs).toMatchObject([{ ConditionExpression: 'attribute_not_exists(pk)' }]);
  expect(mock.calls()).toHaveLength(1);
});

it.each([
  ['ProvisionedThroughputExceededException', true],
  ['TimeoutError', true],
  ['AccessDeniedException', false],
])('throws store-failed for %s, retryable: %s', async (name, retryable) => {
  const { mock, store } = mocked();
  mock.onAnyCommand().rejects(awsError(name));
  const failed = (action: string) => ({ code: 'store-failed', retryable, message: `${action} failed (${name})` });
  await expect(store.append(anEntry())).rejects.toMatchObject(failed('dynamodb:PutItem'));
  await expect(store.listAbout('x')).rejects.toMatchObject(failed('dynamodb:Query'));
  await expect(store.listRecent(1)).rejects.toMatchObject(failed('dynamodb:Query'));
});

it('takes a part of an answer for none', async () => {
  const { mock, store } = mocked();
  mock.on(QueryCommand).resolves({ Items: [{ pk: 'audit#x', sk: 'y' }] });
  mock.on(BatchGetCommand).resolves({ Responses: { records: [] }, UnprocessedKeys: { records: { Keys: [{}] } } });
  await expect(store.listRecent(1)).rejects.toMatchObject({ code: 'store-failed', retryable: true });
});
