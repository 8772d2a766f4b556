import type { StandingOrders } from '../../domain/chat/standing.ts';
import { type Input, type TableClient } from '../table/table-client.ts';
import { configurationKey, type StoredDocument } from './configuration-item.ts';
import { standingOf } from './standing-store.ts';
import { storeFailure, translated } from './table-call.ts';

export interface StoredDocuments {
  /** What was pushed last. */
  readonly current?: StoredDocument;
  /** What was pushed last and had no problem. */
  readonly lastGood?: StoredDocument;
  /** What people have set beside it. */
  readonly standing: StandingOrders;
}

/** Failed I/O throws `AdapterError` `store-failed`. */
export interface ConfigurationStore {
  /** All with one call; without `consistent` they may be a second behind the last save, at half the price. */
  readonly load: (options?: { readonly consistent: boolean }) => Promise<StoredDocuments>;
  readonly keepAsGood: (good: StoredDocument) => Promise<void>;
}

/** Where the table of the records is, which holds the configuration too. */
export interface ConfigurationTable {
  readonly client: TableClient;
  readonly tableName: string;
}

export const createConfigurationStore = ({ client, tableName: TableName }: ConfigurationTable): ConfigurationStore => ({
  load: async ({ consistent } = { consistent: false }) => {
    const Keys = [configurationKey('current'), configurationKey('last-good'), configurationKey('standing')];
    const command: Input<'BatchGetItem'> = { RequestItems: { [TableName]: { Keys, ConsistentRead: consistent } } };
    const { Responses, UnprocessedKeys = {} } = await translated('dynamodb:BatchGetItem', () =>
      client.send('BatchGetItem', command),
    );
    // A success with a part missing is how this operation says that it was throttled.
    if (Object.keys(UnprocessedKeys).length > 0)
      throw storeFailure('dynamodb:BatchGetItem failed (UnprocessedKeys)', true);
    const items = Responses?.[TableName] ?? [];
    const found = (sk: string) => items.find((item) => item['sk'] === sk);
    // True because this file and configuration-push.ts are the only writers of items under these keys.
    const [current, lastGood] = [found('current'), found('last-good')] as (StoredDocument | undefined)[];
    return { ...(current && { current }), ...(lastGood && { lastGood }), standing: standingOf(found('standing')) };
  },
  keepAsGood: async (good) => {
    const command: Input<'PutItem'> = { TableName, Item: { ...good, ...configurationKey('last-good') } };
    await translated('dynamodb:PutItem', () => client.send('PutItem', command));
  },
});
