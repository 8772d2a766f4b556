import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Database, type OnRequest, startDatabase } from '../../../sandbox/database/database.ts';

const TABLE = {
  name: 'Table',
  definition: {
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
  },
};

let database: Database;
let client: DynamoDBClient;
let requests: Parameters<OnRequest>[0][];

beforeEach(async () => {
  requests = [];
  database = await startDatabase([TABLE], 'eu-west-1', (request) => void requests.push(request));
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  client = new DynamoDBClient({ endpoint: database.url, region: 'eu-west-1', credentials, maxAttempts: 1 });
});
afterEach(async () => {
  client.destroy();
  await database[Symbol.asyncDispose]();
});

const put = (pk: string) => client.send(new PutItemCommand({ TableName: 'Table', Item: { pk: { S: pk } } }));
const get = (pk: string) =>
  client.send(new GetItemCommand({ TableName: 'Table', Key: { pk: { S: pk } }, ConsistentRead: true }));

describe('the database behind its proxy', () => {
  it('stores and answers, and every request is counted with its units', async () => {
    await put('harbor');
    expect((await get('harbor')).Item).toEqual({ pk: { S: 'harbor' } });
    expect(await database.items('Table')).toEqual([{ pk: 'harbor' }]);
    const harbor = { TableName: 'Table', Item: { pk: { S: 'harbor' } } };
    expect(requests).toMatchObject([
      { operation: 'PutItem', input: harbor, isThrottled: false, units: { read: 0, write: 1 } },
      { operation: 'GetItem', input: { TableName: 'Table' }, isThrottled: false, units: { read: 1, write: 0 } },
    ]);
  });

  it('refuses as DynamoDB does', async () => {
    const conditional = new PutItemCommand({
      TableName: 'Table',
      Item: { pk: { S: 'harbor' } },
      ConditionExpression: 'attribute_exists(pk)',
    });
    await expect(client.send(conditional)).rejects.toMatchObject({ name: 'ConditionalCheckFailedException' });
  });

  it('throttles what it is told to, with both of the errors, and lets the rest through', async () => {
    database.throttle({ seed: 1, share: 1, operations: ['PutItem'] });
    const refused = await Promise.allSettled(Array.from({ length: 12 }, (_, index) => put(String(index))));
    const names = refused.map((one) => (one.status === 'rejected' ? String(one.reason.name) : 'stored'));
    expect(new Set(names)).toEqual(new Set(['ThrottlingException', 'ProvisionedThroughputExceededException']));
    await expect(get('1')).resolves.not.toHaveProperty('Item');
    database.throttle(undefined);
    await put('harbor');
    expect(requests.filter(({ isThrottled }) => isThrottled)).toHaveLength(12);
    expect(requests.filter(({ units }) => units.write > 0)).toHaveLength(1);
  });
});
