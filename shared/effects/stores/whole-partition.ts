import { type DynamoDBDocumentClient, QueryCommand, type QueryCommandOutput } from '@aws-sdk/lib-dynamodb';
import { translated } from './table-call.ts';

/** Every item of one partition, read consistently, page by page. Failed I/O throws `AdapterError` `store-failed`. */
export async function wholePartition(
  client: DynamoDBDocumentClient,
  TableName: string,
  partition: string,
): Promise<readonly Record<string, unknown>[]> {
  const items: Record<string, unknown>[] = [];
  let start: QueryCommandOutput['LastEvaluatedKey'];
  do {
    const command: QueryCommand = new QueryCommand({
      TableName,
      KeyConditionExpression: 'pk = :partition',
      ExpressionAttributeValues: { ':partition': partition },
      ConsistentRead: true,
      ...(start && { ExclusiveStartKey: start }),
    });
    const page: QueryCommandOutput = await translated('dynamodb:Query', () => client.send(command));
    items.push(...(page.Items ?? []));
    start = page.LastEvaluatedKey;
  } while (start !== undefined);
  return items;
}
