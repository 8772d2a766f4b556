import { describe, expect, it } from 'vitest';
import { found } from '../../../shared/domain/facts.ts';
import { days, hours, minutes, seconds } from '../../../shared/domain/instant.ts';
import type { Allowance } from '../../../shared/domain/plan/allowance.ts';
import { nextSteps } from '../../../shared/domain/plan/next-steps.ts';
import type { PlanId } from '../../../shared/domain/plan/plan.ts';
import { DEFAULT_RUN_CONFIG } from '../../../shared/domain/plan/step.ts';
import { DEFAULT_BUDGET } from '../../../shared/domain/windows/maintenance.ts';
import {
  aNotice,
  anAllowance,
  anImage,
  anOpening,
  aService,
  DEADLINE,
  DELIVERED,
  night,
  OTHER_DIGEST,
  tasks,
} from '../../support/plans.ts';
import { aPlay, aPlayedService } from '../../support/play.ts';

const OPENS = night(18);
const auto = (overrides: Partial<Allowance> = {}) => ({ allowance: anAllowance({ mode: 'auto', ...overrides }) });
const named = (name: string, overrides: Partial<Allowance> = {}) => ({ at: aService(name), ...auto(overrides) });
const budget = (limits: Partial<typeof DEFAULT_BUDGET>) => ({ budget: { ...DEFAULT_BUDGET, ...limits } });

