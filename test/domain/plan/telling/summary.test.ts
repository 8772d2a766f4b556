import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { found } from '../../../../shared/domain/facts.ts';
import { hours, minutes } from '../../../../shared/domain/instant.ts';
import { serviceArn } from '../../../../shared/domain/place.ts';
import { approve, veto } from '../../../../shared/domain/plan/people/approval.ts';
import type { Plan, PlannedService } from '../../../../shared/domain/plan/plan.ts';
import { newPlanRecord, type PlanRecord } from '../../../../shared/domain/plan/plan-record.ts';
import type { ActiveService, ServiceSituation } from '../../../../shared/domain/plan/situation.ts';
import type { End, Run, Stage } from '../../../../shared/domain/plan/stage.ts';
import { summarize } from '../../../../shared/domain/plan/telling/summary.ts';
import {
  aNotice,
  anAllowance,
  aPlan,
  aService,
  aSituation,
  DEADLINE,
  DELIVERED,
  DIGEST,
  night,
  OTHER_DIGEST,
  tasks,
} from '../../../support/plans.ts';

const CONFIG = { votes: 2, approverIsNotRequester: true, onDeadline: 'handover' } as const;
const SLOT = { windows: ['nights'], opens: night(18), closes: night(18) + hours(4), cutoff: night(18) + hours(3) };
const FLIGHT = { startedAt: SLOT.opens, slot: SLOT, fence: 1, revision: 'checkout:42', digests: {}, known: [] };

const recordOf = (plan: Plan): PlanRecord => ({ ...newPlanRecord(aNotice().fingerprint, DELIVERED), plan, said: 7 });
const summaryOf = (plan: Plan, config: Parameters<typeof summarize>[1] = CONFIG) => summarize(recordOf(plan), config);

/** With the only service at that stage. */
const staged = (plan: Plan, stage: Stage, run: Partial<Run> = {}): Plan => ({
  ...plan,
  services: plan.services.map((service) => ({ ...service, run: { ...service.run, ...run, stage } })),
});

const ended = (end: End, because = 'so it ended.'): Stage => ({
  kind: 'ended',
  end,
  at: night(19),
  because,
  proof: { old: 0, running: 4, desired: 4, took: minutes(13), changes: [] },
});

const named = (service: string, overrides: Partial<ActiveService> = {}): ServiceSituation =>
  aSituation({ at: aService(service), ...overrides });

const auto = anAllowance({ mode: 'auto' });
const without = anAllowance({ openings: [], hasWindows: false });
const failed: Run['last'] = { end: 'failed', at: night(18), slot: SLOT };

const agreed = (plan: Plan, ...names: readonly string[]): Plan => approvedBy(plan, names);

const approvedBy = (plan: Plan, names: readonly string[], services?: readonly string[]): Plan =>
  names.reduce((so, by) => {
    const next = approve(so, { by, hash: so.hash, ...(services && { services }) }, DELIVERED);
    if (next === 'changed') throw new Error('what is shown is what is approved');
    return next;
  }, plan);

