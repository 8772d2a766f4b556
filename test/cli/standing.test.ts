import { describe, expect, it } from 'vitest';
import { setMute } from '../../shared/domain/chat/standing.ts';
import { days, hours } from '../../shared/domain/instant.ts';
import { aPlan } from '../support/plans.ts';
import { run } from './command.ts';
import { aPlanRecord, aPlanTable, NOW } from './plan-table.ts';

const scene = aPlanTable();

/** What the audit trail says, the newest first, without ids and times. */
async function trail(): Promise<readonly object[]> {
  const { out } = await scene().slackwater('audit', '--json');
  return out === '' ? [] : out.split('\n').map((line) => JSON.parse(line));
}

describe('slackwater mute', () => {
  it('keeps Slack from being told, and says for how long and how to end it', async () => {
    const { slackwater, standing } = scene();
    const { out, err, code } = await slackwater('mute', 'harbor-prod/checkout', '--for', '4h', '--reason', 'load test');
    expect(out).toMatch(
      /^mut-[0-9a-f]{10}: nobody is told of harbor-prod\/checkout until 2026-11-17 09:10 UTC \(load test\)\n/,
    );
    expect(out).toContain('within a minute; "slackwater unmute harbor-prod/checkout" ends it.');
    expect([err, code]).toEqual(['', 0]);
    expect(await standing.load()).toMatchObject({
      version: 1,
      mutes: [
        {
          by: 'ada',
          at: NOW,
          when: { clusters: ['harbor-prod'], services: ['checkout'] },
          until: NOW + hours(4),
          reason: 'load test',
        },
      ],
    });
    expect(await trail()).toMatchObject([
      { by: 'ada', via: 'cli', action: 'mute', target: 'harbor-prod/checkout', verdict: 'done' },
    ]);
  });

  it('is told apart from what others set at the same time, and keeps both', async () => {
    const { slackwater, standing, before } = scene();
    let saves = 0;
    before(async (operation) => {
      if (operation !== 'PutItem' || saves++ > 0) return;
      const wanted = { by: 'grace', where: { clusters: ['lab'] }, until: NOW + 1, reason: 'test' };
      const set = setMute(await standing.load(), wanted, NOW);
      if ('orders' in set) await standing.save(set.orders);
    });
    expect(await slackwater('mute', 'harbor-prod', '--until', '2026-11-18', '--by', 'ada')).toMatchObject({ code: 0 });
    expect((await standing.load()).mutes.map(({ by }) => by)).toEqual(['grace', 'ada']);
  });

  it('lists what is set, and what is over no more', async () => {
    const { slackwater, standing } = scene();
    expect(await slackwater('mute')).toEqual({
      code: 0,
      out: 'no mute is set; those of the configuration document are not listed',
      err: '',
    });
    await standing.save({
      version: 0,
      mutes: [
        { id: 'mut-1', when: {}, by: 'ada', at: NOW - 2, until: NOW, reason: 'over' },
        { id: 'mut-2', when: {}, by: 'U0ADA\u001b[31m', at: NOW - 2, until: NOW + 1, reason: 'on' },
      ],
      freezes: [],
    });
    expect(await slackwater('mute')).toMatchObject({
      out: 'mut-2: nobody is told of everything until 2026-11-17 05:10 UTC (on), set by U0ADA',
    });
    expect(JSON.parse((await slackwater('mute', '--json')).out)).toEqual({
      id: 'mut-2',
      scope: 'everything',
      until: '2026-11-17T05:10:00.001Z',
      reason: 'on',
      by: 'U0ADA\u001b[31m',
      at: '2026-11-17T05:09:59.998Z',
    });
  });
});

describe('slackwater unmute', () => {
  it('ends a mute by what it is for, and says which', async () => {
    const { slackwater, standing } = scene();
    await slackwater('mute', 'harbor-prod', '--for', '1h', '--reason', 'load test');
    const { out, code } = await slackwater('unmute', 'harbor-prod', '--by', 'grace');
    expect(out).toMatch(/^harbor-prod: ended mut-[0-9a-f]{10} \(load test\); that holds everywhere within a minute$/);
    expect(code).toBe(0);
    expect((await standing.load()).mutes).toEqual([]);
    expect(await trail()).toMatchObject(
      expect.arrayContaining([
        expect.objectContaining({ by: 'grace', action: 'unmute', target: 'harbor-prod', verdict: 'done' }),
      ]),
    );
  });

  it('answers 1 where nobody has set one, and that is on record too', async () => {
    expect(await scene().slackwater('unmute', 'harbor-prod')).toEqual({
      code: 1,
      out: '',
      err: 'slackwater unmute: no mute that people set is called harbor-prod; "slackwater mute" lists them',
    });
    expect(await trail()).toMatchObject([{ action: 'unmute', verdict: 'refused' }]);
    expect((await scene().standing.load()).version).toBe(0);
  });
});

