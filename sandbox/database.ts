import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import dynalite from 'dynalite';
import { serveWith } from './loopback.ts';
import type { StackTable } from './stack/stack.ts';

/** DynamoDB on loopback, in memory. */
export interface Database extends AsyncDisposable {
  readonly url: string;
  /** Every item of the table, in no order. */
  readonly items: (table: string) => Promise<readonly Readonly<Record<string, unknown>>[]>;
}

export async function startDatabase(tables: readonly StackTable[], region: string): Promise<Database> {
  await using stack = new AsyncDisposableStack();
  const server = stack.use(await serveWith(dynalite({ createTableMs: 0 })));
  const credentials = { accessKeyId: 'sandbox', secretAccessKey: 'sandbox' };
  const client = stack.adopt(new DynamoDBClient({ endpoint: server.url, region, credentials }), (it) => it.destroy());
  for (const { name, definition } of tables) {
    await client.send(new CreateTableCommand({ ...definition, TableName: name }));
  }
  const documents = DynamoDBDocumentClient.from(client);
  const started = stack.move();
  return {
    url: server.url,
    items: async (table) => {
      const items: Readonly<Record<string, unknown>>[] = [];
      for await (const page of paginateScan({ client: documents }, { TableName: table }))
        items.push(...(page.Items ?? []));
      return items;
    },
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  };
}
