import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withStanding } from '../../../shared/domain/chat/overlay.ts';
import {
  LONGEST_FREEZE,
  LONGEST_MUTE,
  liftFreezes,
  liftMutes,
  living,
  MOST_FREEZES,
  MOST_MUTES,
  NO_ORDERS,
  type Ordered,
  type StandingOrders,
  setFreeze,
  setMute,
} from '../../../shared/domain/chat/standing.ts';
import { days, hours, minutes } from '../../../shared/domain/instant.ts';
import { allowanceOf } from '../../../shared/domain/plan/allowance.ts';
import { defaultPolicy, type Policy } from '../../../shared/domain/policy.ts';
import { type RouteQuestion, route } from '../../../shared/domain/routing.ts';
import type { Freeze, PlaceSelector } from '../../../shared/domain/windows/maintenance.ts';
import { aWindow } from '../../support/maintenance.ts';

/** Sat 21 Nov 2026, 08:05 UTC. */
const NOW = Date.UTC(2026, 10, 21, 8, 5);
const CHECKOUT: PlaceSelector = { clusters: ['harbor-prod'], services: ['checkout'] };

const wanted = (overrides: object = {}) => ({
  by: 'U0ADA',
  where: CHECKOUT,
  until: NOW + hours(4),
  reason: 'load test',
  ...overrides,
});

function after<Order>(ordered: Ordered<Order>): StandingOrders {
  if ('refused' in ordered) throw new Error(ordered.refused);
  return ordered.orders;
}
const muted = (overrides: object = {}, before = NO_ORDERS) => after(setMute(before, wanted(overrides), NOW));
const frozen = (overrides: object = {}, before = NO_ORDERS) => after(setFreeze(before, wanted(overrides), NOW));

describe('setting', () => {
  it('keeps who set it, when, why and until when, under a name', () => {
    expect(setMute(NO_ORDERS, wanted(), NOW)).toMatchObject({
      set: {
        id: expect.stringMatching(/^mut-[0-9a-f]{10}$/),
        by: 'U0ADA',
        at: NOW,
        when: CHECKOUT,
        until: NOW + hours(4),
        reason: 'load test',
      },
      orders: { version: 0, freezes: [], mutes: [{ by: 'U0ADA' }] },
    });
    expect(setFreeze(NO_ORDERS, wanted(), NOW)).toMatchObject({
      set: { id: expect.stringMatching(/^frz-[0-9a-f]{10}$/), select: CHECKOUT, from: NOW, until: NOW + hours(4) },
    });
  });

  it('takes the place of a mute of the same, and stands beside a freeze of the same', () => {
    expect(muted({ until: NOW + hours(1) }, muted()).mutes).toMatchObject([{ until: NOW + hours(1) }]);
    expect(muted({ where: {} }, muted()).mutes).toHaveLength(2);
    expect(frozen({ from: NOW + days(1), until: NOW + days(2) }, frozen()).freezes).toHaveLength(2);
  });

  it.each<[string, Ordered<unknown>, string]>([
    ['what is over already', setMute(NO_ORDERS, wanted({ until: NOW }), NOW), 'over before it begins'],
    [
      'what ends before it begins',
      setFreeze(NO_ORDERS, wanted({ from: NOW + hours(5) }), NOW),
      'over before it begins',
    ],
    [
      'a mute for longer than anybody remembers',
      setMute(NO_ORDERS, wanted({ until: NOW + LONGEST_MUTE + 1 }), NOW),
      '30 days',
    ],
    ['a freeze for longer', setFreeze(NO_ORDERS, wanted({ until: NOW + LONGEST_FREEZE + 1 }), NOW), '90 days'],
    ['what has no reason', setMute(NO_ORDERS, wanted({ reason: ' ' }), NOW), 'It needs a reason'],
  ])('refuses %s', (_, answer, because) => {
    expect(answer).toEqual({ refused: expect.stringContaining(because) });
  });

  it('refuses more than are looked at for every decision, and takes what replaces one of them', () => {
    const names = Array.from({ length: MOST_MUTES }, (_, index) => ({ clusters: [`c${index}`] }));
    const mutes = names.reduce((orders, where) => muted({ where }, orders), NO_ORDERS);
    expect(setMute(mutes, wanted(), NOW)).toEqual({ refused: expect.stringContaining('too many') });
    expect(setMute(mutes, wanted({ where: names[0] }), NOW)).toHaveProperty('set');
    const freezes = names.slice(0, MOST_FREEZES).reduce((orders, where) => frozen({ where }, orders), NO_ORDERS);
    expect(setFreeze(freezes, wanted(), NOW)).toEqual({ refused: expect.stringContaining('too many') });
  });

  it('drops what is over, keeps no secret and no page', () => {
    const before = muted({ where: { clusters: ['old'] }, until: NOW + 1 });
    const answer = setMute(before, wanted({ reason: `token=abcdef1234567890 ${'x'.repeat(300)}` }), NOW + 1);
    expect(after(answer).mutes).toHaveLength(1);
    const reason = after(answer).mutes[0]?.reason ?? '';
    expect([reason.length, reason.includes('abcdef1234567890')]).toEqual([200, false]);
  });
});

