import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { BatchGetCommand, DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hours, type Instant, seconds } from '../../shared/domain/instant.ts';
import { defaultPolicy } from '../../shared/domain/policy.ts';
import { createPolicySource, fixedPolicy } from '../../shared/effects/policy-source.ts';
import { pushConfiguration } from '../../shared/effects/stores/configuration-push.ts';
import { createConfigurationStore } from '../../shared/effects/stores/configuration-store.ts';
import { createStandingStore } from '../../shared/effects/stores/standing-store.ts';
import { createSdkTableClient } from '../../shared/effects/table/sdk-table-client.ts';
import { parsePolicy } from '../../shared/parse/configuration.ts';
import { type LocalDynamoDB, startDynamoDB } from '../support/dynamodb.ts';
import { awsError } from './failing.ts';

/** Sat 21 Nov 2026, 08:05 UTC. */
const START = Date.UTC(2026, 10, 21, 8, 5);
const DEFAULTS = defaultPolicy({ destinations: [{ kind: 'slack-channel', channel: 'C0OPS' }], lowestSeverity: 'low' });

const BAD = { version: 1, qiuetAfterHours: 3 };
/** Recognised by its hours. */
const aDocument = (quietAfterHours: number) => ({ version: 1, quietAfterHours });

let local: LocalDynamoDB;
beforeAll(async () => {
  local = await startDynamoDB();
});
afterAll(() => local.close());

/** A source over an empty table, a person who pushes, and a clock to set. */
async function aTable() {
  const tableName = await local.createTable();
  const table = { client: local.client, tableName };
  const store = createConfigurationStore(table);
  let now: Instant = START;
  const aSource = (defaults = DEFAULTS) =>
    createPolicySource({ ...table, clock: () => now, defaults, parser: async () => parsePolicy });
  return {
    table,
    store,
    aSource,
    later: (time: number) => {
      now += time;
    },
    push: async (document: unknown) => {
      const { current } = await store.load();
      return pushConfiguration(table, { document, version: current?.version ?? 0, at: now, by: 'ada' });
    },
  };
}

type Source = ReturnType<typeof createPolicySource>;
const quietAfter = async (source: Source): Promise<number> => (await source.read()).policy.quietAfter / hours(1);
const problemPaths = async (source: Source) => (await source.read()).problems.map(({ path }) => path);

describe('the policy of a table', () => {
  it('is the defaults while nobody has pushed a document', async () => {
    const { aSource } = await aTable();
    expect(await aSource().read()).toEqual({ policy: DEFAULTS, problems: [] });
    expect(await aSource().keepLastGood()).toBe('unchanged');
  });

  it('is what was pushed, from a minute later at the latest', async () => {
    const { aSource, push, later } = await aTable();
    const source = aSource();
    expect(await quietAfter(source)).toBe(6);
    await push(aDocument(3));
    later(seconds(59));
    expect(await quietAfter(source)).toBe(6);
    later(seconds(1));
    expect(await quietAfter(source)).toBe(3);
  });

  it('stays as it was when a bad document is pushed, and says why', async () => {
    const { aSource, push } = await aTable();
    await push(aDocument(3));
    expect(await aSource().keepLastGood()).toBe('kept');
    await push(BAD);
    expect(await quietAfter(aSource())).toBe(3);
    expect(await problemPaths(aSource())).toEqual(['qiuetAfterHours']);
    expect(await aSource().keepLastGood()).toMatchObject({ problems: [{ path: 'qiuetAfterHours' }] });
    await push(aDocument(4));
    expect(await aSource().read()).toMatchObject({ policy: { quietAfter: hours(4) }, problems: [] });
  });

  it('is the defaults when no document was ever good', async () => {
    const { aSource, push } = await aTable();
    await push(BAD);
    expect(await quietAfter(aSource())).toBe(6);
    expect(await problemPaths(aSource())).toEqual(['qiuetAfterHours']);
  });

  it('is the defaults when not even the last good document is good any more', async () => {
    const { aSource, push, store } = await aTable();
    await push(BAD);
    const { current } = await store.load();
    if (current) await store.keepAsGood(current);
    expect(await aSource().read()).toMatchObject({ policy: DEFAULTS, problems: [{ path: 'qiuetAfterHours' }] });
  });

  it('survives an item that no push has written', async () => {
    const { aSource, table } = await aTable();
    for (const document of [undefined, '{', { version: 1 }]) {
      const Item = { pk: 'configuration', sk: 'current', document };
      await local.documents.send(new PutCommand({ TableName: table.tableName, Item }));
      expect(await aSource().read()).toMatchObject({ policy: DEFAULTS, problems: [{ path: 'document' }] });
    }
  });

  it('remembers a good document once', async () => {
    const { aSource, push, store, later } = await aTable();
    await push(aDocument(3));
    const source = aSource();
    expect(await source.keepLastGood()).toBe('kept');
    expect(await source.keepLastGood()).toBe('unchanged');
    later(seconds(60));
    expect(await source.keepLastGood()).toBe('unchanged');
    const { current, lastGood } = await store.load();
    expect(lastGood).toEqual({ ...current, sk: 'last-good' });
  });
});

