import { describe, expect, it } from 'vitest';
import { days, hours, minutes, seconds } from '../../shared/domain/instant.ts';
import { defaultPolicy } from '../../shared/domain/policy.ts';
import { DEFAULT_BUDGET } from '../../shared/domain/windows/maintenance.ts';
import { parsePolicy } from '../../shared/parse/configuration.ts';
import { parseDuration } from '../../shared/parse/configuration-windows-duration.ts';

const DEFAULTS = defaultPolicy({ destinations: [], lowestSeverity: 'low' });

const parsed = (document: Readonly<Record<string, unknown>>) => parsePolicy({ version: 1, ...document }, DEFAULTS);

function maintenanceOf(document: Readonly<Record<string, unknown>>) {
  const result = parsed(document);
  if (result.status === 'invalid') throw new Error(JSON.stringify(result.problems));
  return result.policy.maintenance;
}

describe('maintenance in a document', () => {
  it('takes from the defaults what a window does not say', () => {
    const { windows } = maintenanceOf({
      maintenance: { mode: 'notify', budget: { maxServices: 3, spacing: '5m' } },
      windows: [
        { name: 'a', zone: 'UTC', opens: { weekly: { start: '22:30' } }, end: '06:00' },
        {
          name: 'b',
          zone: 'UTC',
          opens: { once: { at: '2026-12-05T22:00' } },
          duration: 'PT4H',
          mode: 'auto',
          budget: { maxServices: 1 },
          cutoff: '45m',
          blockers: [{ deployment: 'in-progress' }, { calendar: 'company.holidays' }],
        },
      ],
    });
    expect(windows).toEqual([
      {
        name: 'a',
        zone: 'UTC',
        opens: { kind: 'weekly', days: ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'], start: minutes(1_350) },
        closes: { kind: 'end', at: hours(6) },
        overrun: 'finish',
        select: {},
        mode: 'notify',
        budget: { ...DEFAULT_BUDGET, maxServices: 3, spacing: minutes(5) },
        blockers: [],
      },
      {
        name: 'b',
        zone: 'UTC',
        opens: { kind: 'once', at: Date.UTC(2026, 11, 5, 22) },
        closes: { kind: 'duration', length: hours(4) },
        cutoff: minutes(45),
        overrun: 'finish',
        select: {},
        mode: 'auto',
        budget: { ...DEFAULT_BUDGET, maxServices: 1, spacing: minutes(5) },
        blockers: [{ kind: 'deployment-in-progress' }, { kind: 'change-calendar', calendar: 'company.holidays' }],
      },
    ]);
  });

  it('asks before it replaces where nothing is said', () => {
    const window = { name: 'a', zone: 'UTC', opens: { ssm: { id: 'mw-0123456789abcdef0' } } };
    expect(maintenanceOf({ windows: [window] }).windows).toMatchObject([
      { mode: 'approve', budget: DEFAULT_BUDGET, closes: { kind: 'ssm' } },
    ]);
  });

  it('reads freezes of one time and of every year', () => {
    const { freezes } = maintenanceOf({
      freezes: [
        { name: 'a', zone: 'UTC', from: '2026-12-20T00:00', to: '2026-12-27T12:30:00', reason: 'r', owner: 'ada' },
        { name: 'b', zone: 'UTC', yearly: { from: '12-20', to: '01-02' }, reason: 'r', override: { by: ['S0SRE'] } },
      ],
    });
    expect(freezes).toEqual([
      {
        name: 'a',
        zone: 'UTC',
        period: { kind: 'once', from: Date.UTC(2026, 11, 20), to: Date.UTC(2026, 11, 27, 12, 30) },
        select: {},
        reason: 'r',
        owner: 'ada',
      },
      {
        name: 'b',
        zone: 'UTC',
        period: { kind: 'yearly', from: { month: 12, day: 20 }, to: { month: 1, day: 2 } },
        select: {},
        reason: 'r',
        override: { by: ['S0SRE'], votes: 1 },
      },
    ]);
  });

  it('has all its problems told at once', () => {
    const result = parsed({
      windows: [
        { name: 'a', zone: 'EST', opens: { cron: { expression: '61 24 32 feb tue#6' } }, cutoff: 'soon' },
        { name: 'a', zone: 'UTC', opens: { weekly: { days: ['monday'] } }, end: '25:00', duration: '1h' },
      ],
      freezes: [{ name: 'f', zone: 'UTC', yearly: { from: '02-29', to: '13-01' } }],
    });
    const paths = result.status === 'valid' ? [] : result.problems.map(({ path }) => path);
    expect(paths).toEqual([
      'windows[0].zone',
      ...Array.from({ length: 4 }, () => 'windows[0].opens.cron.expression'),
      'windows[0].cutoff',
      'windows[0]',
      'windows[1].opens.weekly.days[0]',
      'windows[1].opens.weekly.start',
      'windows[1].end',
      'windows[1]',
      'windows[1].name',
      'freezes[0].yearly.from',
      'freezes[0].yearly.to',
      'freezes[0].reason',
    ]);
  });
});

describe('a duration', () => {
  it.each([
    ['PT4H', hours(4)],
    ['4h30m', hours(4.5)],
    ['1.5h', hours(1.5)],
    ['90m', minutes(90)],
    ['45s', seconds(45)],
    ['P1DT2H', hours(26)],
    ['P1W', days(7)],
    ['PT0.5H', minutes(30)],
    ['0s', 0],
  ])('of %s is %i ms', (text, expected) => {
    expect(parseDuration(text)).toBe(expected);
  });

  it.each(['', 'P', 'PT', 'P1DT', '4', '4 h', 'PT4', '30m4h', 'P1M', '-PT1H', 'pt4h', '1e3s'])('is not %j', (text) => {
    expect(parseDuration(text)).toBeUndefined();
  });
});
