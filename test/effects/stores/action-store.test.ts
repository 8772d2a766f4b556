import { ConditionalCheckFailedException, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { days } from '../../../shared/domain/instant.ts';
import { createActionStore } from '../../../shared/effects/stores/action-store.ts';
import { createMemoryActionStore } from '../../../shared/effects/stores/memory-action-store.ts';
import { createSdkTableClient } from '../../../shared/effects/table/sdk-table-client.ts';
import { ASKED_AT, aWanted } from '../../support/actions.ts';
import { type LocalDynamoDB, startDynamoDB } from '../../support/dynamodb.ts';
import { awsError } from '../failing.ts';
import { describeActionStore } from './action-store-contract.ts';

let local: LocalDynamoDB;
beforeAll(async () => {
  local = await startDynamoDB();
});
afterAll(() => local.close());

describeActionStore('memory', async () => createMemoryActionStore());
describeActionStore('DynamoDB', async () =>
  createActionStore({ client: local.client, tableName: await local.createTable() }),
);
describeActionStore('DynamoDB by the SDK', async () =>
  createActionStore({ client: local.bySdk, tableName: await local.createTable() }),
);

it('keeps a request under the name of what it does, for a month', async () => {
  const tableName = await local.createTable();
  await createActionStore({ client: local.client, tableName }).save(aWanted());
  const { Items } = await local.documents.send(new ScanCommand({ TableName: tableName }));
  expect(Items).toEqual([
    {
      pk: 'actions',
      sk: aWanted().id,
      version: 1,
      dueKey: 'action',
      dueAt: ASKED_AT,
      expiresAt: (ASKED_AT + days(30)) / 1_000,
      request: { ...aWanted(), version: 1 },
    },
  ]);
});

function failingStore(error: Error) {
  const client = DynamoDBDocumentClient.from(new DynamoDBClient({ region: 'eu-west-1' }));
  mockClient(client).onAnyCommand().rejects(error);
  return createActionStore({ client: createSdkTableClient(client), tableName: 'records' });
}

describe('the action store when DynamoDB fails', () => {
  it.each([
    ['ProvisionedThroughputExceededException', true],
    ['AccessDeniedException', false],
  ])('throws store-failed for %s, retryable: %s', async (name, retryable) => {
    const store = failingStore(awsError(name));
    const failed = (action: string) => ({ code: 'store-failed', retryable, message: `${action} failed (${name})` });
    await expect(store.load(aWanted().id)).rejects.toMatchObject(failed('dynamodb:GetItem'));
    await expect(store.save(aWanted())).rejects.toMatchObject(failed('dynamodb:PutItem'));
    await expect(store.loadDue(ASKED_AT, 1)).rejects.toMatchObject(failed('dynamodb:Query'));
  });

  it('answers conflict only for a failed condition', async () => {
    const failed = new ConditionalCheckFailedException({ message: 'no', $metadata: {} });
    expect(await failingStore(failed).save(aWanted())).toBe('conflict');
  });
});
