import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Destination, destinationKey } from '../../shared/domain/destination.ts';
import { hours } from '../../shared/domain/instant.ts';
import { WEEKDAYS } from '../../shared/domain/quiet-hours.ts';
import {
  ALERTS_TAG,
  CHANNEL_TAG,
  type RouteQuestion,
  type Routing,
  type RoutingRule,
  route,
} from '../../shared/domain/routing.ts';
import type { Selector } from '../../shared/domain/selector.ts';

/** Sat 21 Nov 2026, 23:00 UTC. */
const NOW = Date.UTC(2026, 10, 21, 23);

const slack = (channel: string): Destination => ({ kind: 'slack-channel', channel });
const PAGER: Destination = { kind: 'sns-topic', topicArn: 'arn:aws:sns:eu-west-1:111122223333:pager' };

const aQuestion = (overrides: Partial<RouteQuestion> = {}): RouteQuestion => ({
  kind: 'incident',
  account: '111122223333',
  region: 'eu-west-1',
  clusters: ['harbor-prod'],
  services: ['checkout'],
  tags: { team: 'payments' },
  ...(overrides.kind !== 'notice' && { cause: 'memory/container-oom' }),
  severity: 'high',
  ...overrides,
});

const aRule = (overrides: Partial<RoutingRule> = {}): RoutingRule => ({
  name: 'rule',
  when: {},
  destinations: [slack('C0RULE')],
  mentions: [],
  isLast: false,
  ...overrides,
});

/** Everything to C0OPS, who are to be left alone at night. */
const aRouting = (overrides: Partial<Routing> = {}): Routing => ({
  destinations: [slack('C0OPS')],
  mentions: [],
  rules: [],
  lowestSeverity: 'low',
  quietHours: [],
  mutes: [],
  ...overrides,
});

const NIGHT = { when: {}, zone: 'UTC', from: hours(22), to: hours(7), days: WEEKDAYS };
const MORNING = Date.UTC(2026, 10, 22, 7);

/** `C0OPS @S0ONCALL`, with ` later` where it is put off; or the reason for silence. */
function answered(question: RouteQuestion, routing: Routing, now = NOW): readonly string[] | string {
  const answer = route(question, routing, now);
  if (answer.kind === 'silent') return answer.reason;
  return answer.destinations.map(({ destination, mentions, notBefore }) => {
    const name = destinationKey(destination).split(':').at(-1) ?? '';
    return [name, ...mentions.map((id) => `@${id}`), ...(notBefore > now ? ['later'] : [])].join(' ');
  });
}

