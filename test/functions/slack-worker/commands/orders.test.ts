import { describe, expect, it } from 'vitest';
import type { CommandDeps } from '../../../../functions/slack-worker/commands/command.ts';
import { DEFAULT_CHAT, type Right } from '../../../../shared/domain/chat/rights.ts';
import { days, hours } from '../../../../shared/domain/instant.ts';
import { NO_MAINTENANCE } from '../../../../shared/domain/windows/maintenance.ts';
import { aFreeze, aWindow } from '../../../support/maintenance.ts';
import { A_MEMBER, aDesk, NOW, wordsIn } from './desk.ts';

const mayFreeze = (where?: Right['where']) =>
  ({
    chat: { ...DEFAULT_CHAT, rights: [{ may: ['freeze'], who: [A_MEMBER.id], ...(where && { where }) }] },
  }) as const;

const utc = (text: string): number => Date.parse(`${text}Z`);
const audited = async ({ audit }: CommandDeps) =>
  (await audit.listRecent(10)).map(({ action, target, verdict, by }) => ({ action, target, verdict, by }));

describe('mute', () => {
  it('is for everybody in the channel, and says until when', async () => {
    const { ask, deps } = await aDesk();
    const answer = await ask('mute harbor-prod/checkout 2h load test');
    expect(answer.decision).toBe('done');
    expect(wordsIn(answer)).toContain('Nobody is told of harbor-prod/checkout until 2026-11-21 11:05 UTC.');
    expect((await deps.standing.load()).mutes).toMatchObject([
      {
        by: A_MEMBER.id,
        when: { clusters: ['harbor-prod'], services: ['checkout'] },
        until: NOW + hours(2),
        reason: 'load test',
      },
    ]);
    expect(await audited(deps)).toEqual([
      { action: 'mute', target: 'harbor-prod/checkout', verdict: 'done', by: A_MEMBER.id },
    ]);
  });

  it('ends by what it is for, or by its id', async () => {
    const { ask, deps } = await aDesk();
    await ask('mute harbor-prod/checkout 2h');
    await ask('mute harbor-prod 1d');
    const id = (await deps.standing.load()).mutes.at(-1)?.id ?? '';
    expect(wordsIn(await ask('unmute harbor-prod/checkout'))).toContain('harbor-prod/checkout is not muted any more');
    expect(wordsIn(await ask(`unmute ${id}`))).toContain('harbor-prod is not muted any more');
    expect((await deps.standing.load()).mutes).toEqual([]);
  });

  it.each([
    ['mute everything 2h', 'neither CLUSTER/SERVICE nor the name of a cluster'],
    ['mute harbor-*/checkout 2h', 'neither CLUSTER/SERVICE nor the name of a cluster'],
    ['mute harbor-prod/checkout', 'is no time'],
    ['mute harbor-prod/checkout soon', 'is no time'],
    ['mute harbor-prod/checkout 2026-11-01', 'It would be over before it begins'],
    ['mute harbor-prod/checkout 31d', '30 days'],
    ['unmute harbor-prod/checkout', 'Nothing that people set mutes harbor-prod/checkout'],
  ])('%s is refused', async (text, because) => {
    const { ask, deps } = await aDesk();
    const answer = await ask(text);
    expect(answer.decision).toBe('refused');
    expect(wordsIn(answer)).toContain(because);
    expect((await deps.standing.load()).mutes).toEqual([]);
  });
});

