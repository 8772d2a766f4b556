import {
  DescribeServicesCommand,
  ECSClient,
  ListClustersCommand,
  ListServiceDeploymentsCommand,
  ListServicesCommand,
  type Service,
} from '@aws-sdk/client-ecs';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { minutes } from '../../../shared/domain/instant.ts';
import type { SweptService } from '../../../shared/domain/watchdog-service.ts';
import { createServiceSweep, type SweepSlice } from '../../../shared/effects/sweep/service-sweep.ts';
import type { SweepCursor } from '../../../shared/effects/sweep/service-sweep-cursor.ts';
import { NOON } from '../../support/observations.ts';
import { aBudget, awsError, never } from '../failing.ts';

const client = new ECSClient({ region: 'cn-north-1' });
const ecs = mockClient(client);
/** Each is met once: by the call of this action with this token, or whose first service it is. */
let failures: { readonly action: string; readonly token?: string | undefined; readonly error: Error }[] = [];
beforeEach(() => {
  ecs.reset();
  failures = [];
});

function failOnce(action: string, token?: string): void {
  const at = failures.findIndex((failure) => failure.action === action && failure.token === token);
  const [failure] = at === -1 ? [] : failures.splice(at, 1);
  if (failure !== undefined) throw failure.error;
}

const HOME = 'arn:aws-cn:ecs:cn-north-1:111122223333';
const clusterArn = (name: string) => `${HOME}:cluster/${name}`;
const nameOf = (arn: string | undefined) => arn?.split('/').at(-1) ?? '';

const next = (cursor?: SweepCursor, budget = aBudget().budget): Promise<SweepSlice> =>
  createServiceSweep({ client, budget }).next(cursor, NOON);

/** Runs until the sweep is finished; throws when it never is. */
async function sweepAll(): Promise<readonly SweepSlice[]> {
  const slices = [await next()];
  for (let cursor = slices[0]?.cursor; cursor !== undefined; cursor = slices.at(-1)?.cursor) {
    if (slices.length > 200) throw new Error('the sweep does not end');
    // As it is stored between two runs.
    slices.push(await next(JSON.parse(JSON.stringify(cursor))));
  }
  return slices;
}

const namesIn = (slices: readonly { readonly services: readonly SweptService[] }[]) =>
  slices.flatMap(({ services }) => services.map(({ at }) => `${at.cluster}/${at.service}`));

const calls = () => ecs.calls().map(({ args: [{ constructor }] }) => constructor.name.replace('Command', ''));

/** An ECS with these services by cluster, so many clusters or services a page. Those that roll do so for 45 minutes. */
function ecsHas(
  clusters: Readonly<Record<string, readonly string[]>>,
  { pageSize = 100, rolling = [] }: { readonly pageSize?: number; readonly rolling?: readonly string[] } = {},
): void {
  const page = (all: readonly string[], token: string | undefined) => {
    const from = Number(token ?? 0);
    const more = from + pageSize < all.length;
    return { items: all.slice(from, from + pageSize), ...(more && { nextToken: String(from + pageSize) }) };
  };
  ecs.on(ListClustersCommand).callsFake(({ nextToken }) => {
    failOnce('ListClusters', nextToken);
    const { items, ...rest } = page(Object.keys(clusters).map(clusterArn), nextToken);
    return { clusterArns: items, ...rest };
  });
  ecs.on(ListServicesCommand).callsFake(({ cluster, nextToken }) => {
    failOnce('ListServices', nextToken);
    const { items, ...rest } = page(clusters[nameOf(cluster)] ?? [], nextToken);
    return { serviceArns: items.map((name) => `${HOME}:service/${nameOf(cluster)}/${name}`), ...rest };
  });
  ecs.on(DescribeServicesCommand).callsFake(({ services }: { readonly services: readonly string[] }) => {
    failOnce('DescribeServices', services[0]);
    return { services: services.map((name) => aService(name, rolling.includes(name))), failures: [] };
  });
  ecs.on(ListServiceDeploymentsCommand).callsFake(() => {
    failOnce('ListServiceDeployments');
    return { serviceDeployments: [{ createdAt: new Date(NOON), finishedAt: new Date(NOON + minutes(4)) }] };
  });
}

const aService = (serviceName: string, isRolling = false): Service => ({
  serviceName,
  status: 'ACTIVE',
  desiredCount: 2,
  runningCount: 2,
  deployments: [
    {
      id: 'ecs-svc/1',
      status: 'PRIMARY',
      rolloutState: isRolling ? 'IN_PROGRESS' : 'COMPLETED',
      createdAt: new Date(NOON - minutes(45)),
    },
  ],
});

const many = (count: number, prefix = 'service'): readonly string[] =>
  Array.from({ length: count }, (_, index) => `${prefix}-${index}`);

