import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSandbox } from '../../sandbox/sandbox.ts';
import { readStack } from '../../sandbox/stack/stack.ts';

const AT = {
  partition: 'aws',
  region: 'eu-west-1',
  accountId: '000000000000',
  stackName: 's',
  urlSuffix: 'amazonaws.com',
};
const arn = (service: string, name: string): string => `arn:aws:${service}:eu-west-1:000000000000:${name}`;

const TEMPLATE = `
Resources:
  Records:
    Type: AWS::DynamoDB::Table
    Properties:
      TableName: another-name
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{ AttributeName: pk, AttributeType: S }]
      KeySchema: [{ AttributeName: pk, KeyType: HASH }]
      SSESpecification: { SSEEnabled: true }
  Dead: { Type: AWS::SQS::Queue }
  Events:
    Type: AWS::SQS::Queue
    Properties:
      VisibilityTimeout: 180
      RedrivePolicy: { deadLetterTargetArn: !GetAtt Dead.Arn, maxReceiveCount: 5 }
  Reader:
    Type: AWS::Lambda::Function
    Properties:
      Code: dist/functions/reader
      Handler: index.handler
      Timeout: 30
      MemorySize: 512
      Environment: { Variables: { TABLE_NAME: !Ref Records } }
  Door:
    Type: AWS::Lambda::Url
    Properties: { TargetFunctionArn: !Ref Reader, AuthType: NONE }
  ReaderRetries:
    Type: AWS::Lambda::EventInvokeConfig
    Properties:
      FunctionName: !Ref Reader
      Qualifier: $LATEST
      MaximumRetryAttempts: 1
      DestinationConfig: { OnFailure: { Destination: !GetAtt Dead.Arn } }
  Mapping:
    Type: AWS::Lambda::EventSourceMapping
    Properties:
      EventSourceArn: !GetAtt Events.Arn
      FunctionName: !Ref Reader
      BatchSize: 7
      FunctionResponseTypes: [ReportBatchItemFailures]
  Every:
    Type: AWS::Scheduler::Schedule
    Properties:
      ScheduleExpression: rate(1 minute)
      FlexibleTimeWindow: { Mode: 'OFF' }
      Target: { Arn: !GetAtt Reader.Arn, RoleArn: x }
`;

describe('a template as the sandbox reads it', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'sandbox-stack-'));
    writeFileSync(join(folder, 'template.yaml'), TEMPLATE);
  });
  afterAll(() => rmSync(folder, { recursive: true }));
  const read = () => readStack(join(folder, 'template.yaml'), AT, {});

  it('has queues with their redrive', () => {
    expect(read().queues).toEqual([
      { arn: arn('sqs', 'Dead'), visibilityTimeout: 30 },
      {
        arn: arn('sqs', 'Events'),
        visibilityTimeout: 180,
        redrive: { deadLetterArn: arn('sqs', 'Dead'), maxReceiveCount: 5 },
      },
    ]);
  });

  it('has functions with their environment, retries and dead letters', () => {
    expect(read().functions).toEqual([
      {
        arn: arn('lambda', 'function:Reader'),
        code: 'dist/functions/reader',
        handler: 'index.handler',
        timeout: 30,
        memory: 512,
        environment: { TABLE_NAME: 'Records' },
        retries: 1,
        deadLetterArn: arn('sqs', 'Dead'),
      },
    ]);
  });

  it('connects queues and schedules to functions by ARN', () => {
    const { mappings, schedules } = read();
    const functionArn = arn('lambda', 'function:Reader');
    const mapping = { functionArn, batchSize: 7, batchingWindow: 0, reportsFailures: true };
    expect(mappings).toEqual([{ queueArn: arn('sqs', 'Events'), ...mapping }]);
    expect(schedules).toEqual([{ functionArn, expression: 'rate(1 minute)', input: {} }]);
  });

  it('has doors to the functions that HTTP requests reach', () => {
    expect(read().doors).toEqual([arn('lambda', 'function:Reader')]);
  });

  it('has tables under the name that functions are told, with what the emulator understands', () => {
    expect(read().tables).toEqual([
      {
        name: 'Records',
        definition: {
          BillingMode: 'PAY_PER_REQUEST',
          AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
          KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
        },
      },
    ]);
  });
});

describe('a sandbox that cannot start', () => {
  it('says what is not built, and leaves neither a port nor a process', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sandbox-unbuilt-'));
    writeFileSync(
      join(folder, 'template.yaml'),
      `Parameters: { SlackChannel: { Type: String }, SlackEndpointBy: { Type: String }, LookUpActors: { Type: String } }${TEMPLATE}`,
    );
    const before = openResources();
    await expect(startSandbox({ root: folder })).rejects.toThrow(/not built: .*reader.*npm run build/);
    // A closed handle is gone a turn of the event loop later.
    await expect.poll(openResources).toEqual(before);
    rmSync(folder, { recursive: true });
  });
});

/** Listening servers and child processes of this process. */
const openResources = (): readonly string[] =>
  process.getActiveResourcesInfo().filter((name) => name === 'TCPServerWrap' || name === 'ProcessWrap');
