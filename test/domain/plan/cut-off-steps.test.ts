import { describe, expect, it } from 'vitest';
import { hours, minutes, seconds } from '../../../shared/domain/instant.ts';
import type { Allowance } from '../../../shared/domain/plan/allowance.ts';
import { anAllowance, night } from '../../support/plans.ts';
import { aPlay, aPlayedService } from '../../support/play.ts';

const OPENS = night(18);
const auto = (overrides: Partial<Allowance> = {}) => ({ allowance: anAllowance({ mode: 'auto', ...overrides }) });

describe('a step that was cut off', () => {
  it('is not repeated when ECS shows that it was taken', () => {
    const play = aPlay([aPlayedService(auto())]);
    play.run(OPENS, OPENS + hours(1), seconds(10));
    expect(play.deploys()).toHaveLength(1);
  });

  it('is taken again when ECS shows nothing for two minutes, at most three times', () => {
    const play = aPlay([aPlayedService(auto())]);
    play.stage.ecs = { ...play.ecs, deploy: () => undefined };
    play.run(OPENS, OPENS + minutes(30));
    expect(play.deploys().map(({ at }) => at - OPENS)).toEqual([1, 3, 5].map(minutes));
    expect(play.service().run.last?.end).toBe('failed');
  });

  it('is not taken again once somebody objects', () => {
    const play = aPlay([aPlayedService(auto())]);
    play.stage.ecs = { ...play.ecs, deploy: () => undefined };
    play.run(OPENS, OPENS + minutes(1));
    play.veto(OPENS + minutes(1));
    play.run(OPENS + minutes(2), OPENS + minutes(30));
    expect([play.deploys().length, play.stages()]).toEqual([1, { checkout: 'waiting' }]);
  });
});
