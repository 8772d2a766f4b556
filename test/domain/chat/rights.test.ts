import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type ChatPolicy,
  DEFAULT_CHAT,
  groupsNamed,
  mayDo,
  type Person,
  RIGHT_NAMES,
  type Right,
  type RightName,
  type RightQuestion,
  type RightSubject,
} from '../../../shared/domain/chat/rights.ts';

const aPerson = (overrides: Partial<Person> = {}): Person => ({
  id: 'U0ADA',
  groups: [],
  isBot: false,
  isGuest: false,
  isForeign: false,
  ...overrides,
});

const CHECKOUT: RightSubject = {
  account: '111122223333',
  region: 'eu-west-1',
  cluster: 'prod-1',
  service: 'checkout',
  tags: { team: 'payments' },
};
const LEDGER: RightSubject = { ...CHECKOUT, cluster: 'lab', service: 'ledger', tags: {} };

const ask = (overrides: Partial<RightQuestion> = {}): RightQuestion => ({
  right: 'approve',
  person: aPerson(),
  subjects: [CHECKOUT],
  channel: 'C0OPS',
  ...overrides,
});

const policy = (...rights: readonly Partial<Right>[]): ChatPolicy => ({
  rights: rights.map((right) => ({ may: ['approve'], who: ['U0ADA'], ...right })),
});

const because = (question: RightQuestion, chat: ChatPolicy): string => {
  const answer = mayDo(question, chat);
  return answer.allowed ? 'allowed' : answer.because;
};

describe('without a configuration', () => {
  it.each(RIGHT_NAMES)(
    '%s is for everybody in a channel if it changes no service, and otherwise for nobody',
    (right) => {
      const isOpen = right === 'acknowledge' || right === 'mute';
      expect(mayDo(ask({ right }), DEFAULT_CHAT).allowed).toBe(isOpen);
      expect(because(ask({ right }), DEFAULT_CHAT)).toBe(
        isOpen ? 'allowed' : `Nobody has the right ${right}: the configuration gives it to nobody.`,
      );
    },
  );

  it.each([
    ['a public channel', 'C0OPS', true],
    ['a private channel', 'G0OPS', true],
    ['a conversation with the app', 'D0ADA', false],
    ['the home of the app', undefined, false],
  ])('from %s acknowledging is allowed: %s %s', (_, channel, allowed) => {
    const { channel: _in, ...question } = ask({ right: 'acknowledge' });
    expect(mayDo({ ...question, ...(channel && { channel }) }, DEFAULT_CHAT).allowed).toBe(allowed);
  });

  it('a group lookup that failed takes nothing from everybody', () => {
    expect(because(ask({ right: 'mute', person: aPerson({ groups: 'unknown' }) }), DEFAULT_CHAT)).toBe('allowed');
  });
});

it('a right that is given to somebody is not everybody’s any more', () => {
  const chat = policy({ may: ['mute'], who: ['U0BOB'], where: { clusters: ['lab'] } });
  expect(because(ask({ right: 'mute' }), chat)).toBe('You do not have the right mute.');
  expect(because(ask({ right: 'acknowledge' }), chat)).toBe('allowed');
});

const WIDE = policy({ may: RIGHT_NAMES, who: ['U0ADA', 'S0SRE'] });

