import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TurnStore } from '../../../shared/domain/chat/turn.ts';
import { minutes } from '../../../shared/domain/instant.ts';
import { createChatTurns } from '../../../shared/effects/stores/chat-turns.ts';
import { createMemoryChatTurns } from '../../../shared/effects/stores/memory-chat-turns.ts';
import type { TableClient } from '../../../shared/effects/table/table-client.ts';
import { type LocalDynamoDB, startDynamoDB } from '../../support/dynamodb.ts';
import { awsError } from '../failing.ts';

let local: LocalDynamoDB;
beforeAll(async () => {
  local = await startDynamoDB();
});
afterAll(() => local.close());

const NOW = Date.UTC(2026, 10, 21, 12);
const UNTIL = NOW + minutes(5);
const ADA = { name: 'view#V1', request: 'a', by: 'U0ADA', until: UNTIL };
const BOB = { ...ADA, request: 'b', by: 'U0BOB' };

describe.each([
  [
    'DynamoDB',
    async (): Promise<TurnStore> => createChatTurns({ client: local.client, tableName: await local.createTable() }),
  ],
  [
    'DynamoDB by the SDK',
    async (): Promise<TurnStore> => createChatTurns({ client: local.bySdk, tableName: await local.createTable() }),
  ],
  ['memory', async (): Promise<TurnStore> => createMemoryChatTurns()],
])('a turn in %s', (_, open) => {
  it('is given to one of all who want it at the same moment', async () => {
    const turns = await open();
    const wanted = Array.from({ length: 6 }, (_none, index) => ({ ...ADA, request: String(index) }));
    const answers = await Promise.all(wanted.map((turn) => turns.take(turn, NOW)));
    expect(answers.filter(({ status }) => status === 'first')).toHaveLength(1);
  });

  it('names who was faster, and when', async () => {
    const turns = await open();
    await turns.take(ADA, NOW);
    expect(await turns.take(BOB, NOW + 1)).toEqual({ status: 'taken', by: 'U0ADA', at: NOW });
  });

  it('is not given again to the request that had it', async () => {
    const turns = await open();
    await turns.take(ADA, NOW);
    expect(await turns.take(ADA, NOW + 1)).toEqual({ status: 'cut-off' });
  });

  it('is free again from its end on', async () => {
    const turns = await open();
    await turns.take(ADA, NOW);
    expect(await turns.take(BOB, UNTIL - 1)).toMatchObject({ status: 'taken' });
    expect(await turns.take(BOB, UNTIL)).toEqual({ status: 'first' });
  });

  it('does not hold up another', async () => {
    const turns = await open();
    await turns.take(ADA, NOW);
    expect(await turns.take({ ...BOB, name: 'view#V2' }, NOW)).toEqual({ status: 'first' });
  });
});

it('is one item of its own partition, which TTL deletes', async () => {
  const tableName = await local.createTable();
  await createChatTurns({ client: local.client, tableName }).take(ADA, NOW);
  const { Items } = await local.documents.send(new ScanCommand({ TableName: tableName }));
  expect(Items).toMatchObject([{ pk: 'chat#turns', sk: 'view#V1', request: 'a', expiresAt: UNTIL / 1_000 + 1 }]);
});

it('throws what DynamoDB cannot do as an error of ours', async () => {
  const client: TableClient = { send: () => Promise.reject(awsError('ThrottlingException')) };
  const turns = createChatTurns({ client, tableName: 'table' });
  await expect(turns.take(ADA, NOW)).rejects.toMatchObject({ code: 'store-failed', retryable: true });
});
