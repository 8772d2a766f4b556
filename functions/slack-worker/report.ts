import type { ChatAct } from '../../shared/domain/chat/request.ts';
import type { Telemetry } from '../../shared/runtime/telemetry.ts';
import type { ChatAnswer } from './answer.ts';

/** What became of one request, for the log and the metrics. */
export interface Outcome {
  readonly decision: ChatAnswer['decision'] | 'malformed';
  /** A sentence without secrets. */
  readonly because: string;
  readonly milliseconds: number;
  /** Of the request, as the endpoint logs it. */
  readonly id?: string;
  readonly kind?: ChatAct['kind'];
  /** Who asked: Slack's id of the person, never a name. */
  readonly user?: string;
  /** Why the answer reached nobody, in Slack's own word. */
  readonly unshown?: string;
}

/** What each count means; the only dimensions are the service and the function. */
const METRIC_OF_DECISION: Readonly<Record<Outcome['decision'], string>> = {
  /** Requests after which something is not as it was. */
  done: 'ChatRequestsDone',
  /** Questions that were answered. */
  answered: 'ChatQuestionsAnswered',
  /** Requests that were out of date, not allowed, or too late. */
  refused: 'ChatRequestsDeclined',
  /** Requests that were cut off or contended. */
  failed: 'ChatRequestsFailed',
  /** Clicks that ask for nothing. */
  ignored: 'ChatRequestsIgnored',
  /** Events that the endpoint has not sent. */
  malformed: 'ChatRequestsMalformed',
};

/** One line and one count for each request. */
export const createReport =
  ({ logger, metrics }: Pick<Telemetry, 'logger' | 'metrics'>) =>
  ({ because, milliseconds, ...rest }: Outcome): void => {
    const line = { ...rest, durationMs: milliseconds };
    if (rest.decision === 'malformed' || rest.unshown !== undefined) logger.warn(because, line);
    else logger.info(because, line);
    metrics.addMetric(METRIC_OF_DECISION[rest.decision], 'Count', 1);
  };
