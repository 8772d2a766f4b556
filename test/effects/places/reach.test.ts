import { ListClustersCommand } from '@aws-sdk/client-ecs';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { found } from '../../../shared/domain/facts.ts';
import { hours } from '../../../shared/domain/instant.ts';
import type { Home, Place } from '../../../shared/domain/place.ts';
import { clientSettings } from '../../../shared/effects/clients.ts';
import { gathered } from '../../../shared/effects/gathered.ts';
import { reachPlaces } from '../../../shared/effects/places/reach.ts';
import { createReadClients } from '../../../shared/effects/read-clients.ts';
import { awsError } from '../failing.ts';

const sts = mockClient(STSClient);
beforeEach(() => sts.reset());

const KEYS = { AWS_ACCESS_KEY_ID: 'AKIAHOME', AWS_SECRET_ACCESS_KEY: 'example' };
const HOME: Place = { partition: 'aws', account: '111122223333', region: 'eu-west-1' };
const PAYMENTS: Place = { ...HOME, account: '222233334444' };

function reach(role?: string, home: Home = HOME) {
  const own = createReadClients(clientSettings(HOME.region, KEYS));
  const way = { home, role, own, make: createReadClients, environment: KEYS, clock: Date.now };
  return { own, clientsAt: reachPlaces(way) };
}

const letsIn = () =>
  sts.on(AssumeRoleCommand).resolves({
    Credentials: {
      AccessKeyId: 'ASIAPAYMENTS',
      SecretAccessKey: 'example',
      SessionToken: 'token',
      Expiration: new Date(Date.now() + hours(1)),
    },
  });

describe('a place', () => {
  it('is asked with the own clients where it is home', async () => {
    const { own, clientsAt } = reach('slackwater-member');
    expect(clientsAt(HOME)).toBe(own);
    expect(sts.calls()).toHaveLength(0);
  });

  it('is home in the own Region where nobody has told the own account', async () => {
    const { own, clientsAt } = reach(undefined, { region: HOME.region });
    expect(clientsAt(PAYMENTS)).toBe(own);
  });

  it.each([
    ['another account', PAYMENTS],
    ['another Region of the own account', { ...HOME, region: 'us-east-1' }],
  ])('that is %s is asked there, with keys of its role for an hour', async (_what, place) => {
    letsIn();
    const { clientsAt } = reach('slackwater-member');
    const { ecs } = clientsAt(place);
    expect(await ecs.config.region()).toBe(place.region);
    expect(await ecs.config.credentials()).toMatchObject({ accessKeyId: 'ASIAPAYMENTS', sessionToken: 'token' });
    expect(sts.commandCalls(AssumeRoleCommand).map(({ args }) => args[0].input)).toEqual([
      {
        RoleArn: `arn:aws:iam::${place.account}:role/slackwater-member`,
        RoleSessionName: 'slackwater',
        DurationSeconds: 3600,
      },
    ]);
  });

  it('keeps its clients, and gives them up when many others were asked since', () => {
    const { clientsAt } = reach('slackwater-member');
    const first = clientsAt(PAYMENTS);
    for (let index = 0; index < 63; index++) clientsAt({ ...PAYMENTS, region: `region-${index}` });
    expect(clientsAt(PAYMENTS)).toBe(first);
    for (let index = 0; index < 64; index++) clientsAt({ ...PAYMENTS, region: `other-${index}` });
    expect(clientsAt(PAYMENTS)).not.toBe(first);
  });

  it('that lets nobody in fails each read with what to deploy, and is asked for nothing', async () => {
    sts.on(AssumeRoleCommand).rejects(awsError('AccessDenied'));
    const { clientsAt } = reach('slackwater-member');
    const { ecs } = clientsAt(PAYMENTS);
    const question = { action: 'ecs:ListClusters', notFound: 'there are no clusters' };
    const answer = await gathered(question, new AbortController().signal, async (abortSignal) =>
      found(await ecs.send(new ListClustersCommand({}), { abortSignal })),
    );
    expect(answer).toMatchObject({
      status: 'missing',
      reason: 'denied',
      because: expect.stringContaining('deploy infra/member.yaml there'),
    });
  });
});
