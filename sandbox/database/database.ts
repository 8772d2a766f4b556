import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import dynalite from 'dynalite';
import { serveWith } from '../loopback.ts';
import type { StackTable } from '../stack/stack.ts';
import { createCapacityEstimate, type Units } from './capacity.ts';
import { startProxy } from './proxy.ts';
import { createThrottling, type Throttling } from './throttling.ts';

/** DynamoDB on loopback, in memory. */
export interface Database extends AsyncDisposable {
  /** What the functions talk to: every request is counted and may be throttled. */
  readonly url: string;
  readonly throttle: Throttling['inject'];
  /** Every item of the table, in no order. The sandbox's own reads are neither counted nor throttled. */
  readonly items: (table: string) => Promise<readonly Readonly<Record<string, unknown>>[]>;
}

/** One request of a function; `units` are estimated. */
export type OnRequest = (request: {
  readonly operation: string;
  readonly isThrottled: boolean;
  readonly units: Units;
  readonly input: Readonly<Record<string, unknown>>;
  /** Name of the error that it was answered with. */
  readonly error?: string;
}) => void;

export async function startDatabase(
  tables: readonly StackTable[],
  region: string,
  onRequest: OnRequest,
): Promise<Database> {
  await using stack = new AsyncDisposableStack();
  const emulator = stack.use(await serveWith(dynalite({ createTableMs: 0 })));
  const credentials = { accessKeyId: 'sandbox', secretAccessKey: 'sandbox' };
  const client = stack.adopt(new DynamoDBClient({ endpoint: emulator.url, region, credentials }), (it) => it.destroy());
  for (const { name, definition } of tables) {
    await client.send(new CreateTableCommand({ ...definition, TableName: name }));
  }
  const throttling = createThrottling();
  const estimate = createCapacityEstimate(tables);
  const proxy = stack.use(
    await startProxy({
      url: emulator.url,
      meet: throttling.meet,
      onExchange: (exchange) => {
        const isThrottled = /Throttling|ThroughputExceeded/.test(String(exchange.output['__type']));
        const { operation, input, output, status } = exchange;
        const error = status < 400 ? undefined : String(output['__type']).split('#').at(-1);
        onRequest({ operation, isThrottled, units: estimate(exchange), input, ...(error !== undefined && { error }) });
      },
    }),
  );
  const documents = DynamoDBDocumentClient.from(client);
  const started = stack.move();
  return {
    url: proxy.url,
    throttle: throttling.inject,
    items: async (table) => {
      const items: Readonly<Record<string, unknown>>[] = [];
      for await (const page of paginateScan({ client: documents }, { TableName: table }))
        items.push(...(page.Items ?? []));
      return items;
    },
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  };
}
