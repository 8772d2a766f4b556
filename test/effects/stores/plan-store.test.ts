import { createHash } from 'node:crypto';
import { ConditionalCheckFailedException, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, QueryCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { found } from '../../../shared/domain/facts.ts';
import { days } from '../../../shared/domain/instant.ts';
import type { PlanRecord } from '../../../shared/domain/plan/plan-record.ts';
import type { ActiveService } from '../../../shared/domain/plan/situation.ts';
import { createPlanStore } from '../../../shared/effects/stores/plan-store.ts';
import { createSdkTableClient } from '../../../shared/effects/table/sdk-table-client.ts';
import { type LocalDynamoDB, startDynamoDB } from '../../support/dynamodb.ts';
import { anImage, aPlan, aService, aSituation, DEADLINE, DELIVERED } from '../../support/plans.ts';
import { awsError } from '../failing.ts';
import { aRecord, describePlanStore } from './plan-store-contract.ts';

let local: LocalDynamoDB;
beforeAll(async () => {
  local = await startDynamoDB();
});
afterAll(() => local.close());

async function opened() {
  const tableName = await local.createTable();
  return { tableName, store: createPlanStore({ client: local.client, tableName, clock: () => DELIVERED }) };
}

describePlanStore('DynamoDB', async (clock) =>
  createPlanStore({ client: local.client, tableName: await local.createTable(), clock }),
);
describePlanStore('DynamoDB by the SDK', async (clock) =>
  createPlanStore({ client: local.bySdk, tableName: await local.createTable(), clock }),
);

describe('the item of a plan', () => {
  async function saved(record: PlanRecord) {
    const { tableName, store } = await opened();
    await store.save(record, DELIVERED);
    return (await local.documents.send(new ScanCommand({ TableName: tableName }))).Items?.[0];
  }

  it('is found by its id, and says beside its body what one looks for in a console', async () => {
    const record = aRecord({ plan: aPlan() });
    expect(await saved(record)).toEqual({
      pk: 'plans',
      sk: record.id,
      version: 1,
      notice: record.notice,
      madeAt: DELIVERED,
      deadline: DEADLINE,
      isOver: false,
      dueKey: 'plan',
      dueAt: DELIVERED,
      expiresAt: (DEADLINE + days(90)) / 1_000,
      body: expect.any(Uint8Array),
    });
  });

  it('is not in the index once the plan is over', async () => {
    const { dueAt: _, ...record } = aRecord();
    const item = await saved(record);
    expect(item).toMatchObject({ isOver: true });
    expect(item).not.toHaveProperty('dueKey');
    expect(item).not.toHaveProperty('dueAt');
  });
});

/** Digests do not compress, so each is another one. */
const digestOf = (text: string): string => `sha256:${createHash('sha256').update(text).digest('hex')}`;

const situationOf = (index: number): ActiveService => {
  const service = `service-${index}`;
  const images = ['app', 'proxy', 'logs'].map((container) => ({
    ...anImage,
    container,
    digest: digestOf(`${service}/${container}`),
  }));
  return aSituation({ at: aService(service), revision: `${service}:${index}`, images: found(images) });
};

/** A plan in the middle of its life: everything in flight, and much in its log. */
function aLargeRecord(services: number): PlanRecord {
  const plan = aPlan(Array.from({ length: services }, (_, index) => situationOf(index)));
  const flying = plan.services.map((service, index) => {
    const { slot, revision, digests } = service.work ?? {};
    if (slot === undefined || revision === undefined || digests === undefined) throw new Error('expected work');
    const flight = {
      startedAt: DELIVERED,
      slot,
      fence: index,
      revision,
      digests,
      known: [digestOf(`before-${index}`)],
    };
    const stage = { kind: 'running', deployment: digestOf(`deployment-${index}`), ...flight } as const;
    return { ...service, run: { stage, failures: 0 } };
  });
  const log = Array.from({ length: 1_000 }, (_, index) => ({
    at: DELIVERED + index * 61_003,
    by: 'slackwater',
    text: `harbor-prod/service-${index}: UpdateService, forceNewDeployment`,
  }));
  return aRecord({ plan: { ...plan, services: flying }, log });
}

describe('a large plan', () => {
  it('of a thousand services fits into an item, and comes back as it was', async () => {
    const record = aLargeRecord(1_000);
    const { store } = await opened();
    expect(await store.save(record, DELIVERED)).toBe('saved');
    expect(await store.load(record.id)).toEqual({ ...record, version: 1 });
  });

  it('that does not fit is refused by name, size and limit, before DynamoDB is asked', async () => {
    const noise = Array.from({ length: 13_000 }, (_, index) => digestOf(`${index}`)).join('');
    const record = { ...aLargeRecord(3), log: [{ at: DELIVERED, by: 'ada', text: noise }] };
    const saving = failingStore(awsError('ThrottlingException')).save(record, DELIVERED);
    await expect(saving).rejects.toMatchObject({
      code: 'store-failed',
      retryable: false,
      message: expect.stringMatching(
        new RegExp(`^plan ${record.id} of 3 services takes \\d{3} KB compressed; DynamoDB keeps 400 KB an item$`),
      ),
    });
  });
});

function failingStore(error: Error) {
  const client = DynamoDBDocumentClient.from(new DynamoDBClient({ region: 'eu-west-1' }));
  const mock = mockClient(client);
  mock.onAnyCommand().rejects(error);
  return createPlanStore({ client: createSdkTableClient(client), tableName: 'records', clock: () => DELIVERED });
}

describe('the plan store when DynamoDB fails', () => {
  it.each([
    ['ProvisionedThroughputExceededException', true],
    ['TimeoutError', true],
    ['AccessDeniedException', false],
    ['ResourceNotFoundException', false],
  ])('throws store-failed for %s, retryable: %s', async (name, retryable) => {
    const store = failingStore(awsError(name));
    const failed = (action: string) => ({ code: 'store-failed', retryable, message: `${action} failed (${name})` });
    await expect(store.load(aRecord().id)).rejects.toMatchObject(failed('dynamodb:GetItem'));
    await expect(store.save(aRecord(), DELIVERED)).rejects.toMatchObject(failed('dynamodb:PutItem'));
    await expect(store.loadDue(DELIVERED, 1)).rejects.toMatchObject(failed('dynamodb:Query'));
    await expect(store.list()).rejects.toMatchObject(failed('dynamodb:Query'));
  });

  it('answers conflict only for a failed condition', async () => {
    const failed = new ConditionalCheckFailedException({ message: 'no', $metadata: {} });
    expect(await failingStore(failed).save(aRecord(), DELIVERED)).toBe('conflict');
  });
});

it('lists plans of more than one page', async () => {
  const client = DynamoDBDocumentClient.from(new DynamoDBClient({ region: 'eu-west-1' }));
  const { tableName, store } = await opened();
  await store.save(aRecord({}, 'a'), DELIVERED);
  await store.save(aRecord({}, 'b'), DELIVERED);
  const [first, second] = (await local.documents.send(new ScanCommand({ TableName: tableName }))).Items ?? [];
  const next = { pk: 'plans', sk: 'pln-1' };
  const mock = mockClient(client);
  mock
    .on(QueryCommand)
    .resolvesOnce({ Items: [first ?? {}], LastEvaluatedKey: next })
    .resolves({ Items: [second ?? {}] });
  const paged = createPlanStore({ client: createSdkTableClient(client), tableName, clock: () => DELIVERED });
  expect(await paged.list()).toHaveLength(2);
  expect(mock.commandCalls(QueryCommand).map(({ args }) => args[0].input.ExclusiveStartKey)).toEqual([undefined, next]);
});
