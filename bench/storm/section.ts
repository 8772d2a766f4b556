import { cpSync } from 'node:fs';
import { table } from '../markdown.ts';
import type { StormOptions } from './options.ts';
import { costsOf } from './prices.ts';
import type { StormRun } from './report.ts';
import { runStorm } from './run.ts';

interface Mix extends Pick<StormOptions, 'benign' | 'routine'> {
  /** What the stops are, in words. */
  readonly name: string;
}

const MIXES: readonly Mix[] = [
  { name: 'crash loops only', benign: 0, routine: 0 },
  { name: 'two of five crash, three are scale-ins, which the rules drop', benign: 0, routine: 0.6 },
  { name: 'one of ten crashes, nine are scale-ins', benign: 0, routine: 0.9 },
  { name: 'one of ten crashes, nine were stopped by hand, which the rules let through', benign: 0.9, routine: 0 },
];

/** Five a second, a second apart for each of the services that crash. */
const STORM = { services: 20, stops: 2_000, seed: 1, span: 400, concurrency: 2, faults: 0, limited: true };

/** Drives the mixes through the functions of `dist/`, from a copy below `folder`, and says in Markdown what they cost. */
export async function stormSection(folder: string): Promise<string> {
  cpSync('template.yaml', `${folder}/template.yaml`);
  cpSync('dist/functions', `${folder}/dist/functions`, { recursive: true });
  const rows: (readonly string[])[] = [];
  for (const { name, ...shares } of MIXES) {
    process.stderr.write(`storm: ${name}\n`);
    rows.push(rowOf(name, await runStorm({ ...STORM, ...shares }, folder)));
  }
  return [
    `${STORM.stops} stops over ${STORM.services} services in ${STORM.span} s, and a tenth more that come twice; USD for a million events at list prices:`,
    table(
      ['', 'events/s here', 'posts', 'write units an event', ...SERVICES.map(([short]) => short), 'together'],
      rows,
    ),
  ].join('\n\n');
}

/** Columns of the bill, with what they are called in it. */
const SERVICES = [
  ['writes', 'DynamoDB writes'],
  ['reads', 'DynamoDB reads'],
  ['Lambda', 'Lambda duration'],
  ['requests', 'Lambda requests'],
  ['SQS', 'SQS requests'],
  ['SNS', 'SNS publishes'],
  ['logs', 'CloudWatch Logs'],
] as const;

function rowOf(name: string, { events, milliseconds, posts, usage }: StormRun): readonly string[] {
  const costs = new Map(costsOf(usage).map((cost) => [cost.name, (cost.dollars / events) * 1e6]));
  const units = Object.values(usage.database).reduce((sum, { writeUnits }) => sum + writeUnits, 0);
  const together = [...costs.values()].reduce((sum, dollars) => sum + dollars, 0);
  return [
    name,
    ((events * 1_000) / milliseconds).toFixed(0),
    String(posts),
    (units / events).toFixed(2),
    ...SERVICES.map(([, bill]) => (costs.get(bill) ?? 0).toFixed(2)),
    together.toFixed(2),
  ];
}
