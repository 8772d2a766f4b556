import type { Instant } from '../../shared/domain/instant.ts';
import { AdapterError } from '../../shared/effects/adapter-error.ts';
import { createAuditStore } from '../../shared/effects/stores/audit-store.ts';
import type { StoredDocument } from '../../shared/effects/stores/configuration-item.ts';
import { pushConfiguration } from '../../shared/effects/stores/configuration-push.ts';
import { createConfigurationStore } from '../../shared/effects/stores/configuration-store.ts';
import { requireCredentials } from '../account.ts';
import { type Decided, writeDown } from '../audited.ts';
import { createCliClients } from '../clients.ts';
import { AccountError, type Terminal, UsageError } from '../terminal.ts';

/** The configuration in Slackwater's table, reached with the caller's credentials. */
export interface ConfigurationAccount {
  readonly load: () => Promise<StoredDocument | undefined>;
  /** Takes the place of `version`; 0 of none. */
  readonly push: (document: unknown, version: number, at: Instant) => Promise<'pushed' | 'conflict'>;
  /** What became of the push, in the audit trail. */
  readonly writeDown: (verdict: Decided['verdict'], because: string) => Promise<void>;
}

/** Throws a UsageError without a Region, and an AccountError for what AWS refuses. */
export async function openConfiguration(
  tableName: string,
  region: string | undefined,
  { environment, clock }: Terminal,
): Promise<ConfigurationAccount> {
  const where = region ?? environment['AWS_REGION'] ?? environment['AWS_DEFAULT_REGION'];
  if (!where) throw new UsageError('give the Region of the table with --region, or set AWS_REGION');
  const { table: client, ecs } = createCliClients(where, environment);
  await requireCredentials(() => ecs.config.credentials());
  const table = { client, tableName };
  const audit = createAuditStore({ ...table, clock });
  const by = environment['USER'] ?? environment['USERNAME'];
  return {
    load: async () => {
      const { current } = await explained(tableName, () => createConfigurationStore(table).load({ consistent: true }));
      return current;
    },
    push: (document, version, at) =>
      explained(tableName, () => pushConfiguration(table, { document, version, at, ...(by && { by }) })),
    writeDown: (verdict, because) => {
      const decided = { by: by ?? 'somebody', action: 'configure', target: 'configuration', verdict, because };
      return explained(tableName, () => writeDown(decided, { audit, clock }));
    },
  };
}

async function explained<Value>(tableName: string, call: () => Promise<Value>): Promise<Value> {
  try {
    return await call();
  } catch (error) {
    if (!(error instanceof AdapterError)) throw error;
    throw new AccountError(`table ${tableName}: ${error.message}`, { cause: error });
  }
}
