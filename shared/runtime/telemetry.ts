import { Logger } from '@aws-lambda-powertools/logger';
import type { Instant } from '../domain/instant.ts';
import type { Outcome } from '../domain/outcome.ts';
import { type Counts, createCounts, type Unit } from './counts.ts';
import { BriefLogFormat } from './log-format.ts';

/** How a function tells operators what it does: one line an event, and counts. */
export interface Telemetry {
  readonly logger: Logger;
  readonly metrics: Counts;
  /** Starts an invocation: its id and the time since its start go on every line. */
  readonly begin: (requestId: string) => void;
  /**
   * Logs the one info line of an event, and counts what somebody has to look into. `delayMs` is from the event to its first message, where
   * one was delivered; `durationMs` since the invocation began. docs/operate.md and the queries of the template rely on
   * the names of the fields.
   */
  readonly report: (outcome: Outcome) => void;
  /** Logs what could not be dealt with now and will come again. */
  readonly reportFailure: (subject: string, error: unknown) => void;
  /** Counts or measures something about Slackwater itself. */
  readonly measure: (metric: HealthMetric, value: number) => void;
}

/** What alarms look at beside AWS's own metrics, with units. */
const HEALTH_METRICS = {
  /** Reconciler runs that found a configuration document which cannot be used. */
  ConfigurationInvalid: 'Count',
  /** Seconds that the oldest message has been owed because its destination does not take it. */
  DeliveryDelay: 'Seconds',
  /** ECS services of the Region that want tasks, once a sweep. */
  ServicesWatched: 'Count',
} as const satisfies Readonly<Record<string, Unit>>;

export type HealthMetric = keyof typeof HEALTH_METRICS;

const SERVICE = 'slackwater';

// Of every decision there is a line, and Logs Insights counts lines. A metric beside it would be a third of what is logged, so
// only what somebody has to look into is one.

/** Events that do not parse; each is logged once with the field at fault and never retried. */
const MALFORMED = 'EventsMalformed';
/** Deliveries that a destination refused or that are put off. */
const UNDELIVERED = 'DeliveriesNotMade';
/** Those of them that somebody has to mend: the channel, the credential, the topic's policy, or Slackwater. */
const REFUSED = 'DeliveriesRefused';
/** Messages and records whose work failed and is tried again. */
const FAILED = 'EventsFailed';

const isDelivered = (effect: string): boolean => effect.endsWith(': delivered');

export function createTelemetry(functionName: string, clock: () => Instant): Telemetry {
  const logger = new Logger({ serviceName: SERVICE, logFormatter: new BriefLogFormat() });
  const metrics = createCounts(SERVICE, functionName);
  let begun: Instant = clock();
  const begin = (requestId: string): void => {
    begun = clock();
    logger.appendKeys({ requestId });
  };
  const report = (outcome: Outcome): void => {
    const { because, at, ...rest } = outcome;
    const now = clock();
    const delay = at !== undefined && outcome.effects.some(isDelivered) ? { delayMs: now - at } : {};
    const line = { ...rest, ...delay, durationMs: now - begun };
    if (outcome.decision === 'malformed') {
      logger.warn(because, line);
      metrics.addMetric(MALFORMED, 'Count', outcome.events ?? 1);
    } else logger.info(because, line);
    const undelivered = outcome.effects.filter((effect) => /: (deferred|blocked|refused), /.test(effect));
    if (undelivered.length > 0) metrics.addMetric(UNDELIVERED, 'Count', undelivered.length);
    const refused = undelivered.filter((effect) => !/: deferred, /.test(effect));
    if (refused.length > 0) metrics.addMetric(REFUSED, 'Count', refused.length);
  };
  const reportFailure = (subject: string, error: unknown): void => {
    logger.error('not done, to be tried again', {
      subject,
      ...(error instanceof Error ? { error } : { error: 'not an Error' }),
    });
    metrics.addMetric(FAILED, 'Count', 1);
  };
  const measure = (metric: HealthMetric, value: number): void => {
    metrics.addMetric(metric, HEALTH_METRICS[metric], value);
  };
  return { logger, metrics, begin, report, reportFailure, measure };
}
