import type { Instant } from '../../domain/instant.ts';
import type { PlanId } from '../../domain/plan/plan.ts';
import type { PlanRecord, PlanStore } from '../../domain/plan/plan-record.ts';
import { type Input, type TableClient } from '../table/table-client.ts';
import { isReadable, readable, unlessNewer } from './item-format.ts';
import { DUE_PLAN, PLANS, type PlanItem, planItemOf, planKey, planOf } from './plan-item.ts';
import { longestDueFirst, newestFirst } from './plan-order.ts';
import { putVersion, queryDue, translated } from './table-call.ts';
import { wholePartition } from './whole-partition.ts';

/**
 * The plans in the table of the records, one item a plan, so that a save is all or nothing. `clock` is only asked whether
 * an item has expired. Failed I/O, and a plan that is too large for an item, throw `AdapterError` `store-failed`; a plan in a
 * newer format throws `newer-item`, and is passed over among what is due or listed.
 */
export function createPlanStore(deps: {
  readonly client: TableClient;
  readonly tableName: string;
  readonly clock: () => Instant;
}): PlanStore {
  const { client, tableName: TableName, clock } = deps;

  async function read(id: PlanId, now: Instant): Promise<PlanRecord | undefined> {
    const command: Input<'GetItem'> = { TableName, Key: planKey(id), ConsistentRead: true };
    const { Item } = await translated('dynamodb:GetItem', () => client.send('GetItem', command));
    // True because `save` below is the only writer of items under these keys.
    return Item && planOf(readable(Item) as unknown as PlanItem, now);
  }

  const save = async (record: PlanRecord, now: Instant): Promise<'saved' | 'conflict'> =>
    putVersion(deps, { item: planItemOf(record, now), version: record.version, now });

  async function loadDue(now: Instant, limit: number): Promise<readonly PlanRecord[]> {
    const keys = await queryDue(deps, { dueKey: DUE_PLAN, now, limit });
    // The record itself says whether it is due. The cast is true because plans alone are due under this key.
    const records = await Promise.all(keys.map(({ sk }) => unlessNewer(read(sk as PlanId, now))));
    return longestDueFirst(
      records.filter((record) => record !== undefined),
      now,
    );
  }

  async function list(): Promise<readonly PlanRecord[]> {
    // True because `save` above is the only writer of this partition.
    const items = (await wholePartition(client, TableName, PLANS)) as unknown as readonly PlanItem[];
    return newestFirst(items.filter(isReadable).flatMap((item) => planOf(item, clock()) ?? []));
  }

  return { load: (id) => read(id, clock()), save, loadDue, list };
}
