import { describe, expect, it } from 'vitest';
import { days, hours } from '../../../shared/domain/instant.ts';
import type { StandaloneTask } from '../../../shared/domain/plan/situation.ts';
import { planTask, RELAUNCH_TAG } from '../../../shared/domain/plan/standalone.ts';
import { DEADLINE } from '../../support/plans.ts';
import { CLUSTER } from '../../support/records.ts';

type Known = NonNullable<StandaloneTask['task']>;
const aTask = (overrides: Partial<Known> = {}, cluster = 'harbor-batch'): StandaloneTask => ({
  taskId: '6f530510f3fb67e2c5bf2050dc9453a2',
  cluster: { ...CLUSTER, cluster },
  task: { lastStatus: 'RUNNING', group: 'family:report', tags: {}, ...overrides },
});
const tagged = { [RELAUNCH_TAG]: 'start-then-stop' };

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
    ['with the tag is started again', aTask({ tags: tagged }), { kind: 'relaunch', order: 'start-then-stop' }],
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
    expect(planTask(task, DEADLINE).verdict).toMatchObject(verdict);
  });
});
