import { CloudWatchClient, GetMetricDataCommand, type MetricDataResult } from '@aws-sdk/client-cloudwatch';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { found, missing } from '../../../shared/domain/facts.ts';
import type { TaskArn } from '../../../shared/domain/place.ts';
import { createMemoryReader } from '../../../shared/effects/readers/memory-reader.ts';
import { aBudget, awsError, never } from '../failing.ts';

const client = new CloudWatchClient({ region: 'eu-west-1' });
const cloudWatch = mockClient(client);
beforeEach(() => cloudWatch.reset());

const STOPPED = Date.UTC(2026, 10, 17, 3, 1, 48);
const task = {
  partition: 'aws',
  region: 'eu-west-1',
  account: '111122223333',
  cluster: 'harbor-prod',
  taskId: 'a616d93e',
  // True because it reads like one.
  arn: 'arn:aws:ecs:eu-west-1:111122223333:task/harbor-prod/a616d93e' as TaskArn,
};
const read = (service?: string, budget = aBudget().budget) =>
  createMemoryReader({ clientsAt: () => ({ cloudWatch: async () => client }), budget })({
    task,
    family: 'report-worker',
    stoppedAt: STOPPED,
    ...(service !== undefined && { service }),
  });

/** Minute by minute, the last at 03:01. */
const series = (Id: string, ...Values: number[]): MetricDataResult => ({
  Id,
  Values,
  Timestamps: Values.map((_, index) => new Date(Date.UTC(2026, 10, 17, 3, 2 - Values.length + index))),
});
const answer = (...MetricDataResults: MetricDataResult[]) =>
  cloudWatch.on(GetMetricDataCommand).resolves({ MetricDataResults });

const AT_0301 = Date.UTC(2026, 10, 17, 3, 1);

describe('the memory peak', () => {
  it('is asked for in whole minutes, of the service that the task was of', async () => {
    answer();
    await read('report-worker');
    const { input } = cloudWatch.commandCalls(GetMetricDataCommand)[0]?.args[0] ?? {};
    expect(input).toMatchObject({
      StartTime: new Date('2026-11-17T02:46:00Z'),
      EndTime: new Date('2026-11-17T03:02:00Z'),
    });
    const dimensions = [
      { Name: 'ClusterName', Value: 'harbor-prod' },
      { Name: 'ServiceName', Value: 'report-worker' },
    ];
    expect(input?.MetricDataQueries?.map(({ MetricStat }) => MetricStat)).toEqual(
      [
        ['ECS/ContainerInsights', 'MemoryUtilized'],
        ['ECS/ContainerInsights', 'MemoryReserved'],
        ['AWS/ECS', 'MemoryUtilization'],
      ].map(([Namespace, MetricName]) => ({
        Metric: { Namespace, MetricName, Dimensions: dimensions },
        Period: 60,
        Stat: 'Maximum',
      })),
    );
  });

  it('is the highest point of the free metric', async () => {
    answer(series('used'), series('reserved'), series('utilization', 38, 97.3, 12));
    expect(await read('report-worker')).toEqual(
      found({ namespace: 'AWS/ECS', peak: 97.3, at: Date.UTC(2026, 10, 17, 3, 0) }),
    );
  });

  it('is rather that of Container Insights, use against reservation', async () => {
    answer(series('used', 512, 1_000), series('reserved', 1_024, 1_024), series('utilization', 50, 60));
    expect(await read('report-worker')).toEqual(
      found({ namespace: 'ECS/ContainerInsights', peak: (1_000 / 1_024) * 100, at: AT_0301 }),
    );
  });

  it('is that of the free metric where nothing is reserved', async () => {
    answer(series('used', 512), series('reserved', 0), series('utilization', 60));
    expect(await read('report-worker')).toEqual(found({ namespace: 'AWS/ECS', peak: 60, at: AT_0301 }));
  });

  it('of a task without a service is asked of its family, from Container Insights only', async () => {
    answer(series('used', 900), series('reserved', 1_000));
    expect(await read()).toEqual(found({ namespace: 'ECS/ContainerInsights', peak: 90, at: AT_0301 }));
    const queries = cloudWatch.commandCalls(GetMetricDataCommand)[0]?.args[0].input.MetricDataQueries ?? [];
    expect(queries.map(({ Id }) => Id)).toEqual(['used', 'reserved']);
    for (const { MetricStat } of queries) {
      expect(MetricStat?.Metric?.Dimensions).toContainEqual({ Name: 'TaskDefinitionFamily', Value: 'report-worker' });
    }
  });
});

describe('the memory peak is missing', () => {
  it.each([
    ['report-worker', 'CloudWatch has no memory use of report-worker in the 15 minutes before the stop'],
    [
      undefined,
      'CloudWatch has no memory use of report-worker: tasks without a service are measured by Container Insights only',
    ],
  ])('without any point (service %s)', async (service, because) => {
    answer(series('utilization'));
    expect(await read(service)).toEqual(missing('not-applicable', because));
  });

  it('when the permission is', async () => {
    cloudWatch.on(GetMetricDataCommand).rejects(awsError('AccessDenied'));
    const because = 'cloudwatch:GetMetricData is not allowed for this function';
    expect(await read('report-worker')).toEqual(missing('denied', because));
  });

  it('when it does not come in time', async () => {
    cloudWatch.on(GetMetricDataCommand).callsFake(never);
    const { budget, spend } = aBudget();
    const pending = read('report-worker', budget);
    spend();
    expect(await pending).toEqual(missing('timeout', 'cloudwatch:GetMetricData did not answer in time'));
  });
});