describe('where a service stands', () => {
  test.each<[string, Plan, object]>([
    [
      'it waits for approval, and says how far that is',
      aPlan(),
      { status: 'ask', old: 4, of: 4, strategy: 'ROLLING', because: '0 of 2 approvals are given.' },
    ],
    [
      'it is ready once enough people agree, and says who',
      agreed(aPlan(), 'ada', 'bob'),
      { status: 'ready', because: 'ada, bob approved.' },
    ],
    [
      'it is ready where nobody has to agree',
      aPlan([aSituation({ allowance: auto })]),
      { status: 'ready', because: 'Its mode is auto: nobody has to agree.' },
    ],
    [
      'it has to be approved again where somebody objects to what nobody had to approve',
      veto(aPlan([aSituation({ allowance: auto })]), 'bob', DELIVERED),
      { status: 'ask', because: 'bob objected.' },
    ],
    [
      'preflight stands in the way, and the count is not said twice',
      aPlan([aSituation({ running: 3 })]),
      { status: 'blocked', because: expect.not.stringContaining('on the old revision') },
    ],
    [
      'nothing can be done in time without a decision',
      aPlan([aSituation({ allowance: without })]),
      {
        status: 'escalated',
        choices: ['run-now', 'add-window', 'hand-over'],
        because: expect.stringMatching(/^No maintenance window selects the service\./),
      },
    ],
    [
      'it is in flight',
      staged(aPlan(), { kind: 'running', deployment: 'ecs-svc/1', ...FLIGHT }),
      { status: 'running', because: 'ECS is at it since 2026-11-18 22:00 UTC.', slot: SLOT },
    ],
    [
      'what AWS answered says more than since when it is asked',
      staged(aPlan(), {
        kind: 'starting',
        tries: 2,
        askedAt: SLOT.opens,
        unseen: 0,
        trouble: 'Access denied.',
        ...FLIGHT,
      }),
      { status: 'running', because: 'Access denied.' },
    ],
    [
      'it is replaced one by one',
      staged(aPlan(), { kind: 'replacing', taskId: 'task-1', since: SLOT.opens, askedAt: SLOT.opens, ...FLIGHT }),
      { status: 'running', because: 'One task after the other since 2026-11-18 22:00 UTC.' },
    ],
    [
      'it is done, and the proof is not complete',
      staged(aPlan(), {
        kind: 'verifying',
        deployment: 'ecs-svc/1',
        since: SLOT.opens,
        wellSince: SLOT.opens,
        ...FLIGHT,
      }),
      { status: 'verifying', because: 'Replaced since 2026-11-18 22:00 UTC; all is well since 2026-11-18 22:00 UTC.' },
    ],
    [
      'an attempt failed, and nobody has agreed to another',
      staged(
        aPlan(),
        { kind: 'waiting', held: { key: 'failed', because: 'The deployment is STOPPED.' } },
        { failures: 1, last: failed },
      ),
      { status: 'failed', because: 'The deployment is STOPPED. 0 of 2 approvals are given.' },
    ],
    [
      'a proof is truer than what was planned',
      staged(aPlan(), ended('done')),
      { status: 'done', old: 0, of: 4, took: minutes(13), because: 'so it ended.' },
    ],
    [
      'it is late, AWS has not begun, and somebody can still decide otherwise',
      late(DEADLINE - 1),
      { status: 'escalated', choices: ['run-now', 'add-window', 'hand-over'] },
    ],
    ['it is late, and AWS has begun', late(DEADLINE), { status: 'handing-over' }],
    [
      'its owners want to be told only',
      aPlan([aSituation({ allowance: anAllowance({ mode: 'notify' }) })]),
      { status: 'handing-over' },
    ],
    [
      'it is not there any more, and has no tasks',
      staged(aPlan([{ status: 'gone', at: aService(), because: 'ECS has no such service.' }]), ended('skipped')),
      { status: 'gone', old: 0, of: 0 },
    ],
  ])('%s', (_, plan, expected) => expect(summaryOf(plan).rows).toEqual([expect.objectContaining(expected)]));
});

/** Too late for any window, seen at that instant. */
function late(lookedAt: number): Plan {
  const plan = staged(aPlan([aSituation({ allowance: without })]), {
    kind: 'handing-over',
    since: DELIVERED,
    why: 'late',
  });
  return { ...plan, services: plan.services.map((service) => ({ ...service, lookedAt })) };
}

describe('what is asked', () => {
  const moved = aPlan([aSituation({ pauseHooks: ['wait-for-ops'] })]);

  test('is told as long as nobody has agreed to it', () => {
    expect(summaryOf(moved).rows[0]?.asks).toEqual([expect.stringContaining('wait-for-ops')]);
    expect(summaryOf(agreed(moved, 'ada', 'bob')).rows[0]).not.toHaveProperty('asks');
  });
});

test('what is not as it was is told with digests as short as preflight has them', () => {
  const changes = [`The image of app is now ${OTHER_DIGEST}, it was ${DIGEST}.`];
  const stage: Stage = {
    kind: 'ended',
    end: 'done',
    at: night(19),
    because: '',
    proof: { old: 0, running: 4, desired: 4, changes },
  };
  expect(summaryOf(staged(aPlan(), stage)).rows[0]?.changes).toEqual([
    'The image of app is now sha256:222222222222, it was sha256:111111111111.',
  ]);
});

