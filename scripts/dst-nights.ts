import { days, hours, type Instant } from '../shared/domain/instant.ts';
import { defaultPolicy } from '../shared/domain/policy.ts';
import { type Opening, openingsOf } from '../shared/domain/windows/opening.ts';
import { instantOf } from '../shared/domain/zone.ts';
import { parsePolicy } from '../shared/parse/configuration.ts';

/** A night in which clocks change, and what windows come to in it. */
export interface DstNight {
  /** The file below docs/images, without its ending. */
  readonly file: string;
  readonly title: string;
  /** What it shows, for those who cannot see it. */
  readonly description: string;
  /** Beside the line of the change. */
  readonly change: string;
  readonly zone: string;
  readonly from: Instant;
  readonly to: Instant;
  readonly changesAt: Instant;
  readonly rows: readonly NightRow[];
}

export interface NightRow {
  /** As the window is written: `22:00 to 05:00`. */
  readonly label: string;
  /** Absent where nothing of the window is left. */
  readonly opening: Opening | undefined;
}

interface Night extends Omit<DstNight, 'from' | 'to' | 'rows'> {
  /** The local day that the night begins on, in milliseconds. */
  readonly day: number;
  readonly windows: readonly Written[];
}

/** `[start, end]` on the wall, or `[start, duration]`. */
type Written = readonly [start: string, end: string];

export const nights = (): readonly DstNight[] => NIGHTS.map(nightOf);

const NIGHTS: readonly Night[] = [
  {
    file: 'dst-spring',
    title: 'Clocks go forward: 02:00 becomes 03:00 (Europe/Prague, 29 March 2026)',
    description:
      'A window with an end keeps its end and is an hour shorter. One with a duration keeps its length and closes an hour later on the wall. What begins in the skipped hour begins at 03:00. What lies in it altogether does not exist that night.',
    change: '02:00 becomes 03:00',
    zone: 'Europe/Prague',
    day: Date.UTC(2026, 2, 28),
    changesAt: Date.UTC(2026, 2, 29, 1),
    windows: [
      ['22:00', '05:00'],
      ['22:00', 'PT7H'],
      ['02:30', '04:00'],
      ['02:00', '02:30'],
    ],
  },
  {
    file: 'dst-autumn',
    title: 'Clocks go back: 03:00 becomes 02:00 (Europe/Prague, 25 October 2026)',
    description:
      'A window with an end keeps its end and is an hour longer. One with a duration keeps its length and closes an hour earlier on the wall. Of a time that is shown twice the first counts, to open and to close.',
    change: '03:00 becomes 02:00',
    zone: 'Europe/Prague',
    day: Date.UTC(2026, 9, 24),
    changesAt: Date.UTC(2026, 9, 25, 1),
    windows: [
      ['22:00', '05:00'],
      ['22:00', 'PT7H'],
      ['02:30', '04:00'],
      ['00:30', '02:30'],
    ],
  },
  {
    file: 'dst-lord-howe',
    title: 'Half an hour is skipped: 02:00 becomes 02:30 (Australia/Lord_Howe, 4 October 2026)',
    description:
      'Where clocks change by half an hour, a night is half an hour shorter, and what begins in the skipped half hour begins at 02:30.',
    change: '02:00 becomes 02:30',
    zone: 'Australia/Lord_Howe',
    day: Date.UTC(2026, 9, 3),
    changesAt: Date.UTC(2026, 9, 3, 15, 30),
    windows: [
      ['22:00', '05:00'],
      ['22:00', 'PT7H'],
      ['02:15', '04:00'],
    ],
  },
];

/** Nine in the evening until seven in the morning, by the clocks of the zone. */
function nightOf({ day, windows, ...night }: Night): DstNight {
  const from = instantOf(day + hours(21), night.zone);
  const to = instantOf(day + days(1) + hours(7), night.zone);
  const rows = windows.map((written) => {
    const [start, end] = written;
    const label = end.startsWith('PT') ? `${start} for ${end.slice(2, -1)} h` : `${start} to ${end}`;
    return { label, opening: openingIn(written, { zone: night.zone, from, to }) };
  });
  return { ...night, from, to, rows };
}

function openingIn([start, end]: Written, { zone, from, to }: Pick<DstNight, 'zone' | 'from' | 'to'>) {
  const close = end.startsWith('PT') ? { duration: end } : { end };
  const document = { version: 1, windows: [{ name: 'n', zone, opens: { weekly: { start } }, ...close }] };
  const parsed = parsePolicy(document, defaultPolicy({ destinations: [], lowestSeverity: 'low' }));
  if (parsed.status === 'invalid') throw new Error(JSON.stringify(parsed.problems));
  const [window] = parsed.policy.maintenance.windows;
  return window && openingsOf(window, from, to).find(({ opens }) => opens >= from);
}