describe('a replacement', () => {
  it('waits for the window and for an approval, runs once, and is done when it is proved', () => {
    const play = aPlay([aPlayedService()]);
    play.run(DELIVERED, OPENS - 1, hours(1));
    play.approve(OPENS - hours(1));
    expect([play.stages(), play.deploys()]).toEqual([{ checkout: 'waiting' }, []]);
    play.run(OPENS, OPENS + hours(1));
    expect(play.deploys()).toEqual([{ at: OPENS + minutes(1), service: 'checkout' }]);
    const { stage } = play.service().run;
    expect(stage).toMatchObject({
      kind: 'ended',
      end: 'done',
      because: 'None of 4 tasks is older than 2026-11-17 02:10 UTC; all were well for 5 min.',
      proof: { old: 0, running: 4, desired: 4, deployment: 'ecs-svc/1', changes: [], took: minutes(16) },
    });
    expect(play.stage.locks.every(({ expiresAt }) => expiresAt <= OPENS + hours(1))).toBe(true);
  });

  it('does not start without an approval, and says of each opening that it was missed', () => {
    const play = aPlay([aPlayedService()]);
    play.run(DELIVERED, DEADLINE - days(3), minutes(10));
    expect(play.deploys()).toEqual([]);
    expect(
      play
        .news()
        .filter(({ kind }) => kind === 'missed')
        .map(({ text, audience }) => [text, audience]),
    ).toEqual([
      [
        'harbor-prod/checkout: The opening of 2026-11-18 22:00 UTC was missed. 0 of 1 approvals are given. The next opens 2026-11-19 22:00 UTC.',
        'channel',
      ],
      [
        'harbor-prod/checkout: The opening of 2026-11-19 22:00 UTC was missed. 0 of 1 approvals are given. The next opens 2026-11-20 22:00 UTC.',
        'channel',
      ],
      [
        'harbor-prod/checkout: The opening of 2026-11-20 22:00 UTC was missed. 0 of 1 approvals are given. No opening is left.',
        'owners',
      ],
    ]);
  });

  it('in mode veto starts by itself, unless somebody objects', () => {
    const mode = { allowance: anAllowance({ mode: 'veto' }) };
    const [calm, stopped] = [aPlay([aPlayedService(mode)]), aPlay([aPlayedService(mode)])];
    stopped.veto(DELIVERED);
    for (const play of [calm, stopped]) play.run(OPENS, OPENS + minutes(5));
    expect([calm.deploys().length, stopped.deploys().length]).toEqual([1, 0]);
  });

  it('says loudly that an image has changed, although it is done', () => {
    const moved = found([{ ...anImage, isFixed: true, digest: OTHER_DIGEST }]);
    const play = aPlay([aPlayedService(auto())]);
    play.run(OPENS, OPENS + minutes(5));
    const { look } = play.stage.ecs;
    play.stage.ecs = {
      ...play.ecs,
      look: (now) => look(now).map((one) => (one.status === 'active' ? { ...one, images: moved } : one)),
    };
    play.run(OPENS + minutes(6), OPENS + hours(1));
    const [ended] = play.news().filter(({ kind }) => kind === 'ended');
    expect(ended).toMatchObject({
      audience: 'channel',
      text: expect.stringContaining(`The image of app is now ${OTHER_DIGEST}`),
    });
  });

  it('is skipped when the team deploys before the window', () => {
    const play = aPlay([aPlayedService(auto())]);
    play.ecs.deploy(aService(), OPENS - hours(2), 'checkout:43');
    play.run(OPENS - hours(1), OPENS);
    expect([play.stages(), play.deploys()]).toEqual([{ checkout: 'skipped' }, []]);
  });

  it('does not start while somebody else deploys, and says so once', () => {
    const play = aPlay([aPlayedService(auto(), { takes: hours(9) })]);
    play.ecs.deploy(aService(), OPENS - minutes(1));
    play.run(OPENS, OPENS + hours(2));
    expect(play.deploys()).toEqual([]);
    expect(play.news().filter(({ kind }) => kind === 'held')).toHaveLength(1);
  });

  it("is overtaken by somebody's release, and not repeated", () => {
    const play = aPlay([aPlayedService(auto())]);
    play.run(OPENS, OPENS + minutes(5));
    play.ecs.deploy(aService(), OPENS + minutes(6), 'checkout:43');
    play.run(OPENS + minutes(6), OPENS + hours(1));
    expect([play.stages(), play.deploys().length]).toEqual([{ checkout: 'superseded' }, 1]);
  });

  it.each([
    ['rolled-back', 'ECS returned to the deployment before.'],
    ['failed', 'The deployment is STOPPED.'],
  ] as const)('that is %s waits for the next opening and for somebody who agrees anew', (ends, because) => {
    const play = aPlay([aPlayedService(auto(), { ends })]);
    play.run(OPENS, OPENS + hours(30), minutes(2));
    expect(play.deploys()).toHaveLength(1);
    const [failure] = play.news().filter(({ kind }) => kind === 'attempt-failed');
    expect(failure?.text).toBe(
      `harbor-prod/checkout: ${ends}. ${because} 2 of 4 tasks are still on the old revision and wait for the next opening.`,
    );
    play.approve(OPENS + hours(30));
    play.run(night(20), night(20) + minutes(5));
    expect(play.deploys()).toHaveLength(2);
  });

  it('is given up when ECS never ends it', () => {
    const play = aPlay([aPlayedService(auto(), { ends: 'never' })]);
    play.run(OPENS, OPENS + hours(2));
    expect(play.news().find(({ kind }) => kind === 'attempt-failed')?.text).toContain(
      'The deployment is not over after 60 min.',
    );
  });

  it.each([
    ['finish', 'done'],
    ['rollback', 'rolled-back'],
  ] as const)('that outlasts its window: %s', (overrun, end) => {
    const openings = [anOpening(OPENS, minutes(45))];
    const play = aPlay([aPlayedService(auto({ overrun, openings }), { takes: minutes(55) })]);
    play.run(OPENS, OPENS + minutes(50));
    expect(play.news().filter(({ kind }) => kind === 'overran')).toHaveLength(1);
    play.run(OPENS + minutes(51), OPENS + hours(2));
    expect(play.service().run.last?.end).toBe(end);
  });

  it('is no success while old tasks are left, whatever ECS calls it', () => {
    const play = aPlay([aPlayedService(auto())]);
    const { look } = play.ecs;
    play.stage.ecs = {
      ...play.ecs,
      look: (now) => look(now).map((one) => (one.status === 'active' ? { ...one, tasks: tasks(1, 3) } : one)),
    };
    play.run(OPENS, OPENS + hours(2));
    expect(play.news().find(({ kind }) => kind === 'attempt-failed')?.text).toContain(
      'ECS calls the deployment a success, but 1 of 4 tasks are still old.',
    );
  });

  it('ends when the service is deleted', () => {
    const play = aPlay([aPlayedService(auto())]);
    play.run(OPENS, OPENS + minutes(3));
    play.stage.ecs = {
      ...play.ecs,
      look: () => [{ status: 'gone', at: aService(), because: 'ECS has no such service.' }],
    };
    play.look(OPENS + minutes(4));
    expect(play.stages()).toEqual({ checkout: 'skipped' });
  });
});

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
