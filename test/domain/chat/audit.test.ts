import { describe, expect, it } from 'vitest';
import { auditEntry } from '../../../shared/domain/chat/audit.ts';

const HAPPENED = {
  at: Date.UTC(2026, 10, 21, 8),
  by: 'U0ADA',
  via: 'slack',
  channel: 'C0OPS',
  action: 'approve',
  target: 'pln-4f0c2a9d1e',
  hash: '8e2b71c0aa',
  verdict: 'done',
  because: 'approved everything',
} as const;

describe('an entry of the audit trail', () => {
  it('says what happened, under a name', () => {
    expect(auditEntry(HAPPENED)).toEqual({ id: expect.stringMatching(/^adt-[0-9a-f]{10}$/), ...HAPPENED });
  });

  it('has the same name for the same, in whatever order it is told, and another for anything else', () => {
    const { id } = auditEntry(HAPPENED);
    const { because, ...rest } = HAPPENED;
    expect(auditEntry({ because, ...rest }).id).toBe(id);
    const others = [
      { at: HAPPENED.at + 1 },
      { by: 'U0BOB' },
      { action: 'object' },
      { verdict: 'refused' as const },
      { because: 'no' },
    ].map((other) => auditEntry({ ...HAPPENED, ...other }).id);
    expect(new Set([id, ...others]).size).toBe(6);
  });

  it('holds no secret and no page', () => {
    const { because, target } = auditEntry({
      ...HAPPENED,
      target: 'x'.repeat(400),
      because: `password=hunter2hunter2 ${'y'.repeat(2_000)}`,
    });
    expect(because).not.toContain('hunter2');
    expect([because.length, target.length, because.at(-1)]).toEqual([1_000, 300, '…']);
  });
});
