import { isJsonArray, isJsonObject, type Json, type JsonLeaf } from './json.ts';

/** Which element of each array a leaf lies in, by the array's number. A leaf outside arrays lies in none. */
export type Elements = ReadonlyMap<number, number>;

/** One scalar of an event. Arrays do not appear in the path, so several leaves may share one. */
export interface Leaf {
  readonly path: string;
  readonly value: JsonLeaf;
  readonly elements: Elements;
}

export const NO_ELEMENTS: Elements = new Map();

/**
 * Flattens an event as EventBridge does: `{"a": {"b": [1, 2]}}` has two leaves `a.b`. Objects and arrays are no leaves,
 * so empty ones are as good as absent.
 */
export function leavesOf(event: Json): ReadonlyMap<string, readonly Leaf[]> {
  const leaves: Leaf[] = [];
  let arrays = 0;
  const walk = (value: Json, path: string, elements: Elements): void => {
    if (isJsonArray(value)) {
      const array = arrays++;
      value.forEach((element, index) => walk(element, path, new Map(elements).set(array, index)));
    } else if (isJsonObject(value)) {
      for (const [key, child] of Object.entries(value)) walk(child, path === '' ? key : `${path}.${key}`, elements);
    } else {
      leaves.push({ path, value, elements });
    }
  };
  walk(event, '', NO_ELEMENTS);
  return Map.groupBy(leaves, (leaf) => leaf.path);
}

/** Two places can be part of one match when they lie in the same element of every array that they share. */
export const areCompatible = (one: Elements, other: Elements): boolean =>
  [...one].every(([array, index]) => (other.get(array) ?? index) === index);

export const joined = (one: Elements, other: Elements): Elements => new Map([...one, ...other]);
