import { memoryUseOf } from '../estate/memory-use.ts';
import { type Fields, isObject, wordOf } from '../json-object.ts';
import type { Operations } from './operation.ts';

/** The free memory metric of services; Container Insights is off, so its metrics have no points. */
export const metricOperations: Operations = {
  'cloudwatch:GetMetricData': ({ MetricDataQueries, EndTime }) => ({
    MetricDataResults: (Array.isArray(MetricDataQueries) ? MetricDataQueries : [])
      .filter(isObject)
      .map((query) => resultOf(query, Number(EndTime))),
  }),
};

/** `end` in epoch seconds, exclusive. */
function resultOf(query: Fields, end: number): object {
  const stat = isObject(query['MetricStat']) ? query['MetricStat'] : {};
  const metric = isObject(stat['Metric']) ? stat['Metric'] : {};
  const values = metric['Namespace'] === 'AWS/ECS' ? memoryUseOf(dimension(metric, 'ServiceName')) : [];
  return {
    Id: query['Id'],
    Label: metric['MetricName'],
    StatusCode: 'Complete',
    Timestamps: values.map((_, index) => end - (values.length - index) * 60),
    Values: values,
  };
}

function dimension({ Dimensions }: Fields, name: string): string {
  const dimensions = Array.isArray(Dimensions) ? Dimensions.filter(isObject) : [];
  return wordOf(dimensions.find(({ Name }) => Name === name)?.['Value']);
}
