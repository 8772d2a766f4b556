import { CloudWatchLogsClient, GetLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  DescribeTasksCommand,
  ECSClient,
  ListClustersCommand,
  ListTasksCommand,
} from '@aws-sdk/client-ecs';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AwsServer, startAws } from '../../sandbox/aws/server.ts';
import { createEstate } from '../../sandbox/estate/estate.ts';
import { eventIn } from '../support/event-files.ts';

const estate = createEstate();
let aws: AwsServer;
let ecs: ECSClient;

const config = () => ({
  endpoint: aws.url,
  region: 'eu-west-1',
  credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
  maxAttempts: 1,
});

beforeAll(async () => {
  aws = await startAws(estate, new Map([['/slackwater/slack', 'xoxb-sandbox']]));
  ecs = new ECSClient(config());
  estate.learn(eventIn('ecs/task-stopped-image-not-found.json'));
  estate.learn(eventIn('ecs/task-stopped-out-of-memory.json'));
});
afterAll(() => aws[Symbol.asyncDispose]());

const tail = (stream: string, limit: number) =>
  new CloudWatchLogsClient(config()).send(
    new GetLogEventsCommand({ logGroupName: '/ecs/harbor/report-worker', logStreamName: stream, limit }),
  );
const readParameter = (WithDecryption: boolean) =>
  new SSMClient(config()).send(new GetParameterCommand({ Name: '/slackwater/slack', WithDecryption }));
const describeCheckout = () =>
  ecs.send(new DescribeServicesCommand({ cluster: 'harbor-prod', services: ['checkout'] }));

describe('ECS', () => {
  it('describes any revision of a known family under the ARN that was asked for', async () => {
    const arn = 'arn:aws:ecs:eu-west-1:111122223333:task-definition/checkout:58';
    const { taskDefinition } = await ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition: arn }));
    expect(taskDefinition).toMatchObject({ taskDefinitionArn: arn, family: 'checkout', revision: 58 });
    expect(taskDefinition?.containerDefinitions?.[0]?.image).toMatch(/\/checkout:2\.31\.0$/);
  });

  it('refuses an unknown family as ECS does', async () => {
    const command = new DescribeTaskDefinitionCommand({ taskDefinition: 'unheard-of:1' });
    await expect(ecs.send(command)).rejects.toMatchObject({ name: 'ClientException' });
  });

  it('describes services with tags only when asked, and reports the missing ones', async () => {
    const services = ['checkout', 'unheard-of'];
    const plain = await ecs.send(new DescribeServicesCommand({ cluster: 'harbor-prod', services }));
    expect(plain.failures).toEqual([{ arn: 'unheard-of', reason: 'MISSING' }]);
    expect(plain.services).toMatchObject([{ serviceName: 'checkout', desiredCount: 6, tags: [] }]);
    const cluster = 'arn:aws:ecs:eu-west-1:111122223333:cluster/harbor-prod';
    const tagged = await ecs.send(new DescribeServicesCommand({ cluster, services, include: ['TAGS'] }));
    expect(tagged.services?.[0]?.tags).toEqual([{ key: 'team', value: 'harbor' }]);
  });

  it('lists and describes the stopped tasks of the events that passed, in the times of the API', async () => {
    const listed = await ecs.send(
      new ListTasksCommand({ cluster: 'harbor-prod', serviceName: 'checkout', desiredStatus: 'STOPPED' }),
    );
    const { tasks } = await ecs.send(new DescribeTasksCommand({ cluster: 'harbor-prod', tasks: listed.taskArns }));
    expect(tasks).toMatchObject([{ group: 'service:checkout', stopCode: 'TaskFailedToStart' }]);
    expect(tasks?.[0]?.stoppedAt).toBeInstanceOf(Date);
  });

  it('names an operation that it does not know', async () => {
    await expect(ecs.send(new ListClustersCommand({}))).rejects.toThrow('does not model ecs:ListClusters');
  });
});

describe('CloudWatch Logs', () => {
  it('answers the last lines of a container that ran', async () => {
    const { events } = await tail('report-worker/worker/a616d93e30fbad924e28ebbf8686d3a6', 1);
    expect(events?.map(({ message }) => message)).toEqual(['heap 961 MB of 1,024 MB']);
  });

  it('knows no stream of another container', async () => {
    const error = { name: 'ResourceNotFoundException' };
    await expect(tail('report-worker/unheard-of/a616d93e30fbad924e28ebbf8686d3a6', 1)).rejects.toMatchObject(error);
  });

  it('knows no stream of a task that never ran', () => {
    expect(
      estate.logLines('/ecs/harbor/checkout', 'checkout/checkout/3ced7978c97d3104214a0f126781b9eb'),
    ).toBeUndefined();
  });
});

describe('secrets', () => {
  it('decrypts a parameter only when asked', async () => {
    expect((await readParameter(true)).Parameter?.Value).toBe('xoxb-sandbox');
    expect((await readParameter(false)).Parameter?.Value).not.toContain('xoxb');
  });

  it('refuses what is not there', async () => {
    const command = new GetSecretValueCommand({ SecretId: 'unheard-of' });
    const refusal = { name: 'ResourceNotFoundException' };
    await expect(new SecretsManagerClient(config()).send(command)).rejects.toMatchObject(refusal);
  });
});

describe('faults', () => {
  it.each([
    ['denied', 'AccessDeniedException'],
    ['throttled', 'ThrottlingException'],
  ] as const)('an operation that is %s fails with %s until it is healed', async (kind, name) => {
    aws.faults.inject('ecs:DescribeServices', { kind });
    await expect(describeCheckout()).rejects.toMatchObject({ name });
    aws.faults.inject('ecs:DescribeServices', undefined);
    expect((await describeCheckout()).services).toHaveLength(1);
  });

  it('an operation that is slow answers in the end', async () => {
    aws.faults.inject('ecs:DescribeServices', { kind: 'slow', milliseconds: 1 });
    expect((await describeCheckout()).services).toHaveLength(1);
    aws.faults.inject('ecs:DescribeServices', undefined);
  });
});
