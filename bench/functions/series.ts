import type { Runtime } from '../../sandbox/lambda/runtime.ts';
import { execute } from './execution.ts';
import type { Measured } from './measured.ts';
import type { Quota } from './quota.ts';
import type { Target } from './target.ts';

/** What was measured of one target, round by round. */
export interface Series {
  readonly whole: readonly Measured[];
  /** Held to its share of a processor from the first event on; empty where it cannot be held. */
  readonly held: readonly Measured[];
}

interface Course {
  readonly runtime: Runtime;
  readonly rounds: number;
  /** Further events in each round. */
  readonly warm: number;
  readonly quota: Quota | undefined;
  readonly onRound: (round: number) => void;
}

/**
 * Starts every target once a round, each round in another order, so that whatever else the machine does meets all alike;
 * by name.
 */
export async function measureAll(targets: readonly Target[], course: Course): Promise<ReadonlyMap<string, Series>> {
  const series = new Map(targets.map(({ name }) => [name, { whole: [] as Measured[], held: [] as Measured[] }]));
  for (let round = 0; round < course.rounds; round++) {
    course.onRound(round);
    for (const target of rotated(targets, round)) {
      const { whole, held } = series.get(target.name) ?? { whole: [], held: [] };
      whole.push(await execute(target, { runtime: course.runtime, warm: course.warm }));
      if (course.quota !== undefined)
        held.push(await execute(target, { runtime: course.runtime, warm: 0, quota: course.quota }));
    }
  }
  return series;
}

const rotated = <Value>(values: readonly Value[], by: number): readonly Value[] => {
  const start = by % Math.max(1, values.length);
  return [...values.slice(start), ...values.slice(0, start)];
};
