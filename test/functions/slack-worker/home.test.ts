import { describe, expect, it } from 'vitest';
import { homeOf } from '../../../functions/slack-worker/home.ts';
import { auditEntry } from '../../../shared/domain/chat/audit.ts';
import { days } from '../../../shared/domain/instant.ts';
import { newPlanRecord } from '../../../shared/domain/plan/plan-record.ts';
import { aNotice, aPlan, DELIVERED } from '../../support/plans.ts';
import { anIncident, SEEN_AT } from '../../support/records.ts';
import { aDesk, NOW, wordsIn } from './commands/desk.ts';

const OPENED = {
  kind: 'home-opened',
  id: '0'.repeat(64),
  at: NOW,
  team: 'T0HARBOR',
  user: { id: 'U0ADA' },
} as const;

describe('the app’s home', () => {
  it('tells what is open, what is to be replaced, and what people did', async () => {
    const plan = { ...newPlanRecord(aNotice().fingerprint, DELIVERED), plan: aPlan() };
    const { deps, visitOf } = await aDesk({ records: [anIncident({ wakeAt: NOW + days(1) })], plans: [plan] });
    await deps.audit.append(
      auditEntry({
        at: SEEN_AT,
        by: 'U0ADA',
        via: 'slack',
        action: 'mute',
        target: 'harbor-prod/ledger',
        verdict: 'done',
        because: 'Nobody is told.',
      }),
    );
    const text = wordsIn(await homeOf(visitOf(OPENED), deps));
    expect(text).toContain('Out of memory · checkout · harbor-prod');
    expect(text).toContain(`${plan.id} retirement in 111122223333, eu-west-1, AWS begins 2026-11-24 10:00 UTC`);
    expect(text).toContain('mute harbor-prod/ledger: done');
  });

  it('leaves out what is over', async () => {
    const over = anIncident({ state: { status: 'resolved', at: SEEN_AT, how: 'quiet' }, wakeAt: NOW + days(1) });
    const { dueAt: _, ...done } = newPlanRecord(aNotice().fingerprint, DELIVERED);
    const { deps, visitOf } = await aDesk({ records: [over], plans: [{ ...done, plan: aPlan() }] });
    const text = wordsIn(await homeOf(visitOf(OPENED), deps));
    expect(text).toContain('What is open Nothing.');
    expect(text).toContain('What is to be replaced Nothing');
    expect(text).toContain('Nobody has decided anything');
  });

  it('tells a guest nothing, and reads nothing for one', async () => {
    const { deps, visitOf } = await aDesk({
      records: [anIncident({ wakeAt: NOW + days(1) })],
      person: { isGuest: true },
      deps: {
        loadOpen: async () => {
          throw new Error('nothing is to be read');
        },
      },
    });
    expect(wordsIn(await homeOf(visitOf(OPENED), deps))).toBe(
      'Only members of this workspace see what Slackwater knows.',
    );
  });
});
