import { missing } from '../../shared/domain/facts.ts';
import { AdapterError } from '../../shared/effects/adapter-error.ts';
import { oneLine } from '../../shared/render/escape.ts';
import { requireCredentials, required } from '../account.ts';
import { type CliClients, createCliClients } from '../clients.ts';
import { type Terminal, UsageError } from '../terminal.ts';
import { createRecordsTable, type RecordsTable } from './records.ts';

/** Of every verb that works on the records. */
export const TABLE_OPTIONS = { table: { type: 'string' }, region: { type: 'string' } } as const;

/** What was given of {@link TABLE_OPTIONS}. */
export interface TableGiven {
  readonly table?: string;
  readonly region?: string;
}

/** Slackwater's table, and the Region that it is in. */
export interface OpenTable {
  readonly clients: CliClients;
  readonly tableName: string;
  readonly region: string;
}

/** Answers what `work` does with the records of the table; throws as {@link withTable} does. */
export const onTable = (
  given: TableGiven,
  terminal: Terminal,
  work: (table: RecordsTable) => Promise<number>,
): Promise<number> =>
  withTable(given, terminal, ({ clients: { table: client }, tableName }) =>
    work(createRecordsTable({ client, tableName, clock: terminal.clock })),
  );

/**
 * Answers what `work` does with the table, which it reaches with the caller's credentials. Throws a UsageError without a
 * table or a Region, and an AccountError for what AWS refuses.
 */
export async function withTable(
  { table, region }: TableGiven,
  { environment }: Terminal,
  work: (table: OpenTable) => Promise<number>,
): Promise<number> {
  if (!table) throw new UsageError("give the name of Slackwater's table with --table");
  const where = region ?? environment['AWS_REGION'] ?? environment['AWS_DEFAULT_REGION'];
  if (!where) throw new UsageError('give the Region of the table with --region, or set AWS_REGION');
  const clients = createCliClients(where, environment);
  await requireCredentials(() => clients.ecs.config.credentials());
  try {
    return await work({ clients, tableName: table, region: where });
  } catch (error) {
    if (!(error instanceof AdapterError)) throw error;
    return required(missing('failed', `table ${oneLine(table)}: ${error.message}`));
  }
}
