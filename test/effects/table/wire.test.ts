import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLightTableClient } from '../../../shared/effects/table/light-table-client.ts';
import { createSdkTableClient } from '../../../shared/effects/table/sdk-table-client.ts';
import type { TableClient } from '../../../shared/effects/table/table-client.ts';
import { type Loopback, startLoopback } from '../loopback.ts';

const KEYS = { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'example' };

let answer = '{}';
let aws: Loopback;
let light: TableClient;
let sdk: TableClient;
beforeAll(async () => {
  aws = await startLoopback((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' }).end(answer);
  });
  const { url } = aws;
  light = createLightTableClient({ region: 'eu-west-1', endpoint: new URL(url), keys: KEYS, clock: Date.now });
  const client = new DynamoDBClient({ region: 'eu-west-1', endpoint: url, credentials: KEYS });
  const marshallOptions = { removeUndefinedValues: true };
  sdk = createSdkTableClient(DynamoDBDocumentClient.from(client, { marshallOptions }));
});
afterAll(() => aws.close());

const name = fc.string({ minLength: 1, maxLength: 8 }).filter((text) => !['__proto__', 'constructor'].includes(text));
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.string({ unit: 'binary' }),
    fc.maxSafeInteger(),
    fc.double({ noDefaultInfinity: true, noNaN: true, min: -1e15, max: 1e15 }),
    fc.boolean(),
    fc.constant(null),
    fc.constant(undefined),
    fc.uint8Array({ minLength: 1 }),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(name, tie('value'), { maxKeys: 4, noNullPrototype: true }),
  ),
}));
const item = fc.dictionary(name, value, { maxKeys: 5, noNullPrototype: true });
const TABLE = { TableName: 'records' };

/** What arrived of the same call, made by both. */
async function askedByBoth(ask: (client: TableClient) => Promise<unknown>) {
  await ask(light);
  const one = aws.received.at(-1);
  await ask(sdk);
  const other = aws.received.at(-1);
  return [one, other].map((request) => ({ target: request?.headers['x-amz-target'], body: request?.body }));
}

describe('what goes over the wire', () => {
  it('is what the SDK sends, whatever is kept', async () => {
    await fc.assert(
      fc.asyncProperty(item, async (Item) => {
        const [one, other] = await askedByBoth((client) => client.send('PutItem', { ...TABLE, Item }));
        expect(one).toEqual(other);
      }),
      { numRuns: 100 },
    );
  });

  const key = { pk: 'a', sk: 'b' };
  const page = { ...TABLE, ExclusiveStartKey: key, Limit: 5, ConsistentRead: true };
  const names = { ExpressionAttributeNames: { '#version': 'version' } };
  const values = { ExpressionAttributeValues: { ':version': 3, ':body': new Uint8Array([1, 2]) } };
  it.each([
    ['GetItem', (client: TableClient) => client.send('GetItem', { ...TABLE, Key: key, ConsistentRead: true })],
    [
      'PutItem',
      (client: TableClient) =>
        client.send('PutItem', {
          ...TABLE,
          Item: { ...key, version: 4 },
          ConditionExpression: '#version = :version',
          ...names,
          ...values,
        }),
    ],
    [
      'UpdateItem',
      (client: TableClient) =>
        client.send('UpdateItem', {
          ...TABLE,
          Key: key,
          UpdateExpression: 'SET #version = :version',
          ...names,
          ...values,
        }),
    ],
    [
      'Query',
      (client: TableClient) =>
        client.send('Query', {
          ...page,
          IndexName: 'due',
          KeyConditionExpression: 'pk = :body',
          ScanIndexForward: false,
          ...values,
        }),
    ],
    ['Scan', (client: TableClient) => client.send('Scan', { ...page, FilterExpression: 'attribute_exists(pk)' })],
    [
      'BatchGetItem',
      (client: TableClient) =>
        client.send('BatchGetItem', { RequestItems: { records: { Keys: [key, key], ConsistentRead: true } } }),
    ],
  ])('is what the SDK sends: %s', async (operation, ask) => {
    const [one, other] = await askedByBoth(ask);
    expect(one).toEqual(other);
    expect(one?.target).toBe(`DynamoDB_20120810.${operation}`);
  });

  it('comes back as the SDK reads it, whatever was kept', async () => {
    await fc.assert(
      fc.asyncProperty(item, async (Item) => {
        await light.send('PutItem', { ...TABLE, Item });
        // True: it is the JSON of a PutItem.
        const sent = aws.received.at(-1)?.body as { readonly Item: unknown };
        answer = JSON.stringify(sent);
        const read = await light.send('GetItem', { ...TABLE, Key: key });
        expect(read.Item).toEqual((await sdk.send('GetItem', { ...TABLE, Key: key })).Item);
      }),
      { numRuns: 100 },
    );
  });

  it('is read in every part of an answer', async () => {
    const stored = { pk: { S: 'a' }, sk: { S: 'b' } };
    answer = JSON.stringify({
      Items: [stored],
      LastEvaluatedKey: stored,
      Responses: { records: [stored] },
      UnprocessedKeys: { records: { Keys: [stored], ConsistentRead: true } },
      Count: 1,
    });
    expect(await light.send('Query', { ...TABLE, KeyConditionExpression: 'pk = :pk' })).toMatchObject({
      Items: [key],
      LastEvaluatedKey: key,
    });
    expect(await light.send('BatchGetItem', { RequestItems: {} })).toMatchObject({
      Responses: { records: [key] },
      UnprocessedKeys: { records: { Keys: [key], ConsistentRead: true } },
    });
  });

  it.each([
    ['a Date', new Date(0)],
    ['a Set', new Set(['a'])],
    ['a function', () => 'secret'],
    ['a bigint', 1n],
    ['no number', Number.NaN],
    ['an endless number', Number.POSITIVE_INFINITY],
    ['a number that JavaScript cannot tell from the next', Number.MAX_SAFE_INTEGER + 1],
  ])('is never %s', async (_, kept) => {
    const asked = aws.received.length;
    await expect(light.send('PutItem', { ...TABLE, Item: { kept } })).rejects.toBeInstanceOf(TypeError);
    expect(aws.received).toHaveLength(asked);
  });
});
