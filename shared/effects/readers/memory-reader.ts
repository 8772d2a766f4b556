import { found, type Gathered, type MemoryFacts, missing } from '../../domain/facts.ts';
import { minutes, seconds } from '../../domain/instant.ts';
import { type Budget, budgetOf } from '../budget.ts';
import { gathered, type Question } from '../gathered.ts';
import type { At } from '../places/clients-at.ts';
import type { ReadClients } from '../read-clients.ts';
import { type MemoryQuestion, memoryQueries, peakOf } from './memory-metrics.ts';

/** The highest memory use in the quarter of an hour before a stop. Never throws. */
export type MemoryReader = (question: MemoryQuestion) => Promise<Gathered<MemoryFacts>>;

const TIMEOUT = seconds(3);
const BEFORE_STOP = minutes(15);
const PERIOD = minutes(1);

/**
 * One request for the metrics of the service: Container Insights' where the cluster has it, else the free ones. Points
 * are a minute apart and arrive a minute or two late, so a steep end may be missing. `budget` is the time of one call, 3 seconds unless given.
 */
export function createMemoryReader(deps: {
  readonly clientsAt: At<Pick<ReadClients, 'cloudWatch'>>;
  readonly budget?: Budget;
}): MemoryReader {
  const { clientsAt, budget = budgetOf(TIMEOUT) } = deps;
  return (wanted) => {
    const question: Question = { action: 'cloudwatch:GetMetricData', notFound: noMetric(wanted) };
    return gathered(question, budget(), async (abortSignal) => {
      const { GetMetricDataCommand } = await import('@aws-sdk/client-cloudwatch');
      const command = new GetMetricDataCommand({
        MetricDataQueries: memoryQueries(wanted, PERIOD / seconds(1)),
        // Whole minutes, as the points are; the end is exclusive.
        StartTime: new Date(Math.floor((wanted.stoppedAt - BEFORE_STOP) / PERIOD) * PERIOD),
        EndTime: new Date((Math.floor(wanted.stoppedAt / PERIOD) + 1) * PERIOD),
      });
      const { MetricDataResults = [] } = await (await clientsAt(wanted.task).cloudWatch()).send(command, {
        abortSignal,
      });
      const peak = peakOf(MetricDataResults);
      return peak === undefined ? missing('not-applicable', question.notFound) : found(peak);
    });
  };
}

const noMetric = ({ service, family }: MemoryQuestion): string =>
  service === undefined
    ? `CloudWatch has no memory use of ${family}: tasks without a service are measured by Container Insights only`
    : `CloudWatch has no memory use of ${service} in the 15 minutes before the stop`;
