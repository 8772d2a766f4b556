import type { MetricInfo } from '@aws-sdk/client-service-quotas';
import { found, type Gathered, missing } from '../../domain/facts.ts';
import { type Instant, minutes } from '../../domain/instant.ts';
import type { Reading } from './ask.ts';

/** "Fargate On-Demand vCPU resource count": https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html */
const QUOTA = { ServiceCode: 'fargate', QuotaCode: 'L-3032A538' };
/** AWS tells usage every few minutes; the last that it told is what counts. */
const LOOKED_BACK = minutes(15);
/** Seconds. */
const PERIOD = 300;

/**
 * How many vCPU of Fargate On-Demand the account may still start in this Region. The quota itself names the metric of its
 * usage, which has no other description.
 */
export async function readFreeVcpu(now: Instant, reading: Reading): Promise<Gathered<number>> {
  const quota = await readQuota(reading);
  if (quota.status === 'missing') return quota;
  const { limit, metric } = quota.value;
  const used = await readUsage(metric, now, reading);
  return used.status === 'missing' ? used : found(limit - used.value);
}

function readQuota({
  clients,
  ask,
}: Reading): Promise<Gathered<{ readonly limit: number; readonly metric: MetricInfo }>> {
  const notFound = 'Service Quotas does not tell the vCPU quota of Fargate and its use';
  return ask({ action: 'servicequotas:GetServiceQuota', notFound }, async (abortSignal) => {
    const { GetServiceQuotaCommand } = await import('@aws-sdk/client-service-quotas');
    const client = await clients.serviceQuotas();
    const { Quota } = await client.send(new GetServiceQuotaCommand(QUOTA), { abortSignal });
    const { Value: limit, UsageMetric: metric } = Quota ?? {};
    return limit === undefined || metric === undefined ? missing('not-found', notFound) : found({ limit, metric });
  });
}

function readUsage(metric: MetricInfo, now: Instant, { clients, ask }: Reading): Promise<Gathered<number>> {
  const notFound = 'CloudWatch does not tell how many vCPU of Fargate are in use';
  const { MetricNamespace, MetricName, MetricDimensions = {}, MetricStatisticRecommendation = 'Maximum' } = metric;
  return ask({ action: 'cloudwatch:GetMetricData', notFound }, async (abortSignal) => {
    const { GetMetricDataCommand } = await import('@aws-sdk/client-cloudwatch');
    const client = await clients.cloudWatch();
    const Dimensions = Object.entries(MetricDimensions).map(([Name, Value]) => ({ Name, Value }));
    const command = new GetMetricDataCommand({
      StartTime: new Date(now - LOOKED_BACK),
      EndTime: new Date(now),
      ScanBy: 'TimestampDescending',
      MetricDataQueries: [
        {
          Id: 'used',
          MetricStat: {
            Metric: { Namespace: MetricNamespace, MetricName, Dimensions },
            Period: PERIOD,
            Stat: MetricStatisticRecommendation,
          },
        },
      ],
    });
    const { MetricDataResults } = await client.send(command, { abortSignal });
    const used = MetricDataResults?.[0]?.Values?.[0];
    return used === undefined ? missing('not-found', notFound) : found(used);
  });
}
