import { describe, expect, it } from 'vitest';
import { createCapacityEstimate, type Exchange } from '../../../sandbox/database/capacity.ts';
import { type Item, sizeOfItem } from '../../../sandbox/database/item-size.ts';

const TABLE = {
  name: 'Table',
  definition: {
    KeySchema: [
      { AttributeName: 'pk', KeyType: 'HASH' },
      { AttributeName: 'sk', KeyType: 'RANGE' },
    ],
    GlobalSecondaryIndexes: [
      {
        IndexName: 'due',
        KeySchema: [
          { AttributeName: 'dueKey', KeyType: 'HASH' },
          { AttributeName: 'dueAt', KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'KEYS_ONLY' },
      },
    ],
  },
};

/** `bytes` of filling. */
const anItem = (bytes: number, dueAt?: number): Item => ({
  pk: { S: 'p' },
  sk: { S: 's' },
  record: { S: 'x'.repeat(bytes) },
  ...(dueAt !== undefined && { dueKey: { S: 'due' }, dueAt: { N: String(dueAt) } }),
});

const put = (item: Item): Exchange => exchange('PutItem', { Item: item });
const exchange = (operation: string, input: object, output: object = {}, status = 200): Exchange => ({
  operation,
  input: { TableName: 'Table', ...input },
  status,
  output: { ...output },
});

/** Units of the last exchange, after the others. */
function unitsOf(...exchanges: readonly Exchange[]) {
  const estimate = createCapacityEstimate([TABLE]);
  return exchanges.map(estimate).at(-1);
}

describe('the size of an item', () => {
  it.each<[string, Item, number]>([
    ['a text counts its bytes, not its characters', { a: { S: 'Hafen ⚓' } }, 1 + 9],
    ['a number takes a byte for two digits and one more', { a: { N: '1234567' } }, 1 + 5],
    ['a number does not count leading zeroes, point or sign', { a: { N: '-0.0012' } }, 1 + 2],
    ['true and null take one byte', { a: { BOOL: true }, b: { NULL: true } }, 4],
    ['a list takes three and one an element', { a: { L: [{ S: 'x' }, { S: 'y' }] } }, 1 + 3 + 4],
    ['a map takes three, one an element, and names', { a: { M: { bc: { S: 'x' } } } }, 1 + 3 + 1 + 3],
    ['a set takes its members', { a: { SS: ['one', 'two'] } }, 1 + 6],
    ['binary counts what is encoded', { a: { B: Buffer.from('four').toString('base64') } }, 1 + 4],
  ])('%s', (_, item, size) => {
    expect(sizeOfItem(item)).toBe(size);
  });
});

describe('request units', () => {
  it.each<[string, readonly Exchange[], { read: number; write: number }]>([
    ['a small put costs one', [put(anItem(10))], { read: 0, write: 1 }],
    ['a put costs one for each started kilobyte', [put(anItem(1_024))], { read: 0, write: 2 }],
    ['a put over a larger item costs what that held', [put(anItem(3_000)), put(anItem(10))], { read: 0, write: 3 }],
    ['an entry that is new in the index costs one more', [put(anItem(10, 1))], { read: 0, write: 2 }],
    ['one that moves is deleted and put', [put(anItem(10, 1)), put(anItem(10, 2))], { read: 0, write: 3 }],
    ['one that goes costs one', [put(anItem(10, 1)), put(anItem(10))], { read: 0, write: 2 }],
    ['one that stays costs nothing', [put(anItem(10, 1)), put(anItem(99, 1))], { read: 0, write: 1 }],
    [
      'a condition that does not hold costs the item that is there',
      [
        put(anItem(2_000)),
        exchange('PutItem', { Item: anItem(5) }, { __type: 'x#ConditionalCheckFailedException' }, 400),
      ],
      { read: 0, write: 2 },
    ],
    ['a throttled put costs nothing', [{ ...put(anItem(10)), status: 400 }], { read: 0, write: 0 }],
    [
      'a delete costs the item and its entry',
      [put(anItem(2_000, 1)), exchange('DeleteItem', { Key: { pk: { S: 'p' }, sk: { S: 's' } } })],
      { read: 0, write: 3 },
    ],
    [
      'an update costs what the item held',
      [put(anItem(2_000)), exchange('UpdateItem', { Key: { pk: { S: 'p' }, sk: { S: 's' } } })],
      { read: 0, write: 2 },
    ],
    ['a get of nothing costs half', [exchange('GetItem', {})], { read: 0.5, write: 0 }],
    [
      'a consistent get costs one for each started four kilobytes',
      [exchange('GetItem', { ConsistentRead: true }, { Item: anItem(4_096) })],
      { read: 2, write: 0 },
    ],
    [
      'a query costs what its items come to together',
      [exchange('Query', {}, { Items: [anItem(2_000), anItem(2_000)] })],
      { read: 0.5, write: 0 },
    ],
  ])('%s', (_, exchanges, units) => {
    expect(unitsOf(...exchanges)).toEqual(units);
  });
});
