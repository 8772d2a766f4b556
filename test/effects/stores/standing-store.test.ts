import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createMemoryStandingStore } from '../../../shared/effects/stores/memory-standing-store.ts';
import { createStandingStore } from '../../../shared/effects/stores/standing-store.ts';
import { createSdkTableClient } from '../../../shared/effects/table/sdk-table-client.ts';
import { type LocalDynamoDB, startDynamoDB } from '../../support/dynamodb.ts';
import { awsError } from '../failing.ts';
import { describeStandingStore, SOME } from './standing-store-contract.ts';

let local: LocalDynamoDB;
beforeAll(async () => {
  local = await startDynamoDB();
});
afterAll(() => local.close());

describeStandingStore('DynamoDB', async () =>
  createStandingStore({ client: local.client, tableName: await local.createTable() }),
);
describeStandingStore('DynamoDB by the SDK', async () =>
  createStandingStore({ client: local.bySdk, tableName: await local.createTable() }),
);
describeStandingStore('memory', async () => createMemoryStandingStore());

it.each([
  ['ThrottlingException', true],
  ['AccessDeniedException', false],
])('throw store-failed for %s, retryable: %s', async (name, retryable) => {
  const client = DynamoDBDocumentClient.from(new DynamoDBClient({ region: 'eu-west-1' }));
  mockClient(client).onAnyCommand().rejects(awsError(name));
  const store = createStandingStore({ client: createSdkTableClient(client), tableName: 'records' });
  const failed = (action: string) => ({ code: 'store-failed', retryable, message: `${action} failed (${name})` });
  await expect(store.load()).rejects.toMatchObject(failed('dynamodb:GetItem'));
  await expect(store.save(SOME)).rejects.toMatchObject(failed('dynamodb:PutItem'));
});
