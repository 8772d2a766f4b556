import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../sandbox/eventbridge/json.ts';
import { checkArns, checkNames, checkQueueUrls } from '../../scripts/name-checks.ts';
import { checkActions, checkWildcards } from '../../scripts/policy-checks.ts';
import {
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
  Logs: { Type: 'AWS::Logs::LogGroup' },
};

const RULE = 'AWS::Events::Rule';
const QUEUE_ARN = { 'Fn::GetAtt': ['Queue', 'Arn'] };
const mapping = (window: number): JsonObject => ({
  EventSourceArn: QUEUE_ARN,
  FunctionName: { Ref: 'Worker' },
  MaximumBatchingWindowInSeconds: window,
});

const policy = (statement: JsonObject): JsonObject => ({
  PolicyDocument: {
    Statement: [{ Sid: 'Records', Effect: 'Allow', Action: 'sns:Publish', Resource: QUEUE_ARN, ...statement }],
  },
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
  [
    'a bus without a role',
    checkTargets,
    RULE,
    {
      EventPattern: {},
      Targets: [{ Id: 'x', Arn: 'arn:aws:events:x:y:event-bus/b', DeadLetterConfig: { Arn: QUEUE_ARN } }],
    },
    /x is a bus and has no role/,
  ],
  [
    'a resource of a statement by its name',
    checkArns,
    'AWS::IAM::ManagedPolicy',
    policy({ Resource: { Ref: 'Worker' } }),
    /Statement\[0\]\.Resource: "Worker" is not an ARN/,
  ],
  [
    'a log group by its ARN',
    checkNames,
    'AWS::Lambda::Function',
    { LoggingConfig: { LogGroup: { 'Fn::GetAtt': ['Logs', 'Arn'] } } },
    /LogGroup: "arn:.*" is not a name/,
  ],
  [
    'an alarm on a queue by its URL',
    checkNames,
    'AWS::CloudWatch::Alarm',
    { Dimensions: [{ Name: 'QueueName', Value: { Ref: 'Queue' } }] },
    /Dimensions\[0\]\.Value: "https:.*" is not a name/,
  ],
  [
    "a queue's policy by its ARN",
    checkQueueUrls,
    'AWS::SQS::QueuePolicy',
    { Queues: [QUEUE_ARN] },
    /Queues\[0\]: "arn:.*" is not the URL of a queue/,
  ],
  ...[
    'ecs:DescribeServicez',
    'ecs:describeServices',
    'ecs:*',
    'ecs:Describe*',
    'ecs',
    'nothing:PutEvents',
    'lambda:Invoke',
  ].map(
    (action) =>
      [
        `the action ${action}`,
        checkActions,
        'AWS::IAM::ManagedPolicy',
        policy({ Action: [action] }),
        /there is no action/,
      ] as const,
  ),
  [
    'a wildcard without a reason',
    checkWildcards,
    'AWS::IAM::ManagedPolicy',
    policy({ Resource: 'arn:aws:sns:*:111122223333:topic' }),
    /Records: has a wildcard and no sentence/,
  ],
  [
    'a reason without a wildcard',
    checkWildcards,
    'AWS::IAM::ManagedPolicy',
    policy({ Sid: 'OwnLogs' }),
    /OwnLogs: explains a wildcard that it does not have/,
  ],
  [
    'a time zone that there is not',
    checkSchedules,
    'AWS::Scheduler::Schedule',
    { ScheduleExpression: 'rate(1 minute)', ScheduleExpressionTimezone: 'Europe/Berlim' },
    /there is no time zone Europe\/Berlim/,
  ],
  ['a schedule of a rule', checkSchedules, RULE, { ScheduleExpression: 'rate(2 minute)' }, /is not a schedule/],
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

  test.each([
    ['an action by the name of its operation', { Action: 'ecs:DescribeServices' }],
    ['an action that IAM calls otherwise', { Action: 'lambda:InvokeFunction' }],
    ['an action without an operation', { Action: ['iam:PassRole', 'kms:Decrypt'] }],
    ['a wide denial', { Effect: 'Deny', Action: 'sqs:*' }],
  ])('%s', (_, statement) => {
    expect(run(checkActions, 'AWS::IAM::ManagedPolicy', policy(statement))).toEqual([]);
  });

  test('time zones of AWS', () => {
    for (const zone of ['UTC', 'Europe/Berlin', 'America/Argentina/Buenos_Aires']) {
      const schedule = { ScheduleExpression: 'rate(1 minute)', ScheduleExpressionTimezone: zone };
      expect(run(checkSchedules, 'AWS::Scheduler::Schedule', schedule)).toEqual([]);
    }
  });
});