describe('who is told', () => {
  it.each<[string, Partial<RouteQuestion>, Partial<Routing>, readonly string[] | string]>([
    ['Without rules the defaults are.', {}, {}, ['C0OPS']],
    ['The mentions of the defaults are called.', {}, { mentions: ['S0'] }, ['C0OPS @S0']],
    ['Without destinations nobody is.', {}, { destinations: [] }, 'no-destination'],
    ['Where a rule applies, the defaults do not.', {}, { rules: [aRule()] }, ['C0RULE']],
    ['Where no rule applies, the defaults do.', {}, { rules: [aRule({ when: { regions: ['us-*'] } })] }, ['C0OPS']],
    [
      'All rules that apply add their destinations, in order.',
      {},
      {
        rules: [
          aRule(),
          aRule({ when: { kinds: ['notice'] }, destinations: [PAGER] }),
          aRule({ destinations: [slack('C1')] }),
        ],
      },
      ['C0RULE', 'C1'],
    ],
    [
      'One destination of two rules is told once, and calls everybody once.',
      {},
      { rules: [aRule({ mentions: ['S0', 'U1'] }), aRule({ mentions: ['U1', 'W2'] })] },
      ['C0RULE @S0 @U1 @W2'],
    ],
    [
      'Nobody can be mentioned in a topic.',
      {},
      { rules: [aRule({ destinations: [PAGER], mentions: ['S0'] })] },
      ['pager'],
    ],
    [
      'A last rule ends the list.',
      {},
      { rules: [aRule({ isLast: true }), aRule({ destinations: [PAGER] })] },
      ['C0RULE'],
    ],
    [
      'A last rule that does not apply ends nothing.',
      {},
      { rules: [aRule({ isLast: true, when: { kinds: ['notice'] } }), aRule({ destinations: [PAGER] })] },
      ['pager'],
    ],
    ['A rule to nobody keeps the defaults from it.', {}, { rules: [aRule({ destinations: [] })] }, 'no-destination'],
    [
      'A rule that finds it not severe enough keeps the defaults from it.',
      { severity: 'medium' },
      { rules: [aRule({ lowestSeverity: 'high' })] },
      'below-severity',
    ],
    [
      'A rule that selects by severity leaves the rest to the defaults.',
      { severity: 'medium' },
      { rules: [aRule({ when: { severity: 'high' } })] },
      ['C0OPS'],
    ],
    [
      'A rule may want to hear more than the others do.',
      { severity: 'low' },
      { lowestSeverity: 'high', rules: [aRule({ lowestSeverity: 'low' }), aRule({ destinations: [PAGER] })] },
      ['C0RULE'],
    ],
    [
      'What is not severe enough is told to nobody.',
      { severity: 'low' },
      { lowestSeverity: 'medium' },
      'below-severity',
    ],
    ['What is expected is told to nobody.', { severity: 'none' }, {}, 'benign'],
    [
      "The owners' channel takes the place of every channel.",
      { tags: { [CHANNEL_TAG]: ' C0OWN ' } },
      { rules: [aRule({ mentions: ['S0'] }), aRule({ destinations: [slack('C1'), PAGER] })] },
      ['C0OWN @S0', 'pager'],
    ],
    ['An empty channel of the owners changes nothing.', { tags: { [CHANNEL_TAG]: ' ' } }, {}, ['C0OPS']],
    ['The owners may switch alerts off.', { tags: { [ALERTS_TAG]: 'Off' } }, {}, 'muted'],
    ['The owners may leave alerts on.', { tags: { [ALERTS_TAG]: 'on' } }, {}, ['C0OPS']],
    ['A mute holds until it ends.', {}, { mutes: [{ when: {}, until: NOW + 1, reason: 'r' }] }, 'muted'],
    ['A mute has ended at its end.', {}, { mutes: [{ when: {}, until: NOW, reason: 'r' }] }, ['C0OPS']],
    [
      'A mute holds from its beginning.',
      {},
      { mutes: [{ when: {}, from: NOW, until: NOW + 1, reason: 'r' }] },
      'muted',
    ],
    [
      'A mute does not hold before.',
      {},
      { mutes: [{ when: {}, from: NOW + 1, until: NOW + 2, reason: 'r' }] },
      ['C0OPS'],
    ],
    [
      'A mute of others changes nothing.',
      {},
      { mutes: [{ when: { clusters: ['lab'] }, until: NOW + 1, reason: 'r' }] },
      ['C0OPS'],
    ],
    ['At night what is of low severity waits.', { severity: 'low' }, { quietHours: [NIGHT] }, ['C0OPS later']],
    ['At night what is more severe does not wait.', { severity: 'medium' }, { quietHours: [NIGHT] }, ['C0OPS']],
    [
      'The night of others is no reason to wait.',
      { severity: 'low' },
      { quietHours: [{ ...NIGHT, when: { services: ['x'] } }] },
      ['C0OPS'],
    ],
  ])('%s', (_, question, routing, expected) => {
    expect(answered(aQuestion(question), aRouting(routing))).toEqual(expected);
  });

  it('waits until the end of the night', () => {
    const answer = route(aQuestion({ severity: 'low' }), aRouting({ quietHours: [NIGHT] }), NOW);
    expect(answer).toMatchObject({ kind: 'tell', destinations: [{ notBefore: MORNING }] });
  });
});

