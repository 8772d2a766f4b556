import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createMemorySweepStore,
  createSweepStore,
  type SweepProgress,
} from '../../../shared/effects/stores/sweep-memory.ts';
import { createSdkTableClient } from '../../../shared/effects/table/sdk-table-client.ts';
import { type LocalDynamoDB, startDynamoDB } from '../../support/dynamodb.ts';
import { NOON } from '../../support/observations.ts';
import { awsError } from '../failing.ts';

let local: LocalDynamoDB;
beforeAll(async () => {
  local = await startDynamoDB();
});
afterAll(() => local.close());

const inDynamoDB = async () => createSweepStore({ client: local.client, tableName: await local.createTable() });

const PROGRESS: SweepProgress = {
  startedAt: NOON,
  cursor: {
    place: 'aws/111122223333/eu-west-1',
    cursor: {
      clusters: ['arn:aws:ecs:eu-west-1:111122223333:cluster/harbor-prod'],
      clusterPage: { token: 'more' },
      services: ['checkout'],
      servicePage: 'last',
      hasRelistedServices: true,
    },
  },
  services: 17,
  memory: {
    '111122223333/eu-west-1/harbor-prod/checkout': {
      kind: 'nothing-runs',
      deployment: 'ecs-svc/57',
      running: 0,
      since: NOON - 1,
      seen: NOON,
      isOver: true,
    },
  },
};

describe.each([
  ['DynamoDB', inDynamoDB],
  ['memory', async () => createMemorySweepStore()],
])('the progress of sweeps in %s', (_, open) => {
  it('is unknown before the first sweep', async () => {
    expect(await (await open()).load()).toBeUndefined();
  });

  it('is given back as it was', async () => {
    const store = await open();
    await store.save(PROGRESS);
    expect(await store.load()).toEqual(PROGRESS);
  });

  it('is what was saved last, whole', async () => {
    const store = await open();
    await store.save(PROGRESS);
    const finished: SweepProgress = { startedAt: NOON, services: 0, memory: {} };
    await store.save(finished);
    expect(await store.load()).toEqual(finished);
  });
});

describe('the store when DynamoDB fails', () => {
  it.each([
    ['ProvisionedThroughputExceededException', true],
    ['AccessDeniedException', false],
  ])('with %s throws what says whether to try again, and names nobody', async (name, retryable) => {
    const client = DynamoDBDocumentClient.from(new DynamoDBClient({ region: 'eu-west-1' }));
    const mock = mockClient(client);
    mock.on(GetCommand).rejects(awsError(name));
    mock.on(PutCommand).rejects(awsError(name));
    const store = createSweepStore({ client: createSdkTableClient(client), tableName: 'records' });
    const failure = (action: string) => ({ code: 'store-failed', retryable, message: `${action} failed (${name})` });
    await expect(store.load()).rejects.toMatchObject(failure('dynamodb:GetItem'));
    await expect(store.save(PROGRESS)).rejects.toMatchObject(failure('dynamodb:PutItem'));
  });
});