describe('lifting', () => {
  it('takes what has that id, or is for that', () => {
    const orders = muted({ where: {} }, muted());
    const [first] = orders.mutes;
    expect(liftMutes(orders, first?.id ?? '', NOW).lifted).toEqual([first]);
    expect(liftMutes(orders, 'everything', NOW).orders.mutes).toEqual([first]);
    expect(liftMutes(orders, 'harbor-prod', NOW)).toEqual({ orders, lifted: [] });
    const freezes = frozen({ until: NOW + hours(9) }, frozen());
    expect(liftFreezes(freezes, 'harbor-prod/checkout', NOW)).toMatchObject({
      orders: { freezes: [] },
      lifted: [{}, {}],
    });
  });

  it('finds nothing that is over already', () => {
    expect(liftMutes(muted(), 'harbor-prod/checkout', NOW + hours(4)).lifted).toEqual([]);
  });
});

const QUESTION: RouteQuestion = {
  kind: 'incident',
  account: '111122223333',
  region: 'eu-west-1',
  clusters: ['harbor-prod'],
  services: ['checkout'],
  tags: {},
  severity: 'high',
};
const SUBJECT = { account: '111122223333', region: 'eu-west-1', cluster: 'harbor-prod', service: 'checkout', tags: {} };
const RANGE = { from: NOW - days(2), to: NOW + days(8) };

const POLICY: Policy = {
  ...defaultPolicy({ destinations: [{ kind: 'slack-channel', channel: 'C0OPS' }], lowestSeverity: 'low' }),
  maintenance: {
    windows: [aWindow()],
    freezes: [
      {
        name: 'launch',
        zone: 'Europe/Prague',
        period: { kind: 'once', from: NOW + days(3), to: NOW + days(4) },
        select: {},
        reason: 'launch',
      },
    ],
  },
};

const asConfigured = (policy: Policy, freeze: Freeze): Policy => ({
  ...policy,
  maintenance: { ...policy.maintenance, freezes: [...policy.maintenance.freezes, freeze] },
});

describe('the policy with standing orders', () => {
  const where = fc.constantFrom<PlaceSelector>(
    {},
    CHECKOUT,
    { clusters: ['harbor-prod'] },
    { clusters: ['harbor-lab'] },
    { clusters: ['harbor-prod'], services: ['ledger'] },
  );
  const offset = fc.integer({ min: 0, max: 5 * 24 * 60 });

  it('is the same policy while nothing is set', () => {
    expect(withStanding(POLICY, NO_ORDERS)).toBe(POLICY);
  });

  it('is silent from when a mute is set until it ends, and never after', () => {
    fc.assert(
      fc.property(where, offset, offset, (select, length, later) => {
        const now = NOW + minutes(later);
        const policy = withStanding(POLICY, muted({ where: select, until: NOW + minutes(length + 1) }));
        const isMeant = select.services?.includes('checkout') ?? select.clusters?.includes('harbor-prod') ?? true;
        const told = route(QUESTION, policy.routing, now);
        expect(told.kind).toBe(isMeant && later < length + 1 ? 'silent' : 'tell');
      }),
    );
  });

  it('freezes exactly as the same freeze in the document does', () => {
    fc.assert(
      fc.property(where, offset, offset, (select, begins, length) => {
        const [from, until] = [NOW + minutes(begins), NOW + minutes(begins + length + 1)];
        const standing = withStanding(POLICY, frozen({ where: select, from, until }));
        const [, own] = standing.maintenance.freezes;
        const configured = asConfigured(POLICY, {
          name: own?.name ?? '',
          zone: 'UTC',
          period: { kind: 'once', from, to: until },
          select,
          reason: 'load test',
        });
        const openings = (policy: Policy) => allowanceOf(policy.maintenance, SUBJECT, RANGE);
        expect(openings(standing)).toEqual(openings(configured));
        const isMeant = select.services?.includes('checkout') ?? select.clusters?.includes('harbor-prod') ?? true;
        const shared = openings(standing).openings.some(({ opens, closes }) => opens < until && from < closes);
        expect(isMeant && shared).toBe(false);
      }),
      { numRuns: 60 },
    );
  });

  it('is nobody’s to lift for one plan', () => {
    const { maintenance } = withStanding(POLICY, frozen({ until: NOW + days(1) }));
    expect(allowanceOf(maintenance, SUBJECT, RANGE).freezes).toMatchObject([
      { name: 'launch' },
      { name: expect.stringMatching(/^frz-/), reason: 'load test', canBeLifted: false },
    ]);
  });

  it('does not change by dropping what is over', () => {
    fc.assert(
      fc.property(offset, offset, (length, later) => {
        const now = NOW + minutes(later);
        const until = NOW + minutes(length + 1);
        const orders = frozen({ until }, muted({ until }));
        const [all, some] = [orders, living(orders, now)].map((one) => withStanding(POLICY, one));
        const range = { from: now, to: now + days(7) };
        expect(some && route(QUESTION, some.routing, now)).toEqual(all && route(QUESTION, all.routing, now));
        expect(some && allowanceOf(some.maintenance, SUBJECT, range).openings).toEqual(
          all && allowanceOf(all.maintenance, SUBJECT, range).openings,
        );
      }),
      { numRuns: 60 },
    );
  });
});
