import type { Instant } from '../../domain/instant.ts';
import { type ServiceArn, serviceArn } from '../../domain/place.ts';
import type { LockStore } from '../../domain/plan/plan-record.ts';
import type { Lock } from '../../domain/plan/step.ts';

/** The lock store in memory, for replay and tests; it keeps the same contract as the table, by the same tests. */
export function createMemoryLockStore(): LockStore {
  const locks = new Map<ServiceArn, Lock>();
  return {
    load: async () => structuredClone([...locks.values()]),
    take: async (lock, now) => {
      if (!mayTake(lock, locks.get(serviceArn(lock.at)), now)) return 'refused';
      locks.set(serviceArn(lock.at), structuredClone(lock));
      return 'taken';
    },
    release: async ({ at, fence }, now) => {
      const held = locks.get(serviceArn(at));
      if (held?.fence === fence && now < held.expiresAt) locks.set(serviceArn(at), { ...held, expiresAt: now });
    },
  };
}

function mayTake(wanted: Lock, held: Lock | undefined, now: Instant): boolean {
  if (held === undefined) return true;
  const isOurs = held.owner === wanted.owner && held.fence === wanted.fence;
  return isOurs || (held.expiresAt <= now && held.fence < wanted.fence);
}
