import { describe, expect, it } from 'vitest';
import { found } from '../../../shared/domain/facts.ts';
import { hours, minutes } from '../../../shared/domain/instant.ts';
import { serviceArn } from '../../../shared/domain/place.ts';
import type { ActiveService } from '../../../shared/domain/plan/situation.ts';
import {
  anAllowance,
  anImage,
  anOpening,
  aService,
  DELIVERED,
  NONE,
  night,
  OTHER_DIGEST,
} from '../../support/plans.ts';
import { aPlay, aPlayedService } from '../../support/play.ts';

const OPENS = night(18);
const auto = { allowance: anAllowance({ mode: 'auto' }) };

/** A service whose tasks somebody wants replaced one by one. */
function pinned(facts: Partial<ActiveService> = {}, terms: Parameters<typeof aPlayedService>[1] = {}) {
  const play = aPlay([aPlayedService({ ...auto, ...facts }, terms)]);
  play.order({ kind: 'pin', by: 'ada', at: DELIVERED, services: [serviceArn(aService())] });
  return play;
}

describe('a service that is replaced one by one', () => {
  it('has one task stopped at a time, and the next when all run again', () => {
    const play = pinned();
    play.run(OPENS, OPENS + hours(1));
    expect(play.steps(OPENS)).toEqual([
      [1, 'replace-task', 'checkout-1'],
      [6, 'replace-task', 'checkout-2'],
      [11, 'replace-task', 'checkout-3'],
      [16, 'replace-task', 'checkout-4'],
    ]);
    expect(play.service().run.stage).toMatchObject({ end: 'done', proof: { old: 0, running: 4, changes: [] } });
  });

  it('needs nobody where only the tag of its image has moved, and releases nothing', () => {
    const images = found([{ ...anImage, latest: found({ digest: OTHER_DIGEST }) }]);
    const [whole, single] = [aPlay([aPlayedService({ ...auto, images })]), pinned({ images })];
    for (const play of [whole, single]) play.run(OPENS, OPENS + minutes(5));
    expect([whole.steps(OPENS).length, single.steps(OPENS).length]).toEqual([0, 1]);
  });

  it('was not agreed to by who agreed to a deployment', () => {
    const play = aPlay([aPlayedService()]);
    play.approve(DELIVERED);
    play.order({ kind: 'pin', by: 'ada', at: DELIVERED, services: [serviceArn(aService())] });
    play.run(OPENS, OPENS + minutes(5));
    expect(play.steps(OPENS)).toEqual([]);
    play.approve(OPENS + minutes(5));
    play.run(OPENS + minutes(6), OPENS + minutes(8));
    expect(play.steps(OPENS)).toHaveLength(1);
  });

  it('has the same task stopped again when it still runs after a minute', () => {
    const play = pinned();
    play.stage.ecs = { ...play.ecs, replaceTask: () => undefined };
    play.run(OPENS, OPENS + minutes(3));
    expect(play.steps(OPENS)).toEqual([1, 2, 3].map((minute) => [minute, 'replace-task', 'checkout-1']));
  });

  it('stops in between when the opening ends, and goes on in the next', () => {
    const openings = [anOpening(OPENS, minutes(40)), anOpening(night(19))];
    const play = pinned({ allowance: anAllowance({ mode: 'auto', openings }) });
    play.run(OPENS, OPENS + hours(2));
    expect(play.steps(OPENS).map(([minute]) => minute)).toEqual([1, 6]);
    expect(play.news().find(({ kind, text }) => kind === 'held' && text.includes('in between'))?.text).toContain(
      '2 of 4 tasks are on the old revision and wait for the next opening.',
    );
    play.run(night(19), night(19) + hours(1));
    expect([play.steps(night(19)).filter(([minute]) => minute >= 0).length, play.stages()]).toEqual([
      2,
      { checkout: 'done' },
    ]);
  });

  it('stops in between when somebody objects', () => {
    const play = pinned();
    play.run(OPENS, OPENS + minutes(3));
    play.veto(OPENS + minutes(3));
    play.run(OPENS + minutes(4), OPENS + minutes(30));
    expect([play.steps(OPENS).length, play.stages()]).toEqual([1, { checkout: 'waiting' }]);
    expect(play.stage.locks.every(({ expiresAt }) => expiresAt <= OPENS + minutes(30))).toBe(true);
  });

  it('stops in between when somebody wants it left alone', () => {
    const play = pinned();
    play.run(OPENS, OPENS + minutes(3));
    play.order({ kind: 'hand-over', by: 'bob', at: OPENS + minutes(3), services: [serviceArn(aService())] });
    play.run(OPENS + minutes(4), OPENS + minutes(30));
    expect([play.steps(OPENS).length, play.stages()]).toEqual([1, { checkout: 'handing-over' }]);
  });

  it("gives way to somebody's deployment", () => {
    const play = pinned();
    play.run(OPENS, OPENS + minutes(3));
    play.ecs.deploy(aService(), OPENS + minutes(4), 'checkout:43');
    play.run(OPENS + minutes(4), OPENS + hours(1));
    expect([play.steps(OPENS).length, play.stages()]).toEqual([1, { checkout: 'superseded' }]);
  });

  it('is left alone after one that does not come back', () => {
    const play = pinned({}, { ends: 'never' });
    play.run(OPENS, OPENS + hours(2));
    expect(play.steps(OPENS)).toHaveLength(1);
    expect(play.news().find(({ kind }) => kind === 'attempt-failed')?.text).toBe(
      'harbor-prod/checkout: failed. 60 min after task checkout-1 was stopped 3 of 4 tasks run, and the next one was not touched. 3 of 3 tasks are still on the old revision and wait for the next opening.',
    );
  });

  it('is not touched with a single task, and only with leave without a load balancer', () => {
    const single = pinned({ desired: 1, running: 1 }, { tasks: [DELIVERED - hours(1)] });
    const bare = pinned({ targets: NONE });
    for (const play of [single, bare]) play.run(OPENS, OPENS + minutes(5));
    expect([single.steps(OPENS), bare.steps(OPENS)]).toEqual([[], []]);
    expect(bare.service().verdict.kind).toBe('ask');
    bare.approve(OPENS + minutes(5));
    bare.run(OPENS + minutes(6), OPENS + minutes(8));
    expect(bare.steps(OPENS)).toHaveLength(1);
  });

  it('is expected to take as long as its old tasks one after the other', () => {
    const play = pinned();
    play.look(DELIVERED);
    const { expected, stint } = play.service().work ?? {};
    expect([expected, stint]).toEqual([{ length: minutes(30), from: 'estimate' }, minutes(7.5)]);
  });
});
