import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { ActionId, ActionRequest, ActionStore } from '../domain/chat/action-request.ts';
import type { Instant } from '../domain/instant.ts';
import { type ActionItem, actionItemOf, actionKey, DUE_ACTION, dueActions } from './action-item.ts';
import { translated } from './configuration-item.ts';
import { DUE_INDEX } from './record-item.ts';

/** The requests in the table of the records, one item each. Failed I/O throws `AdapterError` `store-failed`. */
export function createActionStore(deps: {
  readonly client: DynamoDBDocumentClient;
  readonly tableName: string;
}): ActionStore {
  const { client, tableName: TableName } = deps;

  async function load(id: ActionId): Promise<ActionRequest | undefined> {
    const command = new GetCommand({ TableName, Key: actionKey(id), ConsistentRead: true });
    const { Item } = await translated('dynamodb:GetItem', () => client.send(command));
    // True because `save` below is the only writer of items under these keys.
    return (Item as ActionItem | undefined)?.request;
  }

  async function save(request: ActionRequest): Promise<'saved' | 'conflict'> {
    const condition =
      request.version > 0
        ? { ConditionExpression: 'version = :expected', ExpressionAttributeValues: { ':expected': request.version } }
        : { ConditionExpression: 'attribute_not_exists(pk)' };
    const command = new PutCommand({ TableName, Item: actionItemOf(request), ...condition });
    return translated('dynamodb:PutItem', async () => {
      try {
        await client.send(command);
        return 'saved';
      } catch (error) {
        // Also when an attempt was stored but timed out: then the next minute goes on with what was saved.
        if (error instanceof ConditionalCheckFailedException) return 'conflict';
        throw error;
      }
    });
  }

  async function loadDue(now: Instant, limit: number): Promise<readonly ActionRequest[]> {
    const command = new QueryCommand({
      TableName,
      IndexName: DUE_INDEX,
      KeyConditionExpression: 'dueKey = :due AND dueAt <= :now',
      ExpressionAttributeValues: { ':due': DUE_ACTION, ':now': now },
      Limit: limit,
    });
    const { Items = [] } = await translated('dynamodb:Query', () => client.send(command));
    // The index lags behind the table, so it only says where to look; the request itself says whether it is due. The cast
    // is true because requests alone are due under this key.
    const requests = await Promise.all(Items.map(({ sk }) => load(sk as ActionId)));
    return dueActions(
      requests.filter((request) => request !== undefined),
      now,
    );
  }

  return { load, save, loadDue };
}
