import { describe, expect, it, test } from 'vitest';
import { compilePattern } from '../../sandbox/eventbridge/matcher.ts';
import { rulesOf } from '../../sandbox/eventbridge/rules.ts';
import { loadTemplate } from '../../sandbox/eventbridge/template.ts';
import { deployed } from '../../scripts/template-variants.ts';
import { eventFiles, eventFileText, eventWith } from '../support/event-files.ts';

const rules = rulesOf(deployed(loadTemplate('template.yaml'))).map(({ logicalId, pattern }) => ({
  logicalId,
  matches: compilePattern(pattern),
}));

const rulesFor = (event: unknown): readonly string[] =>
  rules.filter(({ matches }) => matches(event)).map(({ logicalId }) => logicalId);

const NONE = 'none';

/** Which rule lets each recorded event through; the first row that fits a file's path decides. */
const RULE_OF_FILE: readonly (readonly [path: RegExp, rule: string, because: string])[] = [
  [/^sqs\//, NONE, 'these are batches from a queue, not events on the bus'],
  [/^malformed\/health-/, 'HealthNotices', 'a pattern cannot see that a field is missing further down'],
  [/^malformed\/task-/, 'TaskStops', 'a pattern cannot see that a field is missing further down'],
  [/^ecs\/task-stopped-scaled-in/, NONE, 'the scheduler says itself that it scaled in'],
  [/^ecs\/task-stopped-rebalanced/, NONE, 'the scheduler says itself that it evened out the zones'],
  [/^ecs\/task-stopped-/, 'TaskStops', 'every other stop may need somebody'],
  [/^ecs\/task-spot-warning/, 'SpotWarnings', 'the task still runs'],
  [/^ecs\/task-/, NONE, 'the task has not stopped yet'],
  [/^ecs\/deployment-/, 'Deployments', 'all three states are needed'],
  [/^ecs\/service-/, 'ServiceActions', 'a warning, an error, or the steady state that ends it'],
  [/^ecs\/hook-/, 'Hooks', 'somebody has to act, or should have'],
  [/^ecs\/container-instance-health-/, 'HostHealth', 'an instance is impaired, or healthy again'],
  [/^health\/other-service-/, NONE, 'not about ECS'],
  [/^health\/.*-backup-copy/, NONE, 'the notice arrives in its own Region as well'],
  [/^health\//, 'HealthNotices', 'a notice about ECS'],
];

describe('the rules', () => {
  test.each(eventFiles)('classify %s', (file) => {
    const row = RULE_OF_FILE.find(([path]) => path.test(file));
    expect(row, `${file} has no row`).toBeDefined();
    expect(rulesFor(JSON.parse(eventFileText(file)))).toEqual(row?.[1] === NONE ? [] : [row?.[1]]);
  });

  test.each(rules)('$logicalId is shown by a recorded event', ({ matches }) => {
    expect(eventFiles.some((file) => matches(JSON.parse(eventFileText(file))))).toBe(true);
  });
});

const SCALED_IN = 'ecs/task-stopped-scaled-in.json';

/** What the scheduler's own stops look like; `undefined` takes a field out. */
const STOPS: readonly (readonly [sentence: string, detail: Readonly<Record<string, unknown>>, passes: boolean])[] = [
  ['a scale-in', {}, false],
  ['a replacement by a deployment', { stoppedReason: 'Scaling activity initiated by (deployment ecs-svc/1)' }, false],
  ['a zone rebalancing', { stoppedReason: 'Availability Zone rebalancing initiated by (deployment ecs-svc/1)' }, false],
  ['a failed load balancer check', { stoppedReason: 'Task failed ELB health checks in (target-group x)' }, true],
  ['a failed container check', { stoppedReason: 'Task failed container health checks' }, true],
  ['a reason of the scheduler that is new', { stoppedReason: 'Something that nobody has seen' }, true],
  ['a stop without a code', { stopCode: undefined }, true],
  ['a stop without a reason', { stoppedReason: undefined }, true],
  ['a stop with neither', { stopCode: undefined, stoppedReason: undefined }, true],
  ['the words of a scale-in under another code', { stopCode: 'TaskFailedToStart' }, true],
  ['a person who stops a task', { stopCode: 'UserInitiated', stoppedReason: 'Scaling activity' }, true],
  [
    'a scale-in in which a container ran out of memory',
    { containers: [{ name: 'app', exitCode: 137, reason: 'OutOfMemoryError: killed' }] },
    true,
  ],
  ['a scale-in whose container had to be killed', { containers: [{ name: 'app', exitCode: 137 }] }, false],
  ['a scale-in that has not finished', { lastStatus: 'DEPROVISIONING' }, false],
];

describe('the rule for task stops', () => {
  test.each(STOPS)('%s', (_, detail, passes) => {
    expect(rulesFor(eventWith(SCALED_IN, detail))).toEqual(passes ? ['TaskStops'] : []);
  });
});

describe('the rule for Health notices', () => {
  test.each([
    ['says that it is not a copy', 'false', true],
    ['says that it is a copy', 'true', false],
    ['does not say, as old ones do', undefined, true],
  ] as const)('a notice that %s', (_, backupEvent, passes) => {
    const event = eventWith('health/retirement-services.json', { backupEvent });
    expect(rulesFor(event)).toEqual(passes ? ['HealthNotices'] : []);
  });
});

describe('the rule for service actions', () => {
  it('lets a type pass that does not exist yet', () => {
    expect(rulesFor(eventWith('ecs/service-steady-state.json', { eventType: 'CRITICAL' }))).toEqual(['ServiceActions']);
  });
});
