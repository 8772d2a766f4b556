import { describe } from 'vitest';
import { anInstallation } from './an-installation.ts';
import { type Case, itFinds } from './doctor-findings.ts';
import { A_DOCUMENT, aService } from './installation-state.ts';

const installation = anInstallation();

const tagged = (key: string, value: string) => aService('checkout', { tags: [{ key, value }] });
const [nights] = A_DOCUMENT.windows;
const seldom = { version: 1, windows: [{ ...nights, opens: { cron: { expression: '0 1 1 * *' } } }] };

const CASES: readonly Case[] = [
  [
    'no table that nobody can read',
    'windows',
    (given) => (given.refusals = { 'dynamodb:BatchGetItem': 'AccessDeniedException' }),
    'not-checked',
    'table records',
  ],
  [
    'an ECS that may not be read',
    'ecs-reads',
    (given) => (given.refusals = { 'ecs:DescribeServices': 'AccessDeniedException' }),
    'not-checked',
    'ecs:DescribeServices (AccessDeniedException)',
  ],
  [
    'an ECS that never answers',
    'ecs-reads',
    (given) => (given.refusals = { 'ecs:ListClusters': 'ThrottlingException' }),
    'not-checked',
    'ecs:ListClusters (ThrottlingException)',
  ],
  [
    'a tag that was mistyped',
    'service-tags',
    (given) => (given.services = [tagged('slackwater:chanel', 'C0OPS')]),
    'warn',
    'there is no tag slackwater:chanel for services (did you mean "slackwater:channel"?): harbor-prod/checkout',
  ],
  [
    'a channel by its name',
    'service-tags',
    (given) => (given.services = [tagged('slackwater:channel', '#ops')]),
    'warn',
    'slackwater:channel "#ops" is not the id of a channel',
  ],
  [
    'a mode that there is not',
    'service-tags',
    (given) => (given.services = [tagged('slackwater:mode', 'aprove')]),
    'warn',
    'is none of off, notify, approve, veto, auto, and so counts as approve (did you mean "approve"?)',
  ],
  [
    'a window that there is not',
    'service-tags',
    (given) => (given.services = [tagged('slackwater:window', 'night')]),
    'warn',
    'names no window, so that nothing is replaced (did you mean "nights"?)',
  ],
  [
    'tags that are understood',
    'service-tags',
    (given) =>
      (given.services = [
        tagged('slackwater:window', 'nights'),
        tagged('slackwater:alerts', 'OFF'),
        tagged('team', 'x'),
      ]),
    'ok',
    '2 tags',
  ],
  [
    'a service without a circuit breaker',
    'failing-deployments',
    (given) => given.services.push(aService('mailer', { deploymentConfiguration: {} })),
    'warn',
    '1 of 3 services have neither',
  ],
  [
    'one whose deployments CodeDeploy makes',
    'failing-deployments',
    (given) => given.services.push(aService('mailer', { deployments: [], deploymentConfiguration: {} })),
    'ok',
    'every service',
  ],
  [
    'an AWS that does not wait',
    'retirement-settings',
    (given) => (given.settings['fargateTaskRetirementWaitPeriod'] = '0'),
    'warn',
    'AWS retires tasks as soon as',
  ],
  [
    'an AWS that waits for its own windows',
    'retirement-settings',
    (given) => (given.settings = { fargateTaskRetirementWaitPeriod: '0', fargateEventWindows: 'enabled' }),
    'ok',
    'fargateEventWindows is enabled',
  ],
  [
    'settings that may not be read',
    'retirement-settings',
    (given) => (given.refusals = { 'ecs:ListAccountSettings': 'AccessDeniedException' }),
    'not-checked',
    'ecs:ListAccountSettings is not allowed for these credentials',
  ],
  ['no window', 'windows', (given) => (given.document = { version: 1 }), 'warn', 'there is no maintenance window'],
  ['a window that comes too seldom', 'windows', (given) => (given.document = seldom), 'warn', 'no opening from'],
  [
    'a service that no window selects',
    'windows',
    (given) => given.services.push(aService('mailer', { tags: [{ key: 'slackwater:window', value: 'none' }] })),
    'warn',
    '1 of 3 services have no window, so AWS retires their tasks when it likes: harbor-prod/mailer',
  ],
  [
    'no window at all for an account that does not wait',
    'windows',
    (given) => (given.settings['fargateTaskRetirementWaitPeriod'] = '0'),
    'warn',
    'AWS waits for no day',
  ],
];

describe('what slackwater doctor finds about the services of ECS', () => {
  itFinds(CASES, installation);
});
