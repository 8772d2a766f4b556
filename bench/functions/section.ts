import { join } from 'node:path';
import { chooseRuntime } from '../../sandbox/lambda/runtime.ts';
import { startEdition } from './edition.ts';
import { quotaOf } from './quota.ts';
import { measureAll } from './series.ts';
import { coldTable, heldTable, warmTable, weightTable } from './tables.ts';
import type { Target } from './target.ts';
import { EMPTY, REFERENCE } from './targets.ts';
import { weightOf } from './weight.ts';

export interface FunctionsOptions {
  /** Folder of the build, as `dist`. */
  readonly built: string;
  /** Another build to measure beside it. */
  readonly against: string | undefined;
  /** Part of the names of what is measured; '' for everything. */
  readonly only: string;
  readonly rounds: number;
  /** Further events after each cold start. */
  readonly warm: number;
  /** An empty folder for copies. */
  readonly folder: string;
}

/** Milliseconds that AWS and Slack take for an answer. */
const LATENCY = 5;
/** MB, as template.yaml gives every function. */
const MEMORY = 512;

/** Measures the functions in rotating order, and says in Markdown what came of it. */
export async function functionsSection(options: FunctionsOptions): Promise<string> {
  const { built, against, only, rounds, warm, folder } = options;
  const runtime = chooseRuntime();
  const edition = { latency: LATENCY, runtime };
  await using present = await startEdition({ ...edition, built, folder: join(folder, 'present') });
  await using earlier =
    against === undefined
      ? undefined
      : await startEdition({ ...edition, built: against, folder: join(folder, 'earlier') });
  using quota = quotaOf(MEMORY);
  const targets = chosen(only, present.targets, earlier?.targets ?? []);
  const onRound = (round: number): boolean => process.stderr.write(`round ${round + 1} of ${rounds}\n`);
  const all = await measureAll(targets, { runtime, rounds, warm, quota, onRound });
  const weights = new Map(targets.map((target) => [bundleOf(target), weightOf(target.folder)]));
  return [
    `${rounds} rounds of one cold start and ${warm} further events; ${runtime.description}.`,
    `Cold start on a whole processor:\n\n${coldTable(all)}`,
    `Cold start at ${MEMORY} MB: INIT on a whole processor, the first event on ${MEMORY}/1769 of one, as in Lambda:\n\n${heldTable(all)}`,
    `Further events:\n\n${warmTable(all)}`,
    `Bundles:\n\n${weightTable(weights)}`,
  ].join('\n\n');
}

const isBase = ({ name }: Target): boolean => name === EMPTY || name === REFERENCE;

/** The two that the others are held against are always there, and once. */
function chosen(only: string, present: readonly Target[], earlier: readonly Target[]): readonly Target[] {
  const asked = ({ name }: Target): boolean => name.includes(only);
  return [
    ...present.filter((target) => isBase(target) || asked(target)),
    ...earlier
      .filter((target) => !isBase(target) && asked(target))
      .map((target) => ({ ...target, name: `${target.name} (before)` })),
  ];
}

/** `ecs-events, benign stop` is the bundle `ecs-events`. */
const bundleOf = ({ name }: Target): string => name.replace(/, [^(]*/, ' ').trim();
