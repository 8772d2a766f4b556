import { NO_ORDERS, type StandingOrders, type StandingStore } from '../../domain/chat/standing.ts';
import { type Input, isUnmetCondition } from '../table/table-client.ts';
import { configurationKey } from './configuration-item.ts';
import type { ConfigurationTable } from './configuration-store.ts';
import { translated } from './table-call.ts';

/** What people have set while Slackwater runs, beside the configuration document. Failed I/O throws `AdapterError` `store-failed`. */
export const createStandingStore = ({ client, tableName: TableName }: ConfigurationTable): StandingStore => ({
  load: async () => {
    const command: Input<'GetItem'> = { TableName, Key: configurationKey('standing'), ConsistentRead: true };
    const { Item } = await translated('dynamodb:GetItem', () => client.send('GetItem', command));
    return standingOf(Item);
  },
  save: async ({ version, mutes, freezes }) => {
    const command: Input<'PutItem'> = {
      TableName,
      Item: { ...configurationKey('standing'), version: version + 1, mutes, freezes },
      ...conditionFor(version),
    };
    return translated('dynamodb:PutItem', async () => {
      try {
        await client.send('PutItem', command);
        return 'saved';
      } catch (error) {
        if (isUnmetCondition(error)) return 'conflict';
        throw error;
      }
    });
  },
});

/** The orders that an item of the table holds; none where there is no item. */
export function standingOf(item: Readonly<Record<string, unknown>> | undefined): StandingOrders {
  if (item === undefined) return NO_ORDERS;
  // True because `save` above is the only writer of the item.
  const { version, mutes, freezes } = item as unknown as StandingOrders;
  return { version, mutes, freezes };
}

const conditionFor = (version: number): object =>
  version === 0
    ? { ConditionExpression: 'attribute_not_exists(pk)' }
    : {
        ConditionExpression: '#version = :expected',
        ExpressionAttributeNames: { '#version': 'version' },
        ExpressionAttributeValues: { ':expected': version },
      };