describe('the phase', () => {
  const two = aPlan([named('checkout'), named('ledger')]);
  const first = (stage: Stage): Plan => ({
    ...two,
    services: two.services.map((service, index) =>
      index === 0 ? { ...service, run: { ...service.run, stage } } : service,
    ),
  });

  test.each<[string, Plan, string]>([
    ['nothing has begun', two, 'planned'],
    ['that one needs nothing is no beginning', first(ended('skipped')), 'planned'],
    ['one is in flight', first({ kind: 'running', deployment: 'ecs-svc/1', ...FLIGHT }), 'under-way'],
    ['one is done and one waits', first(ended('done')), 'under-way'],
    ['all have ended', staged(two, ended('done')), 'over'],
  ])('%s', (_, plan, phase) => expect(summaryOf(plan).phase).toBe(phase));
});

describe('of the whole plan', () => {
  const mixed = aPlan([
    named('zebra', { allowance: without }),
    named('yak', { allowance: auto, tasks: tasks(1, 3) }),
    named('xerus', { pauseHooks: ['wait-for-ops'] }),
    named('ant'),
    named('bee', { allowance: auto }),
  ]);

  test('what needs somebody comes first, and of that what has something to say', () => {
    expect(summaryOf(mixed).rows.map(({ service, status }) => `${service.service} ${status}`)).toEqual([
      'zebra escalated',
      'xerus ask',
      'ant ask',
      'bee ready',
      'yak ready',
    ]);
  });

  test('everything is counted', () => {
    const { counts, old, of, heard, leftOut } = summaryOf(mixed);
    expect({ counts, old, of, heard, leftOut }).toEqual({
      counts: { escalated: 1, ask: 2, ready: 2 },
      old: 17,
      of: 20,
      heard: 7,
      leftOut: 0,
    });
  });

  test('the next opening is the earliest, and that which is used beats it', () => {
    expect(summaryOf(mixed).slot?.opens).toBe(night(18));
    const used = { ...SLOT, opens: night(19), closes: night(20) };
    const flying: PlannedService['run'] = {
      failures: 0,
      stage: { kind: 'running', deployment: 'ecs-svc/1', ...FLIGHT, slot: used },
    };
    const moving = {
      ...mixed,
      services: mixed.services.map((service) => (service.at.service === 'bee' ? { ...service, run: flying } : service)),
    };
    expect(summaryOf(moving).slot).toEqual(used);
  });

  test('what has to begin first gives the latest safe start, until it is over', () => {
    const slow = aPlan([named('quick'), named('slow', { durations: { past: [1, 1, 1].map(() => hours(9)) } })]);
    expect(summaryOf(slow).latestSafeStart).toBe(DEADLINE - 3 * hours(9));
    expect(summaryOf(staged(slow, ended('done')))).not.toHaveProperty('latestSafeStart');
  });

  test('of several budgets the strictest is the pace', () => {
    const budget = { ...auto.budget, maxServices: 5, maxServicesPerCluster: 2, canary: { count: 1, bake: minutes(5) } };
    const plan = aPlan([
      named('ant', { allowance: { ...auto, budget } }),
      named('bee', { allowance: { ...auto, budget: { ...budget, maxServices: 3 } } }),
    ]);
    expect(summaryOf(plan).pace).toBe('3 at a time, 2 in a cluster, one before the others');
    expect(summaryOf(aPlan()).pace).toBe('one at a time');
  });

  test('the account is told in words', () => {
    const account = { waitPeriod: found(7), eventWindows: found(false), matching: found([]) };
    expect(summaryOf({ ...aPlan(), account }).account).toBe('wait period 7 days, event windows off');
  });
});

