import type { MetricDataQuery, MetricDataResult } from '@aws-sdk/client-cloudwatch';
import type { MemoryFacts } from '../../domain/facts.ts';
import type { Instant } from '../../domain/instant.ts';
import type { TaskRef } from '../../domain/place.ts';

/** Where a stopped task's memory use is looked up. */
export interface MemoryQuestion {
  readonly task: TaskRef;
  /** Absent for a task without a service; then only Container Insights, by `family`, can know. */
  readonly service?: string;
  readonly family: string;
  readonly stoppedAt: Instant;
}

const INSIGHTS = 'ECS/ContainerInsights';
const FREE = 'AWS/ECS';

/**
 * Of a service or a family the maximum is that of the task which uses most.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Container-Insights-metrics-ECS.html
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service_utilization.html
 *
 * `period` in seconds.
 */
export function memoryQueries({ task, service, family }: MemoryQuestion, period: number): MetricDataQuery[] {
  const of =
    service === undefined ? { Name: 'TaskDefinitionFamily', Value: family } : { Name: 'ServiceName', Value: service };
  const maximum = (Id: string, Namespace: string, MetricName: string): MetricDataQuery => ({
    Id,
    MetricStat: {
      Metric: { Namespace, MetricName, Dimensions: [{ Name: 'ClusterName', Value: task.cluster }, of] },
      Period: period,
      Stat: 'Maximum',
    },
  });
  return [
    maximum('used', INSIGHTS, 'MemoryUtilized'),
    maximum('reserved', INSIGHTS, 'MemoryReserved'),
    // The free metrics know services only.
    ...(service === undefined ? [] : [maximum('utilization', FREE, 'MemoryUtilization')]),
  ];
}

interface Point {
  readonly at: Instant;
  readonly value: number;
}

/** The highest point in percent, of Container Insights if it has any. */
export function peakOf(results: readonly MetricDataResult[]): MemoryFacts | undefined {
  const used = highest(results, 'used');
  const reserved = highest(results, 'reserved');
  if (used !== undefined && reserved !== undefined && reserved.value > 0) {
    return { namespace: INSIGHTS, peak: (used.value / reserved.value) * 100, at: used.at };
  }
  const utilization = highest(results, 'utilization');
  return utilization && { namespace: FREE, peak: utilization.value, at: utilization.at };
}

function highest(results: readonly MetricDataResult[], id: string): Point | undefined {
  const { Timestamps = [], Values = [] } = results.find(({ Id }) => Id === id) ?? {};
  const points = Timestamps.map((timestamp, index) => ({ at: timestamp.getTime(), value: Values[index] ?? 0 }));
  return points.toSorted((a, b) => b.value - a.value)[0];
}