describe('slackwater freeze', () => {
  it('keeps tasks from being replaced from then to then, and is ended by its id', async () => {
    const { slackwater, standing } = scene();
    const times = ['--from', '2026-12-20', '--until', '2026-12-27'];
    const { out, code } = await slackwater('freeze', 'everything', ...times, '--reason', 'end of the year');
    expect(out).toMatch(
      /^frz-\w{10}: nothing is replaced of everything from 2026-12-20 00:00 UTC until 2026-12-27 00:00 UTC \(end of the year\)\n/,
    );
    expect(code).toBe(0);
    const [set] = (await standing.load()).freezes;
    expect(set).toMatchObject({ select: {}, from: Date.UTC(2026, 11, 20), until: Date.UTC(2026, 11, 27) });
    expect(await slackwater('freeze')).toMatchObject({ out: expect.stringContaining(', set by ada') });
    expect(await slackwater('unfreeze', set?.id ?? '')).toMatchObject({ code: 0 });
    expect(await trail()).toHaveLength(2);
  });

  it('answers 1 for more than three months, and that is on record too', async () => {
    const { slackwater, standing } = scene();
    const until = new Date(NOW + days(91)).toISOString();
    expect(await slackwater('freeze', 'harbor-prod', '--until', until, '--reason', 'forever')).toMatchObject({
      code: 1,
      err: expect.stringContaining('slackwater freeze: It would be over later than in 90 days'),
    });
    expect((await standing.load()).freezes).toEqual([]);
    expect(await trail()).toMatchObject([
      { action: 'freeze', target: 'harbor-prod', verdict: 'refused', because: expect.stringContaining('90 days') },
    ]);
  });

  it('of people cannot be lifted for one plan', async () => {
    const { slackwater, standing, keep } = scene();
    const record = aPlanRecord(aPlan());
    await keep(record);
    await slackwater('freeze', 'everything', '--for', '4h', '--reason', 'incident');
    const [set] = (await standing.load()).freezes;
    expect(await slackwater('plan', 'lift-freeze', record.id, set?.id ?? '')).toMatchObject({
      code: 1,
      err: expect.stringContaining(`Nobody may lift freeze ${set?.id}`),
    });
  });
});

it.each([
  ['a pattern', ['mute', 'prod-*', '--for', '1h'], '"prod-*" is no place; expected CLUSTER/SERVICE'],
  ['no time', ['mute', 'a/b'], 'give one of --for and --until'],
  ['two times', ['mute', 'a/b', '--for', '1h', '--until', '2026-12-01'], 'give one of --for and --until'],
  ['a time that is none', ['mute', 'a/b', '--until', 'tomorrow'], '--until takes an instant such as'],
  ['a duration that is none', ['freeze', 'a/b', '--for', 'long', '--reason', 'x'], '--for takes a duration'],
  ['a freeze without a reason', ['freeze', 'a/b', '--for', '1h'], 'say why with --reason'],
  ['a mute that begins later', ['mute', 'a/b', '--from', '2026-12-01', '--for', '1h'], '--from goes with freeze'],
  ['a time of nothing', ['mute', '--for', '1h'], 'say of what: CLUSTER/SERVICE'],
  ['a reason without quotes', ['mute', 'a/b', 'load', '--for', '1h'], 'quote the text of --reason'],
  ['nobody', ['mute', 'a/b', '--for', '1h', '--by', ' '], 'say who sets it with --by'],
  ['nothing to end', ['unmute'], '"" is no place'],
  ['two to end', ['unfreeze', 'a', 'b'], 'give one at a time'],
  ['a count that is none', ['audit', '--limit', '0'], '--limit takes a whole number from 1 to 100'],
  ['two targets', ['audit', 'a', 'b'], 'give one target at a time'],
])('answers 2 for %s', async (_, args, problem) => {
  const { err, code } = await run([...args, '--table', 'records'], { environment: { USER: 'ada' } });
  expect(err).toContain(problem);
  expect(code).toBe(2);
});
