import { describe, expect, it } from 'vitest';
import { OUTPUTS } from '../../cli/doctor/stack.ts';
import { loadTemplate } from '../../sandbox/eventbridge/template.ts';
import { NOON } from '../functions/slack-endpoint/from-slack.ts';
import { anInstallation } from './an-installation.ts';
import { type Case, itFinds } from './doctor-findings.ts';
import { A_DOCUMENT } from './installation-state.ts';

const installation = anInstallation();

const FURTHER = 'arn:aws:sns:eu-west-1:111122223333:payments';

const rights = [{ may: ['approve'], who: ['U0ADA'] }];

const CASES: readonly Case[] = [
  ['rights of people', 'rights', (given) => (given.document = { ...A_DOCUMENT, chat: { rights } }), 'ok', '1 rule'],
  [
    'a stack of another name',
    'stack',
    (given) => (given.refusals = { 'cloudformation:DescribeStacks': 'ValidationError' }),
    'fail',
    'there is no stack tides',
  ],
  [
    'a stack that may not be read',
    'stack',
    (given) => (given.refusals = { 'cloudformation:DescribeStacks': 'AccessDenied' }),
    'not-checked',
    'cloudformation:DescribeStacks is not allowed for these credentials',
  ],
  [
    'a stack that is deployed just now',
    'stack',
    (given) => (given.stackStatus = 'UPDATE_IN_PROGRESS'),
    'warn',
    'tides is UPDATE_IN_PROGRESS',
  ],
  [
    'a stack whose last update failed',
    'stack',
    (given) => (given.stackStatus = 'UPDATE_ROLLBACK_COMPLETE'),
    'warn',
    'the last update failed',
  ],
  [
    'a stack that was never made',
    'stack',
    (given) => (given.stackStatus = 'ROLLBACK_COMPLETE'),
    'fail',
    'tides is ROLLBACK_COMPLETE',
  ],
  [
    'an older template',
    'stack',
    (given) => delete given.outputs['RedeployFunction'],
    'fail',
    'it has no output RedeployFunction',
  ],
  ['no document', 'configuration', (given) => (given.document = undefined), 'ok', 'no document was pushed'],
  [
    'a document that cannot be used',
    'configuration',
    (given) => (given.document = { version: 1, routs: [] }),
    'fail',
    'version 3 of 2026-11-23 12:00 UTC has 1 problem, and an earlier one holds: routs',
  ],
  [
    'a table that may not be read',
    'configuration',
    (given) => (given.refusals = { 'dynamodb:BatchGetItem': 'AccessDeniedException' }),
    'not-checked',
    'table records: dynamodb:BatchGetItem failed',
  ],
  [
    'a topic that was forgotten',
    'topics',
    (given) => (given.document = { ...A_DOCUMENT, defaults: { to: [{ topic: FURTHER }] } }),
    'fail',
    `the document routes to ${FURTHER}`,
  ],
  [
    'a topic that was not',
    'topics',
    (given) => {
      given.document = { ...A_DOCUMENT, defaults: { to: [{ topic: FURTHER }] } };
      given.parameters['FurtherTopicArns'] = `arn:x, ${FURTHER}`;
    },
    'ok',
    '1 topic, all of them allowed',
  ],
  [
    'no endpoint to decide by',
    'rights',
    (given) => delete given.outputs['SlackEndpointUrl'],
    'not-checked',
    'without an endpoint',
  ],
  [
    'events that were not told',
    'queues',
    (given) => (given.waiting = { Undelivered: 3 }),
    'fail',
    'Undelivered holds 3 messages',
  ],
  [
    'events that wait',
    'queues',
    (given) => {
      given.waiting = { EcsEvents: 70 };
      given.metrics['eventsAge'] = [600, 1];
    },
    'fail',
    '70 events on the way in EcsEvents, the oldest for 10 minutes',
  ],
  [
    'events that are taken in time',
    'queues',
    (given) => (given.metrics['eventsAge'] = [2, 600]),
    'ok',
    'the oldest for 2 s',
  ],
  [
    'a queue that may not be read',
    'queues',
    (given) => (given.refusals = { 'sqs:GetQueueAttributes': 'AccessDenied' }),
    'not-checked',
    'sqs:GetQueueAttributes is not allowed',
  ],
  [
    'a schedule that does not run',
    'schedules',
    (given) => (given.metrics['reconcile'] = []),
    'fail',
    'reconcile has not run for 15 minutes',
  ],
  [
    'a schedule that is new',
    'schedules',
    (given) => {
      given.metrics['redeploy'] = [];
      given.createdAt = new Date(NOON - 60_000);
    },
    'warn',
    'the stack is new',
  ],
  ['a schedule that runs', 'schedules', () => undefined, 'ok', 'redeploy last ran at 2026-11-23 11:58 UTC'],
  [
    'an alarm',
    'alarms',
    (given) => (given.alarms['tides-UndeliveredAlarm-1A2B'] = 'ALARM'),
    'fail',
    'UndeliveredAlarm is in alarm',
  ],
  [
    'an alarm that sees nothing',
    'alarms',
    (given) => (given.alarms['tides-UndeliveredAlarm-1A2B'] = 'INSUFFICIENT_DATA'),
    'warn',
    'UndeliveredAlarm has no data',
  ],
  ['alarms that are gone', 'alarms', (given) => (given.alarms = {}), 'fail', 'the stack has no alarms'],
  ['the alarm of another stack', 'alarms', () => undefined, 'ok', '1 alarm, all of them OK'],
];

describe('what slackwater doctor finds about what is deployed', () => {
  itFinds(CASES, installation);

  it('knows outputs that template.yaml has', () => {
    const { Outputs } = loadTemplate('template.yaml');
    expect(OUTPUTS.filter((name) => !Object.hasOwn(Outputs ?? {}, name))).toEqual([]);
  });

  it('holds the last good document where the last one cannot be used', async () => {
    installation.state().document = { version: 1, routs: [] };
    installation.state().lastGood = A_DOCUMENT;
    const { findings } = await installation.doctor();
    expect(findings).toContainEqual(expect.objectContaining({ check: 'windows', status: 'ok' }));
  });
});
