import { startSandbox } from '../../sandbox/sandbox.ts';
import { pour } from '../../sandbox/scenario/pour.ts';
import { storm } from '../../sandbox/scenario/storms.ts';
import { SLACK_RATE_LIMITS } from '../../sandbox/slack/rate-limits.ts';
import type { StormOptions } from './options.ts';
import type { StormRun } from './report.ts';
import { routineStops } from './routine.ts';

/** Milliseconds on the sandbox's clock after the last event, in which what is still owed is told. */
const AFTERMATH = 15 * 60_000;
/** Seconds of real time until a message that was not dealt with comes again. */
const VISIBILITY_TIMEOUT = 2;

/** Drives one storm through the built bundles. `root` holds `template.yaml` and `dist/`; the project itself when absent. */
export async function runStorm(options: StormOptions, root?: string): Promise<StormRun> {
  const { services, stops, seed, concurrency, faults, benign, routine, limited } = options;
  await using sandbox = await startSandbox({
    concurrency,
    visibilityTimeout: VISIBILITY_TIMEOUT,
    ...(limited && { slackRateLimits: SLACK_RATE_LIMITS }),
    ...(root !== undefined && { root }),
  });
  if (faults > 0) {
    sandbox.injectSlack({ kind: 'unreliable', seed, share: faults });
    sandbox.injectDatabase({ seed, share: faults });
  }
  const [at, span] = [sandbox.clock.now(), options.span * 1_000];
  const dropped = Math.round(stops * routine);
  const deliveries = [
    ...storm({ services, stops: stops - dropped, seed, benign, at, span }),
    ...routineStops({ services, stops: dropped, seed, at, span }),
  ].toSorted((a, b) => a.arrives - b.arrives);
  const began = performance.now();
  await pour(sandbox, deliveries);
  const milliseconds = performance.now() - began;
  await sandbox.clock.advance(AFTERMATH);
  await sandbox.settled();
  const replies = sandbox.messages().filter(({ thread_ts }) => thread_ts !== undefined).length;
  return {
    events: deliveries.length,
    milliseconds,
    posts: sandbox.messages().length - replies,
    replies,
    deadLetters: await sandbox.deadLetters(),
    usage: sandbox.usage(),
  };
}
