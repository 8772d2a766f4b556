import { BatchGetCommand, type DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { configurationKey, type StoredDocument, storeFailure, translated } from './configuration-item.ts';

export interface StoredDocuments {
  /** What was pushed last. */
  readonly current?: StoredDocument;
  /** What was pushed last and had no problem. */
  readonly lastGood?: StoredDocument;
}

/** Failed I/O throws `AdapterError` `store-failed`. */
export interface ConfigurationStore {
  /** Both with one call; without `consistent` they may be a second behind the last push, at half the price. */
  readonly load: (options?: { readonly consistent: boolean }) => Promise<StoredDocuments>;
  readonly keepAsGood: (good: StoredDocument) => Promise<void>;
}

/** Where the table of the records is, which holds the configuration too. */
export interface ConfigurationTable {
  readonly client: DynamoDBDocumentClient;
  readonly tableName: string;
}

export const createConfigurationStore = ({ client, tableName: TableName }: ConfigurationTable): ConfigurationStore => ({
  load: async ({ consistent } = { consistent: false }) => {
    const Keys = [configurationKey('current'), configurationKey('last-good')];
    const command = new BatchGetCommand({ RequestItems: { [TableName]: { Keys, ConsistentRead: consistent } } });
    const { Responses, UnprocessedKeys = {} } = await translated('dynamodb:BatchGetItem', () => client.send(command));
    // A success with a part missing is how this operation says that it was throttled.
    if (Object.keys(UnprocessedKeys).length > 0)
      throw storeFailure('dynamodb:BatchGetItem failed (UnprocessedKeys)', true);
    const items = Responses?.[TableName] ?? [];
    // True because this file and configuration-push.ts are the only writers of items under these keys.
    const found = (sk: string) => items.find((item) => item['sk'] === sk) as StoredDocument | undefined;
    const [current, lastGood] = [found('current'), found('last-good')];
    return { ...(current && { current }), ...(lastGood && { lastGood }) };
  },
  keepAsGood: async (good) => {
    const command = new PutCommand({ TableName, Item: { ...good, ...configurationKey('last-good') } });
    await translated('dynamodb:PutItem', () => client.send(command));
  },
});
