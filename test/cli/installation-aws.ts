import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { CloudWatchClient, DescribeAlarmsCommand, GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { DescribeInstanceEventWindowsCommand, EC2Client } from '@aws-sdk/client-ec2';
import {
  DescribeServicesCommand,
  ECSClient,
  ListAccountSettingsCommand,
  ListClustersCommand,
  ListServicesCommand,
} from '@aws-sdk/client-ecs';
import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { BatchGetCommand, DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { minutes } from '../../shared/domain/instant.ts';
import { awsError } from '../effects/failing.ts';
import { NOON } from '../functions/slack-endpoint/from-slack.ts';
import type { State } from './installation-state.ts';

/** Mocks of every client that the doctor asks; they answer as the state says that `follow` was given last. */
export function mockAws() {
  const cloudFormation = mockClient(CloudFormationClient);
  const cloudWatch = mockClient(CloudWatchClient);
  const documents = mockClient(DynamoDBDocumentClient);
  const ec2 = mockClient(EC2Client);
  const ecs = mockClient(ECSClient);
  const sqs = mockClient(SQSClient);
  const ssm = mockClient(SSMClient);

  function follow(state: State): void {
    for (const mock of [cloudFormation, cloudWatch, documents, ec2, ecs, sqs, ssm]) mock.reset();
    const unless =
      <Input, Output>(action: string, reply: (input: Input) => Output) =>
      async (input: Input): Promise<Output> => {
        const refusal = state.refusals[action];
        if (refusal !== undefined) throw awsError(refusal);
        return reply(input);
      };
    cloudFormation.on(DescribeStacksCommand).callsFake(unless('cloudformation:DescribeStacks', () => stackOf(state)));
    documents.on(BatchGetCommand).callsFake(unless('dynamodb:BatchGetItem', () => documentsOf(state)));
    documents.on(GetCommand).callsFake(unless('dynamodb:GetItem', () => ({ Item: { progress: state.sweep } })));
    ecs
      .on(ListClustersCommand)
      .callsFake(
        unless('ecs:ListClusters', () => ({ clusterArns: ['arn:aws:ecs:eu-west-1:111122223333:cluster/harbor-prod'] })),
      );
    ecs
      .on(ListServicesCommand)
      .callsFake(
        unless('ecs:ListServices', () => ({ serviceArns: state.services.map(({ serviceArn }) => serviceArn) })),
      );
    ecs.on(DescribeServicesCommand).callsFake(unless('ecs:DescribeServices', () => ({ services: state.services })));
    ecs.on(ListAccountSettingsCommand).callsFake(
      unless('ecs:ListAccountSettings', ({ name }: { name: string }) => ({
        settings: [{ name, value: state.settings[name] }],
      })),
    );
    ec2.on(DescribeInstanceEventWindowsCommand).resolves({ InstanceEventWindows: [] });
    sqs.on(GetQueueAttributesCommand).callsFake(
      unless('sqs:GetQueueAttributes', ({ QueueUrl }: { QueueUrl: string }) => ({
        Attributes: { ApproximateNumberOfMessages: String(state.waiting[QueueUrl.split('/').at(-1) ?? ''] ?? 0) },
      })),
    );
    cloudWatch.on(GetMetricDataCommand).callsFake(unless('cloudwatch:GetMetricData', () => readingsOf(state)));
    cloudWatch.on(DescribeAlarmsCommand).callsFake(
      unless('cloudwatch:DescribeAlarms', () => ({
        MetricAlarms: Object.entries(state.alarms).map(([AlarmName, StateValue]) => ({ AlarmName, StateValue })),
      })),
    );
    ssm.on(GetParameterCommand).callsFake(
      unless('ssm:GetParameter', ({ Name }: { Name: string }) => {
        const Value = state.secrets[Name];
        if (Value === undefined) throw awsError('ParameterNotFound');
        return { Parameter: { Value } };
      }),
    );
  }
  return { follow };
}

const pairs = (record: Readonly<Record<string, string>>, kind: 'Parameter' | 'Output') =>
  Object.entries(record).map(([key, value]) => ({ [`${kind}Key`]: key, [`${kind}Value`]: value }));

const stackOf = ({ stackStatus, createdAt, parameters, outputs }: State) => ({
  Stacks: [
    {
      StackName: 'tides',
      StackStatus: stackStatus,
      CreationTime: createdAt,
      Parameters: pairs(parameters, 'Parameter'),
      Outputs: pairs(outputs, 'Output'),
    },
  ],
});

const documentsOf = ({ document, lastGood }: State) => ({
  Responses: {
    records: [
      ...(document
        ? [{ sk: 'current', document: JSON.stringify(document), version: 3, pushedAt: NOON, hash: 'a' }]
        : []),
      ...(lastGood
        ? [{ sk: 'last-good', document: JSON.stringify(lastGood), version: 2, pushedAt: 0, hash: 'b' }]
        : []),
    ],
  },
});

const readingsOf = ({ metrics }: State) => ({
  MetricDataResults: Object.entries(metrics).map(([Id, Values]) => ({
    Id,
    Values,
    Timestamps: Values.map((_, index) => new Date(NOON - minutes(index + 1))),
  })),
});
