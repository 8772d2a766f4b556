import { describe, expect, it } from 'vitest';
import { found } from '../../../../shared/domain/facts.ts';
import { days, hours, minutes } from '../../../../shared/domain/instant.ts';
import { serviceArn } from '../../../../shared/domain/place.ts';
import type { Order } from '../../../../shared/domain/plan/order.ts';
import { liftedFreezes, order, runNow } from '../../../../shared/domain/plan/people/orders.ts';
import type { ActiveService } from '../../../../shared/domain/plan/situation.ts';
import {
  anAllowance,
  anImage,
  aPlan,
  aService,
  aSituation,
  DEADLINE,
  DELIVERED,
  night,
  OTHER_DIGEST,
} from '../../../support/plans.ts';
import { aPlay, aPlayedService } from '../../../support/play.ts';

const NOON = DELIVERED + hours(10);
const ARN = serviceArn(aService());
const frozen = anAllowance({
  openings: [],
  freezes: [{ name: 'peak', reason: 'shops are full', canBeLifted: true }],
});
const ordered = (kind: 'pin' | 'hand-over', by = 'ada', at = NOON): Order => ({ kind, by, at, services: [ARN] });
const lifting = (by: string): Order => ({ kind: 'lift-freeze', by, at: NOON, freeze: 'peak' });

describe('an order to run now', () => {
  it.each<[string, Partial<ActiveService>]>([
    ['before the window opens', {}],
    ['in a freeze', { allowance: frozen }],
    ['without any window', { allowance: anAllowance({ openings: [], hasWindows: false }) }],
    ['where the mode is notify', { allowance: anAllowance({ mode: 'notify' }) }],
  ])('starts it %s, and is agreement enough', (_, facts) => {
    const play = aPlay([aPlayedService(facts)], { votes: 2 });
    play.run(DELIVERED, NOON, hours(1));
    play.runNow(NOON);
    play.run(NOON, NOON + hours(1));
    expect([play.deploys().length, play.stages()]).toEqual([1, { checkout: 'done' }]);
  });

  it('agrees to what preflight asked then, and to nothing else', () => {
    const images = found([{ ...anImage, latest: found({ digest: OTHER_DIGEST }) }]);
    const [known, moved] = [aPlay([aPlayedService({ images })]), aPlay([aPlayedService()])];
    for (const play of [known, moved]) play.runNow(NOON);
    const { look } = moved.ecs;
    moved.stage.ecs = {
      ...moved.ecs,
      look: (now) => look(now).map((one) => (one.status === 'active' ? { ...one, images } : one)),
    };
    for (const play of [known, moved]) play.run(NOON, NOON + minutes(5));
    expect([known.deploys().length, moved.deploys().length]).toEqual([1, 0]);
  });

  it('does not beat what blocks, a budget, nor an objection of somebody else', () => {
    const sick = aPlay([aPlayedService({ running: 3 })]);
    const two = aPlay(['a', 'b'].map((name) => aPlayedService({ at: aService(name) })));
    const objected = aPlay([aPlayedService()]);
    sick.runNow(NOON);
    for (const name of ['a', 'b']) two.runNow(NOON, NOON + hours(4), name);
    objected.runNow(NOON);
    objected.veto(NOON);
    for (const play of [sick, two, objected]) play.run(NOON, NOON + minutes(5));
    expect([sick, two, objected].map((play) => play.deploys().length)).toEqual([0, 1, 0]);
  });

  it('starts nothing when it has passed, and says so', () => {
    const play = aPlay([aPlayedService({ running: 3 })]);
    play.runNow(NOON, NOON + minutes(30));
    play.run(NOON, NOON + minutes(40));
    expect(play.news().find(({ kind }) => kind === 'missed')?.text).toBe(
      'harbor-prod/checkout: The order to run it now has passed. 3 of 4 tasks run, 0 are pending: it has to be well before it is touched. The next opens 2026-11-18 22:00 UTC.',
    );
  });

  it('helps when it is too late for windows, and takes the service back from AWS', () => {
    const play = aPlay([aPlayedService()]);
    play.run(DELIVERED, DEADLINE - hours(3), hours(1));
    expect(play.stages()).toEqual({ checkout: 'handing-over' });
    play.runNow(DEADLINE - hours(3));
    play.run(DEADLINE - hours(3), DEADLINE - hours(2));
    expect(play.stages()).toEqual({ checkout: 'done' });
  });

  it('may be given again after a failure', () => {
    const play = aPlay([aPlayedService({}, { ends: 'failed' })]);
    play.runNow(NOON);
    play.run(NOON, NOON + hours(1));
    expect(play.deploys()).toHaveLength(1);
    play.runNow(NOON + hours(1));
    play.run(NOON + hours(1), NOON + hours(1) + minutes(5));
    expect(play.deploys()).toHaveLength(2);
  });

  it('takes back the own objection', () => {
    const play = aPlay([aPlayedService()]);
    play.veto(NOON, 'ada');
    play.runNow(NOON);
    expect(play.stage.plan.vetoes).toEqual([]);
  });
});

