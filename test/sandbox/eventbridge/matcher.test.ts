import { describe, expect, it, test } from 'vitest';
import { compilePattern, InvalidPatternError } from '../../../sandbox/eventbridge/matcher.ts';

/** A parcel, so that no field is mistaken for one of ECS. */
const EVENT = {
  source: 'depot.parcels',
  resources: ['arn:parcel/1', 'arn:parcel/2'],
  detail: {
    status: 'Held',
    weight: 12.5,
    fragile: false,
    note: null,
    scans: [],
    address: {},
    gateway: '10.20.30.40',
    labels: ['cold', 'express'],
    legs: [
      { from: 'OSL', to: 'CPH', hours: 3, delay: 'fog', via: 'GOT' },
      { from: 'CPH', to: 'HAM', hours: 5 },
    ],
  },
};

type Row = readonly [sentence: string, detail: object];

const MATCHES: readonly Row[] = [
  ['a text equals itself', { status: ['Held'] }],
  ['one value of a list is enough', { status: ['Lost', 'Held'] }],
  ['a number equals itself however it is written', { weight: [12.5] }],
  ['false is a value', { fragile: [false] }],
  ['null is a value', { note: [null] }],
  ['null is present', { note: [{ exists: true }] }],
  ['an absent field does not exist', { customs: [{ exists: false }] }],
  ['nothing exists below an absent field', { customs: { form: [{ exists: false }] } }],
  ['an object is no leaf, so it does not exist', { legs: [{ exists: false }] }],
  ['an empty list does not exist', { scans: [{ exists: false }] }],
  ['an empty object does not exist', { address: [{ exists: false }] }],
  ['absence or a value: the value', { status: [{ exists: false }, 'Held'] }],
  ['absence or a value: the absence', { customs: [{ exists: false }, 'done'] }],
  ['a prefix', { status: [{ prefix: 'He' }] }],
  ['a prefix that ignores case', { status: [{ prefix: { 'equals-ignore-case': 'hE' } }] }],
  ['a suffix', { status: [{ suffix: 'ld' }] }],
  ['the same text in other case', { status: [{ 'equals-ignore-case': 'HELD' }] }],
  ['exactly a text', { status: [{ exactly: 'Held' }] }],
  ['a star for some characters', { status: [{ wildcard: 'H*d' }] }],
  ['a star for no characters', { status: [{ wildcard: 'He*ld' }] }],
  ['several stars in order', { gateway: [{ wildcard: '*.20.*.4*' }] }],
  ['another text', { status: [{ 'anything-but': 'Lost' }] }],
  ['a text that is none of several', { status: [{ 'anything-but': ['Lost', 'Sold'] }] }],
  ['another type is another value', { weight: [{ 'anything-but': '12.5' }] }],
  ['null is anything but a text', { note: [{ 'anything-but': 'Held' }] }],
  ['anything but another prefix', { status: [{ 'anything-but': { prefix: ['Lo', 'So'] } }] }],
  ['anything but a text in any case', { status: [{ 'anything-but': { 'equals-ignore-case': 'lost' } }] }],
  ['a number in a range', { weight: [{ numeric: ['>=', 12.5, '<', 13] }] }],
  ['an address in a block', { gateway: [{ cidr: '10.20.0.0/16' }] }],
  ['one element of a list is enough', { labels: ['express'] }],
  ['one other element is enough', { labels: [{ 'anything-but': 'cold' }] }],
  ['two conditions in one element of a list', { legs: { from: ['CPH'], hours: [{ numeric: ['>', 3] }] } }],
  [
    'absence in the element that a condition sorted before it chose',
    { legs: { from: ['CPH'], via: [{ exists: false }] } },
  ],
  ['one alternative of $or', { $or: [{ status: ['Lost'] }, { weight: [{ numeric: ['>', 10] }] }] }],
  ['$or beside another condition', { status: ['Held'], $or: [{ labels: ['warm'] }, { labels: ['cold'] }] }],
  [
    'two $or, one alternative of each',
    { $or: [{ status: ['Lost'] }, { status: ['Held'] }], legs: { $or: [{ to: ['ARN'] }, { to: ['HAM'] }] } },
  ],
];

const MISSES: readonly Row[] = [
  ['case counts', { status: ['held'] }],
  ['a number is not its text', { weight: ['12.5'] }],
  ['null is not absence', { customs: [null] }],
  ['a value is not absent', { status: [{ exists: false }] }],
  ['an object is not a leaf that exists', { legs: [{ exists: true }] }],
  ['an empty list is not there', { scans: [{ exists: true }] }],
  ['anything-but needs the field', { customs: [{ 'anything-but': 'done' }] }],
  ['anything-but refuses its value', { status: [{ 'anything-but': ['Lost', 'Held'] }] }],
  ['anything-but refuses its prefix', { status: [{ 'anything-but': { prefix: 'He' } }] }],
  ['anything-but refuses its wildcard', { status: [{ 'anything-but': { wildcard: ['x*', '*ld'] } }] }],
  ['a wildcard covers the whole text', { status: [{ wildcard: 'el' }] }],
  ['the parts of a wildcard do not overlap', { status: [{ wildcard: 'Hel*ld' }] }],
  ['a question mark is itself', { status: [{ wildcard: 'H?ld' }] }],
  ['a text has no size', { gateway: [{ numeric: ['>', 0] }] }],
  ['an open bound excludes itself', { weight: [{ numeric: ['>', 12.5] }] }],
  ['an address outside the block', { gateway: [{ cidr: '10.21.0.0/16' }] }],
  ['a text that is no address', { status: [{ cidr: '10.20.0.0/16' }] }],
  ['conditions met by different elements', { legs: { from: ['OSL'], hours: [5] } }],
  ['absence judged before a condition chose an element', { legs: { delay: [{ exists: false }], from: ['CPH'] } }],
  ['absence when an element has it', { legs: { delay: [{ exists: false }] } }],
  ['no alternative of $or', { $or: [{ status: ['Lost'] }, { labels: ['warm'] }] }],
  ['a $or does not make up for another condition', { status: ['Lost'], $or: [{ weight: [12.5] }, { note: [null] }] }],
];