describe('of people', () => {
  it.each<[string, Partial<Person>, string]>([
    ['one who is named may', {}, 'allowed'],
    ['one of a group that is named may', { id: 'U0BOB', groups: ['S0OTHER', 'S0SRE'] }, 'allowed'],
    ['one of Enterprise Grid is known by the whole id', { id: 'W0ADA' }, 'You do not have the right approve.'],
    ['anybody else may not', { id: 'U0BOB' }, 'You do not have the right approve.'],
    ['one of another group may not', { id: 'U0BOB', groups: ['S0OTHER'] }, 'You do not have the right approve.'],
    [
      'one whose groups are unknown is in none',
      { id: 'U0BOB', groups: 'unknown' },
      'Slack did not say whether you are in a group that has the right approve: try again in a minute.',
    ],
    ['one who is named needs no group', { groups: 'unknown' }, 'allowed'],
    ['a bot may not', { isBot: true }, 'A bot may do nothing here.'],
    ['a guest may not', { isGuest: true }, 'A guest may do nothing here.'],
    [
      'somebody of another workspace may not',
      { isForeign: true },
      'Somebody of another workspace may do nothing here.',
    ],
  ])('%s', (_, person, expected) => {
    expect(because(ask({ person: aPerson(person) }), WIDE)).toBe(expected);
  });

  it.each(RIGHT_NAMES)('bots, guests and strangers never have the right %s, whatever names them', (right) => {
    for (const kind of ['isBot', 'isGuest', 'isForeign'] as const)
      for (const chat of [WIDE, DEFAULT_CHAT])
        expect(mayDo(ask({ right, person: aPerson({ groups: ['S0SRE'], [kind]: true }) }), chat).allowed).toBe(false);
  });
});

describe('of places', () => {
  it.each<[string, Right['where'], readonly RightSubject[], string]>([
    ['a rule without a place is for all there is', undefined, [], 'allowed'],
    ['a rule for some clusters is for a service in one', { clusters: ['prod-*'] }, [CHECKOUT], 'allowed'],
    [
      'a rule for some clusters is for no other',
      { clusters: ['prod-*'] },
      [LEDGER],
      'You do not have the right approve for lab/ledger.',
    ],
    [
      'one service outside is enough to refuse all',
      { clusters: ['prod-*'] },
      [CHECKOUT, LEDGER],
      'You do not have the right approve for lab/ledger.',
    ],
    ['a rule for a tag is for services that have it', { tags: { team: ['pay*'] } }, [CHECKOUT], 'allowed'],
    [
      'a rule for a tag is not for a service whose tags are unknown',
      { tags: { team: ['*'] } },
      [{ cluster: 'prod-1', service: 'checkout' }],
      'You do not have the right approve for prod-1/checkout.',
    ],
    [
      'a rule for services is not for all of their cluster',
      { services: ['*'] },
      [{ cluster: 'prod-1' }],
      'You do not have the right approve for everything in prod-1.',
    ],
    ['a rule for a cluster is for all of it', { clusters: ['prod-1'] }, [{ cluster: 'prod-1' }], 'allowed'],
    [
      'a rule for clusters is not for all there is',
      { clusters: ['*'] },
      [],
      'You do not have the right approve for everything.',
    ],
    [
      'a rule for an account is for nothing of an unknown one',
      { accounts: ['111122223333'] },
      [{ cluster: 'prod-1', service: 'checkout' }],
      'You do not have the right approve for prod-1/checkout.',
    ],
  ])('%s', (_, where, subjects, expected) => {
    expect(because(ask({ subjects }), policy(where === undefined ? {} : { where }))).toBe(expected);
  });

  it('several rules make a whole', () => {
    const chat = policy({ where: { clusters: ['prod-*'] } }, { where: { clusters: ['lab'] } });
    expect(because(ask({ subjects: [CHECKOUT, LEDGER] }), chat)).toBe('allowed');
  });
});

describe('of channels', () => {
  const chat = policy({ channels: ['C0OPS'] });
  const { channel: _, ...nowhere } = ask();
  it.each<[string, RightQuestion, string]>([
    ['a rule for a channel is for what is done there', ask(), 'allowed'],
    [
      'and for nothing that is done elsewhere',
      ask({ channel: 'C0ELSE' }),
      'You have the right approve in other channels, not in this place.',
    ],
    ['nor outside of channels', nowhere, 'You have the right approve in other channels, not in this place.'],
  ])('%s', (_what, question, expected) => {
    expect(because(question, chat)).toBe(expected);
  });

  it('a rule of another channel gives nothing to this one', () => {
    const two = policy({ channels: ['C0OPS'], where: { clusters: ['lab'] } }, { channels: ['C0ELSE'] });
    expect(mayDo(ask(), two).allowed).toBe(false);
  });
});