describe('what people have set beside the document', () => {
  const until = START + hours(2);
  const order = { by: 'U0ADA', at: START, until, reason: 'load test' };
  const orders = {
    version: 0,
    mutes: [{ id: 'mut-1', when: { clusters: ['lab'] }, ...order }],
    freezes: [{ id: 'frz-1', select: {}, from: START, ...order }],
  };
  const set = {
    routing: { mutes: orders.mutes },
    maintenance: { freezes: [{ name: 'frz-1', owner: 'U0ADA', period: { kind: 'once', from: START, to: until } }] },
  };

  it.each<readonly [string, readonly unknown[], object]>([
    ['without a document', [], { policy: set, problems: [] }],
    ['with one', [aDocument(3)], { policy: { ...set, quietAfter: hours(3) }, problems: [] }],
    ['with one that is bad', [BAD], { policy: set, problems: [{ path: 'qiuetAfterHours' }] }],
  ])('holds %s', async (_, documents, expected) => {
    const { aSource, push, table } = await aTable();
    for (const document of documents) await push(document);
    await createStandingStore(table).save(orders);
    expect(await aSource().read()).toMatchObject(expected);
  });

  it('holds from a minute later at the latest, and is no part of what is remembered as good', async () => {
    const { aSource, push, table, later, store } = await aTable();
    await push(aDocument(3));
    const source = aSource();
    expect((await source.read()).policy.routing.mutes).toEqual([]);
    await createStandingStore(table).save(orders);
    later(seconds(60));
    expect((await source.read()).policy.routing.mutes).toHaveLength(1);
    expect(await source.keepLastGood()).toBe('kept');
    expect((await store.load()).lastGood?.document).toBe(JSON.stringify(aDocument(3)));
  });

  it('is read with the document, by one call', async () => {
    const { source, works, calls } = aFailingSource();
    works();
    await source.read();
    expect(calls()).toBe(1);
  });

  it('that nobody can understand leaves the policy as it was', async () => {
    const { aSource, table, later } = await aTable();
    const source = aSource();
    await createStandingStore(table).save(orders);
    await source.read();
    await local.documents.send(
      new PutCommand({ TableName: table.tableName, Item: { pk: 'configuration', sk: 'standing', freezes: 1 } }),
    );
    later(seconds(60));
    expect(await source.read()).toMatchObject({ policy: set, problems: [{ path: 'document' }] });
  });
});

describe('a push', () => {
  it('leaves who, when, a count and a hash of the text', async () => {
    const { push, store } = await aTable();
    await push(aDocument(3));
    expect((await store.load()).current).toEqual({
      pk: 'configuration',
      sk: 'current',
      document: '{"version":1,"quietAfterHours":3}',
      pushedAt: START,
      pushedBy: 'ada',
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      version: 1,
    });
  });

  it.each([0, 1])('of two people who both saw version %i only one gets through', async (seen) => {
    const { push, store, table } = await aTable();
    if (seen > 0) await push(aDocument(1));
    const pushed = await Promise.all(
      [2, 3].map((own) => pushConfiguration(table, { document: aDocument(own), version: seen, at: START })),
    );
    expect(pushed.sort()).toEqual(['conflict', 'pushed']);
    expect((await store.load()).current?.version).toBe(seen + 1);
  });
});

