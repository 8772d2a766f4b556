import dns from 'node:dns';
import type { IncomingMessage, ServerResponse } from 'node:http';
import * as fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createLightTableClient, type LightTableDeps } from '../../../shared/effects/table/light-table-client.ts';
import { isUnmetCondition, type TableClient } from '../../../shared/effects/table/table-client.ts';
import { authorizationIn, recomputed } from '../../support/sigv4.ts';
import { type Loopback, type Respond, startLoopback } from '../loopback.ts';

const KEYS = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' };
const NOON = Date.UTC(2026, 10, 23, 12);
const GET = { TableName: 'records', Key: { pk: 'a', sk: 'b' } };
const FOUND = '{"Item":{"pk":{"S":"a"}}}';

const open: Loopback[] = [];
afterEach(() => {
  for (const server of open.splice(0)) server.close();
});

interface Scene {
  readonly table: TableClient;
  readonly aws: Loopback;
  /** What was waited for between the attempts, in milliseconds. */
  readonly pauses: readonly number[];
}

/** A table whose requests are answered one by one as `responses` say, the last of them for all that follow. */
async function aTable(responses: readonly Respond[], overrides: Partial<LightTableDeps> = {}): Promise<Scene> {
  let count = 0;
  const aws = await startLoopback((request, response) => {
    responses[Math.min(count++, responses.length - 1)]?.(request, response);
  });
  open.push(aws);
  const pauses: number[] = [];
  const table = createLightTableClient({
    region: 'eu-west-1',
    endpoint: new URL(aws.url),
    keys: KEYS,
    clock: () => NOON,
    pause: async (milliseconds) => pauses.push(milliseconds),
    ...overrides,
  });
  return { table, aws, pauses };
}

const says =
  (code: number, text: string): Respond =>
  (_request, response) => {
    response.writeHead(code).end(text);
  };
