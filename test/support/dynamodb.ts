import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DescribeTableCommand,
  DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import dynalite from 'dynalite';
import { createLightTableClient } from '../../shared/effects/table/light-table-client.ts';
import { createSdkTableClient } from '../../shared/effects/table/sdk-table-client.ts';
import type { TableClient } from '../../shared/effects/table/table-client.ts';

const REGION = 'eu-west-1';
const KEYS = { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'example' };

export interface LocalDynamoDB {
  /** As the functions reach it, without the SDK. */
  readonly client: TableClient;
  /** As the command line does. */
  readonly bySdk: TableClient;
  /** For looking at what is there. */
  readonly documents: DynamoDBDocumentClient;
  readonly endpoint: string;
  /** Makes an empty table with the keys and the index of template.yaml, and says its name. */
  readonly createTable: () => Promise<string>;
  readonly close: () => void;
}

/** Starts a DynamoDB on loopback. */
export async function startDynamoDB(): Promise<LocalDynamoDB> {
  const server = dynalite({ createTableMs: 0 });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // True because the server listens on a port.
  const { port } = server.address() as AddressInfo;
  const endpoint = `http://127.0.0.1:${port}`;
  const plain = new DynamoDBClient({ endpoint, region: REGION, credentials: KEYS });
  const documents = DynamoDBDocumentClient.from(plain, { marshallOptions: { removeUndefinedValues: true } });
  let tables = 0;
  return {
    client: createLightTableClient({ region: REGION, endpoint: new URL(endpoint), keys: KEYS, clock: Date.now }),
    bySdk: createSdkTableClient(documents),
    documents,
    endpoint,
    createTable: async () => {
      tables += 1;
      const TableName = `records-${tables}`;
      await plain.send(new CreateTableCommand({ TableName, ...SCHEMA }));
      while (!(await isActive(plain, TableName)));
      return TableName;
    },
    close: () => {
      plain.destroy();
      server.closeAllConnections();
      server.close();
    },
  };
}

const SCHEMA = {
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: [
    { AttributeName: 'pk', AttributeType: 'S' },
    { AttributeName: 'sk', AttributeType: 'S' },
    { AttributeName: 'dueKey', AttributeType: 'S' },
    { AttributeName: 'dueAt', AttributeType: 'N' },
  ],
  KeySchema: [
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ],
  GlobalSecondaryIndexes: [
    {
      IndexName: 'due',
      KeySchema: [
        { AttributeName: 'dueKey', KeyType: 'HASH' },
        { AttributeName: 'dueAt', KeyType: 'RANGE' },
      ],
      Projection: { ProjectionType: 'KEYS_ONLY' },
    },
  ],
} satisfies Omit<CreateTableCommandInput, 'TableName'>;

async function isActive(client: DynamoDBClient, TableName: string): Promise<boolean> {
  const { Table } = await client.send(new DescribeTableCommand({ TableName }));
  return Table?.TableStatus === 'ACTIVE';
}
