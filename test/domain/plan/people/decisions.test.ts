import { describe, expect, it } from 'vitest';
import { days, hours } from '../../../../shared/domain/instant.ts';
import { serviceArn } from '../../../../shared/domain/place.ts';
import { decideOn, type PlanDecision } from '../../../../shared/domain/plan/people/decisions.ts';
import { newPlanRecord, type PlanRecord } from '../../../../shared/domain/plan/plan-record.ts';
import { aNotice, aPlan, aService, aSituation, DELIVERED } from '../../../support/plans.ts';

const CHECKOUT = aService();
const LEDGER = aService('ledger');
const PLAN = aPlan([aSituation({ at: CHECKOUT }), aSituation({ at: LEDGER })]);
const NOW = DELIVERED + hours(3);

/** As the redeploy function leaves it: to be looked at again in an hour. */
const RECORD: PlanRecord = {
  ...newPlanRecord(aNotice().fingerprint, DELIVERED),
  id: PLAN.id,
  version: 4,
  plan: PLAN,
  dueAt: NOW + hours(1),
  log: [{ at: DELIVERED, by: 'slackwater', text: 'harbor-prod/checkout: 4 of 4 tasks are on the old revision.' }],
};

const FREEZE = { name: 'year-end', override: { by: ['ada', 'grace'], votes: 2 } };

function decided(decision: PlanDecision, record = RECORD): PlanRecord {
  const answer = decideOn(record, decision, NOW);
  if ('refused' in answer) throw new Error(answer.refused);
  return answer.record;
}

const ARNS = [serviceArn(CHECKOUT)];

describe('a decision about a plan', () => {
  it.each<readonly [string, PlanDecision, string, object]>([
    [
      'an approval of everything',
      { kind: 'approve', by: 'ada', hash: PLAN.hash },
      `approved everything, as of hash ${PLAN.hash}`,
      { approvals: [{ by: 'ada', at: NOW, services: { [serviceArn(CHECKOUT)]: {}, [serviceArn(LEDGER)]: {} } }] },
    ],
    [
      'an approval of one service',
      { kind: 'approve', by: 'ada', hash: PLAN.hash, services: ARNS },
      `approved harbor-prod/checkout, as of hash ${PLAN.hash}`,
      { approvals: [{ by: 'ada', at: NOW, services: { [serviceArn(CHECKOUT)]: {} } }] },
    ],
    [
      'an objection',
      { kind: 'object', by: 'bob' },
      'objected: nothing more is started until they approve',
      { vetoes: [{ by: 'bob', at: NOW }] },
    ],
    [
      'an order to run now',
      { kind: 'run-now', by: 'ada', hash: PLAN.hash, services: ARNS, until: NOW + hours(4) },
      `ordered to run harbor-prod/checkout now, until 2026-11-17 09:10 UTC, as of hash ${PLAN.hash}`,
      { orders: [{ kind: 'run-now', by: 'ada', at: NOW, until: NOW + hours(4) }] },
    ],
    [
      'an order to keep the image',
      { kind: 'pin', by: 'ada', services: ARNS },
      'ordered to replace harbor-prod/checkout one task after the other, by the same image',
      { orders: [{ kind: 'pin', by: 'ada', at: NOW, services: ARNS }] },
    ],
    [
      'leaving it to AWS',
      { kind: 'hand-over', by: 'ada', services: ARNS },
      'left harbor-prod/checkout to AWS',
      { orders: [{ kind: 'hand-over', by: 'ada', at: NOW, services: ARNS }] },
    ],
    [
      'lifting a freeze',
      { kind: 'lift-freeze', by: 'ada', freeze: FREEZE },
      'lifted freeze year-end for this plan, one of 2 who have to agree',
      { orders: [{ kind: 'lift-freeze', by: 'ada', at: NOW, freeze: 'year-end' }] },
    ],
  ])('%s is kept with who took it, and acted on in the next minute', (_, decision, text, plan) => {
    const record = decided(decision);
    expect(record).toMatchObject({ version: 4, dueAt: NOW, plan });
    expect(record.log).toEqual([...RECORD.log, { at: NOW, by: decision.by, text }]);
  });

  it('agrees to the services that are named, and to no others', () => {
    const { plan } = decided({ kind: 'approve', by: 'ada', hash: PLAN.hash, services: ARNS });
    expect(Object.keys(plan?.approvals[0]?.services ?? {})).toEqual(ARNS);
  });

  it('names a few services, and counts many', () => {
    const names = Array.from({ length: 6 }, (_, index) => aService(`s${index}`));
    const plan = aPlan(names.map((at) => aSituation({ at })));
    const { log } = decided({ kind: 'pin', by: 'ada', services: names.map(serviceArn) }, { ...RECORD, plan });
    expect(log.at(-1)?.text).toBe('ordered to replace 6 services one task after the other, by the same image');
  });

  it('is kept beside those of others, and the same one once more changes little', () => {
    const twice = ['ada', 'grace', 'ada'].reduce(
      (record, by) => decided({ kind: 'approve', by, hash: PLAN.hash }, record),
      RECORD,
    );
    expect(twice.plan?.approvals.map(({ by }) => by)).toEqual(['grace', 'ada']);
  });

  it.each<readonly [string, PlanRecord, PlanDecision, string]>([
    [
      'an approval of what the plan is not any more',
      RECORD,
      { kind: 'approve', by: 'ada', hash: '0123456789' },
      `pln-REPLACED is not what 0123456789 stands for any more: its hash is ${PLAN.hash} now.`,
    ],
    [
      'an order to run what was not shown',
      RECORD,
      { kind: 'run-now', by: 'ada', hash: '0123456789', services: ARNS, until: NOW + hours(4) },
      `pln-REPLACED is not what 0123456789 stands for any more: its hash is ${PLAN.hash} now.`,
    ],
    [
      'lifting a freeze that nobody may lift',
      RECORD,
      { kind: 'lift-freeze', by: 'ada', freeze: { name: 'launch' } },
      'Nobody may lift freeze launch: it names no override.',
    ],
    [
      'lifting a freeze by somebody else',
      RECORD,
      { kind: 'lift-freeze', by: 'bob', freeze: FREEZE },
      'bob may not lift freeze year-end, only ada, grace may.',
    ],
    [
      'anything about services that nobody has looked at',
      { ...newPlanRecord(aNotice().fingerprint, DELIVERED), id: PLAN.id },
      { kind: 'object', by: 'bob' },
      'Nobody has looked at the services of pln-REPLACED yet: ask again in a minute.',
    ],
    [
      'anything about a plan that is over',
      over(RECORD),
      { kind: 'object', by: 'bob' },
      'pln-REPLACED is over: nothing is left to decide.',
    ],
  ])('%s is refused, and nothing changes', (_, record, decision, refused) => {
    expect(decideOn(record, decision, NOW)).toEqual({ refused: refused.replace('pln-REPLACED', RECORD.id) });
  });

  it('is refused about a service that the plan does not have', () => {
    const services = [serviceArn(aService('web'))];
    for (const kind of ['pin', 'hand-over'] as const)
      expect(decideOn(RECORD, { kind, by: 'ada', services }, NOW)).toEqual({ refused: expect.stringContaining('web') });
    for (const decision of [
      { kind: 'approve', services },
      { kind: 'run-now', services, until: NOW + days(1) },
    ] as const)
      expect(decideOn(RECORD, { by: 'ada', hash: PLAN.hash, ...decision }, NOW)).toEqual({
        refused: expect.stringContaining('web'),
      });
  });
});

function over(record: PlanRecord): PlanRecord {
  const { dueAt: _, ...rest } = record;
  return rest;
}
