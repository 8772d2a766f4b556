import type { AuditEntry, AuditStore } from '../../domain/chat/audit.ts';
import type { Instant } from '../../domain/instant.ts';
import { type AuditItem, auditItemOf, entriesOf } from './audit-item.ts';
import { MOST_ENTRIES } from './audit-store.ts';

/** The audit trail in memory, for replay and tests; it keeps the same contract as the table, by the same tests. */
export function createMemoryAuditStore({ clock }: { readonly clock: () => Instant }): AuditStore {
  const items = new Map<string, AuditItem>();
  const newest = (limit: number, isMeant: (entry: AuditEntry) => boolean): readonly AuditEntry[] =>
    structuredClone(
      entriesOf(
        [...items.values()].filter(({ entry }) => isMeant(entry)),
        clock(),
      ).slice(0, Math.min(limit, MOST_ENTRIES)),
    );
  return {
    append: async (entry) => {
      const item = auditItemOf(entry);
      const key = `${item.pk} ${item.sk}`;
      if (!items.has(key)) items.set(key, structuredClone(item));
    },
    listAbout: async (target, limit = MOST_ENTRIES) => newest(limit, (entry) => entry.target === target),
    listRecent: async (limit) => newest(limit, () => true),
  };
}
