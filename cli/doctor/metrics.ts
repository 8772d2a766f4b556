import type { MetricDataQuery, MetricDataResult } from '@aws-sdk/client-cloudwatch';
import { found, type Gathered, missing } from '../../shared/domain/facts.ts';
import { type Instant, minutes } from '../../shared/domain/instant.ts';
import { utcMinute } from '../../shared/domain/utc.ts';
import { queueName } from '../dlq/url.ts';
import type { Stack } from '../stack-read.ts';
import { type Finding, fail, ok, unread, warn } from './finding.ts';
import { asked, type Scene } from './scene.ts';

interface Point {
  readonly at: Instant;
  readonly value: number;
}

/** What CloudWatch saw in the last quarter of an hour; newest first. */
export interface Readings {
  /** Seconds. */
  readonly eventsAge: readonly Point[];
  /** Runs a minute. */
  readonly reconcile: readonly Point[];
  readonly redeploy: readonly Point[];
}

/** As long as the alarms of the schedules wait. */
const LOOKED_BACK = minutes(15);

export const latest = (points: readonly Point[] | undefined): Point | undefined => points?.[0];

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html */
export async function readMetrics({ stack, clients, now }: Scene): Promise<Gathered<Readings>> {
  if (stack.status === 'missing') return missing('not-applicable', 'without the stack, its metrics are not known');
  const queries = queriesFor(stack.value);
  return asked('cloudwatch:GetMetricData', 'there are no metrics', async (abortSignal) => {
    const [client, { GetMetricDataCommand }] = await Promise.all([
      clients.cloudWatch(),
      import('@aws-sdk/client-cloudwatch'),
    ]);
    const span = {
      StartTime: new Date(now - LOOKED_BACK),
      EndTime: new Date(now),
      ScanBy: 'TimestampDescending',
    } as const;
    const command = new GetMetricDataCommand({ MetricDataQueries: queries, ...span });
    const { MetricDataResults = [] } = await client.send(command, { abortSignal });
    return found({
      eventsAge: pointsOf(MetricDataResults, 'eventsAge'),
      reconcile: pointsOf(MetricDataResults, 'reconcile'),
      redeploy: pointsOf(MetricDataResults, 'redeploy'),
    });
  });
}

const queriesFor = ({ outputs }: Stack): MetricDataQuery[] => [
  query('eventsAge', 'Maximum', ['AWS/SQS', 'ApproximateAgeOfOldestMessage'], {
    QueueName: queueName(outputs['EcsEventsQueueUrl'] ?? ''),
  }),
  query('reconcile', 'Sum', ['AWS/Lambda', 'Invocations'], { FunctionName: outputs['ReconcileFunction'] ?? '' }),
  query('redeploy', 'Sum', ['AWS/Lambda', 'Invocations'], { FunctionName: outputs['RedeployFunction'] ?? '' }),
];

const query = (
  Id: keyof Readings,
  Stat: 'Maximum' | 'Sum',
  [Namespace, MetricName]: readonly [string, string],
  dimensions: Readonly<Record<string, string>>,
): MetricDataQuery => {
  // CloudWatch refuses an empty value; of what has no name there are no points either.
  const Dimensions = Object.entries(dimensions).map(([Name, value]) => ({ Name, Value: value || 'unknown' }));
  return { Id, MetricStat: { Metric: { Namespace, MetricName, Dimensions }, Period: 60, Stat } };
};

function pointsOf(results: readonly MetricDataResult[], id: keyof Readings): readonly Point[] {
  const { Timestamps = [], Values = [] } = results.find(({ Id }) => Id === id) ?? {};
  return Timestamps.map((at, index) => ({ at: at.getTime(), value: Values[index] ?? 0 })).toSorted(
    (a, b) => b.at - a.at,
  );
}

const SCHEDULED = [
  ['reconcile', 'ReconcileFunction'],
  ['redeploy', 'RedeployFunction'],
] as const;

/** Whether the functions that run every minute do. */
export function checkSchedules({ stack, now }: Scene, readings: Gathered<Readings>): readonly Finding[] {
  if (stack.status === 'missing') return [unread('schedules', stack)];
  if (readings.status === 'missing') return [unread('schedules', readings)];
  const { createdAt = 0, outputs } = stack.value;
  const isNew = now - createdAt < LOOKED_BACK;
  return SCHEDULED.flatMap(([name, output]) => {
    if (outputs[output] === undefined) return [];
    const last = readings.value[name].find(({ value }) => value > 0);
    if (last !== undefined) return [ok('schedules', `${name} last ran at ${utcMinute(last.at)}`)];
    const seen = `${name} has not run for 15 minutes, and should every minute`;
    return [
      isNew
        ? warn('schedules', `${seen}; the stack is new`, 'run this again in a quarter of an hour')
        : fail(
            'schedules',
            seen,
            'look at the schedules of the stack, at its dead letters and at the concurrency of the account',
          ),
    ];
  });
}
