import { type Fields, isObject, wordOf } from '../json-object.ts';
import type { StackTable } from '../stack/stack.ts';
import type { Item } from './item-size.ts';

export interface SecondaryIndex {
  /** The item's entry in the index, or `undefined` when a key of the index is missing in the item. */
  readonly project: (item: Item) => Item | undefined;
  readonly hasSameKey: (one: Item, other: Item) => boolean;
}

export interface TableIndexes {
  /** Names of the table's key attributes. */
  readonly keys: readonly string[];
  readonly indexes: readonly SecondaryIndex[];
}

/** Of a table as `CreateTable` takes it. */
export function indexesOf({ definition }: StackTable): TableIndexes {
  const keys = namesOf(definition['KeySchema']);
  const { GlobalSecondaryIndexes } = definition;
  const described = Array.isArray(GlobalSecondaryIndexes) ? GlobalSecondaryIndexes.filter(isObject) : [];
  return { keys, indexes: described.map((index) => secondaryIndex(index, keys)) };
}

export const keyOf = (item: Item, keys: readonly string[]): Item => pick(item, keys);

function secondaryIndex({ KeySchema, Projection }: Fields, tableKeys: readonly string[]): SecondaryIndex {
  const own = namesOf(KeySchema);
  const projection: Fields = isObject(Projection) ? Projection : {};
  const more = Array.isArray(projection['NonKeyAttributes']) ? projection['NonKeyAttributes'].map(String) : [];
  const names = [...tableKeys, ...own, ...more];
  return {
    project: (item) => {
      if (!own.every((name) => name in item)) return undefined;
      return projection['ProjectionType'] === 'ALL' ? item : pick(item, names);
    },
    hasSameKey: (one, other) => JSON.stringify(pick(one, own)) === JSON.stringify(pick(other, own)),
  };
}

const namesOf = (schema: unknown): readonly string[] =>
  (Array.isArray(schema) ? schema.filter(isObject) : []).map(({ AttributeName }) => wordOf(AttributeName));

const pick = (item: Item, names: readonly string[]): Item =>
  Object.fromEntries(names.filter((name) => name in item).map((name) => [name, item[name]]));
