import { days } from '../../domain/instant.ts';
import type { KnownOpenings } from '../../domain/windows/imported.ts';
import { type TableClient } from '../table/table-client.ts';
import { epochSeconds } from './record-item.ts';
import { translated } from './table-call.ts';

/**
 * Remembers what Systems Manager has said of a maintenance window, by the window's id. The last writer wins: two that read
 * at the same time have read the same. Failed I/O throws `AdapterError` `store-failed`.
 */
export interface SsmWindowMemory {
  readonly load: (id: string) => Promise<KnownOpenings | undefined>;
  readonly save: (id: string, openings: KnownOpenings) => Promise<void>;
}

/** A window that is in no configuration any more is forgotten so long after what was known of it. */
const RETENTION = days(30);

/** One item a window in the table of the records: plain JSON, at most some 30 KB and mostly a few. */
export function createSsmWindowMemory(deps: {
  readonly client: TableClient;
  readonly tableName: string;
}): SsmWindowMemory {
  const { client, tableName: TableName } = deps;
  return {
    load: async (id) => {
      const { Item } = await translated('dynamodb:GetItem', () =>
        client.send('GetItem', { TableName, Key: keyOf(id), ConsistentRead: true }),
      );
      // True because `save` below is the only writer of these items.
      return Item?.['known'] as KnownOpenings | undefined;
    },
    save: async (id, known) => {
      const Item = { ...keyOf(id), known, expiresAt: epochSeconds(known.until + RETENTION) };
      await translated('dynamodb:PutItem', () => client.send('PutItem', { TableName, Item }));
    },
  };
}

const keyOf = (id: string) => ({ pk: 'system', sk: `ssm-window/${id}` });

/** The same in memory: for a command that asks once, for the sandbox and for tests. */
export function createTransientSsmWindowMemory(): SsmWindowMemory {
  const kept = new Map<string, string>();
  return {
    load: async (id) => {
      const known = kept.get(id);
      // True because `save` below wrote it.
      return known === undefined ? undefined : (JSON.parse(known) as KnownOpenings);
    },
    save: async (id, known) => {
      kept.set(id, JSON.stringify(known));
    },
  };
}