describe('laws', () => {
  const rightName = fc.constantFrom(...RIGHT_NAMES);
  const people = fc.constantFrom('U0ADA', 'U0BOB', 'S0SRE', 'S0OTHER');
  const where = fc.constantFrom<Right['where']>(
    undefined,
    { clusters: ['prod-*'] },
    { clusters: ['lab'], services: ['ledger'] },
    { tags: { team: ['payments'] } },
  );
  const channels = fc.constantFrom<Right['channels']>(undefined, ['C0OPS'], ['C0ELSE']);
  const right: fc.Arbitrary<Right> = fc
    .record({
      may: fc.uniqueArray(rightName, { minLength: 1 }),
      who: fc.array(people, { minLength: 1 }),
      where,
      channels,
    })
    .map(({ where: place, channels: from, ...rest }) => ({
      ...rest,
      ...(place && { where: place }),
      ...(from && { channels: from }),
    }));
  const rights = fc.array(right, { maxLength: 5 });
  const question: fc.Arbitrary<RightQuestion> = fc.record({
    right: rightName,
    person: fc.record({
      id: fc.constantFrom('U0ADA', 'U0BOB'),
      groups: fc.constantFrom<Person['groups']>([], ['S0SRE'], ['S0OTHER'], 'unknown'),
      isBot: fc.boolean(),
      isGuest: fc.boolean(),
      isForeign: fc.boolean(),
    }),
    subjects: fc.subarray([CHECKOUT, LEDGER, { cluster: 'lab' }]),
    channel: fc.constantFrom('C0OPS', 'C0ELSE', 'D0ADA'),
  });

  /** Spelt out on its own: one person, one thing, one rule at a time. */
  const isGiven = (
    asked: RightQuestion,
    subject: RightSubject,
    { may, who, where: place = {}, channels: from }: Right,
  ) =>
    may.includes(asked.right) &&
    who.some(
      (id) => id === asked.person.id || (asked.person.groups !== 'unknown' && asked.person.groups.includes(id)),
    ) &&
    (from?.includes(asked.channel ?? '') ?? true) &&
    (place.clusters?.some((name) => name === subject.cluster || (name === 'prod-*' && subject.cluster === 'prod-1')) ??
      true) &&
    (place.services?.includes(subject.service ?? '') ?? true) &&
    (place.tags === undefined || subject.tags?.['team'] === 'payments');

  it('every right is given by the rules alone, to the right people, for every subject, in the right channel', () => {
    fc.assert(
      fc.property(rights, question, (given, asked) => {
        const { person, subjects } = asked;
        const isStranger = person.isBot || person.isGuest || person.isForeign;
        const isOpen =
          (asked.right === 'acknowledge' || asked.right === 'mute') &&
          !given.some(({ may }) => may.includes(asked.right)) &&
          asked.channel !== 'D0ADA';
        const all: readonly RightSubject[] = subjects.length === 0 ? [{}] : subjects;
        const byRules = all.every((subject) => given.some((one) => isGiven(asked, subject, one)));
        expect(mayDo(asked, { rights: given }).allowed).toBe(!isStranger && (isOpen || byRules));
      }),
      { numRuns: 2_000 },
    );
  });

  it('every refusal is a sentence that names the missing right or who never has one', () => {
    fc.assert(
      fc.property(rights, question, (given, asked) => {
        const text = because(asked, { rights: given });
        fc.pre(text !== 'allowed');
        expect(text).toMatch(/^[A-Z].*\.$/);
        expect(/ may do nothing here\.$|in a channel/.test(text) || text.includes(` right ${asked.right}`)).toBe(true);
      }),
    );
  });
});

it.each<[RightName, readonly string[]]>([
  ['approve', ['S0SRE', 'S0DBA']],
  ['mute', ['S0SRE']],
  ['freeze', []],
])('the groups to look up for %s are %j', (right, expected) => {
  const chat = policy({ may: ['approve', 'mute'], who: ['U0ADA', 'S0SRE'] }, { who: ['S0DBA', 'S0SRE'] });
  expect(groupsNamed(right, chat)).toEqual(expected);
});
