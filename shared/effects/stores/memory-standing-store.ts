import { NO_ORDERS, type StandingStore } from '../../domain/chat/standing.ts';

/** Standing orders in memory, for replay and tests; they keep the same contract as the table, by the same tests. */
export function createMemoryStandingStore(): StandingStore {
  let stored = NO_ORDERS;
  return {
    load: async () => structuredClone(stored),
    save: async (orders) => {
      if (orders.version !== stored.version) return 'conflict';
      stored = structuredClone({ ...orders, version: orders.version + 1 });
      return 'saved';
    },
  };
}