describe('a sweep', () => {
  it('sees every service of every cluster, and asks for tags', async () => {
    ecsHas({ harbor: ['checkout', 'web'], empty: [], edge: ['proxy'] });
    const slices = await sweepAll();
    expect(namesIn(slices)).toEqual(['harbor/checkout', 'harbor/web', 'edge/proxy']);
    expect(slices).toHaveLength(1);
    expect(slices[0]?.services[0]?.at).toEqual({
      partition: 'aws-cn',
      region: 'cn-north-1',
      account: '111122223333',
      cluster: 'harbor',
      service: 'checkout',
    });
    expect(ecs.commandCalls(DescribeServicesCommand)[0]?.args[0].input).toEqual({
      cluster: clusterArn('harbor'),
      services: ['checkout', 'web'],
      include: ['TAGS'],
    });
  });

  it.each<readonly [string, Readonly<Record<string, readonly string[]>>]>([
    ['no cluster', {}],
    ['clusters without services', { harbor: [], edge: [] }],
  ])('of %s is finished at once', async (_, clusters) => {
    ecsHas(clusters);
    expect(await next()).toEqual({ services: [], cursor: undefined });
  });

  it('of 2,300 services in 130 clusters sees each once, ten a call and 20 calls a run', async () => {
    const clusters = Object.fromEntries(
      many(130, 'cluster').map((name, index) => [name, many(index === 0 ? 2_171 : 1)]),
    );
    ecsHas(clusters);
    const expected = Object.entries(clusters).flatMap(([cluster, services]) =>
      services.map((name) => `${cluster}/${name}`),
    );
    let before = 0;
    let cursor: SweepCursor | undefined;
    const seen: string[] = [];
    do {
      const slice = await next(cursor);
      seen.push(...namesIn([slice]));
      expect(slice).not.toHaveProperty('failed');
      expect(ecs.calls().length - before).toBeLessThanOrEqual(20);
      expect(JSON.stringify(slice.cursor ?? {}).length).toBeLessThan(20_000);
      before = ecs.calls().length;
      cursor = slice.cursor;
    } while (cursor !== undefined);
    expect(seen).toEqual(expected);
    for (const { args } of ecs.commandCalls(DescribeServicesCommand)) {
      expect(args[0].input.services?.length).toBeLessThanOrEqual(10);
    }
  });

  it('goes on where it was, page by page', async () => {
    ecsHas({ a: many(7), b: many(3), c: many(1), d: [] }, { pageSize: 2 });
    const names = namesIn(await sweepAll());
    expect(names).toHaveLength(11);
    expect(new Set(names).size).toBe(11);
  });

  it('knows services by the old format of their ARN', async () => {
    ecsHas({ harbor: ['checkout'] });
    ecs.on(ListServicesCommand).resolves({ serviceArns: [`${HOME}:service/checkout`] });
    expect(namesIn([await next()])).toEqual(['harbor/checkout']);
  });
});

describe('the usual duration of deployments', () => {
  it('is asked for only where one is long in progress', async () => {
    ecsHas({ harbor: ['checkout', 'web'] }, { rolling: ['web'] });
    const { services } = await next();
    expect(services.map(({ at, pastDurations }) => [at.service, pastDurations])).toEqual([
      ['checkout', undefined],
      ['web', [minutes(4)]],
    ]);
    expect(ecs.commandCalls(ListServiceDeploymentsCommand).map(({ args: [{ input }] }) => input)).toEqual([
      { cluster: clusterArn('harbor'), service: 'web', status: ['SUCCESSFUL'], maxResults: 100 },
    ]);
  });

  it('keeps within the calls of a run, and leaves no service out or out of judgement', async () => {
    const rolling = many(35);
    ecsHas({ harbor: rolling }, { rolling });
    const slices = await sweepAll();
    expect(namesIn(slices).toSorted()).toEqual(rolling.map((name) => `harbor/${name}`).toSorted());
    expect(slices.flatMap(({ services }) => services).every(({ pastDurations }) => pastDurations)).toBe(true);
    expect(ecs.calls().length).toBeLessThanOrEqual(20 * slices.length);
    expect(slices.length).toBeLessThanOrEqual(3);
  });

  it('is left out where it may not be read', async () => {
    ecsHas({ harbor: ['web'] }, { rolling: ['web'] });
    ecs.on(ListServiceDeploymentsCommand).rejects(awsError('AccessDeniedException'));
    const { services, ...rest } = await next();
    expect(services).toMatchObject([{ at: { service: 'web' } }]);
    expect(services[0]).not.toHaveProperty('pastDurations');
    expect(rest).toEqual({ cursor: undefined });
  });

  it('is asked for again when ECS throttles', async () => {
    ecsHas({ harbor: ['checkout', 'web'] }, { rolling: ['web'] });
    failures.push({ action: 'ListServiceDeployments', error: awsError('ThrottlingException') });
    const first = await next();
    expect(namesIn([first])).toEqual(['harbor/checkout']);
    expect(first.failed).toMatchObject({ action: 'ecs:ListServiceDeployments', reason: 'throttled' });
    const second = await next(first.cursor);
    expect(second.services).toMatchObject([{ at: { service: 'web' }, pastDurations: [minutes(4)] }]);
  });
});

