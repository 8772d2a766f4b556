import { DescribeServicesCommand, ECSClient, ListClustersCommand, ListServicesCommand } from '@aws-sdk/client-ecs';
import { mockClient } from 'aws-sdk-client-mock';
import { describe, expect, it } from 'vitest';
import { type Place, placeKey } from '../../../shared/domain/place.ts';
import { createPlacesSweep, type PlacesCursor } from '../../../shared/effects/sweep/places-sweep.ts';
import { NOON } from '../../support/observations.ts';
import { aBudget, awsError } from '../failing.ts';

const place = (account: string, region = 'eu-west-1'): Place => ({ partition: 'aws', account, region });
const [HOME, PAYMENTS, LAB] = [place('111122223333'), place('222233334444', 'us-east-1'), place('333344445555')];
const PLACES = [HOME, PAYMENTS, LAB];

/** An ECS in each place: clusters with one service each, or the error that it answers every call with. */
function ecsIn(worlds: Readonly<Record<string, number | Error>>) {
  const asked: string[] = [];
  const clientsAt = (at: Place) => {
    asked.push(placeKey(at));
    const { account, region } = at;
    const world = worlds[account] ?? 1;
    const client = new ECSClient({ region });
    const ecs = mockClient(client);
    if (world instanceof Error) ecs.rejects(world);
    else {
      const names = Array.from({ length: world }, (_, index) => `c${index}`);
      const clusterArn = (name: string) => `arn:aws:ecs:${region}:${account}:cluster/${name}`;
      ecs.on(ListClustersCommand).resolves({ clusterArns: names.map(clusterArn) });
      ecs.on(ListServicesCommand).resolves({ serviceArns: [`arn:aws:ecs:${region}:${account}:service/c/web`] });
      ecs.on(DescribeServicesCommand).callsFake(() => ({ services: [{ serviceName: 'web', status: 'ACTIVE' }] }));
    }
    return { ecs: client };
  };
  return { asked, sweep: createPlacesSweep({ clientsAt, budget: aBudget().budget }) };
}

const DENIED = awsError('AccessDeniedException');

describe('a sweep of several places', () => {
  it('finds the services of each in one run where they are few', async () => {
    const { services, cursor, failures } = await ecsIn({}).sweep.next(undefined, PLACES, NOON);
    expect(services.map(({ at }) => [at.account, at.region])).toEqual(PLACES.map((at) => [at.account, at.region]));
    expect([cursor, failures]).toEqual([undefined, []]);
  });

  it('goes on where it was, at a place that has more than one run gets to', async () => {
    const { asked, sweep } = ecsIn({ [PAYMENTS.account]: 15 });
    const first = await sweep.next(undefined, PLACES, NOON);
    expect(first.cursor?.place).toBe(placeKey(PAYMENTS));
    // As it is stored between two runs.
    const kept = JSON.parse(JSON.stringify(first.cursor)) as PlacesCursor;
    const second = await sweep.next(kept, PLACES, NOON);
    expect(second.cursor).toBeUndefined();
    expect([...first.services, ...second.services]).toHaveLength(17);
    expect(asked).toEqual([HOME, PAYMENTS, PAYMENTS, LAB].map(placeKey));
  });

  it.each(['AccessDeniedException', 'ThrottlingException', 'ServerException'])(
    'leaves a place that answers nothing but %s to the next one, and tells of it',
    async (name) => {
      const { sweep } = ecsIn({ [PAYMENTS.account]: awsError(name) });
      const { services, cursor, failures, visits } = await sweep.next(undefined, PLACES, NOON);
      expect(services.map(({ at }) => at.account)).toEqual([HOME.account, LAB.account]);
      expect(cursor).toBeUndefined();
      expect(failures).toMatchObject([{ place: PAYMENTS, action: 'ecs:ListClusters', name }]);
      expect(visits.map(({ isShut }) => isShut)).toEqual([false, true, false]);
    },
  );

  it('asks the only place again in the next run', async () => {
    const { cursor } = await ecsIn({ [HOME.account]: DENIED }).sweep.next(undefined, [HOME], NOON);
    expect(cursor?.place).toBe(placeKey(HOME));
  });

  it('ends where its place was taken out of the configuration', async () => {
    const { asked, sweep } = ecsIn({});
    const answer = await sweep.next({ place: placeKey(PAYMENTS) }, [HOME, LAB], NOON);
    expect(answer).toEqual({ services: [], failures: [], visits: [], cursor: undefined });
    expect(asked).toEqual([]);
  });

  it('leaves places for the next run when there are many', async () => {
    const many = Array.from({ length: 45 }, (_, index) => place(String(100_000_000_000 + index)));
    const { sweep } = ecsIn({});
    const first = await sweep.next(undefined, many, NOON);
    expect(first.services).toHaveLength(40);
    expect((await sweep.next(first.cursor, many, NOON)).services).toHaveLength(5);
  });
});
