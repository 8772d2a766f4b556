import type { Attributes, Input, Output, TableClient } from '../table/table-client.ts';
import { translated } from './table-call.ts';

/** Every item of one partition, read consistently, page by page. Failed I/O throws `AdapterError` `store-failed`. */
export async function wholePartition(
  client: TableClient,
  TableName: string,
  partition: string,
): Promise<readonly Attributes[]> {
  const items: Attributes[] = [];
  let start: Attributes | undefined;
  do {
    const command: Input<'Query'> = {
      TableName,
      KeyConditionExpression: 'pk = :partition',
      ExpressionAttributeValues: { ':partition': partition },
      ConsistentRead: true,
      ...(start && { ExclusiveStartKey: start }),
    };
    const page: Output<'Query'> = await translated('dynamodb:Query', () => client.send('Query', command));
    items.push(...(page.Items ?? []));
    start = page.LastEvaluatedKey;
  } while (start !== undefined);
  return items;
}
