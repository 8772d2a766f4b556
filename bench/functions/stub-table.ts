import { isObject } from '../../sandbox/json-object.ts';

type Fields = Readonly<Record<string, unknown>>;

/** As much of DynamoDB as the functions ask for; conditions always hold, and nothing is ever due. */
export interface StubTable {
  readonly answer: (operation: string, input: Fields) => Fields;
  /** Puts are forgotten from now on. */
  readonly freeze: () => void;
}

export function createTable(): StubTable {
  const items = new Map<string, Fields>();
  let isFrozen = false;
  const query = ({ IndexName, ExpressionAttributeValues }: Fields): Fields => {
    if (IndexName !== undefined) return { Items: [], Count: 0 };
    const wanted = isObject(ExpressionAttributeValues) ? Object.values(ExpressionAttributeValues).map(textOf) : [];
    const Items = [...items.values()].filter((item) => wanted.includes(textOf(item['pk'])));
    return { Items, Count: Items.length };
  };
  return {
    freeze: () => {
      isFrozen = true;
    },
    answer: (operation, input) => {
      switch (operation) {
        case 'PutItem':
          if (!isFrozen && isObject(input['Item'])) items.set(keyOf(input['Item']), input['Item']);
          return {};
        case 'GetItem': {
          const found = items.get(keyOf(isObject(input['Key']) ? input['Key'] : {}));
          return found === undefined ? {} : { Item: found };
        }
        case 'Query':
          return query(input);
        default:
          return operation === 'BatchGetItem' ? { Responses: {}, UnprocessedKeys: {} } : {};
      }
    },
  };
}

/** Of `{ S: 'text' }`. */
const textOf = (value: unknown): string => (isObject(value) ? String(value['S']) : '');

const keyOf = ({ pk, sk }: Fields): string => `${textOf(pk)} ${textOf(sk)}`;
