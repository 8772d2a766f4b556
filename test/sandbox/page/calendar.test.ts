import { fc, it } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { parseDocument } from 'yaml';
import type { Terminal } from '../../../cli/terminal.ts';
import { listWindows } from '../../../cli/windows/list.ts';
import { nextClockChange } from '../../../sandbox/next-clock-change.ts';
import { agendaOf } from '../../../sandbox/page/calendar/agenda.ts';
import { calendarOf, zonesOf } from '../../../sandbox/page/calendar/calendar.ts';
import { daysFrom, mondayOf, offsetText, wallText } from '../../../sandbox/page/calendar/days.ts';
import { spansOf } from '../../../sandbox/page/calendar/openings.ts';
import { NOTHING_KNOWN } from '../../../sandbox/page/knowledge.ts';
import { defaultPolicy } from '../../../shared/domain/policy.ts';
import type { Maintenance } from '../../../shared/domain/windows/maintenance.ts';
import { parsePolicy } from '../../../shared/parse/configuration.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const ZONES = ['UTC', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'Pacific/Apia'];

const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, one) => sum + one, 0);

/** What a document says about windows and freezes. */
function maintenanceIn(document: string): Maintenance {
  const parsed = parsePolicy(
    parseDocument(document).toJS(),
    defaultPolicy({ destinations: [], lowestSeverity: 'low' }),
  );
  if (parsed.status === 'invalid') throw new Error(JSON.stringify(parsed.problems));
  return parsed.policy.maintenance;
}

const NIGHTS = maintenanceIn(`
version: 1
windows:
  - name: nights
    zone: Europe/Berlin
    opens: { weekly: { days: [sat, sun], start: "01:30" } }
    end: "04:30"
freezes:
  - name: fair
    zone: Europe/Berlin
    from: "2026-11-01T00:00"
    to: "2026-11-02T00:00"
    reason: the trade fair
`);

describe('days by the clocks of a zone', () => {
  it.each([
    ['2026-03-29', 'Europe/Berlin', 1_380, 60, 'clocks go forward in spring'],
    ['2026-10-25', 'Europe/Berlin', 1_500, -60, 'clocks go back in autumn'],
    ['2026-03-08', 'America/New_York', 1_380, 60, 'on another day in New York'],
    ['2026-04-05', 'Australia/Lord_Howe', 1_470, -30, 'by half an hour on Lord Howe'],
  ])('%s in %s has %d minutes: %s', (date, zone, minutes, by) => {
    const [day] = daysFrom(Date.parse(`${date}T12:00:00Z`), 1, zone);
    expect(day).toMatchObject({ date, minutes, change: { by } });
  });

  it('has 1440 minutes and no change on any other day', () => {
    const [day] = daysFrom(Date.UTC(2026, 10, 17, 12), 1, 'Europe/Berlin');
    expect(day).toMatchObject({ date: '2026-11-17', weekday: 'Tue', minutes: 1_440 });
    expect(day).not.toHaveProperty('change');
  });

  it.prop([fc.constantFrom(...ZONES), fc.integer({ min: Date.UTC(2020, 0), max: Date.UTC(2035, 0) })])(
    'leaves no instant out and holds none twice',
    (zone, from) => {
      const days = daysFrom(from, 40, zone);
      expect(days[0]?.starts).toBeLessThanOrEqual(from);
      expect(from).toBeLessThan(days[0]?.ends ?? 0);
      for (const [index, day] of days.slice(1).entries()) expect(day.starts).toBe(days[index]?.ends);
      for (const { minutes, change } of days) expect(minutes - 1_440).toBe(-(change?.by ?? 0) || 0);
    },
  );

  it('begins a week on Monday, at midnight in the zone', () => {
    const monday = mondayOf(Date.UTC(2026, 10, 1, 12), 'America/New_York');
    expect(wallText(monday, 'America/New_York')).toBe('Mon 26 Oct 00:00');
    expect(offsetText(monday, 'America/New_York')).toBe('-04:00');
  });

  it('knows when clocks change next, and that some never do', () => {
    const change = nextClockChange(Date.UTC(2026, 10, 17), 'Europe/Berlin');
    expect(change).toBe(Date.UTC(2027, 2, 28, 1));
    expect(nextClockChange(Date.UTC(2026, 10, 17), 'UTC')).toBeUndefined();
  });
});