describe('when ECS does not answer', () => {
  it.each([
    ['ThrottlingException', 'throttled'],
    ['TimeoutError', 'timeout'],
    ['ServerException', 'failed'],
  ])('%s stops the run, and the next one goes on where it stopped', async (name, reason) => {
    ecsHas({ harbor: many(25) });
    failures.push({ action: 'DescribeServices', token: 'service-10', error: awsError(name) });
    const first = await next();
    expect(namesIn([first])).toHaveLength(10);
    expect(first.failed).toEqual({ action: 'ecs:DescribeServices', reason, name });
    const second = await next(first.cursor);
    expect(namesIn([first, second])).toEqual(many(25).map((service) => `harbor/${service}`));
  });

  it('may not list clusters: asks again in the next run, and says so', async () => {
    ecs.on(ListClustersCommand).rejects(awsError('AccessDeniedException'));
    const { cursor, failed } = await next();
    expect(failed).toMatchObject({ action: 'ecs:ListClusters', reason: 'denied' });
    await next(cursor);
    expect(calls()).toEqual(['ListClusters', 'ListClusters']);
  });

  it.each(['AccessDeniedException', 'ClusterNotFoundException'])(
    '%s of a cluster leaves that one out',
    async (name) => {
      ecsHas({ closed: ['a'], open: ['b'] });
      ecs.on(ListServicesCommand, { cluster: clusterArn('closed') }).rejects(awsError(name));
      const slices = await sweepAll();
      expect(namesIn(slices)).toEqual(['open/b']);
      expect(slices[0]?.failed).toMatchObject({ action: 'ecs:ListServices', name });
    },
  );

  it('leaves out services that it refuses to describe', async () => {
    ecsHas({ harbor: many(15) });
    ecs.on(DescribeServicesCommand, { services: [...many(10)] }).rejects(awsError('InvalidParameterException'));
    expect(namesIn(await sweepAll())).toEqual(
      many(15)
        .slice(10)
        .map((name) => `harbor/${name}`),
    );
  });

  it('stops in the middle when its time is used up', async () => {
    ecsHas({ harbor: many(15) });
    ecs.on(DescribeServicesCommand).callsFake(never);
    const { budget, spend } = aBudget();
    const slice = next(undefined, budget);
    spend();
    expect(await slice).toMatchObject({ services: [], cursor: {}, failed: { reason: 'timeout' } });
  });
});

describe('an expired token', () => {
  const expired = awsError('InvalidParameterException');

  it('of services begins that cluster again', async () => {
    ecsHas({ a: many(4), b: many(1) }, { pageSize: 2 });
    failures.push({ action: 'ListServices', token: '2', error: expired });
    const slices = await sweepAll();
    expect(slices[0]?.failed).toMatchObject({ action: 'ecs:ListServices' });
    expect(new Set(namesIn(slices))).toEqual(new Set([...many(4).map((name) => `a/${name}`), 'b/service-0']));
  });

  it('of clusters begins with the first cluster again', async () => {
    ecsHas({ a: ['x'], b: ['x'], c: ['x'] }, { pageSize: 2 });
    failures.push({ action: 'ListClusters', token: '2', error: expired });
    expect(new Set(namesIn(await sweepAll()))).toEqual(new Set(['a/x', 'b/x', 'c/x']));
  });

  it('is given up when the next one is no better', async () => {
    ecsHas({ a: many(4), b: many(1), c: many(1) }, { pageSize: 2 });
    ecs.on(ListServicesCommand, { nextToken: '2' }).rejects(expired);
    ecs.on(ListClustersCommand, { nextToken: '2' }).rejects(expired);
    expect(namesIn(await sweepAll())).toContain('b/service-0');
  });
});

describe('services that are not described', () => {
  it('were deleted since they were listed: nothing has failed', async () => {
    ecsHas({ harbor: ['gone', 'web'] });
    ecs.on(DescribeServicesCommand).resolves({
      services: [aService('web')],
      failures: [{ arn: `${HOME}:service/harbor/gone`, reason: 'MISSING' }],
    });
    const slice = await next();
    expect(namesIn([slice])).toEqual(['harbor/web']);
    expect(slice).toMatchObject({ cursor: undefined });
    expect(slice).not.toHaveProperty('failed');
  });

  it('for another reason are told, and the sweep goes on without them', async () => {
    ecsHas({ harbor: ['odd', 'web'], edge: ['proxy'] });
    ecs.on(DescribeServicesCommand, { cluster: clusterArn('harbor') }).resolves({
      services: [aService('web')],
      failures: [{ arn: `${HOME}:service/harbor/odd`, reason: 'INTERNAL' }],
    });
    const slices = await sweepAll();
    expect(slices[0]?.failed).toEqual({ action: 'ecs:DescribeServices', reason: 'failed', name: 'INTERNAL' });
    expect(namesIn(slices)).toEqual(['harbor/web', 'edge/proxy']);
  });
});