describe('votes', () => {
  const two = aPlan([named('ant'), named('bee')]);
  const some = approvedBy(two, ['ada'], [serviceArn(aService('ant'))]);

  test.each<[string, Plan, object]>([
    ['nobody has agreed', two, { given: [], needed: 2, against: [] }],
    ['one person has', agreed(two, 'ada'), { given: ['ada'], needed: 2, against: [] }],
    ['who agreed to a part has not agreed to the whole', some, { given: [], needed: 2, against: [] }],
    ['somebody objects', veto(agreed(two, 'ada'), 'bob', DELIVERED), { given: ['ada'], needed: 2, against: ['bob'] }],
    ['nobody has to agree', aPlan([aSituation({ allowance: auto })]), { given: [], needed: 0, against: [] }],
    ['nothing is left to agree to', staged(agreed(two, 'ada'), ended('done')), { given: [], needed: 0, against: [] }],
  ])('%s', (_, plan, votes) => {
    const { comeFirst: _comeFirst, ...rest } = summaryOf(plan).votes;
    expect(rest).toEqual(votes);
  });

  test.each<[string, Plan, true | undefined]>([
    ['come first where everything needs them', two, true],
    ['come first as long as there are too few', agreed(two, 'ada'), true],
    ['do not come first once there are enough', agreed(two, 'ada', 'bob'), undefined],
    [
      'do not come first where one service needs none',
      aPlan([named('ant'), named('bee', { allowance: auto })]),
      undefined,
    ],
    [
      'do not come first where one that is blocked needs none',
      aPlan([named('ant'), named('bee', { allowance: auto, running: 3 })]),
      undefined,
    ],
    ['do not come first where there is nothing to agree to', aPlan([aSituation({ allowance: without })]), undefined],
  ])('%s', (_, plan, expected) => expect(summaryOf(plan).votes.comeFirst).toBe(expected));

  test('of who asked for it are not counted', () => {
    const asked = { ...agreed(two, 'bob', 'ada'), requestedBy: 'ada' };
    expect(summaryOf(asked).votes.given).toEqual(['bob']);
    expect(summaryOf(asked, { ...CONFIG, approverIsNotRequester: false }).votes.given).toEqual(['bob', 'ada']);
  });

  test('that the last opening is used without them is told', () => {
    const { orLastOpening, comeFirst } = summaryOf(two, { ...CONFIG, onDeadline: 'autoIfGreen' }).votes;
    expect({ orLastOpening, comeFirst }).toEqual({ orLastOpening: true, comeFirst: undefined });
  });
});

describe('bounds', () => {
  const long = fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 255 });
  const plan = fc
    .record({ count: fc.nat(120), name: long, because: fc.string({ unit: 'grapheme', maxLength: 2_000 }) })
    .map(({ count, name, because }): Plan => {
      const [service] = aPlan([aSituation({ pauseHooks: [because] })]).services;
      if (service === undefined) throw new Error('the plan has a service');
      const stage: Stage = { kind: 'waiting', held: { key: 'budget', because } };
      const all = Array.from({ length: count }, (_, index) => ({
        ...service,
        at: aService(`${index}${name}`, name),
        run: { failures: 0, stage },
      }));
      return { ...aPlan(), services: all };
    });

  test('a summary is under 12 KB whatever the plan holds, and leaves nothing out without counting it', () => {
    fc.assert(
      fc.property(plan, (any) => {
        const summary = summaryOf(any);
        expect(Buffer.byteLength(JSON.stringify(summary))).toBeLessThan(12_000);
        expect(summary.rows.length).toBeLessThanOrEqual(30);
        expect(summary.rows.length + summary.leftOut).toBe(any.services.length);
        expect(Object.values(summary.counts).reduce((sum, count) => sum + count, 0)).toBe(any.services.length);
      }),
      { numRuns: 25 },
    );
  });

  test('a sentence that is too long is cut visibly', () => {
    const text = summaryOf(staged(aPlan(), ended('done', 'x'.repeat(400)))).rows[0]?.because ?? '';
    expect(text).toBe(`${'x'.repeat(299)}…`);
  });
});

test('a record that nobody has looked at has no summary', () => {
  expect(() => summarize(newPlanRecord(aNotice().fingerprint, DELIVERED), CONFIG)).toThrow(TypeError);
});