const refuses = (code: number, name: string): Respond =>
  says(code, JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${name}`, message: 'pk=secret' }));
const found = says(200, FOUND);
const hangsUp = (request: IncomingMessage): void => void request.socket.destroy();
const hangsUpHalfway = (request: IncomingMessage, response: ServerResponse): void => {
  response.writeHead(200, { 'content-length': '100' });
  response.write('{"Item"', () => request.socket.destroy());
};
const neverAnswers = (): void => undefined;

const caught = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => 'no error',
    (error: unknown) => error,
  );

describe('a call of the table', () => {
  it('is signed as AWS computes it', async () => {
    const { table, aws } = await aTable([found], { keys: { ...KEYS, sessionToken: 'session' } });
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), async (pk) => {
        await table.send('GetItem', { TableName: 'records', Key: { pk } });
        const { path = '', headers: sent = {}, body } = aws.received.at(-1) ?? {};
        const headers = Object.fromEntries(Object.entries(sent).map(([name, one]) => [name, String(one)]));
        expect(headers).toMatchObject({
          'content-type': 'application/x-amz-json-1.0',
          'x-amz-target': 'DynamoDB_20120810.GetItem',
          'x-amz-date': '20261123T120000Z',
          'x-amz-security-token': 'session',
        });
        const said = authorizationIn(headers);
        expect(said).toMatchObject({ accessKeyId: 'AKIDEXAMPLE', region: 'eu-west-1', service: 'dynamodb' });
        const request = { method: 'POST', path, headers, body: JSON.stringify(body) };
        expect(said.signature).toBe(recomputed(request, KEYS.secretAccessKey));
      }),
      { numRuns: 25 },
    );
  });

  it('answers with plain values, and without what there is not', async () => {
    expect(await (await aTable([found])).table.send('GetItem', GET)).toEqual({ Item: { pk: 'a' } });
    expect(await (await aTable([says(200, '{}')])).table.send('GetItem', GET)).toEqual({});
  });

  it('may have an answer of many megabytes', async () => {
    const text = 'x'.repeat(3 * 1_048_576);
    const { table } = await aTable([says(200, JSON.stringify({ Item: { text: { S: text } } }))]);
    expect((await table.send('GetItem', GET)).Item?.['text']).toBe(text);
  });
});

describe('a call that fails', () => {
  it.each<[string, Respond]>([
    ['throttling of the table', refuses(400, 'ProvisionedThroughputExceededException')],
    ['throttling of the account', refuses(400, 'RequestLimitExceeded')],
    ['throttling of the API', refuses(400, 'ThrottlingException')],
    ['too many requests without a name', says(429, '')],
    ['an error of the service', refuses(500, 'InternalServerError')],
    ['a service that is away', says(503, 'Service Unavailable')],
    ['a connection closed without an answer', hangsUp],
    ['a connection closed in the middle of the answer', hangsUpHalfway],
  ])('is made again after %s', async (_, respond) => {
    const { table, aws, pauses } = await aTable([respond, respond, found]);
    expect(await table.send('GetItem', GET)).toEqual({ Item: { pk: 'a' } });
    expect(aws.received).toHaveLength(3);
    expect(pauses).toHaveLength(2);
  });

  it.each<[string, Respond, string]>([
    ['throttling', refuses(400, 'ProvisionedThroughputExceededException'), 'ProvisionedThroughputExceededException'],
    ['errors of the service', refuses(500, 'InternalServerError'), 'InternalServerError'],
    ['errors without a name', says(502, '<html>'), 'Http502'],
    ['closed connections', hangsUp, 'ConnectionError'],
  ])('is made three times, and no more, with %s', async (_, respond, name) => {
    const { table, aws } = await aTable([respond]);
    expect(await caught(table.send('GetItem', GET))).toMatchObject({ name });
    expect(aws.received).toHaveLength(3);
  });

  it.each([
    ['ConditionalCheckFailedException', 400],
    ['ValidationException', 400],
    ['AccessDeniedException', 400],
    ['ResourceNotFoundException', 400],
    ['ItemCollectionSizeLimitExceededException', 400],
    ['ExpiredTokenException', 400],
  ])('is not made again after %s', async (name, code) => {
    const { table, aws, pauses } = await aTable([refuses(code, name)]);
    const error = await caught(table.send('PutItem', { TableName: 'records', Item: { pk: 'secret' } }));
    expect(error).toMatchObject({ name, message: 'dynamodb:PutItem failed' });
    expect(isUnmetCondition(error)).toBe(name === 'ConditionalCheckFailedException');
    expect(aws.received).toHaveLength(1);
    expect(pauses).toEqual([]);
  });

  it.each([
    ['no JSON', 'nonsense'],
    ['no object', '"text"'],
    ['an item of another shape', '{"Item":{"pk":"a"}}'],
    ['an attribute of two types', '{"Item":{"pk":{"S":"a","N":"1"}}}'],
    ['an attribute of an unknown type', '{"Item":{"pk":{"X":"a"}}}'],
    ['an item that is a list', '{"Item":[1]}'],
    ['items that are no list', '{"Items":{}}'],
  ])('says so of an answer that is %s', async (_, text) => {
    const { table, aws } = await aTable([says(200, text)]);
    expect(await caught(table.send('GetItem', GET))).toMatchObject({ name: 'MalformedAnswer' });
    expect(aws.received).toHaveLength(1);
  });

  it('is cut off after its time, and made again', async () => {
    const { table, aws } = await aTable([neverAnswers, found], { limits: { connection: 1_000, answer: 50 } });
    expect(await table.send('GetItem', GET)).toEqual({ Item: { pk: 'a' } });
    expect(aws.received).toHaveLength(2);
  });

  it('is named after the time that it took, when no attempt has an answer', async () => {
    const { table } = await aTable([neverAnswers], { limits: { connection: 1_000, answer: 20 } });
    expect(await caught(table.send('GetItem', GET))).toMatchObject({ name: 'TimeoutError' });
  });

  it('is named after the connection when nobody listens', async () => {
    const { aws } = await aTable([found]);
    aws.close();
    const { table, pauses } = await aTable([found], { endpoint: new URL(aws.url) });
    expect(await caught(table.send('GetItem', GET))).toMatchObject({ name: 'ConnectionError' });
    expect(pauses).toHaveLength(2);
  });

  it('is not made at all without keys', async () => {
    const { table, aws } = await aTable([found], { keys: undefined });
    expect(await caught(table.send('GetItem', GET))).toMatchObject({ name: 'CredentialsProviderError' });
    expect(aws.received).toEqual([]);
  });

  it.each<[string, Respond, readonly number[]]>([
    ['an error of the service', refuses(500, 'InternalServerError'), [100, 200]],
    ['throttling', refuses(400, 'ThrottlingException'), [500, 1_000]],
  ])('waits longer the second time, and at most so long: %s', async (_, respond, longest) => {
    for (const chance of [0, 0.5, 1]) {
      const { table, pauses } = await aTable([respond], { random: () => chance });
      await caught(table.send('GetItem', GET));
      expect(pauses).toEqual(longest.map((milliseconds) => milliseconds * chance));
    }
  });

  it('does not wait longer for a connection than for that alone', async () => {
    const limits = { connection: 20, answer: 60_000 };
    const { table } = await aTable([found], { endpoint: new URL('http://table.example'), limits });
    // Finding the address is part of connecting, and this one is never found.
    const lookup = vi.spyOn(dns, 'lookup').mockImplementation(() => undefined);
    expect(await caught(table.send('GetItem', GET))).toMatchObject({ name: 'ConnectionError' });
    expect(lookup).toHaveBeenCalledTimes(3);
    lookup.mockRestore();
  });
});
