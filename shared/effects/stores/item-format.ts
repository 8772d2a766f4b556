import { AdapterError } from '../adapter-error.ts';

/** What may be read of an item whoever wrote it. */
interface Formatted {
  readonly pk?: unknown;
  readonly sk?: unknown;
  /** Absent in format 1. */
  readonly format?: unknown;
}

/**
 * The format of items that this code reads. Further fields need no other: older code passes over them. What it would
 * misread does (another shape or packing, a new kind of record, a new member of a closed set): then the number is raised,
 * and such items say so in `format`.
 */
export const FORMAT = 1;

// The cast is true: every field is optional and of unknown type.
const formatOf = (item: object): unknown => (item as Formatted).format ?? 1;

export const isReadable = (item: object): boolean => formatOf(item) === FORMAT;

/**
 * Answers the item, unless it was written in a newer format: after going back a version it is left as it is, rather than
 * misread and saved over. Throws `AdapterError` `newer-item`.
 */
export function readable<Item extends object>(item: Item): Item {
  if (isReadable(item)) return item;
  // True as above.
  const { pk, sk } = item as Formatted;
  throw new AdapterError({
    code: 'newer-item',
    message: `${String(pk)} ${String(sk)} was written by a newer Slackwater: its format is ${String(formatOf(item))}, not ${FORMAT}`,
    retryable: false,
  });
}

/** What `load` answers, or `undefined` for an item in a newer format: it holds up nobody else's work. */
export async function unlessNewer<Value>(load: Promise<Value>): Promise<Value | undefined> {
  try {
    return await load;
  } catch (error) {
    if (error instanceof AdapterError && error.code === 'newer-item') return undefined;
    throw error;
  }
}
