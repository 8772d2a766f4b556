import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AWS_CALLS, type AwsAction } from '../../../functions/slack-endpoint/aws/calls.ts';
import { type AwsClient, type AwsClientDeps, createAwsClient } from '../../../functions/slack-endpoint/aws/client.ts';
import { answering, type Loopback, type Respond, startLoopback } from '../../effects/loopback.ts';
import { authorizationIn, recomputed } from '../../support/sigv4.ts';
import { NOON } from './from-slack.ts';

const CREDENTIALS = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' };

/** The SDK gives up; a test does not wait for that. */
const SOON = (): number => 500;

const clientOf = (url: string, overrides: Partial<AwsClientDeps> = {}): AwsClient =>
  createAwsClient({
    region: 'eu-west-1',
    endpoints: { ssm: url, secretsmanager: url, dynamodb: url, lambda: url },
    credentials: { ...CREDENTIALS, sessionToken: 'session' },
    clock: () => NOON,
    ...overrides,
  });

// True: these are its keys.
const ACTIONS = Object.keys(AWS_CALLS) as readonly AwsAction[];

describe('a call', () => {
  let aws: Loopback;
  beforeAll(async () => {
    aws = await startLoopback(answering(200, '{"done":true}'));
  });
  afterAll(() => aws.close());

  const last = () => {
    const { path = '', headers = {}, body } = aws.received.at(-1) ?? {};
    return { path, headers, body };
  };

  it('is the operation that the service knows', async () => {
    const call = clientOf(aws.url);
    await call('dynamodb:PutItem', { body: { TableName: 'records' } }, SOON);
    expect(last()).toMatchObject({
      path: '/',
      headers: {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': 'DynamoDB_20120810.PutItem',
        'x-amz-date': '20261123T120000Z',
        'x-amz-security-token': 'session',
      },
      body: { TableName: 'records' },
    });
  });

  it.each(ACTIONS)('is signed as AWS computes it: %s', async (action) => {
    const call = clientOf(aws.url);
    const path = '/2015-03-31/functions/arn%3Aaws%3Alambda%3Aeu-west-1%3A111122223333%3Afunction%3Aworker/invocations';
    await fc.assert(
      fc.asyncProperty(fc.json(), fc.boolean(), async (json, hasPath) => {
        const body: unknown = JSON.parse(json);
        await call(action, { body, ...(hasPath && { path, headers: { 'x-amz-invocation-type': 'Event' } }) }, SOON);
        const { path: sent, headers } = last();
        const said = authorizationIn(singles(headers));
        expect(said).toMatchObject({
          accessKeyId: 'AKIDEXAMPLE',
          date: '20261123',
          region: 'eu-west-1',
          service: action.split(':')[0],
        });
        expect(said.names).toEqual(
          expect.arrayContaining(['content-type', 'host', 'x-amz-date', 'x-amz-security-token']),
        );
        const request = { method: 'POST', path: sent, headers: singles(headers), body: JSON.stringify(body) };
        expect(said.signature).toBe(recomputed(request, CREDENTIALS.secretAccessKey));
      }),
      { numRuns: 25 },
    );
  });

  it('goes to the endpoint of its own service', async () => {
    const other = await startLoopback(answering(200, '{}'));
    const url = 'http://127.0.0.1:9';
    const call = clientOf(url, { endpoints: { ssm: url, secretsmanager: url, dynamodb: url, lambda: other.url } });
    expect(await call('lambda:InvokeFunction', { path: '/x', body: {} }, SOON)).toMatchObject({ status: 'done' });
    expect(other.received).toHaveLength(1);
    other.close();
  });
});

it('AWS itself would compute the signature of its published example', () => {
  // "post-vanilla" of AWS's test suite for Signature Version 4.
  const headers = {
    host: 'example.amazonaws.com',
    'x-amz-date': '20150830T123600Z',
    authorization:
      'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=host;x-amz-date, Signature=5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b',
  };
  expect(recomputed({ method: 'POST', path: '/', headers, body: '' }, CREDENTIALS.secretAccessKey)).toBe(
    authorizationIn(headers).signature,
  );
});

describe('what AWS answers', () => {
  const answered = async (respond: Respond, action: AwsAction = 'dynamodb:PutItem') => {
    const aws = await startLoopback(respond);
    const answer = await clientOf(aws.url)(action, { body: {} }, SOON);
    aws.close();
    return answer;
  };

  it.each([
    ['JSON', 200, '{"Parameter":{"Value":"x"}}', { Parameter: { Value: 'x' } }],
    ['nothing, as Lambda does', 202, '', undefined],
  ])('%s is what came of the call', async (_, status, text, body) => {
    expect(await answered(answering(status, text))).toEqual({ status: 'done', body });
  });

  it.each([
    [
      400,
      '{"__type":"com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException"}',
      'ConditionalCheckFailedException',
      false,
    ],
    [400, '{"__type":"ParameterNotFound","message":"arn:aws:…"}', 'ParameterNotFound', false],
    [400, '{"__type":"<script>"}', 'Http400', false],
    [
      403,
      '{"Message":"User: arn:aws:sts::111122223333:assumed-role/x is not authorized"}',
      'AccessDeniedException',
      false,
    ],
    [404, '{}', 'ResourceNotFoundException', false],
    [413, '{}', 'RequestTooLargeException', false],
    [429, '{"Reason":"ReservedFunctionConcurrentInvocationLimitExceeded"}', 'TooManyRequestsException', false],
    [301, '', 'Http301', false],
    [500, '{"__type":"InternalServerError"}', 'InternalServerError', true],
    [502, '<html>', 'Http502', true],
  ])('%i %s is %s', async (status, text, name, isDoubtful) => {
    expect(await answered(answering(status, text))).toEqual({ status: 'failed', name, isDoubtful });
  });

  it('nothing in time is a time-out that AWS may have acted on', async () => {
    const aws = await startLoopback(() => undefined);
    const answer = await clientOf(aws.url)('dynamodb:PutItem', { body: {} }, () => 20);
    aws.close();
    expect(answer).toEqual({ status: 'failed', name: 'TimeoutError', isDoubtful: true });
  });

  it('nobody at all is a failed connection', async () => {
    const answer = await clientOf('http://127.0.0.1:9')('ssm:GetParameter', { body: {} }, SOON);
    expect(answer).toEqual({ status: 'failed', name: 'ConnectionError', isDoubtful: true });
  });
});

/** Nothing that we send is sent twice. */
const singles = (headers: Readonly<Record<string, string | readonly string[] | undefined>>) =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, value?.toString()]));
