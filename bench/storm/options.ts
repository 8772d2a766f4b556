import { parseArgs } from 'node:util';

export interface StormOptions {
  readonly services: number;
  readonly stops: number;
  readonly seed: number;
  /** Seconds in which the stops happen. */
  readonly span: number;
  /** Share of stops that nobody has to know of. */
  readonly benign: number;
  /** Share of stops that the rules drop, such as scale-ins. */
  readonly routine: number;
  /** Environments of each function. */
  readonly concurrency: number;
  /** Share of Slack's requests that meet a mishap, and of DynamoDB's that are throttled. */
  readonly faults: number;
  /** One post a second and channel, as Slack allows. */
  readonly limited: boolean;
}

export const USAGE = `Drives a storm of task stops through the real bundles and prints what it took.

  npm run bench:storm -- [options]

  --stops NUMBER        task stops, duplicates not counted (10000)
  --services NUMBER     services that they are spread over (20)
  --seed NUMBER         another storm (1)
  --span SECONDS        in which the stops happen, on the sandbox's clock (600)
  --benign SHARE        share of stops that somebody made by hand, 0 to 1 (0)
  --routine SHARE       share of stops that the rules drop, such as scale-ins, 0 to 1 (0)
  --concurrency NUMBER  environments of each function, at most what the template allows (2)
  --faults SHARE        share of Slack's and DynamoDB's answers that fail, 0 to 1 (0)
  --unlimited           Slack takes any number of posts a second`;

/** @throws an Error in words for what it does not understand. */
export function readOptions(args: readonly string[]): StormOptions | 'help' {
  const { values } = parseArgs({
    args: [...args],
    options: {
      stops: { type: 'string', default: '10000' },
      services: { type: 'string', default: '20' },
      seed: { type: 'string', default: '1' },
      span: { type: 'string', default: '600' },
      concurrency: { type: 'string', default: '2' },
      faults: { type: 'string', default: '0' },
      benign: { type: 'string', default: '0' },
      routine: { type: 'string', default: '0' },
      unlimited: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return 'help';
  const number = (name: 'stops' | 'services' | 'seed' | 'span' | 'concurrency', least: number): number => {
    const value = Number(values[name]);
    if (!Number.isInteger(value) || value < least) throw new Error(`--${name} takes a whole number from ${least} on`);
    return value;
  };
  const share = (name: 'faults' | 'benign' | 'routine'): number => {
    const value = Number(values[name]);
    if (!(value >= 0 && value <= 1)) throw new Error(`--${name} takes a share from 0 to 1`);
    return value;
  };
  return {
    stops: number('stops', 1),
    services: number('services', 1),
    seed: number('seed', 0),
    span: number('span', 1),
    concurrency: number('concurrency', 1),
    faults: share('faults'),
    benign: share('benign'),
    routine: share('routine'),
    limited: !values.unlimited,
  };
}
