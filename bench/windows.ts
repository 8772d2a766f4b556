/**
 * Whether window arithmetic agrees with what the runtime's own formatter shows, for every zone it knows.
 *
 *     npm run bench:windows -- [--from 1990] [--to 2040] [--zone NAME] [--every N]
 *
 * Reads the formatter every six hours, and every minute where clocks have changed in between, and compares every night of
 * every year for two windows: one that closes by the clock on the wall and one of elapsed time. Takes some minutes for all
 * years; `--every` takes every Nth zone alone. Exits 1 for a difference.
 */
import { parseArgs } from 'node:util';
import { days, hours, minutes } from '../shared/domain/instant.ts';
import { WEEKDAYS } from '../shared/domain/quiet-hours.ts';
import { type Closes, DEFAULT_BUDGET, type MaintenanceWindow } from '../shared/domain/windows/maintenance.ts';
import { openingsOf } from '../shared/domain/windows/opening.ts';
import { firstMinute, readWall, type Wall } from '../test/support/wall.ts';

const { values } = parseArgs({
  options: {
    from: { type: 'string', default: '1990' },
    to: { type: 'string', default: '2040' },
    zone: { type: 'string' },
    every: { type: 'string', default: '1' },
  },
});
const zones =
  values.zone === undefined
    ? Intl.supportedValuesOf('timeZone').filter((_, index) => index % Number(values.every) === 0)
    : [values.zone];

/** In the hours in which clocks are changed. */
const CASES: readonly { readonly start: number; readonly closes: Closes }[] = [
  { start: minutes(30), closes: { kind: 'end', at: minutes(150) } },
  { start: minutes(150), closes: { kind: 'duration', length: hours(4) } },
  { start: hours(0), closes: { kind: 'end', at: hours(24) } },
];

const windowOf = (zone: string, { start, closes }: (typeof CASES)[number]): MaintenanceWindow => ({
  name: 'bench',
  zone,
  opens: { kind: 'weekly', days: WEEKDAYS, start },
  closes,
  overrun: 'finish',
  select: {},
  mode: 'approve',
  budget: DEFAULT_BUDGET,
  blockers: [],
});

/** Of each day of the year, `opens/closes`; nothing where clocks leave nothing. */
function read(wall: Wall, year: number, { start, closes }: (typeof CASES)[number]): readonly string[] {
  const [from, to] = [Date.UTC(year, 0), Date.UTC(year + 1, 0)];
  const dates = Array.from({ length: (to - from) / days(1) + 4 }, (_, index) => from + days(index - 2));
  return dates.flatMap((date) => {
    const opens = firstMinute(wall, date + start);
    const until = closes.kind === 'end' ? firstMinute(wall, date + closes.at) : opens + closes.length;
    return opens < until && opens < to && from < until ? [`${opens}/${until}`] : [];
  });
}

let [compared, wrong] = [0, 0];
const began = performance.now();
for (const zone of zones) {
  for (let year = Number(values.from); year <= Number(values.to); year++) {
    const [from, to] = [Date.UTC(year, 0), Date.UTC(year + 1, 0)];
    const wall = readWall(zone, from - days(6), to + days(6), hours(6));
    for (const one of CASES) {
      const expected = read(wall, year, one);
      const actual = openingsOf(windowOf(zone, one), from, to).map(({ opens, closes }) => `${opens}/${closes}`);
      compared += expected.length;
      const different = expected.filter((span, index) => span !== actual[index]).length;
      wrong += Math.max(different, Math.abs(expected.length - actual.length));
      if (different > 0) console.log(`${zone} ${year}: ${different} differ`);
    }
  }
}
console.log(`zones       ${zones.length}, tz database ${process.versions.tz}`);
console.log(`openings    ${compared}`);
console.log(`different   ${wrong}`);
console.log(`seconds     ${Math.round((performance.now() - began) / 1_000)}`);
if (wrong > 0) process.exitCode = 1;
