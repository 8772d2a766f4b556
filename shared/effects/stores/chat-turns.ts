import { randomUUID } from 'node:crypto';
import type { Turn, TurnAnswer, TurnStore } from '../../domain/chat/turn.ts';
import type { Instant } from '../../domain/instant.ts';
import { type Input, isUnmetCondition, type TableClient } from '../table/table-client.ts';
import { epochSeconds } from './record-item.ts';
import { translated } from './table-call.ts';

/** The partition of all turns. */
const TURNS = 'chat#turns';

/** The turns in the table of the records. Failed I/O throws `AdapterError` `store-failed`. */
export function createChatTurns(deps: { readonly client: TableClient; readonly tableName: string }): TurnStore {
  const { client, tableName: TableName } = deps;

  async function take(turn: Turn, now: Instant): Promise<TurnAnswer> {
    // Tells an attempt of ours that was stored and timed out from that of an invocation before.
    const attempt = randomUUID();
    const command: Input<'PutItem'> = {
      TableName,
      Item: {
        pk: TURNS,
        sk: turn.name,
        ...turn,
        attempt,
        takenAt: now,
        // In seconds, as DynamoDB's TTL wants it; a part of one is not lost.
        expiresAt: epochSeconds(turn.until) + 1,
      },
      // TTL deletes days later.
      ConditionExpression: 'attribute_not_exists(pk) OR #until <= :now',
      ExpressionAttributeNames: { '#until': 'until' },
      ExpressionAttributeValues: { ':now': now },
    };
    try {
      await client.send('PutItem', command);
      return { status: 'first' };
    } catch (error) {
      if (!isUnmetCondition(error)) throw error;
      return await answerOf(turn, attempt);
    }
  }

  async function answerOf({ name, request }: Turn, attempt: string): Promise<TurnAnswer> {
    const { Item } = await client.send('GetItem', { TableName, Key: { pk: TURNS, sk: name }, ConsistentRead: true });
    if (Item?.['attempt'] === attempt) return { status: 'first' };
    if (Item?.['request'] === request) return { status: 'cut-off' };
    // True because `take` above is the only writer of this partition.
    const { by = 'somebody', takenAt = 0 } = (Item ?? {}) as { readonly by?: string; readonly takenAt?: Instant };
    return { status: 'taken', by, at: takenAt };
  }

  return { take: (turn, now) => translated('dynamodb:PutItem', () => take(turn, now)) };
}
