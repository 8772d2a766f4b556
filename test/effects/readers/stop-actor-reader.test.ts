import { CloudTrailClient, type Event, LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, expect, it } from 'vitest';
import { found, missing } from '../../../shared/domain/facts.ts';
import { minutes } from '../../../shared/domain/instant.ts';
import { createStopActorReader } from '../../../shared/effects/readers/stop-actor-reader.ts';
import { parseTaskArn } from '../../../shared/parse/arn.ts';
import { awsError } from '../failing.ts';

const client = new CloudTrailClient({ region: 'eu-west-1' });
const trail = mockClient(client);
beforeEach(() => trail.reset());

const NOON = Date.UTC(2026, 10, 20, 12);
const TASK_ID = '7f63ed1f6d6dd91cc9d370bd8b1140a3';
const ARN = `arn:aws:ecs:eu-west-1:111122223333:task/harbor-prod/${TASK_ID}`;

const stop = (task: string, changes: object = {}): Event => ({
  EventTime: new Date(NOON - minutes(1)),
  CloudTrailEvent: JSON.stringify({
    eventName: 'StopTask',
    sourceIPAddress: '203.0.113.12',
    userIdentity: { type: 'IAMUser', userName: 'ada', arn: 'arn:aws:iam::111122223333:user/ada' },
    requestParameters: { cluster: 'harbor-prod', task, reason: 'drill' },
    ...changes,
  }),
});

const read = () => {
  const task = parseTaskArn(ARN);
  if (task === undefined) throw new Error('the ARN is that of a task');
  return createStopActorReader({ clientsAt: () => ({ cloudTrail: async () => client }) })(task, NOON);
};

it.each([
  ['its ARN', ARN],
  ['its id', TASK_ID],
])('finds who stopped the task, named by %s, among the stops of others', async (_, name) => {
  trail.on(LookupEventsCommand).resolves({ Events: [stop('another-task'), stop(name)] });
  expect(await read()).toEqual(found({ who: 'ada', did: 'StopTask', at: NOON - minutes(1) }));
});

it('asks once, for the quarter of an hour before the stop', async () => {
  trail.on(LookupEventsCommand).resolves({ Events: [] });
  await read();
  expect(trail.commandCalls(LookupEventsCommand).map(({ args }) => args[0].input)).toEqual([
    {
      LookupAttributes: [{ AttributeKey: 'EventName', AttributeValue: 'StopTask' }],
      StartTime: new Date(NOON - minutes(15)),
      EndTime: new Date(NOON),
      MaxResults: 50,
    },
  ]);
});

it.each([
  ['a call that AWS refused', [stop(ARN, { errorCode: 'AccessDenied' })]],
  ['a record that is not JSON', [{ CloudTrailEvent: '{' }]],
  ['no record', []],
])('does not take %s for an answer', async (_, Events) => {
  trail.on(LookupEventsCommand).resolves({ Events });
  expect(await read()).toEqual(
    missing('not-found', 'CloudTrail knows no StopTask of the task yet; its events come some minutes late'),
  );
});

it('says so when it is not allowed', async () => {
  trail.on(LookupEventsCommand).rejects(awsError('AccessDeniedException'));
  expect(await read()).toMatchObject({ status: 'missing', reason: 'denied' });
});
