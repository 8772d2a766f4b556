import { GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { DescribeSubnetsCommand } from '@aws-sdk/client-ec2';
import { DescribeServicesCommand, DescribeTaskDefinitionCommand, type Service } from '@aws-sdk/client-ecs';
import { GetServiceQuotaCommand } from '@aws-sdk/client-service-quotas';
import { beforeEach, describe, expect, it } from 'vitest';
import { found, missing } from '../../../shared/domain/facts.ts';
import { minutes } from '../../../shared/domain/instant.ts';
import { awsError } from '../failing.ts';
import { aDefinition, aService, cloudWatch, ec2, ecs, NOW, plainWorld, quotas, readActive } from './world.ts';

beforeEach(plainWorld);

const headroom = async (overrides: Service) => {
  ecs.on(DescribeServicesCommand).resolves({ services: [aService(overrides)] });
  return (await readActive()).headroom;
};

const rolling = (maximumPercent: number) =>
  ({ strategy: 'ROLLING', minimumHealthyPercent: 50, maximumPercent }) as const;

describe('what a deployment needs beside the tasks that run', () => {
  it.each([
    ['half as many again', { desiredCount: 5, deploymentConfiguration: rolling(150) }, 1, 1],
    ['as many again', { desiredCount: 5, deploymentConfiguration: rolling(200) }, 3, 2.5],
    [
      'a second copy of all, whatever the percentages',
      { desiredCount: 4, deploymentConfiguration: { strategy: 'BLUE_GREEN', maximumPercent: 100 } as const },
      2,
      2,
    ],
  ])('is %s: addresses in each of two subnets, and vCPU', async (_what, overrides, addresses, vcpu) => {
    expect(await headroom(overrides)).toEqual(
      found([
        { what: 'addresses in subnet-a', free: 250, needed: addresses },
        { what: 'addresses in subnet-b', free: 250, needed: addresses },
        { what: 'vCPU', free: 70, needed: vcpu },
      ]),
    );
  });

  it('is nothing where it stops before it starts', async () => {
    expect(await headroom({ deploymentConfiguration: rolling(100) })).toEqual(
      missing('not-applicable', 'its deployment starts no task before it stops one'),
    );
    expect(quotas.calls()).toHaveLength(0);
  });

  it.each([
    [
      'Fargate Spot, which has a quota of its own',
      { capacityProviderStrategy: [{ capacityProvider: 'FARGATE_SPOT', weight: 1 }] },
    ],
    ['instances', { capacityProviderStrategy: [{ capacityProvider: 'own-fleet', weight: 1 }] }],
  ])('is no vCPU of Fargate On-Demand on %s', async (_what, { capacityProviderStrategy }) => {
    const { launchType: _, ...service } = aService({ capacityProviderStrategy });
    ecs.on(DescribeServicesCommand).resolves({ services: [service] });
    const answer = (await readActive()).headroom;
    expect(answer).toMatchObject({ value: [{ what: 'addresses in subnet-a' }, { what: 'addresses in subnet-b' }] });
    expect(quotas.calls()).toHaveLength(0);
  });
});

describe('what is free', () => {
  it('of vCPU is the quota less the newest of its own metric', async () => {
    await readActive();
    expect(quotas.commandCalls(GetServiceQuotaCommand)[0]?.args[0].input).toEqual({
      ServiceCode: 'fargate',
      QuotaCode: 'L-3032A538',
    });
    expect(cloudWatch.commandCalls(GetMetricDataCommand)[0]?.args[0].input).toEqual({
      StartTime: new Date(NOW - minutes(15)),
      EndTime: new Date(NOW),
      ScanBy: 'TimestampDescending',
      MetricDataQueries: [
        {
          Id: 'used',
          MetricStat: {
            Metric: {
              Namespace: 'AWS/Usage',
              MetricName: 'ResourceCount',
              Dimensions: [
                { Name: 'Service', Value: 'Fargate' },
                { Name: 'Class', Value: 'Standard/OnDemand' },
              ],
            },
            Period: 300,
            Stat: 'Maximum',
          },
        },
      ],
    });
  });

  it('of subnets is asked for by a filter, which does not fail for one that is gone', async () => {
    ec2.on(DescribeSubnetsCommand).resolves({ Subnets: [{ SubnetId: 'subnet-a', AvailableIpAddressCount: 3 }] });
    expect(await headroom({})).toMatchObject({ status: 'missing', reason: 'not-found' });
    expect(ec2.commandCalls(DescribeSubnetsCommand)[0]?.args[0].input).toEqual({
      Filters: [{ Name: 'subnet-id', Values: ['subnet-a', 'subnet-b'] }],
    });
  });

  it.each([
    [
      'the quota is not allowed',
      () => quotas.on(GetServiceQuotaCommand).rejects(awsError('AccessDeniedException')),
      'denied',
    ],
    [
      'the quota names no metric',
      () => quotas.on(GetServiceQuotaCommand).resolves({ Quota: { Value: 100 } }),
      'not-found',
    ],
    [
      'the metric has no point',
      () => cloudWatch.on(GetMetricDataCommand).resolves({ MetricDataResults: [{ Values: [] }] }),
      'not-found',
    ],
    [
      'subnets are throttled',
      () => ec2.on(DescribeSubnetsCommand).rejects(awsError('RequestLimitExceeded')),
      'throttled',
    ],
    [
      'the task definition does not say',
      () => ecs.on(DescribeTaskDefinitionCommand).resolves({ taskDefinition: aDefinition({ cpu: '.5 vCPU' }) }),
      'not-found',
    ],
  ] as const)('is not known when %s', async (_what, prepare, reason) => {
    prepare();
    expect((await readActive()).headroom).toMatchObject({ status: 'missing', reason });
  });
});
