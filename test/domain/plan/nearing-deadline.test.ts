import { describe, expect, it } from 'vitest';
import { days, hours, minutes } from '../../../shared/domain/instant.ts';
import type { Allowance } from '../../../shared/domain/plan/allowance.ts';
import { nextSteps } from '../../../shared/domain/plan/run/next-steps.ts';
import { DEFAULT_RUN_CONFIG } from '../../../shared/domain/plan/step.ts';
import { aNotice, anAllowance, anOpening, aService, DEADLINE, DELIVERED, night } from '../../support/plans.ts';
import { aPlay, aPlayedService } from '../../support/play.ts';

const OPENS = night(18);
const auto = (overrides: Partial<Allowance> = {}) => ({ allowance: anAllowance({ mode: 'auto', ...overrides }) });

describe('as the deadline comes nearer', () => {
  it('reminds three times, each time louder, then leaves it to AWS and watches', () => {
    const play = aPlay([aPlayedService(auto({ openings: [], hasWindows: false }))]);
    play.run(DELIVERED, DEADLINE + days(1), minutes(30));
    const told = play
      .news()
      .map(({ kind, audience, seen }) => [kind, audience, Math.round((DEADLINE - seen) / hours(1))]);
    expect(told).toEqual([
      ['reminder', 'channel', 88],
      ['reminder', 'owners', 72],
      ['handing-over', 'channel', 24],
      ['reminder', 'page', 24],
      ['ended', 'thread', -2],
    ]);
    expect(play.stages()).toEqual({ checkout: 'handed-over' });
  });

  it('reminds nobody of what is agreed to and scheduled', () => {
    const play = aPlay([aPlayedService(auto({ openings: [anOpening(night(22))] }))]);
    play.run(DELIVERED, night(22) - 1, hours(1));
    expect(play.news()).toEqual([]);
  });

  it('says at once that a new freeze leaves no opening', () => {
    const play = aPlay([aPlayedService(auto())]);
    play.look(DELIVERED);
    const { look } = play.ecs;
    const frozen = anAllowance({
      mode: 'auto',
      openings: [],
      freezes: [{ name: 'peak', reason: 'sale', canBeLifted: false }],
    });
    play.stage.ecs = {
      ...play.ecs,
      look: (now) => look(now).map((one) => (one.status === 'active' ? { ...one, allowance: frozen } : one)),
    };
    const { news } = play.look(DELIVERED + hours(1));
    expect(news).toMatchObject([
      {
        text: expect.stringContaining('A freeze or a changed window took it. No opening is left.'),
        audience: 'owners',
      },
    ]);
  });

  it('takes a service back from AWS when an opening is found in time', () => {
    const play = aPlay([aPlayedService(auto({ mode: 'notify' }))]);
    play.look(DELIVERED);
    expect(play.stages()).toEqual({ checkout: 'handing-over' });
    const { look } = play.ecs;
    play.stage.ecs = {
      ...play.ecs,
      look: (now) => look(now).map((one) => (one.status === 'active' ? { ...one, ...auto() } : one)),
    };
    play.run(OPENS, OPENS + hours(1));
    expect(play.stages()).toEqual({ checkout: 'done' });
  });

  it.each([
    ['is green', {}, 1],
    ['has a single warning', { hasCircuitBreaker: false }, 0],
  ])('uses the last opening unasked where that is wanted and everything %s', (_, facts, count) => {
    const openings = [anOpening(night(18)), anOpening(night(19))];
    const play = aPlay([aPlayedService({ allowance: anAllowance({ openings }), ...facts })], {
      onDeadline: 'autoIfGreen',
    });
    play.run(night(18), night(18) + hours(4), minutes(5));
    expect(play.deploys()).toEqual([]);
    play.run(night(19), night(19) + hours(4), minutes(5));
    expect(play.deploys()).toHaveLength(count);
  });

  it('ends in escalation when AWS replaces nothing within two days', () => {
    const play = aPlay([aPlayedService(auto({ mode: 'off' }))]);
    const { look } = play.ecs;
    play.stage.ecs = { ...play.ecs, look: () => look(DELIVERED) };
    play.run(DELIVERED, DEADLINE + days(2) + hours(1), hours(1));
    expect(play.service().run.stage).toMatchObject({
      end: 'escalated',
      because: 'Two days after 2026-11-24 10:00 UTC 4 of 4 tasks are old and 4 of 4 run.',
    });
  });

  it('ends in escalation when the service cannot be seen', () => {
    const play = aPlay([aPlayedService(auto())]);
    play.stage.ecs = {
      ...play.ecs,
      look: () => [{ status: 'unread', at: aService(), because: 'ECS did not answer.' }],
    };
    play.run(DELIVERED, DEADLINE + days(2) + hours(1), hours(1));
    expect(play.stages()).toEqual({ checkout: 'escalated' });
  });

  it('follows the notice when AWS moves its date', () => {
    const play = aPlay([aPlayedService(auto())]);
    const observed = {
      notice: aNotice({ startsAt: DEADLINE + days(7) }),
      services: play.ecs.look(DELIVERED),
      tasks: [],
      tz: '2026a',
    };
    expect(nextSteps(play.stage.plan, observed, DEFAULT_RUN_CONFIG, [], DELIVERED).plan.deadline).toBe(
      DEADLINE + days(7),
    );
  });
});
