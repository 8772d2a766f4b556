import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { found, missing } from '../../../../shared/domain/facts.ts';
import { days, hours } from '../../../../shared/domain/instant.ts';
import type { PlanId } from '../../../../shared/domain/plan/plan.ts';
import type { StandaloneTask } from '../../../../shared/domain/plan/situation.ts';
import { planTask, RELAUNCH_TAG, relaunchToken } from '../../../../shared/domain/plan/tasks/standalone.ts';
import { aLaunch, anAllowance, DEADLINE, DELIVERED, night, UNREAD } from '../../../support/plans.ts';
import { CLUSTER } from '../../../support/records.ts';

type Known = NonNullable<StandaloneTask['task']>;
const aTask = (overrides: Partial<Known> = {}, cluster = 'harbor-batch'): StandaloneTask => ({
  taskId: '6f530510f3fb67e2c5bf2050dc9453a2',
  cluster: { ...CLUSTER, cluster },
  task: { lastStatus: 'RUNNING', group: 'family:report', tags: {}, ...overrides },
});
const tagged = { [RELAUNCH_TAG]: 'start-then-stop' };
const asked = { tags: tagged, allowance: anAllowance(), launch: found(aLaunch()) };
// True enough for a test: the domain names plans itself.
const PLAN = 'pln-4f0c2a9d1e' as PlanId;
const TOLD = { kind: 'notify', owner: 'people', need: 'told' };
const PRESSING = { kind: 'notify', owner: 'people', need: 'pressing' };

describe('a task of no service', () => {
  it.each<[string, StandaloneTask, object]>([
    ['that is not there needs nothing', { taskId: 'a' }, { kind: 'gone' }],
    ['that has stopped needs nothing', aTask({ lastStatus: 'STOPPED' }), { kind: 'gone' }],
    [
      'of a rule is started again by the rule',
      aTask({ startedBy: 'events-rule/nightly' }),
      { kind: 'notify', owner: 'rule' },
    ],
    [
      'of a schedule is started again by it',
      aTask({ startedBy: 'chronos-schedule/nightly' }),
      { kind: 'notify', owner: 'scheduler' },
    ],
    [
      'of a state machine is retried by it',
      aTask({ startedBy: 'AWS Step Functions' }),
      { kind: 'notify', owner: 'step-functions' },
    ],
    ['of Batch is retried by Batch', aTask({}, 'AWSBatch-queue-1'), { kind: 'notify', owner: 'batch' }],
    [
      'that belongs to a service after all is the service',
      aTask({ group: 'service:checkout' }),
      { kind: 'notify', owner: 'service' },
    ],
    ['that somebody started is told to people', aTask(), { kind: 'notify', owner: 'people' }],
    [
      'with the tag is started again in its window',
      aTask(asked),
      {
        kind: 'relaunch',
        order: 'start-then-stop',
        slot: { opens: night(18) },
        because:
          'Its tag slackwater:replace-on-retirement says start-then-stop. Window nights opens 2026-11-18 22:00 UTC.',
      },
    ],
    ['in mode notify is told to people', aTask({ ...asked, allowance: anAllowance({ mode: 'notify' }) }), TOLD],
    ['in mode off is told to people', aTask({ ...asked, allowance: anAllowance({ mode: 'off' }) }), TOLD],
    [
      'without an opening is told loudly',
      aTask({ ...asked, allowance: anAllowance({ openings: [] }) }),
      { ...PRESSING, because: expect.stringContaining('no opening is left before 2026-11-23 10:00 UTC') },
    ],
    [
      'without a window is told loudly',
      aTask({ ...asked, allowance: anAllowance({ openings: [], hasWindows: false }) }),
      { ...PRESSING, because: expect.stringContaining('no maintenance window selects it') },
    ],
    ['whose windows are not known is told loudly', aTask({ tags: tagged, launch: asked.launch }), PRESSING],
    [
      'that cannot be copied is told loudly',
      aTask({ ...asked, launch: UNREAD }),
      { ...PRESSING, because: expect.stringContaining('cannot be copied: the call is not allowed') },
    ],
    ['that is not known is told', { taskId: 'a', unread: 'ECS did not answer.' }, TOLD],
    [
      'with a mistyped tag is told to people',
      aTask({ tags: { [RELAUNCH_TAG]: 'yes' } }),
      { kind: 'notify', owner: 'people' },
    ],
    [
      "of a rule is the rule's, tag or not",
      aTask({ startedBy: 'events-rule/nightly', tags: tagged }),
      { owner: 'rule' },
    ],
    [
      'that is over by then anyway is not started again',
      aTask({ tags: tagged, startedAt: DEADLINE - days(1), usualRun: hours(2) }),
      {
        kind: 'notify',
        owner: 'people',
        because: 'Such tasks have ended by themselves by then: about 2026-11-23 12:00 UTC.',
      },
    ],
  ])('%s', (_, task, verdict) => {
    expect(planTask(task, { deadline: DEADLINE, now: DELIVERED }).verdict).toMatchObject(verdict);
  });
});

describe('what a task was found to need', () => {
  const terms = { deadline: DEADLINE, now: DELIVERED };
  const before = planTask(aTask(asked), terms);

  it.each<[string, StandaloneTask]>([
    ['it cannot be read', { taskId: before.taskId, unread: 'ECS did not answer.' }],
    ['its launch cannot be read just now', aTask({ ...asked, launch: missing('throttled', 'too many calls') })],
  ])('stays while %s', (_, task) => {
    expect(planTask(task, terms, before).verdict).toEqual(before.verdict);
  });
});

describe('the name of a copy', () => {
  const hex = fc.string({
    unit: fc.constantFrom(...Array.from({ length: 16 }, (_, digit) => digit.toString(16))),
    minLength: 32,
    maxLength: 32,
  });

  it('is one that ECS takes as a token and as what started it, and another for every task', () => {
    fc.assert(
      fc.property(fc.oneof(hex, fc.uuid()), fc.oneof(hex, fc.uuid()), (a, b) => {
        const [one, other] = [relaunchToken(PLAN, a), relaunchToken(PLAN, b)];
        expect(one).toMatch(/^[\w/-]{1,64}$/);
        expect(one === other).toBe(a === b);
      }),
    );
  });
});
