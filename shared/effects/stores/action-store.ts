import type { ActionId, ActionRequest, ActionStore } from '../../domain/chat/action-request.ts';
import type { Instant } from '../../domain/instant.ts';
import { type Input, type TableClient } from '../table/table-client.ts';
import { type ActionItem, actionItemOf, actionKey, DUE_ACTION, dueActions } from './action-item.ts';
import { readable, unlessNewer } from './item-format.ts';
import { putVersion, queryDue, translated } from './table-call.ts';

/**
 * The requests in the table of the records, one item each. Failed I/O throws `AdapterError` `store-failed`; a request in a
 * newer format throws `newer-item`, and is passed over among what is due.
 */
export function createActionStore(deps: { readonly client: TableClient; readonly tableName: string }): ActionStore {
  const { client, tableName: TableName } = deps;

  async function load(id: ActionId): Promise<ActionRequest | undefined> {
    const command: Input<'GetItem'> = { TableName, Key: actionKey(id), ConsistentRead: true };
    const { Item } = await translated('dynamodb:GetItem', () => client.send('GetItem', command));
    // True because `save` below is the only writer of items under these keys.
    return Item && (readable(Item) as unknown as ActionItem).request;
  }

  const save = (request: ActionRequest): Promise<'saved' | 'conflict'> =>
    putVersion(deps, { item: actionItemOf(request), version: request.version });

  async function loadDue(now: Instant, limit: number): Promise<readonly ActionRequest[]> {
    const keys = await queryDue(deps, { dueKey: DUE_ACTION, now, limit });
    // The request itself says whether it is due. The cast is true because requests alone are due under this key.
    const requests = await Promise.all(keys.map(({ sk }) => unlessNewer(load(sk as ActionId))));
    return dueActions(
      requests.filter((request) => request !== undefined),
      now,
    );
  }

  return { load, save, loadDue };
}
