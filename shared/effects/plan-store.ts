import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { Instant } from '../domain/instant.ts';
import type { PlanId } from '../domain/plan/plan.ts';
import type { PlanRecord, PlanStore } from '../domain/plan/plan-record.ts';
import { translated } from './configuration-item.ts';
import { DUE_PLAN, PLANS, type PlanItem, planItemOf, planKey, planOf } from './plan-item.ts';
import { longestDueFirst, newestFirst } from './plan-order.ts';
import { DUE_INDEX, epochSeconds } from './record-item.ts';
import { wholePartition } from './whole-partition.ts';

/**
 * The plans in the table of the records, one item a plan, so that a save is all or nothing. `clock` is only asked whether
 * an item has expired. Failed I/O, and a plan that is too large for an item, throw `AdapterError` `store-failed`.
 */
export function createPlanStore(deps: {
  readonly client: DynamoDBDocumentClient;
  readonly tableName: string;
  readonly clock: () => Instant;
}): PlanStore {
  const { client, tableName: TableName, clock } = deps;

  async function read(id: PlanId, now: Instant): Promise<PlanRecord | undefined> {
    const command = new GetCommand({ TableName, Key: planKey(id), ConsistentRead: true });
    const { Item } = await translated('dynamodb:GetItem', () => client.send(command));
    // True because `save` below is the only writer of items under these keys.
    return Item && planOf(Item as PlanItem, now);
  }

  async function save(record: PlanRecord, now: Instant): Promise<'saved' | 'conflict'> {
    const command = new PutCommand({ TableName, Item: planItemOf(record, now), ...conditionFor(record, now) });
    return translated('dynamodb:PutItem', async () => {
      try {
        await client.send(command);
        return 'saved';
      } catch (error) {
        // Also when an attempt was stored but timed out: then the next minute looks at what was saved.
        if (error instanceof ConditionalCheckFailedException) return 'conflict';
        throw error;
      }
    });
  }

  async function loadDue(now: Instant, limit: number): Promise<readonly PlanRecord[]> {
    const command = new QueryCommand({
      TableName,
      IndexName: DUE_INDEX,
      KeyConditionExpression: 'dueKey = :due AND dueAt <= :now',
      ExpressionAttributeValues: { ':due': DUE_PLAN, ':now': now },
      Limit: limit,
    });
    const { Items = [] } = await translated('dynamodb:Query', () => client.send(command));
    // The index lags behind the table, so it only says where to look; the record itself says whether it is due. The cast
    // is true because plans alone are due under this key.
    const records = await Promise.all(Items.map(({ sk }) => read(sk as PlanId, now)));
    return longestDueFirst(
      records.filter((record) => record !== undefined),
      now,
    );
  }

  async function list(): Promise<readonly PlanRecord[]> {
    // True because `save` above is the only writer of this partition.
    const items = (await wholePartition(client, TableName, PLANS)) as unknown as readonly PlanItem[];
    return newestFirst(items.flatMap((item) => planOf(item, clock()) ?? []));
  }

  return { load: (id) => read(id, clock()), save, loadDue, list };
}

/** A new plan may take the place of an expired one that TTL has not deleted yet, since `load` calls that one absent. */
function conditionFor({ version }: PlanRecord, now: Instant) {
  if (version > 0)
    return { ConditionExpression: 'version = :expected', ExpressionAttributeValues: { ':expected': version } };
  return {
    ConditionExpression: 'attribute_not_exists(pk) OR expiresAt <= :now',
    ExpressionAttributeValues: { ':now': epochSeconds(now) },
  };
}
