import { type AuditEntry, type AuditStore, auditEntry } from '../shared/domain/chat/audit.ts';
import type { Instant } from '../shared/domain/instant.ts';

/** What somebody decided on the command line, and what became of it. */
export type Decided = Pick<AuditEntry, 'by' | 'action' | 'target' | 'hash' | 'verdict' | 'because'>;

export interface AuditTrail {
  readonly audit: AuditStore;
  readonly clock: () => Instant;
}

/**
 * Writes it down in the audit trail. After the decision itself: what was decided holds even if this fails, and the person is
 * told that it did.
 */
export const writeDown = (decided: Decided, { audit, clock }: AuditTrail): Promise<void> =>
  audit.append(auditEntry({ ...decided, via: 'cli', at: clock() }));