describe('freeze', () => {
  it('of whole days lasts to the end of the last, in the zone of the windows, which the answer says', async () => {
    const maintenance = { ...NO_MAINTENANCE, windows: [aWindow({ zone: 'Europe/Prague' })] };
    const { ask, deps } = await aDesk({ policy: { ...mayFreeze(), maintenance } });
    const answer = await ask('freeze 2026-12-20 2026-12-27 “end of the year”');
    expect((await deps.standing.load()).freezes).toMatchObject([
      { select: {}, from: utc('2026-12-19T23:00'), until: utc('2026-12-27T23:00'), reason: 'end of the year' },
    ]);
    expect(wordsIn(answer)).toContain(
      'of everything nothing is replaced from 2026-12-19 23:00 UTC to 2026-12-27 23:00 UTC',
    );
    expect(wordsIn(answer)).toContain('read in Europe/Prague: 2026-12-27 23:00 UTC is 2026-12-28 00:00 there');
  });

  it('of a cluster needs the right for that cluster alone', async () => {
    const { ask, deps } = await aDesk({ policy: mayFreeze({ clusters: ['harbor-*'] }) });
    expect((await ask('freeze harbor-prod now 2d moving')).decision).toBe('done');
    const everything = await ask('freeze now 2d moving');
    expect(everything.decision).toBe('refused');
    expect(wordsIn(everything)).toContain('You do not have the right freeze for everything');
    expect((await deps.standing.load()).freezes).toMatchObject([
      { select: { clusters: ['harbor-prod'] }, from: NOW, until: NOW + days(2) },
    ]);
  });

  it('is nobody’s until the configuration says whose, and that is in the audit trail', async () => {
    const { ask, deps } = await aDesk();
    const answer = await ask('freeze now 2d moving');
    expect(wordsIn(answer)).toContain('Nobody has the right freeze');
    expect(await audited(deps)).toEqual([
      { action: 'freeze', target: 'everything', verdict: 'refused', by: A_MEMBER.id },
    ]);
    expect((await deps.standing.load()).freezes).toEqual([]);
  });

  it('ends by its id, which needs the right for what it is for', async () => {
    const { ask, deps } = await aDesk({ policy: mayFreeze({ clusters: ['harbor-*'] }) });
    await ask('freeze harbor-prod now 2d moving');
    const [{ id } = { id: '' }] = (await deps.standing.load()).freezes;
    expect(wordsIn(await ask(`unfreeze ${id}`))).toContain(`Freeze ${id} is over`);
    expect((await deps.standing.load()).freezes).toEqual([]);
  });

  it.each([
    ['freeze 2026-12-20 2026-12-27', 'needs a reason'],
    ['freeze 2026-12-27 2026-12-20 moving', 'It would be over before it begins'],
    ['freeze sometime 2026-12-20 soon', '“soon” is no time'],
    ['freeze harbor-* now 2d moving', 'neither a time, nor CLUSTER/SERVICE, nor a cluster'],
    ['unfreeze peak', 'of the configuration document, which alone can end it'],
    ['unfreeze frz-0', 'Nothing that people set is called frz-0'],
  ])('%s is refused', async (text, because) => {
    const maintenance = { ...NO_MAINTENANCE, freezes: [aFreeze()] };
    const { ask, deps } = await aDesk({ policy: { ...mayFreeze(), maintenance } });
    const answer = await ask(text);
    expect(answer.decision).toBe('refused');
    expect(wordsIn(answer)).toContain(because);
    expect((await deps.standing.load()).freezes).toEqual([]);
  });
});

it('tries again when somebody else changed the orders first, and gives up in the end', async () => {
  const busy = (conflicts: number) => {
    let left = conflicts;
    let orders = { version: 0, mutes: [], freezes: [] };
    return {
      load: async () => orders,
      save: async () => {
        left -= 1;
        if (left >= 0) return 'conflict' as const;
        orders = { ...orders, version: 1 };
        return 'saved' as const;
      },
    };
  };
  const often = await aDesk({ deps: { standing: busy(7) } });
  expect((await often.ask('mute harbor-prod 2h')).decision).toBe('done');
  const always = await aDesk({ deps: { standing: busy(8) } });
  const answer = await always.ask('mute harbor-prod 2h');
  expect(answer.decision).toBe('failed');
  expect(wordsIn(answer)).toContain('nothing was done: try again');
});