describe('an event matches', () => {
  test.each(MATCHES)('%s', (_, detail) => expect(compilePattern({ detail })(EVENT)).toBe(true));
});

describe('an event does not match', () => {
  test.each(MISSES)('%s', (_, detail) => expect(compilePattern({ detail })(EVENT)).toBe(false));
});

const REFUSED: readonly (readonly [sentence: string, pattern: unknown, path: string])[] = [
  ['a text for a pattern', 'depot', ''],
  ['nothing at all', {}, ''],
  ['a value outside a list', { source: 'depot.parcels' }, 'source'],
  ['an empty list', { detail: { status: [] } }, 'detail.status'],
  ['an empty object', { detail: { legs: {} } }, 'detail.legs'],
  ['a list in a list', { source: [['depot']] }, 'source[0]'],
  ['an operator that does not exist', { source: [{ contains: 'x' }] }, 'source[0]'],
  ['two operators in one object', { source: ['a', { prefix: 'x', suffix: 'y' }] }, 'source[1]'],
  ['no operator in an object', { source: [{}] }, 'source[0]'],
  ['a prefix that is a number', { source: [{ prefix: 1 }] }, 'source[0].prefix'],
  ['a prefix of another operator', { source: [{ prefix: { wildcard: 'x' } }] }, 'source[0].prefix'],
  ['exists with a text', { source: [{ exists: 'true' }] }, 'source[0].exists'],
  ['anything-but nothing', { source: [{ 'anything-but': [] }] }, 'source[0].anything-but'],
  ['anything-but two types', { source: [{ 'anything-but': ['a', 1] }] }, 'source[0].anything-but'],
  ['anything-but null', { source: [{ 'anything-but': null }] }, 'source[0].anything-but'],
  ['anything-but numeric', { source: [{ 'anything-but': { numeric: ['=', 1] } }] }, 'source[0].anything-but'],
  ['anything-but an empty prefix', { source: [{ 'anything-but': { prefix: '' } }] }, 'source[0].anything-but.prefix'],
  ['two stars in a row', { source: [{ wildcard: 'a**' }] }, 'source[0].wildcard'],
  ['an escape of a letter', { source: [{ wildcard: String.raw`a\b` }] }, 'source[0].wildcard'],
  ['an unknown comparison', { source: [{ numeric: ['!=', 1] }] }, 'source[0].numeric'],
  ['a comparison with a text', { source: [{ numeric: ['=', '1'] }] }, 'source[0].numeric'],
  ['an upper bound first', { source: [{ numeric: ['<', 5, '>', 1] }] }, 'source[0].numeric'],
  ['an empty range', { source: [{ numeric: ['>', 5, '<', 5] }] }, 'source[0].numeric'],
  ['three bounds', { source: [{ numeric: ['>', 1, '<', 5, '<', 6] }] }, 'source[0].numeric'],
  ['a block of one address', { source: [{ cidr: '10.0.0.1/32' }] }, 'source[0].cidr'],
  ['a block without a mask', { source: [{ cidr: '10.0.0.1' }] }, 'source[0].cidr'],
  ['$or with one alternative', { $or: [{ source: ['a'] }] }, '$or'],
  ['$or that is no list', { detail: { $or: { source: ['a'] } } }, 'detail.$or'],
  ['$or of texts', { $or: ['a', 'b'] }, '$or[0]'],
  ['an operator in place of a field of $or', { a: { $or: [{ exists: [true] }, { b: ['c'] }] } }, 'a.exists'],
];

describe('a pattern is refused for', () => {
  test.each(REFUSED)('%s', (_, pattern, path) => {
    expect(() => compilePattern(pattern)).toThrow(InvalidPatternError);
    expect(() => compilePattern(pattern)).toThrow(expect.objectContaining({ path }));
  });
});

describe('unusual spellings', () => {
  it('a dotted name is a path', () => {
    expect(compilePattern({ 'detail.status': ['Held'] })(EVENT)).toBe(true);
  });

  it('an escaped star is a star', () => {
    const matches = compilePattern({ code: [{ wildcard: String.raw`a\*\\*` }] });
    expect(matches({ code: String.raw`a*\z` })).toBe(true);
    expect(matches({ code: String.raw`ab\z` })).toBe(false);
  });

  it('an address of version 6 may leave out zeros', () => {
    const matches = compilePattern({ ip: [{ cidr: '2001:db8::/33' }] });
    expect(matches({ ip: '2001:0db8:0:0:0:0:0:1' })).toBe(true);
    expect(matches({ ip: '2001:db8:8000::1' })).toBe(false);
    expect(matches({ ip: '10.0.0.1' })).toBe(false);
  });

  it('a block begins at the address as written', () => {
    const matches = compilePattern({ ip: [{ cidr: '10.0.0.128/24' }] });
    expect(matches({ ip: '10.0.0.127' })).toBe(false);
    expect(matches({ ip: '10.0.0.255' })).toBe(true);
  });

  it('inside $or a condition takes the place of one before it for the same field', () => {
    const matches = compilePattern({ a: ['x'], $or: [{ a: ['y'] }, { b: ['z'] }] });
    expect(matches({ a: 'y' })).toBe(true);
    expect(matches({ a: 'x', b: 'z' })).toBe(true);
    expect(matches({ a: 'x' })).toBe(false);
  });
});