describe('an order to leave it alone', () => {
  it('leaves it to AWS, which is watched, until somebody orders to run it', () => {
    const play = aPlay([aPlayedService({ allowance: anAllowance({ mode: 'auto' }) })]);
    play.order(ordered('hand-over'));
    play.run(NOON, night(18) + hours(1), minutes(20));
    expect([play.deploys(), play.stages()]).toEqual([[], { checkout: 'handing-over' }]);
    expect(play.news().find(({ kind }) => kind === 'handing-over')?.text).toContain(
      'ada wants it left alone. AWS replaces',
    );
    play.runNow(night(19));
    play.run(night(19), night(19) + hours(1));
    expect(play.stages()).toEqual({ checkout: 'done' });
  });

  it('ends as handed over when AWS has done it', () => {
    const play = aPlay([aPlayedService()]);
    play.order(ordered('hand-over'));
    play.run(NOON, DEADLINE + days(1), hours(1));
    expect(play.stages()).toEqual({ checkout: 'handed-over' });
  });
});

describe('a freeze is lifted', () => {
  const freeze = { name: 'peak', override: { by: ['ada', 'bob', 'eve'], votes: 2 } };

  it.each<[string, readonly Order[], readonly string[]]>([
    ['not without orders', [], []],
    ['not by one of two', [lifting('ada')], []],
    ['not by one person twice', [lifting('ada'), lifting('ada')], []],
    ['not by somebody who may not', [lifting('ada'), lifting('mallory')], []],
    ['by two who may', [lifting('ada'), lifting('bob')], ['peak']],
  ])('%s', (_, orders, lifted) => {
    expect(liftedFreezes({ orders }, [freeze, { name: 'audit' }])).toEqual(lifted);
  });

  it('by nobody where it names nobody', () => {
    expect(liftedFreezes({ orders: [lifting('ada'), lifting('bob')] }, [{ name: 'peak' }])).toEqual([]);
  });
});

describe('an order is refused', () => {
  const plan = aPlan();
  const refusal = (given: Order, service: Partial<ActiveService> = {}) => {
    const answer = order(aPlan([aSituation(service)]), given, NOON);
    return 'refused' in answer ? answer.refused : undefined;
  };

  it.each<[string, Order, Partial<ActiveService>, string]>([
    ['for a service of no plan', { ...ordered('pin'), services: ['arn:x'] } as Order, {}, 'arn:x is no service of'],
    ['for none', { ...ordered('pin'), services: [] } as Order, {}, 'It names no service.'],
    [
      'to pin what ECS does not deploy',
      ordered('pin'),
      { controller: 'CODE_DEPLOY' },
      'harbor-prod/checkout has the deployment controller CODE_DEPLOY',
    ],
  ])('%s', (_, given, service, because) => {
    expect(refusal(given, service)).toContain(because);
  });

  it('to run what is off', () => {
    const off = aPlan([aSituation({ allowance: anAllowance({ mode: 'off' }) })]);
    const given = { by: 'ada', hash: off.hash, services: [ARN], until: NOON + hours(1) };
    expect(runNow(off, given, NOON)).toMatchObject({ refused: expect.stringContaining('has the mode off') });
  });

  it('for a service that has ended', () => {
    const play = aPlay([aPlayedService({}, { tasks: [DELIVERED + hours(1)] })]);
    play.look(DELIVERED);
    const answer = order(play.stage.plan, ordered('hand-over'), NOON);
    expect(answer).toEqual({ refused: 'harbor-prod/checkout has ended already: skipped.' });
  });

  it('to run another plan than the one that was shown, or until a time that has passed', () => {
    const given = { by: 'ada', hash: plan.hash, services: [ARN], until: NOON + hours(1) };
    expect(runNow(plan, { ...given, hash: 'another' }, NOON)).toBe('changed');
    expect(runNow(plan, given, NOON + hours(1))).toEqual({ refused: 'It would be over before it begins.' });
    expect(runNow(plan, { ...given, services: ['arn:x'] }, NOON)).toMatchObject({ refused: expect.any(String) });
  });

  it('never for being given twice, which changes nothing', () => {
    for (const given of [ordered('pin'), ordered('hand-over'), lifting('ada')]) {
      const once = order(plan, given, NOON);
      if ('refused' in once) throw new Error(once.refused);
      expect(order(once, given, NOON)).toBe(once);
    }
  });
});

describe('an approval of some services', () => {
  it('is beside those that were approved before', () => {
    const two = aPlay(['a', 'b'].map((name) => aPlayedService({ at: aService(name) })));
    for (const name of ['a', 'b']) two.approve(NOON, 'ada', [serviceArn(aService(name))]);
    expect(Object.keys(two.stage.plan.approvals[0]?.services ?? {})).toHaveLength(2);
    expect(two.stage.plan.approvals).toHaveLength(1);
  });

  it('starts no other', () => {
    const two = aPlay(['a', 'b'].map((name) => aPlayedService({ at: aService(name) })));
    two.approve(NOON, 'ada', [serviceArn(aService('b'))]);
    two.run(night(18), night(18) + hours(1));
    expect(two.deploys().map(({ service }) => service)).toEqual(['b']);
  });
});