describe('a selector', () => {
  it.each<[string, Selector, Partial<RouteQuestion>, boolean]>([
    ['selects everything when it says nothing', {}, {}, true],
    ['selects a name by a pattern', { clusters: ['*-prod'] }, {}, true],
    ['selects any one entry of a list', { services: ['cart', 'checkout'] }, {}, true],
    ['wants every field to fit', { services: ['checkout'], regions: ['us-east-1'] }, {}, false],
    ['selects an account', { accounts: ['444455556666'] }, {}, false],
    ['selects a group of causes', { causes: ['memory/*'] }, {}, true],
    ['that asks for a cause selects no notice', { causes: ['*'] }, { kind: 'notice' }, false],
    ['selects what is as severe', { severity: 'high' }, {}, true],
    ['selects what is more severe', { severity: 'low' }, {}, true],
    ['leaves what is less severe', { severity: 'high' }, { severity: 'medium' }, false],
    ['selects kinds', { kinds: ['notice'] }, { kind: 'notice' }, true],
    ['selects any of several services', { services: ['cart'] }, { services: ['checkout', 'cart'] }, true],
    ['that asks for a cluster leaves what has none', { clusters: ['*'] }, { clusters: [] }, false],
    ['selects a tag by its value', { tags: { team: ['pay*', 'billing'] } }, {}, true],
    ['wants every tag', { tags: { team: ['*'], tier: ['1'] } }, {}, false],
    ['does not take what every object has for a tag', { tags: { toString: ['*'] } }, {}, false],
  ])('%s', (_, selector, question, expected) => {
    const routing = aRouting({ rules: [aRule({ when: selector })] });
    expect(answered(aQuestion(question), routing)).toEqual(expected ? ['C0RULE'] : ['C0OPS']);
  });
});

describe('laws of routing', () => {
  const severity = fc.constantFrom('low', 'medium', 'high');
  const destination = fc.constantFrom(slack('C0'), slack('C1'), slack('C2'), PAGER, { kind: 'slack-webhook' } as const);
  const rule = fc.record({
    name: fc.string(),
    when: fc.constantFrom<Selector>({}, { clusters: ['harbor-*'] }, { severity: 'high' }, { kinds: ['notice'] }),
    destinations: fc.array(destination, { maxLength: 3 }),
    mentions: fc.subarray(['S0', 'U1', 'W2']),
    isLast: fc.boolean(),
    lowestSeverity: severity,
  });
  const question = fc.record({ kind: fc.constantFrom('incident', 'notice'), severity }).map(aQuestion);
  const keys = (asked: RouteQuestion, rules: readonly RoutingRule[]): readonly string[] => {
    const answer = route(asked, aRouting({ rules, destinations: [] }), NOW);
    return answer.kind === 'silent' ? [] : answer.destinations.map((told) => destinationKey(told.destination));
  };

  it('tells each destination once', () => {
    fc.assert(
      fc.property(question, fc.array(rule), (asked, rules) => {
        const told = keys(asked, rules);
        expect(new Set(told).size).toBe(told.length);
      }),
    );
  });

  it('tells the same, in another order, for another order of rules of which none is last', () => {
    const shuffled = fc
      .array(rule.map((any) => ({ ...any, isLast: false })))
      .chain((rules) => fc.tuple(fc.constant(rules), fc.shuffledSubarray(rules, { minLength: rules.length })));
    fc.assert(
      fc.property(question, shuffled, (asked, [rules, others]) => {
        expect([...keys(asked, others)].sort()).toEqual([...keys(asked, rules)].sort());
      }),
    );
  });

  it('tells what the rules tell one by one, up to the last that applies', () => {
    fc.assert(
      fc.property(question, fc.array(rule), (asked, rules) => {
        const applies = (one: RoutingRule) => route(asked, aRouting({ rules: [one] }), NOW);
        const last = rules.findIndex((one) => one.isLast && !isDefault(applies({ ...one, lowestSeverity: 'low' })));
        const read = last < 0 ? rules : rules.slice(0, last + 1);
        expect(keys(asked, rules)).toEqual([...new Set(read.flatMap((one) => keys(asked, [one])))]);
      }),
    );
  });

  const isDefault = (answer: ReturnType<typeof route>): boolean =>
    answer.kind === 'tell' &&
    answer.destinations.some((told) => destinationKey(told.destination) === 'slack-channel:C0OPS');
});
