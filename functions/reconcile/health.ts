import { seconds } from '../../shared/domain/instant.ts';
import type { PlaceFailure } from '../../shared/effects/sweep/places-sweep.ts';
import type { Telemetry } from '../../shared/runtime/telemetry.ts';
import type { Health } from './handler.ts';

/** A bad document may have a problem in every line; the command line shows them all. */
const SHOWN_PROBLEMS = 10;
/** What is delivered within a minute or two is no news. */
const WORTH_MEASURING = seconds(90);

/** Tells operators by log lines and metrics, which the template's alarms look at. */
export function createHealth({ logger, measure }: Pick<Telemetry, 'logger' | 'measure'>): Health & {
  readonly sweepFailed: (failure: PlaceFailure) => void;
} {
  return {
    badConfiguration: (problems) => {
      const shown = problems.slice(0, SHOWN_PROBLEMS).map(({ path, expected }) => `${path}: ${expected}`);
      logger.warn('the configuration document is not used', { problems: shown, count: problems.length });
      measure('ConfigurationInvalid', 1);
    },
    deliveryDelay: (delay) => {
      if (delay >= WORTH_MEASURING) measure('DeliveryDelay', Math.round(delay / seconds(1)));
    },
    services: (count) => {
      measure('ServicesWatched', count);
    },
    sweepFailed: ({ action, reason, name, place: { account, region } }) => {
      logger.warn('the sweep of the services was not answered', { action, reason, name, account, region });
    },
  };
}
