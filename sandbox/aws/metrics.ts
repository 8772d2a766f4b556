import type { Harbour } from '../ecs/harbour.ts';
import { isLive } from '../ecs/task.ts';
import { tasksOf } from '../ecs/with-harbour.ts';
import { COMPANY } from '../estate/company.ts';
import { memoryUseOf } from '../estate/memory-use.ts';
import { type Fields, isObject, wordOf } from '../json-object.ts';
import { type Operations, textsOf } from './operation.ts';

/**
 * The free memory metric of services, and how many vCPU Fargate runs; Container Insights is off, so its metrics have no
 * points. Alarms are those of services, and those that were given a state.
 */
export const metricOperations = (harbour: Harbour): Operations => ({
  'cloudwatch:GetMetricData': ({ MetricDataQueries, EndTime }) => ({
    MetricDataResults: (Array.isArray(MetricDataQueries) ? MetricDataQueries : [])
      .filter(isObject)
      .map((query) => resultOf(query, { end: Number(EndTime), vcpu: vcpuOf(harbour) })),
  }),

  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html
  'cloudwatch:DescribeAlarms': ({ AlarmNames, AlarmNamePrefix, StateValue }) => {
    const { alarms } = harbour.account();
    const watched = harbour.services().flatMap(({ settings }) => settings.alarms);
    const known = new Set([...Object.keys(alarms), ...watched]);
    const asked = [...known].filter((name) =>
      AlarmNames === undefined ? name.startsWith(wordOf(AlarmNamePrefix)) : textsOf(AlarmNames).includes(name),
    );
    const described = asked.map((name) => alarmOf(name, alarms[name] ?? 'OK'));
    return {
      MetricAlarms: described.filter((alarm) => StateValue === undefined || alarm.StateValue === StateValue),
      CompositeAlarms: [],
    };
  },
});

const alarmOf = (AlarmName: string, StateValue: string) => ({
  AlarmName,
  AlarmArn: `arn:${COMPANY.partition}:cloudwatch:${COMPANY.region}:${COMPANY.account}:alarm:${AlarmName}`,
  StateValue,
  ActionsEnabled: true,
});

const vcpuOf = (harbour: Harbour): number => {
  const t = harbour.seenAt();
  return tasksOf(harbour).reduce((sum, task) => sum + (isLive(task, t) ? task.cpu / 1_024 : 0), 0);
};

/** `end` in epoch seconds, exclusive. */
function resultOf(query: Fields, { end, vcpu }: { readonly end: number; readonly vcpu: number }): object {
  const stat = isObject(query['MetricStat']) ? query['MetricStat'] : {};
  const metric = isObject(stat['Metric']) ? stat['Metric'] : {};
  const values = valuesOf(metric, vcpu);
  return {
    Id: query['Id'],
    Label: metric['MetricName'],
    StatusCode: 'Complete',
    Timestamps: values.map((_, index) => end - (values.length - index) * 60),
    Values: values,
  };
}

function valuesOf(metric: Fields, vcpu: number): readonly number[] {
  if (metric['Namespace'] === 'AWS/ECS') return memoryUseOf(dimension(metric, 'ServiceName'));
  return metric['Namespace'] === 'AWS/Usage' && dimension(metric, 'Service') === 'Fargate' ? [vcpu] : [];
}

function dimension({ Dimensions }: Fields, name: string): string {
  const dimensions = Array.isArray(Dimensions) ? Dimensions.filter(isObject) : [];
  return wordOf(dimensions.find(({ Name }) => Name === name)?.['Value']);
}
