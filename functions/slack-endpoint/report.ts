import type { Telemetry } from '../../shared/runtime/telemetry.ts';
import type { Outcome } from './outcome.ts';

/** What each count means; the only dimensions are the service and the function. */
const METRIC_OF_DECISION: Readonly<Record<Outcome['decision'], string>> = {
  /** Requests of people that the worker has. */
  handed: 'ChatRequestsHanded',
  /** Slack's own questions. */
  answered: 'ChatRequestsAnswered',
  /** Genuine requests that nothing here acts on, repetitions among them. */
  ignored: 'ChatRequestsIgnored',
  /** Requests that are not genuine, not readable or from elsewhere. */
  refused: 'ChatRequestsRefused',
  /** Requests of people that could not be taken on; they were told. */
  failed: 'ChatRequestsFailed',
};

/** One line and one count for each request. The line has nothing of the body, the headers or the secret. */
export const createReport =
  ({ logger, metrics }: Pick<Telemetry, 'logger' | 'metrics'>) =>
  ({ answer, because, ...rest }: Outcome, durationMs: number): void => {
    const line = { ...rest, status: answer.statusCode, durationMs };
    if (rest.decision === 'failed') logger.error(because ?? rest.reason, line);
    else logger.info(because ?? rest.reason, line);
    metrics.addMetric(METRIC_OF_DECISION[rest.decision], 'Count', 1);
  };
