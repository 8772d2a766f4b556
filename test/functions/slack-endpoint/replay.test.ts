import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createAwsClient } from '../../../functions/slack-endpoint/aws/client.ts';
import { createReplayGuard, type ReplayGuard } from '../../../functions/slack-endpoint/replay.ts';
import { minutes } from '../../../shared/domain/instant.ts';
import { type LocalDynamoDB, startDynamoDB } from '../../support/dynamodb.ts';
import { NOON } from './from-slack.ts';

let dynamodb: LocalDynamoDB;
let claim: ReplayGuard;
let tableName: string;

beforeAll(async () => {
  dynamodb = await startDynamoDB();
  tableName = await dynamodb.createTable();
  const { endpoint: url } = dynamodb;
  const aws = createAwsClient({
    region: 'eu-west-1',
    endpoints: { ssm: url, secretsmanager: url, dynamodb: url, lambda: url },
    credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'example' },
    clock: () => NOON,
  });
  claim = createReplayGuard(aws, tableName);
});
afterAll(() => dynamodb.close());

const left = (): number => 1_000;

it('takes a request once, and lets who took it try again', async () => {
  expect(await claim({ id: 'a', by: 'first', now: NOON }, left)).toBe('first');
  expect(await claim({ id: 'a', by: 'second', now: NOON }, left)).toBe('repeated');
  expect(await claim({ id: 'a', by: 'first', now: NOON }, left)).toBe('first');
  expect(await claim({ id: 'b', by: 'second', now: NOON }, left)).toBe('first');
});

it('takes a request once of many at the same time', async () => {
  const invocations = Array.from({ length: 10 }, (_, n) => claim({ id: 'c', by: `invocation-${n}`, now: NOON }, left));
  const claims = await Promise.all(invocations);
  expect(claims.filter((taken) => taken === 'first')).toHaveLength(1);
});

it('lets the table forget it after ten minutes', async () => {
  await claim({ id: 'd', by: 'first', now: NOON + 1 }, left);
  const { Item } = await dynamodb.documents.send(
    new GetCommand({ TableName: tableName, Key: { pk: 'chat#replay', sk: 'd' } }),
  );
  expect(Item).toEqual({
    pk: 'chat#replay',
    sk: 'd',
    takenBy: 'first',
    expiresAt: (NOON + minutes(10)) / 1_000 + 1,
  });
});

it.each([
  ['ResourceNotFoundException', false],
  ['ThrottlingException', true],
])('says that it could not, with the name of the error: %s', async (name, retryable) => {
  const broken = createReplayGuard(async () => ({ status: 'failed', name, isDoubtful: false }), 'records');
  await expect(broken({ id: 'e', by: 'first', now: NOON }, left)).rejects.toMatchObject({
    code: 'store-failed',
    retryable,
    message: `the table records did not take the request (${name})`,
  });
});
