import { type Fields, isObject } from '../json-object.ts';

/** An item in DynamoDB's own JSON: `{ "pk": { "S": "…" } }`. */
export type Item = Readonly<Record<string, unknown>>;

/**
 * Bytes of an item as DynamoDB counts them, names and values.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
 */
export const sizeOfItem = (item: Item): number =>
  Object.entries(item).reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + sizeOfValue(value), 0);

/** Lists and maps cost 3 bytes and 1 more for each element. */
const CONTAINER = 3;

function sizeOfValue(value: unknown): number {
  if (!isObject(value)) return 0;
  const [[type, content] = ['', undefined]] = Object.entries(value);
  switch (type) {
    case 'S':
      return Buffer.byteLength(String(content));
    case 'N':
      return sizeOfNumber(String(content));
    case 'B':
      return Buffer.from(String(content), 'base64').length;
    case 'L':
      return listOf(content).reduce<number>((sum, element) => sum + 1 + sizeOfValue(element), CONTAINER);
    case 'M':
      return CONTAINER + (isObject(content) ? sizeOfItem(content) + Object.keys(content).length : 0);
    case 'SS':
    case 'NS':
    case 'BS':
      return listOf(content).reduce<number>((sum, text) => sum + Buffer.byteLength(String(text)), 0);
    default:
      // BOOL and NULL.
      return 1;
  }
}

/** Two significant digits a byte, and one byte more. */
const sizeOfNumber = (text: string): number => 1 + Math.ceil(text.replace(/^-?0*\.?0*|\D/g, '').length / 2);

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** What a request or an answer holds under a name that may be absent. */
export const itemIn = (fields: Fields, name: string): Item | undefined => {
  const item = fields[name];
  return isObject(item) ? item : undefined;
};
