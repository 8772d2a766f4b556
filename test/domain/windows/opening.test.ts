import { describe, expect, it } from 'vitest';
import { hours, minutes } from '../../../shared/domain/instant.ts';
import type { MaintenanceWindow } from '../../../shared/domain/windows/maintenance.ts';
import { openingsOf } from '../../../shared/domain/windows/opening.ts';
import { anSsmWindow, aWindow, cron, local, shown, toldOpenings, weekly } from '../../support/maintenance.ts';

const NEW_YORK = 'America/New_York';

/** `opens/closes`, in UTC. */
const spans = (window: MaintenanceWindow, from: string, to: string): readonly string[] =>
  openingsOf(window, local(from), local(to)).map(({ opens, closes }) => `${shown(opens)}/${shown(closes)}`);

describe('an opening', () => {
  it.each<[string, MaintenanceWindow, string, string, readonly string[]]>([
    [
      'of Friday night reaches into Saturday',
      aWindow({ opens: weekly('22:00', ['fri']), end: '02:00' }),
      '2026-11-20T00:00',
      '2026-11-27T00:00',
      ['2026-11-20T22:00/2026-11-21T02:00'],
    ],
    [
      'that began before the range is told whole',
      aWindow(),
      '2026-11-21T05:59',
      '2026-11-21T06:00',
      ['2026-11-20T22:00/2026-11-21T06:00'],
    ],
    ['is over at its close', aWindow(), '2026-11-21T06:00', '2026-11-21T22:00', []],
    [
      'may be a whole day',
      aWindow({ opens: weekly('00:00', ['sun']), end: '24:00' }),
      '2026-11-21T00:00',
      '2026-11-28T00:00',
      ['2026-11-22T00:00/2026-11-23T00:00'],
    ],
    [
      'may be of elapsed time, over several days',
      aWindow({ opens: weekly('20:00', ['fri']), length: hours(60) }),
      '2026-11-23T07:00',
      '2026-11-23T08:00',
      ['2026-11-20T20:00/2026-11-23T08:00'],
    ],
    [
      'two days after the second Tuesday is on a Thursday',
      aWindow({ opens: cron('0 2 * * tue#2', 2), length: hours(4) }),
      '2026-11-01T00:00',
      '2027-01-01T00:00',
      ['2026-11-12T02:00/2026-11-12T06:00', '2026-12-10T02:00/2026-12-10T06:00'],
    ],
    [
      'may happen once only',
      aWindow({ zone: NEW_YORK, opens: { kind: 'once', at: local('2026-11-21T22:00') }, end: '01:00' }),
      '2020-01-01T00:00',
      '2030-01-01T00:00',
      ['2026-11-22T03:00/2026-11-22T06:00'],
    ],
    [
      'lies in a skipped hour altogether, and does not exist',
      aWindow({ zone: NEW_YORK, opens: weekly('02:00'), end: '02:30' }),
      '2026-03-08T00:00',
      '2026-03-09T00:00',
      [],
    ],
    [
      'begins in a skipped hour, at its end',
      aWindow({ zone: NEW_YORK, opens: weekly('02:30'), end: '04:00' }),
      '2026-03-08T00:00',
      '2026-03-09T00:00',
      ['2026-03-08T07:00/2026-03-08T08:00'],
    ],
    [
      'begins in a skipped hour and keeps its elapsed time',
      aWindow({ zone: NEW_YORK, opens: weekly('02:30'), length: hours(1) }),
      '2026-03-08T00:00',
      '2026-03-09T00:00',
      ['2026-03-08T07:00/2026-03-08T08:00'],
    ],
    [
      'begins at the first of two equal times, and once only',
      aWindow({ zone: NEW_YORK, opens: weekly('01:30'), length: hours(1) }),
      '2026-11-01T00:00',
      '2026-11-02T00:00',
      ['2026-11-01T05:30/2026-11-01T06:30'],
    ],
    [
      'ends at the first of two equal times',
      aWindow({ zone: NEW_YORK, opens: weekly('00:30'), end: '01:30' }),
      '2026-11-01T00:00',
      '2026-11-02T00:00',
      ['2026-11-01T04:30/2026-11-01T05:30'],
    ],
    [
      'of a day that a zone left out begins when the next one does',
      aWindow({ zone: 'Pacific/Apia', opens: weekly('22:00', ['fri']), end: '06:00' }),
      '2011-12-29T00:00',
      '2012-01-02T00:00',
      ['2011-12-30T10:00/2011-12-30T16:00'],
    ],
    [
      'at a midnight that does not exist begins an hour later',
      aWindow({ zone: 'Africa/Cairo', opens: weekly('00:00', ['fri']), end: '03:00' }),
      '2026-04-23T00:00',
      '2026-04-25T00:00',
      ['2026-04-23T22:00/2026-04-24T00:00'],
    ],
    [
      'moves by half an hour on Lord Howe Island',
      aWindow({ zone: 'Australia/Lord_Howe', opens: weekly('02:15', ['sun']), end: '05:00' }),
      '2026-10-03T00:00',
      '2026-10-04T00:00',
      ['2026-10-03T15:30/2026-10-03T18:00'],
    ],
    [
      'that Systems Manager knows is not known until it is asked',
      anSsmWindow(),
      '2026-01-01T00:00',
      '2027-01-01T00:00',
      [],
    ],
    [
      'that Systems Manager has told of is as it said, where it shares an instant with the time asked about',
      anSsmWindow({
        openings: toldOpenings('2026-11-20T20:00', '2026-11-21T20:00', '2026-11-22T20:00', '2026-11-23T20:00'),
        until: local('2027-01-01T00:00'),
      }),
      '2026-11-21T23:59',
      '2026-11-23T20:00',
      ['2026-11-21T20:00/2026-11-22T00:00', '2026-11-22T20:00/2026-11-23T00:00'],
    ],
  ])('%s', (_, window, from, to, expected) => {
    expect(spans(window, from, to)).toEqual(expected);
  });

  // America/New_York, 22:00 to 06:00.
  it.each([
    ['2026-03-07', 7],
    ['2026-03-08', 8],
    ['2026-10-31', 9],
    ['2026-11-01', 8],
  ])('by the clock on the wall of %s is %i hours long', (date, length) => {
    const window = aWindow({ zone: NEW_YORK, opens: { kind: 'once', at: local(`${date}T22:00`) } });
    expect(openingsOf(window, local('2026-01-01T00:00'), local('2027-01-01T00:00'))).toMatchObject([
      { opens: expect.any(Number), windows: ['nights'], zone: NEW_YORK },
    ]);
    const [opening] = openingsOf(window, local('2026-01-01T00:00'), local('2027-01-01T00:00'));
    expect(((opening?.closes ?? 0) - (opening?.opens ?? 0)) / hours(1)).toBe(length);
  });

  it.each([
    [weekly('22:00', ['fri']), '06:00', undefined, 'fri 22:00 to 06:00, UTC'],
    [weekly('22:00'), '06:00', undefined, 'daily 22:00 to 06:00, UTC'],
    [cron('5 4 * * *', 1), undefined, minutes(90), 'cron 5 4 * * * and 1 d later for 1 h 30 min, UTC'],
  ])('says its rule', (opens, end, length, text) => {
    const window = aWindow({ opens, ...(end && { end }), ...(length && { length }) });
    const [opening] = openingsOf(window, local('2026-11-20T12:00'), local('2026-11-28T12:00'));
    expect(opening?.because).toEqual([{ rule: 'made', by: 'nights', text }]);
  });

  it.each([
    [undefined, 'maintenance window mw-0123456789abcdef0 of AWS Systems Manager'],
    ['AWS throttled it', 'maintenance window mw-0123456789abcdef0 of AWS Systems Manager; AWS throttled it'],
  ])('of Systems Manager says where it is from, and what is wrong with it (%s)', (problem, text) => {
    const imported = { openings: toldOpenings('2026-11-21T20:00'), until: local('2026-12-01T00:00') };
    const window = anSsmWindow({ ...imported, ...(problem !== undefined && { problem }) });
    const [opening] = openingsOf(window, local('2026-11-20T12:00'), local('2026-11-28T12:00'));
    expect(opening).toMatchObject({ windows: ['remote'], because: [{ rule: 'made', by: 'remote', text }] });
  });

  it('says what the change of the clocks has moved', () => {
    const nights = aWindow({ zone: NEW_YORK, opens: weekly('02:30'), end: '04:00' });
    const [spring] = openingsOf(nights, local('2026-03-08T07:00'), local('2026-03-08T07:01'));
    expect(spring?.because[0]?.text).toContain('; 02:30 on 2026-03-08 is skipped');
    const ends = aWindow({ zone: NEW_YORK, opens: weekly('00:00'), end: '01:30' });
    const [autumn] = openingsOf(ends, local('2026-11-01T05:00'), local('2026-11-01T05:01'));
    expect(autumn?.because[0]?.text).toContain('; 01:30 on 2026-11-01 comes twice, the first counts');
  });
});
