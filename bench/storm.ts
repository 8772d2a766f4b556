/**
 * What a storm costs: task stops through the rules, the queue and the built bundles, on the sandbox's clock.
 *
 *     npm run bench:storm -- [--stops N] [--services N] [--benign SHARE] [--seed N]
 *
 * Run `npm run build` first. Events of one batching window arrive together, so batches are what the mapping of the
 * template gathers, at most its BatchSize. Counts depend on the seed alone, durations on the machine.
 */
import { startSandbox } from '../sandbox/sandbox.ts';
import { pour } from '../sandbox/scenario/pour.ts';
import { storm } from '../sandbox/scenario/storms.ts';
import { SLACK_RATE_LIMITS } from '../sandbox/slack/rate-limits.ts';
import { readOptions, type StormOptions, USAGE } from './storm/options.ts';
import { reportOf, type StormRun } from './storm/report.ts';

/** Milliseconds on the sandbox's clock after the last event, in which what is still owed is told. */
const AFTERMATH = 15 * 60_000;
/** Seconds of real time until a message that was not dealt with comes again. */
const VISIBILITY_TIMEOUT = 2;

async function run(options: StormOptions): Promise<StormRun> {
  const { services, stops, seed, concurrency, faults, benign, limited } = options;
  await using sandbox = await startSandbox({
    concurrency,
    visibilityTimeout: VISIBILITY_TIMEOUT,
    ...(limited && { slackRateLimits: SLACK_RATE_LIMITS }),
  });
  if (faults > 0) {
    sandbox.injectSlack({ kind: 'unreliable', seed, share: faults });
    sandbox.injectDatabase({ seed, share: faults });
  }
  const deliveries = storm({ services, stops, seed, benign, at: sandbox.clock.now(), span: options.span * 1_000 });
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

async function main(args: readonly string[]): Promise<number> {
  const options = readOptions(args);
  if (options === 'help') {
    console.log(USAGE);
    return 0;
  }
  console.log(`${options.stops} stops over ${options.services} services, seed ${options.seed}\n`);
  console.log(reportOf(await run(options)));
  return 0;
}

const code = await main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  return 1;
});
// The queue emulator's long-poll timers would hold the process for 20 s more.
process.exit(code);
