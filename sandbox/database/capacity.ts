import { type Fields, isObject, wordOf } from '../json-object.ts';
import type { StackTable } from '../stack/stack.ts';
import { indexesOf, keyOf, type SecondaryIndex } from './indexes.ts';
import { type Item, itemIn, sizeOfItem } from './item-size.ts';

export interface Units {
  readonly read: number;
  readonly write: number;
}

/** What DynamoDB was asked and what it answered. */
export interface Exchange {
  /** `PutItem`. */
  readonly operation: string;
  readonly input: Fields;
  readonly status: number;
  readonly output: Fields;
}

/** Bytes of a write unit and of a strongly consistent read unit; an eventually consistent read costs half. */
const WRITE_UNIT = 1_024;
const READ_UNIT = 4_096;

const NOTHING: Units = { read: 0, write: 0 };

/**
 * Estimates the request units of on-demand mode from the items that pass by. The bundles do not ask for
 * `ReturnConsumedCapacity`, so it remembers what was put: a put costs the larger of the old and the new item, and what
 * it changes in each index. An update is taken to leave the size as it was, unless its answer holds the item; of a
 * query only what it answers is counted, not what a filter left out. Transactions, which cost twice, are not known to
 * the emulator either.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html
 */
export function createCapacityEstimate(tables: readonly StackTable[]): (exchange: Exchange) => Units {
  const indexes = new Map(tables.map((table) => [table.name, indexesOf(table)]));
  const stored = new Map<string, Item>();
  const write = (table: string, key: Item, after: Item | undefined): Units => {
    const name = JSON.stringify([table, key]);
    const before = stored.get(name);
    if (after === undefined) stored.delete(name);
    else stored.set(name, after);
    const own = writeUnits(Math.max(sizeOf(before), sizeOf(after)));
    const ofIndexes = (indexes.get(table)?.indexes ?? []).map((index) => indexUnits(index, before, after));
    return { read: 0, write: ofIndexes.reduce((sum, units) => sum + units, own) };
  };

  return ({ operation, input, status, output }) => {
    const table = wordOf(input['TableName']);
    const keys = indexes.get(table)?.keys ?? [];
    const item = itemIn(input, 'Item') ?? {};
    const key = itemIn(input, 'Key') ?? keyOf(item, keys);
    const known = stored.get(JSON.stringify([table, key]));
    if (status !== 200) return isRefusedCondition(output) ? { read: 0, write: writeUnits(sizeOf(known)) } : NOTHING;
    switch (operation) {
      case 'PutItem':
        return write(table, key, item);
      case 'UpdateItem':
        return write(table, key, input['ReturnValues'] === 'ALL_NEW' ? itemIn(output, 'Attributes') : (known ?? key));
      case 'DeleteItem':
        return write(table, key, undefined);
      case 'GetItem':
        return { read: readUnits([itemIn(output, 'Item') ?? {}], input), write: 0 };
      case 'Query':
      case 'Scan':
        return { read: readUnits(itemsOf(output), input), write: 0 };
      default:
        return NOTHING;
    }
  };
}

const isRefusedCondition = (output: Fields): boolean =>
  wordOf(output['__type']).endsWith('#ConditionalCheckFailedException');

const sizeOf = (item: Item | undefined): number => (item === undefined ? 0 : sizeOfItem(item));

const writeUnits = (bytes: number): number => Math.max(1, Math.ceil(bytes / WRITE_UNIT));

function readUnits(items: readonly Item[], { ConsistentRead }: Fields): number {
  const bytes = items.reduce((sum, item) => sum + sizeOfItem(item), 0);
  return Math.max(1, Math.ceil(bytes / READ_UNIT)) * (ConsistentRead === true ? 1 : 0.5);
}

const itemsOf = ({ Items }: Fields): readonly Item[] => (Array.isArray(Items) ? Items.filter(isObject) : []);

/** An index entry that moves is deleted and put; one that stays as it was costs nothing. */
function indexUnits(index: SecondaryIndex, before: Item | undefined, after: Item | undefined): number {
  const [old, next] = [before && index.project(before), after && index.project(after)];
  if (old === undefined && next === undefined) return 0;
  if (JSON.stringify(old) === JSON.stringify(next)) return 0;
  const isMoved = old !== undefined && next !== undefined && !index.hasSameKey(old, next);
  return isMoved ? writeUnits(sizeOfItem(old)) + writeUnits(sizeOfItem(next)) : writeUnits(sizeOf(next ?? old));
}
