import { describe, expect, it } from 'vitest';
import { hours, minutes } from '../../../shared/domain/instant.ts';
import type { Allowance } from '../../../shared/domain/plan/allowance.ts';
import type { PlanId } from '../../../shared/domain/plan/plan.ts';
import { DEFAULT_BUDGET } from '../../../shared/domain/windows/maintenance.ts';
import { anAllowance, aService, night } from '../../support/plans.ts';
import { aPlay, aPlayedService } from '../../support/play.ts';

const OPENS = night(18);
const auto = (overrides: Partial<Allowance> = {}) => ({ allowance: anAllowance({ mode: 'auto', ...overrides }) });
const named = (name: string, overrides: Partial<Allowance> = {}) => ({ at: aService(name), ...auto(overrides) });
const budget = (limits: Partial<typeof DEFAULT_BUDGET>) => ({ budget: { ...DEFAULT_BUDGET, ...limits } });

describe('limits', () => {
  const three = (limits: Partial<typeof DEFAULT_BUDGET>, ends: 'succeeded' | 'failed' = 'succeeded') =>
    aPlay(['a', 'b', 'c'].map((name) => aPlayedService(named(name, budget(limits)), { ends })));
  const starts = (play: ReturnType<typeof aPlay>) =>
    play.deploys().map(({ at, service }) => [service, (at - OPENS) / minutes(1)]);

  it('let one service after the other start by default', () => {
    const play = three({});
    play.run(OPENS, OPENS + hours(2));
    expect(starts(play)).toEqual([
      ['a', 1],
      ['b', 18],
      ['c', 35],
    ]);
  });

  it('let as many start together as the budget says', () => {
    const play = three({ maxServices: 2, maxServicesPerCluster: 2 });
    play.run(OPENS, OPENS + minutes(5));
    expect(starts(play)).toEqual([
      ['a', 1],
      ['b', 1],
    ]);
  });

  it('count the clusters apart', () => {
    const places = [aService('a'), aService('b'), aService('c', 'harbor-lab')];
    const play = aPlay(places.map((at) => aPlayedService({ at, ...auto(budget({ maxServices: 3 })) })));
    play.run(OPENS, OPENS + minutes(5));
    expect(starts(play)).toEqual([
      ['c', 1],
      ['a', 1],
    ]);
  });

  it('count tasks, rounded down', () => {
    const play = three({ maxServices: 3, maxServicesPerCluster: 3, maxTaskPercent: 70 });
    play.run(OPENS, OPENS + minutes(5));
    expect(starts(play)).toEqual([
      ['a', 1],
      ['b', 1],
    ]);
  });

  it('keep a distance between two', () => {
    const play = three({ spacing: minutes(30) });
    play.run(OPENS, OPENS + hours(1));
    expect(starts(play)).toEqual([
      ['a', 1],
      ['b', 48],
    ]);
  });

  it('let the canary be watched before the others', () => {
    const play = three({ maxServices: 3, maxServicesPerCluster: 3, canary: { count: 1, bake: minutes(20) } });
    play.run(OPENS, OPENS + hours(1));
    expect(starts(play)).toEqual([
      ['a', 1],
      ['b', 38],
      ['c', 38],
    ]);
  });

  it('stop the rest of the opening after a failure, and go on in the next', () => {
    const play = three({}, 'failed');
    play.run(OPENS, OPENS + hours(4));
    expect(starts(play).map(([service]) => service)).toEqual(['a']);
    play.run(night(19), night(19) + hours(4));
    expect(starts(play).map(([service]) => service)).toEqual(['a', 'b']);
  });

  it('count what other plans have locked, until the lock expires', () => {
    const play = aPlay([aPlayedService(auto())]);
    // True enough for a test: the domain names plans itself.
    const owner = 'pln-other' as PlanId;
    play.stage.locks = [{ at: aService('ledger'), owner, fence: 7, expiresAt: OPENS + minutes(10), tasks: 2 }];
    play.run(OPENS, OPENS + minutes(20));
    expect(starts(play)).toEqual([['checkout', 11]]);
  });

  it('never touch a service that another plan holds, and take an expired lock over with a greater number', () => {
    const play = aPlay([aPlayedService(auto())]);
    const owner = 'pln-other' as PlanId;
    play.stage.locks = [{ at: aService(), owner, fence: 7, expiresAt: OPENS + minutes(10), tasks: 2 }];
    play.run(OPENS, OPENS + minutes(9));
    expect(play.deploys()).toEqual([]);
    play.run(OPENS + minutes(10), OPENS + minutes(11));
    expect([play.stage.locks[0]?.fence, play.deploys().length]).toEqual([8, 1]);
  });
});
