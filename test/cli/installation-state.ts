import type { ServerResponse } from 'node:http';
import type { Service } from '@aws-sdk/client-ecs';
import { SECRET } from '../functions/slack-endpoint/from-slack.ts';

export const TOKEN = 'xoxb-111-222-harbor';
const QUEUES = 'https://sqs.eu-west-1.amazonaws.com/111122223333';
const TOPIC = 'arn:aws:sns:eu-west-1:111122223333:slackwater-Topic';

/** What the tests of one file change before they look. Everything is well in a new one. */
export type State = ReturnType<typeof aHealthyState>;

/** A service of harbor-prod as DescribeServices tells it. */
export const aService = (name: string, changes: Partial<Service> = {}): Service => ({
  serviceName: name,
  serviceArn: `arn:aws:ecs:eu-west-1:111122223333:service/harbor-prod/${name}`,
  status: 'ACTIVE',
  deployments: [{ id: 'ecs-svc/1', status: 'PRIMARY', rolloutState: 'COMPLETED' }],
  deploymentConfiguration: { deploymentCircuitBreaker: { enable: true, rollback: true } },
  ...changes,
});

const everyNight = {
  name: 'nights',
  zone: 'UTC',
  opens: { weekly: { days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], start: '22:00' } },
  duration: 'PT5H',
};

export const A_DOCUMENT = { version: 1, windows: [everyNight] };

/** `endpointUrl` is where the stack listens to Slack. */
export const aHealthyState = (endpointUrl: string) => ({
  stackStatus: 'UPDATE_COMPLETE',
  createdAt: new Date(0),
  parameters: {
    SlackChannel: 'C0OPS',
    SlackCredentialParameter: '/slackwater/slack',
    SlackCredentialSecretArn: '',
    SlackSigningSecretParameter: '/slackwater/signing',
    FurtherTopicArns: '',
  } as Record<string, string>,
  outputs: {
    TopicArn: TOPIC,
    TableName: 'records',
    EcsEventsQueueUrl: `${QUEUES}/EcsEvents`,
    EcsEventsDeadLettersUrl: `${QUEUES}/DeadLetters`,
    UndeliveredUrl: `${QUEUES}/Undelivered`,
    EcsEventsFunction: 'ecs-events',
    RetirementNoticeFunction: 'retirement-notice',
    ReconcileFunction: 'reconcile',
    RedeployFunction: 'redeploy',
    SlackEndpointUrl: endpointUrl,
  } as Record<string, string>,
  /** By name. */
  secrets: { '/slackwater/slack': TOKEN, '/slackwater/signing': SECRET } as Record<string, string>,
  document: A_DOCUMENT as object | undefined,
  lastGood: undefined as object | undefined,
  /** How far the watchdogs have come. */
  sweep: { startedAt: 0, services: 2, memory: {} } as object | undefined,
  services: [aService('checkout'), aService('ledger')],
  settings: { fargateTaskRetirementWaitPeriod: '7', fargateEventWindows: 'disabled' } as Record<string, string>,
  /** By the name of the queue. */
  waiting: {} as Record<string, number>,
  /** Values of the last minutes, newest first, by the name of the reading. */
  metrics: { eventsAge: [1], reconcile: [1, 1], redeploy: [0, 1] } as Record<string, readonly number[]>,
  /** States by the name of the alarm. */
  alarms: { 'tides-ReconcilerSilentAlarm-1A2B': 'OK', 'tides-test-DeliveryDelayAlarm-1A2B': 'ALARM' } as Record<
    string,
    string
  >,
  slack: {
    scopes: 'chat:write,commands,users:read,channels:read' as string | undefined,
    answers: {
      'auth.test': { ok: true, user: 'slackwater', team: 'Harbor', team_id: 'T0HARBOR', bot_id: 'B0TIDES' },
      'conversations.info': { ok: true, channel: { id: 'C0OPS', is_member: true, is_archived: false } },
    } as Record<string, object>,
  },
  /** Takes the endpoint's place. */
  endpoint: undefined as ((response: ServerResponse) => void) | undefined,
  /** What AWS says instead of an answer, by action. */
  refusals: {} as Record<string, string>,
});
