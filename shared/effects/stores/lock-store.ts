import { days, type Instant } from '../../domain/instant.ts';
import { type ServiceArn, type ServiceRef, serviceArn } from '../../domain/place.ts';
import type { LockStore } from '../../domain/plan/plan-record.ts';
import type { Lock } from '../../domain/plan/step.ts';
import { type Input, isUnmetCondition, type TableClient } from '../table/table-client.ts';
import { epochSeconds } from './record-item.ts';
import { translated } from './table-call.ts';
import { wholePartition } from './whole-partition.ts';

/** The partition of all locks. */
const LOCKS = 'locks';

/** A number has to outlive its lock: so long after it, no step under an older one is still on its way. */
const RETENTION = days(90);

/** A lock as the table holds it. TTL would delete one that expires by `expiresAt` itself, and its number with it. */
interface LockItem extends Omit<Lock, 'expiresAt'> {
  readonly pk: typeof LOCKS;
  readonly sk: ServiceArn;
  /** Epoch milliseconds. */
  readonly heldUntil: Instant;
  /** Epoch seconds, for TTL. */
  readonly expiresAt: number;
}

/** The locks in the table of the records, one item a service. Failed I/O throws `AdapterError` `store-failed`. */
export function createLockStore(deps: { readonly client: TableClient; readonly tableName: string }): LockStore {
  const { client, tableName: TableName } = deps;

  async function load(): Promise<readonly Lock[]> {
    // True because `take` below is the only writer of this partition.
    const items = (await wholePartition(client, TableName, LOCKS)) as unknown as readonly LockItem[];
    return items.map(lockOf);
  }

  /** An attempt that was stored but timed out is the own lock to the client's next one, and so taken. */
  async function take(lock: Lock, now: Instant): Promise<'taken' | 'refused'> {
    const command: Input<'PutItem'> = {
      TableName,
      Item: itemOf(lock),
      ConditionExpression:
        'attribute_not_exists(pk) OR (#owner = :owner AND fence = :fence) OR (heldUntil <= :now AND fence < :fence)',
      ExpressionAttributeNames: { '#owner': 'owner' },
      ExpressionAttributeValues: { ':owner': lock.owner, ':fence': lock.fence, ':now': now },
    };
    return (await isMet('dynamodb:PutItem', () => client.send('PutItem', command))) ? 'taken' : 'refused';
  }

  async function release({ at, fence }: Pick<Lock, 'at' | 'fence'>, now: Instant): Promise<void> {
    const command: Input<'UpdateItem'> = {
      TableName,
      Key: keyOf(at),
      UpdateExpression: 'SET heldUntil = :now',
      ConditionExpression: 'fence = :fence AND heldUntil > :now',
      ExpressionAttributeValues: { ':fence': fence, ':now': now },
    };
    await isMet('dynamodb:UpdateItem', () => client.send('UpdateItem', command));
  }

  return { load, take, release };
}

const keyOf = (at: ServiceRef): Pick<LockItem, 'pk' | 'sk'> => ({ pk: LOCKS, sk: serviceArn(at) });

const itemOf = ({ expiresAt, ...lock }: Lock): LockItem => ({
  ...keyOf(lock.at),
  ...lock,
  heldUntil: expiresAt,
  expiresAt: epochSeconds(expiresAt + RETENTION),
});

const lockOf = ({ at, owner, fence, tasks, heldUntil }: LockItem): Lock => ({
  at,
  owner,
  fence,
  tasks,
  expiresAt: heldUntil,
});

/** Whether the condition of a write held, and so whether it was made. */
const isMet = (action: string, write: () => Promise<unknown>): Promise<boolean> =>
  translated(action, async () => {
    try {
      await write();
      return true;
    } catch (error) {
      if (isUnmetCondition(error)) return false;
      throw error;
    }
  });
