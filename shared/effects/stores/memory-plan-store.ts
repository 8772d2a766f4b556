import type { Instant } from '../../domain/instant.ts';
import type { PlanId } from '../../domain/plan/plan.ts';
import type { PlanStore } from '../../domain/plan/plan-record.ts';
import { hasExpired, type PlanItem, planItemOf, planOf } from './plan-item.ts';
import { longestDueFirst, newestFirst } from './plan-order.ts';

/** The plan store in memory, for replay and tests; it keeps the same contract as the table, by the same tests. */
export function createMemoryPlanStore({ clock }: { readonly clock: () => Instant }): PlanStore {
  const items = new Map<PlanId, PlanItem>();
  const all = (now: Instant) => [...items.values()].flatMap((item) => planOf(item, now) ?? []);
  return {
    load: async (id) => {
      const item = items.get(id);
      return item && planOf(item, clock());
    },
    save: async (record, now) => {
      const stored = items.get(record.id);
      const isFree = stored === undefined || hasExpired(stored, now);
      const matches = record.version === 0 ? isFree : stored?.version === record.version;
      if (!matches) return 'conflict';
      items.set(record.id, planItemOf(record, now));
      return 'saved';
    },
    loadDue: async (now, limit) => longestDueFirst(all(now), now).slice(0, limit),
    list: async () => newestFirst(all(clock())),
  };
}
