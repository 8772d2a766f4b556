import type { Attributes } from './table-client.ts';

/** A value as DynamoDB's JSON has it. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_AttributeValue.html */
export type AttributeValue =
  | { readonly S: string }
  | { readonly N: string }
  | { readonly BOOL: boolean }
  | { readonly NULL: true }
  /** Base64. */
  | { readonly B: string }
  | { readonly L: readonly AttributeValue[] }
  | { readonly M: Readonly<Record<string, AttributeValue>> };

/** The attributes of an item; those that are `undefined` are left out. Throws a TypeError for what DynamoDB cannot keep. */
export const attributesOf = (item: object): Readonly<Record<string, AttributeValue>> =>
  Object.fromEntries(
    Object.entries(item).flatMap(([name, value]) => (value === undefined ? [] : [[name, attributeOf(value)]])),
  );

function attributeOf(value: unknown): AttributeValue {
  if (value === null) return { NULL: true };
  if (typeof value === 'string') return { S: value };
  if (typeof value === 'number') return { N: numberText(value) };
  if (typeof value === 'boolean') return { BOOL: value };
  if (value instanceof Uint8Array) return { B: base64(value) };
  if (Array.isArray(value)) {
    return { L: value.filter((element) => element !== undefined).map(attributeOf) };
  }
  if (isPlain(value)) return { M: attributesOf(value) };
  // Its text may be a secret; its type is not.
  throw new TypeError(`a ${typeof value} cannot be kept in DynamoDB`);
}

/** DynamoDB would keep a larger number than JavaScript can read back. */
function numberText(value: number): string {
  if (Math.abs(value) <= Number.MAX_SAFE_INTEGER) return String(value);
  throw new TypeError('a number that is not finite, or larger than JavaScript tells apart, cannot be kept in DynamoDB');
}

const base64 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');

/** Not a Date or a Set, of which nothing would be kept. */
function isPlain(value: unknown): value is Attributes {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** The plain values of an item. Throws a TypeError for anything but what {@link attributesOf} writes. */
export function valuesOf(item: unknown): Attributes {
  if (!isPlain(item)) throw unreadable();
  return Object.fromEntries(Object.entries(item).map(([name, attribute]) => [name, valueOf(attribute)]));
}

function valueOf(attribute: unknown): unknown {
  const [[type, content] = ['', undefined], ...others] = isPlain(attribute) ? Object.entries(attribute) : [];
  if (others.length > 0) throw unreadable();
  if (type === 'S' && typeof content === 'string') return content;
  if (type === 'N' && typeof content === 'string') return Number(content);
  if (type === 'BOOL' && typeof content === 'boolean') return content;
  if (type === 'NULL') return null;
  if (type === 'B' && typeof content === 'string') return new Uint8Array(Buffer.from(content, 'base64'));
  if (type === 'L' && Array.isArray(content)) return content.map(valueOf);
  if (type === 'M') return valuesOf(content);
  throw unreadable();
}

const unreadable = (): TypeError => new TypeError('not an item of DynamoDB');
