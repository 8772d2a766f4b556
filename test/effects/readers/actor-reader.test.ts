import { CloudTrailClient, type Event, LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { found, known, missing } from '../../../shared/domain/facts.ts';
import type { FailedDeployment } from '../../../shared/domain/failed-deployment.ts';
import { minutes, seconds } from '../../../shared/domain/instant.ts';
import { createActorReader } from '../../../shared/effects/readers/actor-reader.ts';
import { aDeployment } from '../../support/revisions.ts';
import { aBudget, awsError, never } from '../failing.ts';

const client = new CloudTrailClient({ region: 'eu-west-1' });
const trail = mockClient(client);
beforeEach(() => trail.reset());

const NOON = Date.UTC(2026, 10, 20, 12);
const CREATED = NOON - minutes(20);
const WANTED: FailedDeployment = {
  service: {
    partition: 'aws',
    region: 'eu-west-1',
    account: '111122223333',
    cluster: 'harbor-prod',
    service: 'checkout',
  },
  at: NOON,
  failed: aDeployment({ id: 'ecs-svc/58', createdAt: CREATED }),
  serving: aDeployment(),
};
const { failed: _failed, serving: _serving, ...FORGOTTEN } = WANTED;

const ROLE = {
  type: 'AssumedRole',
  arn: 'arn:aws:sts::111122223333:assumed-role/deploy-bot/ci-4711',
  accessKeyId: 'ASIAEXAMPLEEXAMPLE00',
  sessionContext: { sessionIssuer: { type: 'Role', userName: 'deploy-bot' } },
};
const person = (userName: string) => ({ type: 'IAMUser', userName, arn: `arn:aws:iam::111122223333:user/${userName}` });

const call = (changes: Readonly<Record<string, unknown>> = {}, at = CREATED): Event => ({
  EventTime: new Date(at),
  CloudTrailEvent: JSON.stringify({
    eventName: 'UpdateService',
    sourceIPAddress: '203.0.113.7',
    userIdentity: ROLE,
    requestParameters: { cluster: 'harbor-prod', service: 'checkout', taskDefinition: 'checkout:58' },
    ...changes,
  }),
});
const parameters = (requestParameters: object) => ({ requestParameters });
const primary = (id: string) => ({
  responseElements: {
    service: {
      deployments: [
        { id: 'ecs-svc/1', status: 'ACTIVE' },
        { id, status: 'PRIMARY' },
      ],
    },
  },
});

const read = (wanted = WANTED, budget = aBudget().budget) =>
  createActorReader({ clientsAt: () => ({ cloudTrail: async () => client }), budget })(wanted);
const trailHas = (...Events: Event[]) => trail.on(LookupEventsCommand).resolves({ Events });
const who = async (...events: Event[]): Promise<string | undefined> => {
  trailHas(...events);
  return known(await read())?.who;
};

describe('who started a deployment', () => {
  it('is told with the call and its time, and without keys or addresses', async () => {
    trailHas(call());
    const actor = await read();
    expect(actor).toEqual(found({ who: 'deploy-bot (session ci-4711)', did: 'UpdateService', at: CREATED }));
    expect(JSON.stringify(actor)).not.toMatch(/ASIA|203\.0/);
  });

  it.each([
    ['a user by name', person('mara'), 'mara'],
    ['the root user as such', { type: 'Root', arn: 'arn:aws:iam::111122223333:root' }, 'the root user'],
    [
      'an AWS service by its name',
      { type: 'AWSService', invokedBy: 'codepipeline.amazonaws.com' },
      'codepipeline.amazonaws.com',
    ],
    [
      'a role behind an AWS service with both',
      { ...ROLE, invokedBy: 'cloudformation.amazonaws.com' },
      'deploy-bot (session ci-4711) through cloudformation.amazonaws.com',
    ],
    ['a role without its issuer by the ARN', { type: 'AssumedRole', arn: ROLE.arn }, 'deploy-bot (session ci-4711)'],
    ['a kind nobody knows yet by the ARN', { type: 'New', arn: 'arn:aws:iam::111122223333:thing/robot' }, 'robot'],
  ])('names %s', async (_, userIdentity, expected) => {
    expect(await who(call({ userIdentity }))).toBe(expected);
  });

  it('asks once, for the name of the call around the creation of the deployment', async () => {
    trailHas(call());
    await read();
    const asked = trail.commandCalls(LookupEventsCommand).map(({ args }) => args[0].input);
    expect(asked).toEqual([
      {
        LookupAttributes: [{ AttributeKey: 'EventName', AttributeValue: 'UpdateService' }],
        StartTime: new Date(CREATED - minutes(1)),
        EndTime: new Date(CREATED + minutes(1)),
        MaxResults: 50,
      },
    ]);
  });

  it('asks who created a service whose only deployment failed', async () => {
    const { serving: _none, ...first } = WANTED;
    trailHas(
      call({
        eventName: 'CreateService',
        ...parameters({ cluster: 'harbor-prod', serviceName: 'checkout', taskDefinition: 'checkout:1' }),
      }),
    );
    expect(known(await read(first))).toMatchObject({ did: 'CreateService' });
  });
});

describe('the call is recognised', () => {
  const other = { userIdentity: person('other') };

  it.each<[string, Event, boolean]>([
    [
      'by ARNs as well as by names',
      call(
        parameters({
          cluster: 'arn:aws:ecs:eu-west-1:111122223333:cluster/harbor-prod',
          service: 'arn:aws:ecs:eu-west-1:111122223333:service/harbor-prod/checkout',
          forceNewDeployment: true,
        }),
      ),
      true,
    ],
    [
      'not for another service',
      call(parameters({ cluster: 'harbor-prod', service: 'web', taskDefinition: 'w:1' })),
      false,
    ],
    ['not for the default cluster', call(parameters({ service: 'checkout', taskDefinition: 'checkout:58' })), false],
    ['not when it failed', call({ errorCode: 'InvalidParameterException' }), false],
    [
      'not for another number of tasks alone',
      call(parameters({ cluster: 'harbor-prod', service: 'checkout', desiredCount: 9 })),
      false,
    ],
    ['by the deployment that it answered with', call(primary('ecs-svc/58')), true],
    ['not when it answered with another deployment', call(primary('ecs-svc/59')), false],
    ['not without a caller', call({ userIdentity: null }), false],
    ['not in text that is no JSON', { CloudTrailEvent: '{' }, false],
    ['not in a record of nothing', { CloudTrailEvent: 'null' }, false],
    ['not without a record', {}, false],
  ])('%s', async (_, event, isIt) => {
    expect(await who(event)).toBe(isIt ? 'deploy-bot (session ci-4711)' : undefined);
  });

  it('as the one nearest to the creation', async () => {
    const events = [
      call(other, CREATED + seconds(30)),
      call({}, CREATED + seconds(1)),
      call(other, CREATED - seconds(50)),
    ];
    expect(await who(...events)).toBe('deploy-bot (session ci-4711)');
  });

  it('as the last before the failure, when the creation is not known', async () => {
    trailHas(call(other, NOON - minutes(30)), call({}, NOON - minutes(5)));
    expect(known(await read(FORGOTTEN))?.at).toBe(NOON - minutes(5));
  });
});

describe('an actor who is not found', () => {
  const LATE = 'CloudTrail knows no UpdateService of checkout yet; its events come some minutes late';

  it('is missing, because events come late', async () => {
    trailHas();
    expect(await read()).toEqual(missing('not-found', LATE));
  });

  it.each([
    ['AccessDeniedException', 'denied', 'cloudtrail:LookupEvents is not allowed for this function'],
    ['ThrottlingException', 'throttled', 'AWS throttled cloudtrail:LookupEvents'],
  ] as const)('is missing after %s', async (name, reason, because) => {
    trail.on(LookupEventsCommand).rejects(awsError(name));
    expect(await read()).toEqual(missing(reason, because));
  });

  it('is missing when the time is used up', async () => {
    trail.on(LookupEventsCommand).callsFake(never);
    const { budget, spend } = aBudget();
    const asked = read(WANTED, budget);
    spend();
    expect(await asked).toMatchObject({ reason: 'timeout' });
  });
});
