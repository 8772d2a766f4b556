import { createHmac } from 'node:crypto';
import type { Random } from '../../sandbox/random.ts';
import { SIGNING_SECRET } from './stub-answers.ts';

/** A click on a button, signed now, as a function URL hands it over. */
export function aClick(): object {
  const payload = {
    type: 'block_actions',
    user: { id: 'U0ADA', team_id: 'T0HARBOR' },
    team: { id: 'T0HARBOR' },
    actions: [{ action_id: 'acknowledge', type: 'button', value: 'nonce' }],
  };
  const body = String(new URLSearchParams({ payload: JSON.stringify(payload) }));
  const timestamp = String(Math.floor(Date.now() / 1_000));
  const signature = createHmac('sha256', SIGNING_SECRET).update(`v0:${timestamp}:${body}`).digest('hex');
  return {
    version: '2.0',
    rawQueryString: '',
    headers: { 'x-slack-request-timestamp': timestamp, 'x-slack-signature': `v0=${signature}` },
    requestContext: { http: { method: 'POST' } },
    body: Buffer.from(body).toString('base64'),
    isBase64Encoded: true,
  };
}

/** `/slackwater status`, as the endpoint hands it over. */
export const aCommand = (random: Random, url: string): object => ({
  id: random.hex(64),
  at: Date.now(),
  team: 'T0HARBOR',
  user: { id: 'U0ADA', team: 'T0HARBOR' },
  channel: 'C0HARBOR',
  responseUrl: `${url}/slack/response`,
  kind: 'command',
  command: '/slackwater',
  text: 'status',
});

const DAY = 86_400_000;

/** Of three services, a week ahead; one that nobody has heard of. */
export function aRetirement(random: Random): object {
  const now = Date.now();
  const arn = `arn:aws:health:eu-west-1::event/ECS/AWS_ECS_TASK_PATCHING_RETIREMENT/AWS_ECS_TASK_PATCHING_RETIREMENT_${random.hex(16)}`;
  const services = ['harbor-prod|checkout', 'harbor-prod|ledger', 'harbor-prod|report-worker'];
  return {
    version: '0',
    id: random.uuid(),
    'detail-type': 'AWS Health Event',
    source: 'aws.health',
    account: '111122223333',
    time: new Date(now).toISOString(),
    region: 'eu-west-1',
    resources: services,
    detail: {
      eventArn: arn,
      service: 'ECS',
      eventTypeCode: 'AWS_ECS_TASK_PATCHING_RETIREMENT',
      eventTypeCategory: 'scheduledChange',
      eventScopeCode: 'ACCOUNT_SPECIFIC',
      communicationId: `${random.hex(40)}-1`,
      startTime: new Date(now + 7 * DAY).toUTCString(),
      lastUpdatedTime: new Date(now).toUTCString(),
      statusCode: 'upcoming',
      eventRegion: 'eu-west-1',
      eventDescription: [
        { language: 'en_US', latestDescription: 'A newer revision of the AWS Fargate platform is available.' },
      ],
      affectedEntities: services.map((entityValue) => ({
        entityValue,
        lastUpdatedTime: new Date(now).toUTCString(),
        status: 'IMPAIRED',
      })),
      page: '1',
      totalPages: '1',
      backupEvent: 'false',
      affectedAccount: '111122223333',
    },
  };
}