/** A source whose table answers what `answer` says, with the number of times it was asked. */
function aFailingSource() {
  const client = DynamoDBDocumentClient.from(new DynamoDBClient({ region: 'eu-west-1' }));
  const mock = mockClient(client);
  let now: Instant = START;
  const source = createPolicySource({
    client: createSdkTableClient(client),
    tableName: 'records',
    clock: () => now,
    defaults: DEFAULTS,
    parser: async () => parsePolicy,
  });
  const item = { sk: 'current', document: JSON.stringify(aDocument(3)) };
  return {
    source,
    calls: () => mock.commandCalls(BatchGetCommand).length,
    works: () => mock.on(BatchGetCommand).resolves({ Responses: { records: [item] } }),
    fails: (name: string) => mock.on(BatchGetCommand).rejects(awsError(name)),
    isThrottledInPart: () =>
      mock.on(BatchGetCommand).resolves({ Responses: { records: [] }, UnprocessedKeys: { records: { Keys: [{}] } } }),
    failsToWrite: () => mock.on(PutCommand).rejects(awsError('ThrottlingException')),
    later: (time: number) => {
      now += time;
    },
  };
}

describe('the policy when the table does not answer', () => {
  it.each(['ThrottlingException', 'AccessDeniedException', 'TimeoutError'])(
    'is the defaults at first (%s)',
    async (name) => {
      const { source, fails } = aFailingSource();
      fails(name);
      expect(await source.read()).toEqual({
        policy: DEFAULTS,
        problems: [{ path: 'document', expected: `to be readable: dynamodb:BatchGetItem failed (${name})` }],
      });
    },
  );

  it('is what was read before, until it answers again', async () => {
    const { source, works, fails, later } = aFailingSource();
    works();
    expect(await quietAfter(source)).toBe(3);
    fails('ThrottlingException');
    later(seconds(60));
    expect(await quietAfter(source)).toBe(3);
    expect(await problemPaths(source)).toEqual(['document']);
    works();
    later(seconds(10));
    expect(await source.read()).toMatchObject({ policy: { quietAfter: hours(3) }, problems: [] });
  });

  it('takes a part of an answer for none', async () => {
    const { source, isThrottledInPart } = aFailingSource();
    isThrottledInPart();
    expect(await problemPaths(source)).toEqual(['document']);
  });

  it('is not asked for again at once', async () => {
    const { source, calls, fails, later } = aFailingSource();
    fails('TimeoutError');
    await source.read();
    later(seconds(9));
    await source.read();
    expect(calls()).toBe(1);
  });

  it('is not remembered as good', async () => {
    const { source, fails } = aFailingSource();
    fails('TimeoutError');
    expect(await source.keepLastGood()).toMatchObject({ problems: [{ path: 'document' }] });
  });

  it('is told to the reconciler as a failed write, and tried again', async () => {
    const { source, works, failsToWrite } = aFailingSource();
    works();
    failsToWrite();
    const expected = {
      code: 'store-failed',
      retryable: true,
      message: 'dynamodb:PutItem failed (ThrottlingException)',
    };
    await expect(source.keepLastGood()).rejects.toMatchObject(expected);
    await expect(source.keepLastGood()).rejects.toMatchObject(expected);
    expect(await quietAfter(source)).toBe(3);
  });
});

describe('reads of the policy', () => {
  it('at one time share a call', async () => {
    const { source, works, calls } = aFailingSource();
    works();
    await Promise.all([source.read(), source.read(), source.keepLastGood().catch(() => undefined)]);
    expect(calls()).toBe(1);
  });

  it('of a fixed policy are always the same', async () => {
    const source = fixedPolicy(DEFAULTS);
    expect(await source.read()).toEqual({ policy: DEFAULTS, problems: [] });
    expect(await source.keepLastGood()).toBe('unchanged');
  });
});
