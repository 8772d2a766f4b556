import { describe, expect, it } from 'vitest';
import { hours, minutes, seconds } from '../../../../shared/domain/instant.ts';
import { serviceArn } from '../../../../shared/domain/place.ts';
import type { Plan, PlannedService } from '../../../../shared/domain/plan/plan.ts';
import { attentionOf, nextLookAt } from '../../../../shared/domain/plan/run/attention.ts';
import type { Stage } from '../../../../shared/domain/plan/stage.ts';
import {
  aNotice,
  anAllowance,
  anOpening,
  aPlan,
  aService,
  aSituation,
  DEADLINE,
  DELIVERED,
  night,
} from '../../../support/plans.ts';

const NAMES = ['anchor', 'buoy', 'cabin'];
const noticeOf = (names: readonly string[]) =>
  aNotice({ entities: names.map((name) => ({ kind: 'service', at: aService(name) })) });

const planOf = (names: readonly string[]): Plan => aPlan(names.map((name) => aSituation({ at: aService(name) })));

/** With one service changed, as if it had been looked at before. */
const changed = (plan: Plan, name: string, change: Partial<PlannedService>): Plan => ({
  ...plan,
  services: plan.services.map((service) => (service.at.service === name ? { ...service, ...change } : service)),
});

const allLookedAt = (plan: Plan, lookedAt: number): Plan =>
  NAMES.reduce((so, name) => changed(so, name, { lookedAt }), plan);

const inStage = (stage: Stage): Pick<PlannedService, 'run'> => ({ run: { stage, failures: 0 } });

const RUNNING: Stage = {
  kind: 'running',
  deployment: 'ecs-svc/1',
  startedAt: night(18),
  slot: { windows: ['nights'], opens: night(18), closes: night(18) + hours(4), cutoff: night(18) + hours(3) },
  fence: 1,
  revision: 'checkout:42',
  digests: {},
  known: [],
};
const ENDED: Stage = { kind: 'ended', end: 'done', at: night(18), because: '' };

const names = (at: readonly { readonly service: string }[]): readonly string[] => at.map(({ service }) => service);
const asked = (plan: Plan | undefined, now: number, most = 10): readonly string[] =>
  names(attentionOf(noticeOf(NAMES), plan, { now, most }));

describe('attentionOf', () => {
  it('asks about everything that nobody has looked at yet', () => {
    expect(asked(undefined, DELIVERED)).toEqual(NAMES);
  });

  it('asks about a service that a later page of the notice names', () => {
    const plan = changed(changed(planOf(['anchor', 'buoy']), 'anchor', { lookedAt: DELIVERED }), 'buoy', {
      lookedAt: DELIVERED,
    });
    expect(asked(plan, DELIVERED + minutes(1))).toEqual(['cabin']);
  });

  it('asks about what waits for its window once an hour', () => {
    const plan = allLookedAt(planOf(NAMES), DELIVERED);
    expect(asked(plan, DELIVERED + minutes(59))).toEqual([]);
    expect(asked(plan, DELIVERED + hours(1))).toEqual(NAMES);
  });

  it('asks about it when its window opens, and every minute while it is open', () => {
    const plan = allLookedAt(planOf(NAMES), night(18) - minutes(20));
    expect(asked(plan, night(18) - minutes(1))).toEqual([]);
    expect(asked(plan, night(18))).toEqual(NAMES);
    expect(asked(allLookedAt(plan, night(18)), night(18) + minutes(1))).toEqual(NAMES);
  });

  it('asks about what is in flight at every look, before all others', () => {
    const plan = changed(allLookedAt(planOf(NAMES), DELIVERED), 'cabin', inStage(RUNNING));
    expect(asked(plan, DELIVERED)).toEqual(['cabin']);
    expect(asked(plan, DELIVERED + hours(1), 2)).toEqual(['cabin', 'anchor']);
  });

  it('takes those that were not looked at for longest when it cannot ask about all', () => {
    const plan = changed(allLookedAt(planOf(NAMES), DELIVERED + minutes(5)), 'buoy', { lookedAt: DELIVERED });
    expect(asked(plan, DELIVERED + hours(2), 1)).toEqual(['buoy']);
  });

  it('never leaves out what is in flight, however little it may ask about', () => {
    const plan = NAMES.reduce((so, name) => changed(so, name, inStage(RUNNING)), planOf(NAMES));
    expect(asked(plan, night(18), 1)).toEqual(NAMES);
  });

  it('asks about a service for which somebody has ordered something since', () => {
    const services = [serviceArn(aService('buoy'))];
    const pin = { kind: 'pin', by: 'ada', at: DELIVERED + minutes(1), services } as const;
    const plan = { ...allLookedAt(planOf(NAMES), DELIVERED), orders: [pin] };
    expect(asked(plan, DELIVERED + minutes(2))).toEqual(['buoy']);
    expect(asked(changed(plan, 'buoy', { lookedAt: DELIVERED + minutes(2) }), DELIVERED + minutes(3))).toEqual([]);
    const lift = { kind: 'lift-freeze', by: 'ada', at: DELIVERED + minutes(1), freeze: 'sale' } as const;
    expect(asked({ ...plan, orders: [lift] }, DELIVERED + minutes(2))).toEqual(NAMES);
  });

  it('does not ask about what has ended', () => {
    const plan = changed(planOf(NAMES), 'anchor', inStage(ENDED));
    expect(asked(plan, DEADLINE)).toEqual(['buoy', 'cabin']);
  });

  it('asks again within a minute about what ECS did not answer for', () => {
    const unread = { kind: 'blocked', reason: 'unread', because: 'throttled' } as const;
    const plan = changed(allLookedAt(planOf(NAMES), DELIVERED), 'anchor', { verdict: unread });
    expect(asked(plan, DELIVERED + minutes(1))).toEqual(['anchor']);
  });
});

describe('nextLookAt', () => {
  const at = (plan: Plan, now: number): number | undefined => nextLookAt(noticeOf(NAMES), plan, now);

  it('is within an hour, however far away the window is', () => {
    expect(at(allLookedAt(planOf(NAMES), DELIVERED), DELIVERED)).toBe(DELIVERED + hours(1));
  });

  it('is the opening when that comes first', () => {
    const now = night(18) - minutes(20);
    expect(at(allLookedAt(planOf(NAMES), now), now)).toBe(night(18));
  });

  it('is the next minute while something is in flight or a service of the notice is not planned yet', () => {
    const moving = changed(allLookedAt(planOf(NAMES), DELIVERED), 'cabin', inStage(RUNNING));
    expect(at(moving, DELIVERED)).toBe(DELIVERED + seconds(30));
    expect(at(planOf(['anchor']), DELIVERED)).toBe(DELIVERED + seconds(30));
  });

  it('is the reminder when that comes first', () => {
    const half = DELIVERED + (DEADLINE - DELIVERED) / 2;
    const now = half - minutes(30);
    const later = anAllowance({ openings: [anOpening(night(22))] });
    const plan = aPlan(NAMES.map((name) => aSituation({ at: aService(name), allowance: later })));
    expect(at(allLookedAt(plan, now), now)).toBe(half);
  });

  it('is never when everything has ended', () => {
    const over = NAMES.reduce((so, name) => changed(so, name, inStage(ENDED)), planOf(NAMES));
    expect(at(over, DEADLINE)).toBeUndefined();
  });
});
