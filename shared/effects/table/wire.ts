import { attributesOf, valuesOf } from './attribute-value.ts';
import type { Input, Output, TableOperation } from './table-client.ts';

/** Fields of inputs and answers that hold attributes, whatever the operation. */
interface Parts {
  readonly Key?: object;
  readonly Item?: object;
  readonly ExclusiveStartKey?: object;
  readonly ExpressionAttributeValues?: object;
  readonly RequestItems?: Readonly<Record<string, { readonly Keys: readonly object[] }>>;
}

/** The JSON that an operation is asked with. */
export function requestText(input: Input<TableOperation>): string {
  const { Key, Item, ExclusiveStartKey, ExpressionAttributeValues, RequestItems, ...rest }: Parts = input;
  return JSON.stringify({
    ...rest,
    ...(Key && { Key: attributesOf(Key) }),
    ...(Item && { Item: attributesOf(Item) }),
    ...(ExclusiveStartKey && { ExclusiveStartKey: attributesOf(ExclusiveStartKey) }),
    ...(ExpressionAttributeValues && { ExpressionAttributeValues: attributesOf(ExpressionAttributeValues) }),
    ...(RequestItems && {
      RequestItems: eachOf(RequestItems, (asked) => ({ ...asked, Keys: asked.Keys.map(attributesOf) })),
    }),
  });
}

/** What an operation answered with, of which the rest is left out. Throws a TypeError for what is no such answer. */
export function outputOf<Operation extends TableOperation>(body: unknown): Output<Operation> {
  const { Item, Items, LastEvaluatedKey, Responses, UnprocessedKeys } = objectIn(body);
  // Every part has its own shape, and DynamoDB answers an operation with no other parts than its own.
  return {
    ...(Item !== undefined && { Item: valuesOf(Item) }),
    ...(Items !== undefined && { Items: listIn(Items).map(valuesOf) }),
    ...(LastEvaluatedKey !== undefined && { LastEvaluatedKey: valuesOf(LastEvaluatedKey) }),
    ...(Responses !== undefined && {
      Responses: eachOf(objectIn(Responses), (items) => listIn(items).map(valuesOf)),
    }),
    ...(UnprocessedKeys !== undefined && { UnprocessedKeys: eachOf(objectIn(UnprocessedKeys), unprocessedIn) }),
  };
}

function unprocessedIn(asked: unknown) {
  const { Keys, ...rest } = objectIn(asked);
  return { ...rest, Keys: listIn(Keys).map(valuesOf) };
}

const eachOf = <From, To>(record: Readonly<Record<string, From>>, change: (from: From) => To) =>
  Object.fromEntries(Object.entries(record).map(([name, from]) => [name, change(from)]));

function objectIn(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) throw new TypeError('not an answer of DynamoDB');
  // True: it is an object, of which nothing is known.
  return value as Readonly<Record<string, unknown>>;
}

function listIn(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new TypeError('not an answer of DynamoDB');
  return value;
}
