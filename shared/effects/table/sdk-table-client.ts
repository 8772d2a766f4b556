import {
  BatchGetCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  ScanCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import type { Input, Output, TableClient, TableOperation } from './table-client.ts';

type Calls = {
  readonly [Operation in TableOperation]: (
    documents: DynamoDBDocumentClient,
    input: Input<Operation>,
  ) => Promise<object>;
};

const CALLS: Calls = {
  BatchGetItem: (documents, { RequestItems }) => {
    const asked = Object.entries(RequestItems).map(([table, { Keys, ...rest }]) => [
      table,
      { ...rest, Keys: [...Keys] },
    ]);
    return documents.send(new BatchGetCommand({ RequestItems: Object.fromEntries(asked) }));
  },
  GetItem: (documents, input) => documents.send(new GetCommand(input)),
  PutItem: (documents, input) => documents.send(new PutCommand(input)),
  Query: (documents, input) => documents.send(new QueryCommand(input)),
  Scan: (documents, input) => documents.send(new ScanCommand(input)),
  UpdateItem: (documents, input) => documents.send(new UpdateCommand(input)),
};

/**
 * The table by the AWS SDK, of which values that are `undefined` have to be removed; for whoever has no keys in the environment: profiles, single sign-on and the rest of the SDK's
 * chain. The functions do without it.
 */
export function createSdkTableClient(documents: DynamoDBDocumentClient): TableClient {
  return {
    send: async <Operation extends TableOperation>(operation: Operation, input: Input<Operation>) => {
      // The document client answers in the same words, with the same values.
      const output: Output<Operation> = await CALLS[operation](documents, input);
      return output;
    },
  };
}