describe('the calendar', () => {
  const now = Date.UTC(2026, 9, 23, 12);
  const calendar = calendarOf({ maintenance: NIGHTS, plans: [], now, zone: 'Europe/Berlin' });

  it('reaches at least four weeks, from the Monday of the week before', () => {
    expect(calendar.days).toHaveLength(42);
    expect(calendar.days[0]).toMatchObject({ weekday: 'Mon', date: '2026-10-12' });
    expect(calendar.days.filter(({ isToday }) => isToday)).toMatchObject([{ date: '2026-10-23' }]);
  });

  it('draws an opening of four hours on the day on which clocks go back, and marks the change', () => {
    const [day] = calendar.days.filter(({ date }) => date === '2026-10-25');
    expect(day).toMatchObject({
      minutes: 1_500,
      pieces: [{ from: 90, to: 330, span: { kind: 'open', name: 'nights' } }],
    });
    expect(day?.marks).toMatchObject([{ kind: 'change', minute: 180, text: 'Clocks go back by 60 minutes' }]);
  });

  it('shows what a freeze takes, and the freeze itself', () => {
    const [day] = calendar.days.filter(({ date }) => date === '2026-11-01');
    expect(day?.pieces.map(({ span }) => span.kind)).toEqual(['freeze', 'frozen']);
  });

  it('says the same in rows, in order', () => {
    const texts = calendar.rows.map(({ what }) => what);
    expect(texts).toEqual(
      expect.arrayContaining(['Open: nights', 'Freeze: fair', 'Would be open, and is frozen: nights', 'Now']),
    );
    expect(calendar.rows.map(({ at }) => at)).toEqual(calendar.rows.map(({ at }) => at).toSorted((a, b) => a - b));
  });

  it('keeps every minute of an opening, whatever the zone that it is drawn in', () => {
    for (const zone of ZONES) {
      const { days } = calendarOf({ maintenance: NIGHTS, plans: [], now, zone });
      const drawn = days.flatMap(({ pieces }) =>
        pieces.filter(({ span }) => span.kind === 'open').map((piece) => piece.to - piece.from),
      );
      const [from, to] = [days[0]?.starts ?? 0, days.at(-1)?.ends ?? 0];
      const open = spansOf(NIGHTS, { from, to }).filter(({ kind }) => kind === 'open');
      const lengths = open.map(({ opens, closes }) => (Math.min(closes, to) - Math.max(opens, from)) / 60_000);
      expect(sumOf(drawn)).toBe(sumOf(lengths));
    }
  });

  it('has the openings that "slackwater windows" lists', async () => {
    const lines: string[] = [];
    // True: listing windows prints and asks the clock, and nothing else.
    const terminal = {
      out: (text: string) => void lines.push(text),
      err: () => undefined,
      clock: () => now,
    } as unknown as Terminal;
    await listWindows(NIGHTS, { json: true, days: '30' }, terminal);
    const listed = JSON.parse(lines.join('')) as readonly { readonly opens: string }[];
    const spans = spansOf(NIGHTS, { from: now, to: now + 30 * DAY }).filter(({ kind }) => kind === 'open');
    expect(spans.map(({ opens }) => opens)).toEqual(listed.map(({ opens }) => Date.parse(opens)));
    expect(spans.length).toBeGreaterThan(5);
  });

  it('offers the zones of the windows, and UTC', () => {
    expect(zonesOf(NIGHTS)).toEqual(['Europe/Berlin', 'UTC']);
    expect(zonesOf({ windows: [], freezes: [] })).toEqual(['UTC']);
  });
});

describe('what comes next', () => {
  const policy = { ...NOTHING_KNOWN.policy, maintenance: NIGHTS };

  it('names openings, closes and changes of clocks, the next first, and nothing that has begun', () => {
    const now = Date.UTC(2026, 9, 24, 0);
    const coming = agendaOf({ ...NOTHING_KNOWN, policy }, now);
    expect(coming.slice(0, 4).map(({ what }) => what)).toEqual([
      'window nights closes',
      'window nights opens',
      'clocks change in Europe/Berlin',
      'window nights closes',
    ]);
    expect(coming.find(({ isOpening }) => isOpening)?.at).toBe(Date.UTC(2026, 9, 24, 23, 30));
    expect(coming.every(({ at }) => at > now)).toBe(true);
  });

  it('is empty where nothing is known', () => {
    expect(agendaOf(NOTHING_KNOWN, 0)).toEqual([]);
  });
});
