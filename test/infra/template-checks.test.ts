import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../sandbox/eventbridge/json.ts';
import {
  checkArns,
  checkPatterns,
  checkSchedules,
  checkTargets,
  checkVisibility,
  type TemplateCheck,
} from '../../scripts/template-checks.ts';
import { deployed } from '../../scripts/template-variants.ts';

const run = (check: TemplateCheck, type: string, properties: JsonObject) =>
  check(deployed({ Resources: { Faulty: { Type: type, Properties: properties }, ...NEIGHBOURS } }));

const NEIGHBOURS = {
  Queue: { Type: 'AWS::SQS::Queue', Properties: { VisibilityTimeout: 180 } },
  Worker: { Type: 'AWS::Lambda::Function', Properties: { Timeout: 30 } },
  Role: { Type: 'AWS::IAM::Role' },
};

const RULE = 'AWS::Events::Rule';
const QUEUE_ARN = { 'Fn::GetAtt': ['Queue', 'Arn'] };
const mapping = (window: number): JsonObject => ({
  EventSourceArn: QUEUE_ARN,
  FunctionName: { Ref: 'Worker' },
  MaximumBatchingWindowInSeconds: window,
});

const FAULTS: readonly (readonly [
  sentence: string,
  check: TemplateCheck,
  type: string,
  properties: JsonObject,
  problem: RegExp,
])[] = [
  [
    'a pattern that EventBridge refuses',
    checkPatterns,
    RULE,
    { EventPattern: { source: 'aws.ecs' } },
    /source: expected a list/,
  ],
  [
    'a pattern that is too long',
    checkPatterns,
    RULE,
    { EventPattern: { source: ['x'.repeat(2048)] } },
    /2063 characters/,
  ],
  ['a rule without a target', checkTargets, RULE, { EventPattern: {} }, /has no target/],
  [
    'a target outside the template',
    checkTargets,
    RULE,
    { EventPattern: {}, Targets: [{ Id: 'x', Arn: 'arn:other', DeadLetterConfig: { Arn: QUEUE_ARN } }] },
    /x is not in the template/,
  ],
  [
    'a target without a dead-letter queue',
    checkTargets,
    RULE,
    { EventPattern: {}, Targets: [{ Id: 'x', Arn: QUEUE_ARN }] },
    /x has no dead-letter queue/,
  ],
  [
    'a queue that shows a message too early',
    checkVisibility,
    'AWS::Lambda::EventSourceMapping',
    mapping(1),
    /180 s, expected 181/,
  ],
  [
    'a role by its name',
    checkArns,
    'AWS::Scheduler::Schedule',
    { Target: { RoleArn: { Ref: 'Role' } } },
    /Target.RoleArn: "Role"/,
  ],
  [
    "a function's role by its name",
    checkArns,
    'AWS::Lambda::Function',
    { Role: { Ref: 'Role' } },
    /Faulty.Role: "Role"/,
  ],
  ['a queue by its URL', checkArns, RULE, { SourceArns: [QUEUE_ARN, { Ref: 'Queue' }] }, /SourceArns\[1\]/],
  ...[
    'rate(1 minutes)',
    'rate(0 minutes)',
    'cron(0 5 * * * *)',
    'cron(0 5 ? * ? *)',
    'cron(0 5 * * ?)',
    'at(tomorrow)',
    'hourly',
  ].map(
    (expression) =>
      [
        expression,
        checkSchedules,
        'AWS::Scheduler::Schedule',
        { ScheduleExpression: expression },
        /is not a schedule/,
      ] as const,
  ),
];

describe('the checks find', () => {
  test.each(FAULTS)('%s', (_, check, type, properties, problem) => {
    expect(run(check, type, properties)).toEqual([expect.stringMatching(problem)]);
  });
});

describe('the checks accept', () => {
  test.each([
    'rate(1 minute)',
    'rate(15 minutes)',
    'cron(0 5 ? * MON-FRI *)',
    'cron(0 5 1 * ? *)',
    'at(2030-01-01T00:00:00)',
  ])('%s', (expression) => {
    expect(run(checkSchedules, 'AWS::Scheduler::Schedule', { ScheduleExpression: expression })).toEqual([]);
  });

  test('a queue that waits long enough', () => {
    expect(run(checkVisibility, 'AWS::Lambda::EventSourceMapping', mapping(0))).toEqual([]);
  });
});
