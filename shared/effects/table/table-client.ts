/** An item or a part of one, as plain values: texts, numbers, booleans, null, bytes, lists and maps. */
export type Attributes = Readonly<Record<string, unknown>>;

interface Table {
  readonly TableName: string;
}

interface Expressions {
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>>;
  readonly ExpressionAttributeValues?: object;
}

interface Condition extends Expressions {
  readonly ConditionExpression?: string;
}

interface Paged {
  readonly ExclusiveStartKey?: object;
  readonly Limit?: number;
}

interface Page {
  readonly Items?: readonly Attributes[];
  readonly LastEvaluatedKey?: Attributes;
}

interface KeysOf {
  readonly Keys: readonly object[];
  readonly ConsistentRead?: boolean;
}

/**
 * What is asked of the table and what it answers, in DynamoDB's own words. What is `undefined` in an item is left out.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/
 */
export interface TableOperations {
  readonly BatchGetItem: {
    readonly input: { readonly RequestItems: Readonly<Record<string, KeysOf>> };
    readonly output: {
      readonly Responses?: Readonly<Record<string, readonly Attributes[]>>;
      /** Not empty: the table was throttled, and these have no answer. */
      readonly UnprocessedKeys?: Readonly<Record<string, KeysOf>>;
    };
  };
  readonly GetItem: {
    readonly input: Table & { readonly Key: object; readonly ConsistentRead?: boolean };
    readonly output: { readonly Item?: Attributes };
  };
  readonly PutItem: {
    readonly input: Table & Condition & { readonly Item: object };
    readonly output: object;
  };
  readonly Query: {
    readonly input: Table &
      Expressions &
      Paged & {
        readonly KeyConditionExpression: string;
        readonly IndexName?: string;
        readonly ConsistentRead?: boolean;
        readonly ScanIndexForward?: boolean;
      };
    readonly output: Page;
  };
  readonly Scan: {
    readonly input: Table &
      Expressions &
      Paged & { readonly FilterExpression?: string; readonly ConsistentRead?: boolean };
    readonly output: Page;
  };
  readonly UpdateItem: {
    readonly input: Table & Condition & { readonly Key: object; readonly UpdateExpression: string };
    readonly output: object;
  };
}

export type TableOperation = keyof TableOperations;
export type Input<Operation extends TableOperation> = TableOperations[Operation]['input'];
export type Output<Operation extends TableOperation> = TableOperations[Operation]['output'];

/** The one table, with or without the SDK. Throws an Error that has DynamoDB's name of what went wrong. */
export interface TableClient {
  readonly send: <Operation extends TableOperation>(
    operation: Operation,
    input: Input<Operation>,
  ) => Promise<Output<Operation>>;
}

/** A write was not made because its condition did not hold. */
export const isUnmetCondition = (error: unknown): boolean =>
  error instanceof Error && error.name === 'ConditionalCheckFailedException';
