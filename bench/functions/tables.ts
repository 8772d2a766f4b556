import { table } from '../markdown.ts';
import type { Measured } from './measured.ts';
import type { Series } from './series.ts';
import { median, quantile, ratios, spreadOf } from './statistics.ts';
import { EMPTY, REFERENCE } from './targets.ts';
import type { Weight } from './weight.ts';

/** By name of the target. */
type AllSeries = ReadonlyMap<string, Series>;
type Figure = (measured: Measured) => number;

const initCpu: Figure = ({ init }) => init.cpu;
const coldCpu: Figure = ({ init, first }) => init.cpu + first.cpu;
const coldWall: Figure = ({ init, first }) => init.wall + first.wall;
const warmCpu: Figure = (measured) => measured.warmCpu;

const milliseconds = (value: number): string => value.toFixed(value < 10 ? 1 : 0);
const middle = (measured: readonly Measured[], figure: Figure): string => milliseconds(median(measured.map(figure)));

/** `2.58 (2.41-2.70)`: the median of the rounds' ratios, and their tenth and ninetieth percentile. */
function against(measured: readonly Measured[], base: readonly Measured[], figure: Figure): string {
  const { median: value, low, high } = spreadOf(ratios(measured.map(figure), base.map(figure)));
  return `${value.toFixed(2)} (${low.toFixed(2)}-${high.toFixed(2)})`;
}

const baseOf = (all: AllSeries, name: string, of: keyof Series): readonly Measured[] => all.get(name)?.[of] ?? [];

export function coldTable(all: AllSeries): string {
  const [empty, reference] = [baseOf(all, EMPTY, 'whole'), baseOf(all, REFERENCE, 'whole')];
  return table(
    ['', 'INIT ms', 'INIT CPU ms', 'x empty', 'first ms', 'first CPU ms', 'cold CPU ms', 'x reference'],
    [...all].map(([name, { whole }]) => [
      name,
      middle(whole, ({ init }) => init.wall),
      middle(whole, initCpu),
      against(whole, empty, initCpu),
      middle(whole, ({ first }) => first.wall),
      middle(whole, ({ first }) => first.cpu),
      middle(whole, coldCpu),
      against(whole, reference, coldCpu),
    ]),
  );
}

/** Of what was held to a share of a processor; empty where nothing was. */
export function heldTable(all: AllSeries): string {
  const reference = baseOf(all, REFERENCE, 'held');
  if (reference.length === 0) return 'This machine did not let the bench hold a process to a share of a processor.';
  return table(
    ['', 'INIT ms', 'first ms', 'cold ms', 'x reference'],
    [...all].map(([name, { held }]) => [
      name,
      middle(held, ({ init }) => init.wall),
      middle(held, ({ first }) => first.wall),
      middle(held, coldWall),
      against(held, reference, coldWall),
    ]),
  );
}

export function warmTable(all: AllSeries): string {
  const reference = baseOf(all, REFERENCE, 'whole');
  return table(
    ['', 'p50 ms', 'p99 ms', 'CPU ms', 'x reference', 'logged bytes', 'memory MB'],
    [...all].map(([name, { whole }]) => {
      const times = whole.flatMap(({ warm }) => warm);
      return [
        name,
        milliseconds(median(times)),
        milliseconds(quantile(times, 0.99)),
        middle(whole, warmCpu),
        against(whole, reference, warmCpu),
        median(whole.map(({ logBytes }) => logBytes)).toFixed(0),
        median(whole.map(({ resident }) => resident)).toFixed(0),
      ];
    }),
  );
}

export const weightTable = (weights: ReadonlyMap<string, Weight>): string =>
  table(
    ['', 'cold start KB', 'all KB', 'zip KB'],
    [...weights].map(([name, { coldStart, total, zip }]) => [name, ...[coldStart, total, zip].map(String)]),
  );
