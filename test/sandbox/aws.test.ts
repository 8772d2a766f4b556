import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient, GetLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { ECRClient } from '@aws-sdk/client-ecr';
import {
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  DescribeTasksCommand,
  ECSClient,
  ListServicesByNamespaceCommand,
  ListTasksCommand,
} from '@aws-sdk/client-ecs';
import { DescribeTargetHealthCommand, ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AwsServer, startAws } from '../../sandbox/aws/server.ts';
import { createEstate } from '../../sandbox/estate/estate.ts';
import { known } from '../../shared/domain/facts.ts';
import { createImageReader } from '../../shared/effects/readers/image-reader.ts';
import { createMemoryReader } from '../../shared/effects/readers/memory-reader.ts';
import { createTargetHealthReader } from '../../shared/effects/readers/target-health-reader.ts';
import { signalOf } from '../parse/parsed-signal.ts';
import { eventIn } from '../support/event-files.ts';

const estate = createEstate();
let aws: AwsServer;
let ecs: ECSClient;

const HOME = { partition: 'aws', region: 'eu-west-1', account: '111122223333' };

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
    await expect(ecs.send(new ListServicesByNamespaceCommand({ namespace: 'harbor' }))).rejects.toThrow(
      'does not model ecs:ListServicesByNamespace',
    );
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

// Through the readers of the functions, so that both sides of each protocol are real.
describe('ECR', () => {
  const read = async (image: string) =>
    known(
      await createImageReader({ clientsAt: () => ({ ecrFor: async () => new ECRClient(config()) }) })(
        `${HOST}/${image}`,
        HOME,
      ),
    );
  const HOST = '111122223333.dkr.ecr.eu-west-1.amazonaws.com';

  it('has the image that serves and not the one that fails', async () => {
    expect(await read('checkout:2.30.2')).toMatchObject({ exists: true });
    expect(await read('checkout:2.31.0')).toEqual({
      repository: 'checkout',
      reference: '2.31.0',
      exists: false,
      newest: { tag: '2.30.3', pushedAt: Date.UTC(2026, 10, 16, 14, 3) },
    });
  });

  it('has no repository of another name', async () => {
    expect(await read('unheard-of:1')).toMatchObject({ exists: false, repositoryMissing: true });
  });
});

describe('Elastic Load Balancing', () => {
  const client = () => new ElasticLoadBalancingV2Client(config());
  const arn = (name: string) =>
    `arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/${name}/0123456789abcdef`;

  it.each([
    ['harbor-checkout', '[503]'],
    ['harbor-web', '[502]'],
  ])('%s has targets that answer %s', async (name, codes) => {
    const facts = known(
      await createTargetHealthReader({ clientsAt: () => ({ loadBalancing: async () => client() }) })(arn(name), HOME),
    );
    expect(facts).toMatchObject({ targetGroup: name, protocol: 'HTTP', matcher: '200-299', interval: 15 });
    expect(facts?.targets.filter(({ state }) => state === 'healthy').length).toBeGreaterThan(0);
    const descriptions = facts?.targets.flatMap(({ description }) => description ?? []) ?? [];
    expect(descriptions.length).toBeGreaterThan(0);
    for (const description of descriptions) expect(description).toContain(codes);
  });

  it('refuses a group that it does not know, and fails as it is told to', async () => {
    const ask = () => client().send(new DescribeTargetHealthCommand({ TargetGroupArn: arn('unheard-of') }));
    await expect(ask()).rejects.toMatchObject({ name: 'TargetGroupNotFoundException' });
    aws.faults.inject('elasticloadbalancing:DescribeTargetHealth', { kind: 'denied' });
    await expect(ask()).rejects.toMatchObject({ name: 'AccessDeniedException' });
    aws.faults.inject('elasticloadbalancing:DescribeTargetHealth', undefined);
  });
});

describe('CloudWatch', () => {
  it('shows the memory of the worker near its limit, and little of the others', async () => {
    const { task } = signalOf(eventIn('ecs/task-stopped-out-of-memory.json'), 'task-stopped').state;
    const read = createMemoryReader({ clientsAt: () => ({ cloudWatch: async () => new CloudWatchClient(config()) }) });
    const stoppedAt = Date.UTC(2026, 10, 17, 3, 1, 48);
    const ofWorker = await read({ task, family: 'report-worker', service: 'report-worker', stoppedAt });
    expect(known(ofWorker)).toEqual({ namespace: 'AWS/ECS', peak: 97.3, at: Date.UTC(2026, 10, 17, 3, 1) });
    expect(known(await read({ task, family: 'web', service: 'web', stoppedAt }))?.peak).toBeLessThan(50);
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

describe('asynchronous invocations', () => {
  it.each([
    ['a function that is there', 'arn:aws:lambda:eu-west-1:111122223333:function:Redeploy', 'Event', 202],
    ['one that is not', 'nothing', 'Event', 404],
    ['one whose answer somebody waits for', 'redeploy', 'RequestResponse', 400],
  ])('of %s', async (_, name, type, status) => {
    const taken: unknown[] = [];
    const knows = (functionName: string, event: unknown): boolean => {
      if (functionName !== 'nothing') taken.push(event);
      return functionName !== 'nothing';
    };
    await using own = await startAws(estate, new Map(), undefined, knows);
    const response = await fetch(`${own.url}/2015-03-31/functions/${encodeURIComponent(name)}/invocations`, {
      method: 'POST',
      headers: { 'x-amz-invocation-type': type },
      body: JSON.stringify({ a: 1 }),
    });
    expect([response.status, taken]).toEqual([status, status === 202 ? [{ a: 1 }] : []]);
    expect(own.calls).toEqual(['lambda:InvokeFunction']);
  });
});
