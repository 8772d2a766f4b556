import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { KnownOpenings } from '../../../shared/domain/windows/imported.ts';
import {
  createSsmWindowMemory,
  createTransientSsmWindowMemory,
} from '../../../shared/effects/stores/ssm-window-memory.ts';
import { createSdkTableClient } from '../../../shared/effects/table/sdk-table-client.ts';
import { type LocalDynamoDB, startDynamoDB } from '../../support/dynamodb.ts';
import { local as instant, SSM_WINDOW, toldOpenings } from '../../support/maintenance.ts';
import { awsError } from '../failing.ts';

let local: LocalDynamoDB;
beforeAll(async () => {
  local = await startDynamoDB();
});
afterAll(() => local.close());

const KNOWN: KnownOpenings = {
  openings: toldOpenings('2026-11-21T22:00', '2026-11-22T22:00'),
  until: instant('2027-01-20T22:00'),
  readAt: instant('2026-11-21T22:00'),
};
const OTHER = SSM_WINDOW.replaceAll('0', '1');

describe.each([
  ['DynamoDB', async () => createSsmWindowMemory({ client: local.client, tableName: await local.createTable() })],
  [
    'DynamoDB by the SDK',
    async () => createSsmWindowMemory({ client: local.bySdk, tableName: await local.createTable() }),
  ],
  ['memory', async () => createTransientSsmWindowMemory()],
])('what is known of maintenance windows in %s', (_, open) => {
  it('is nothing of a window that nobody has asked for', async () => {
    const memory = await open();
    await memory.save(OTHER, KNOWN);
    expect(await memory.load(SSM_WINDOW)).toBeUndefined();
  });

  it('is what was saved last, whole, window by window', async () => {
    const memory = await open();
    await memory.save(SSM_WINDOW, { ...KNOWN, problem: 'it is disabled there' });
    await memory.save(SSM_WINDOW, KNOWN);
    await memory.save(OTHER, { ...KNOWN, openings: [] });
    expect(await memory.load(SSM_WINDOW)).toEqual(KNOWN);
    expect(await memory.load(OTHER)).toEqual({ ...KNOWN, openings: [] });
  });
});

describe('the memory of maintenance windows', () => {
  const mocked = () => {
    const client = DynamoDBDocumentClient.from(new DynamoDBClient({ region: 'eu-west-1' }));
    return {
      mock: mockClient(client),
      memory: createSsmWindowMemory({ client: createSdkTableClient(client), tableName: 'records' }),
    };
  };

  it('lets a window expire 30 days after the last that is known of it', async () => {
    const { mock, memory } = mocked();
    await memory.save(SSM_WINDOW, KNOWN);
    expect(mock.commandCalls(PutCommand)[0]?.args[0].input).toEqual({
      TableName: 'records',
      Item: {
        pk: 'system',
        sk: `ssm-window/${SSM_WINDOW}`,
        known: KNOWN,
        expiresAt: instant('2027-02-19T22:00') / 1_000,
      },
    });
  });

  it.each([
    ['ProvisionedThroughputExceededException', true],
    ['AccessDeniedException', false],
  ])('that fails with %s throws what says whether to try again, and names nobody', async (name, retryable) => {
    const { mock, memory } = mocked();
    mock.on(GetCommand).rejects(awsError(name));
    mock.on(PutCommand).rejects(awsError(name));
    const failure = (action: string) => ({ code: 'store-failed', retryable, message: `${action} failed (${name})` });
    await expect(memory.load(SSM_WINDOW)).rejects.toMatchObject(failure('dynamodb:GetItem'));
    await expect(memory.save(SSM_WINDOW, KNOWN)).rejects.toMatchObject(failure('dynamodb:PutItem'));
  });
});
