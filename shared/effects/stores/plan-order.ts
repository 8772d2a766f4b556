import type { Instant } from '../../domain/instant.ts';
import type { PlanRecord } from '../../domain/plan/plan-record.ts';

/** Those that are due at `now`, the longest due first. */
export const longestDueFirst = (records: readonly PlanRecord[], now: Instant): readonly PlanRecord[] =>
  records
    .flatMap((record) => (record.dueAt === undefined || record.dueAt > now ? [] : [{ record, dueAt: record.dueAt }]))
    .sort((a, b) => a.dueAt - b.dueAt)
    .map(({ record }) => record);

export const newestFirst = (records: readonly PlanRecord[]): readonly PlanRecord[] =>
  records.toSorted((a, b) => b.madeAt - a.madeAt);
