import type { Instant } from '../../domain/instant.ts';
import type { SweepMemory } from '../../domain/watchdog-memory.ts';
import { AdapterError } from '../adapter-error.ts';
import { awsFailure } from '../aws-failure.ts';
import type { PlacesCursor } from '../sweep/places-sweep.ts';
import { type Input, type TableClient } from '../table/table-client.ts';

/** How far the sweeps have come, and what they remember. Plain JSON, at most some 70 KB and mostly below one. */
export interface SweepProgress {
  readonly startedAt: Instant;
  /** Where the sweep goes on; absent when it is finished. */
  readonly cursor?: PlacesCursor;
  /** Services with a desired count above 0, so far in this sweep. */
  readonly services: number;
  readonly memory: SweepMemory;
  /** Places that told nothing when they were looked at last, by their keys, and since when that is so. */
  readonly shut?: Readonly<Record<string, Instant>>;
}

/**
 * Keeps the progress of the sweeps. The last writer wins: two that overlap sweep the same slice twice, and what it finds
 * counts once.
 */
export interface SweepStore {
  readonly load: () => Promise<SweepProgress | undefined>;
  readonly save: (progress: SweepProgress) => Promise<void>;
}

const KEY = { pk: 'system', sk: 'sweep' } as const;

/** One item in the table of the records. Failed I/O throws `AdapterError` `store-failed`. */
export function createSweepStore(deps: { readonly client: TableClient; readonly tableName: string }): SweepStore {
  const { client, tableName: TableName } = deps;
  return {
    load: async () => {
      const command: Input<'GetItem'> = { TableName, Key: KEY, ConsistentRead: true };
      const { Item } = await client.send('GetItem', command).catch((cause) => storeFailed('dynamodb:GetItem', cause));
      // True because `save` below is the only writer of this item.
      return Item?.['progress'] as SweepProgress | undefined;
    },
    save: async (progress) => {
      const command: Input<'PutItem'> = { TableName, Item: { ...KEY, progress } };
      await client.send('PutItem', command).catch((cause) => storeFailed('dynamodb:PutItem', cause));
    },
  };
}

function storeFailed(action: string, cause: unknown): never {
  const { reason, name } = awsFailure(cause);
  const retryable = reason !== 'denied' && reason !== 'not-found';
  throw new AdapterError({ code: 'store-failed', message: `${action} failed (${name})`, retryable, cause });
}

/** The same in memory, for the sandbox and for tests. */
export function createMemorySweepStore(): SweepStore {
  let kept: string | undefined;
  return {
    // True because `save` below wrote it.
    load: async () => (kept === undefined ? undefined : (JSON.parse(kept) as SweepProgress)),
    save: async (progress) => {
      kept = JSON.stringify(progress);
    },
  };
}
