/**
 * What a storm costs: task stops through the rules, the queue and the built bundles, on the sandbox's clock.
 *
 *     npm run bench:storm -- [--stops N] [--services N] [--benign SHARE] [--routine SHARE] [--seed N]
 *
 * Run `npm run build` first. Events of one batching window arrive together, so batches are what the mapping of the
 * template gathers, at most its BatchSize. Counts depend on the seed alone, durations on the machine.
 */
import { readOptions, USAGE } from './storm/options.ts';
import { reportOf } from './storm/report.ts';
import { runStorm } from './storm/run.ts';

async function main(args: readonly string[]): Promise<number> {
  const options = readOptions(args);
  if (options === 'help') {
    console.log(USAGE);
    return 0;
  }
  console.log(`${options.stops} stops over ${options.services} services, seed ${options.seed}\n`);
  console.log(reportOf(await runStorm(options)));
  return 0;
}

const code = await main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  return 1;
});
// The queue emulator's long-poll timers would hold the process for 20 s more.
process.exit(code);
