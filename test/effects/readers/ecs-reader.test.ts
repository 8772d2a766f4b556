import {
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  DescribeTasksCommand,
  ECSClient,
  ListTasksCommand,
  type Task,
} from '@aws-sdk/client-ecs';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { found, known, missing } from '../../../shared/domain/facts.ts';
import type { ServiceRef, TaskDefinitionArn } from '../../../shared/domain/place.ts';
import { createEcsReader } from '../../../shared/effects/readers/ecs-reader.ts';
import { aBudget, awsError, never } from '../failing.ts';

const client = new ECSClient({ region: 'cn-north-1' });
const ecs = mockClient(client);
beforeEach(() => ecs.reset());

const CHECKOUT: ServiceRef = {
  partition: 'aws-cn',
  region: 'cn-north-1',
  account: '111122223333',
  cluster: 'harbor-prod',
  service: 'checkout',
};
const CLUSTER = 'arn:aws-cn:ecs:cn-north-1:111122223333:cluster/harbor-prod';
// The cast is true enough for a test: it is an ARN of a task definition.
const revision = (number: number) =>
  `arn:aws-cn:ecs:cn-north-1:111122223333:task-definition/checkout:${number}` as TaskDefinitionArn;

const reader = (budget = aBudget().budget) =>
  createEcsReader({
    clientsAt: () => ({ ecs: client }),
    budget,
    redact: (text) => text.replaceAll('hunter2', '[redacted]'),
  });

const FAILURES = [
  ['AccessDeniedException', 'denied', (action: string) => `${action} is not allowed for this function`],
  ['ThrottlingException', 'throttled', (action: string) => `AWS throttled ${action}`],
  ['TimeoutError', 'timeout', (action: string) => `${action} did not answer in time`],
  ['ServerException', 'failed', (action: string) => `${action} failed (ServerException)`],
] as const;

describe('a task definition', () => {
  const definition = {
    family: 'checkout',
    revision: 42,
    cpu: '256',
    memory: '512',
    networkMode: 'awsvpc',
    executionRoleArn: 'arn:aws-cn:iam::111122223333:role/execution',
    runtimePlatform: { cpuArchitecture: 'ARM64' },
    containerDefinitions: [
      {
        name: 'app',
        image: 'checkout:1.8.2',
        memory: 512,
        command: ['serve', '--password=hunter2'],
        environment: [{ name: 'DB_PASSWORD', value: 'hunter2' }],
        secrets: [{ name: 'API_KEY', valueFrom: '/checkout/api-key' }],
        portMappings: [{ containerPort: 8080, protocol: 'tcp' }],
        healthCheck: { command: ['CMD-SHELL', 'curl -u ops:hunter2 localhost'] },
        logConfiguration: {
          logDriver: 'awslogs',
          options: { 'awslogs-group': '/ecs/checkout', 'awslogs-stream-prefix': 'ecs' },
          secretOptions: [{ name: 'token', valueFrom: 'hunter2' }],
        },
      },
      {
        name: 'shipper',
        image: 'fluent-bit',
        essential: false,
        logConfiguration: { logDriver: 'splunk', options: { 'splunk-token': 'hunter2' } },
      },
    ],
  } as const;

  // The SDK's types want mutable arrays; nothing here changes them.
  const answer = { taskDefinition: structuredClone(definition) } as never;

  it('is told without environment values, commands, secrets or tokens', async () => {
    ecs.on(DescribeTaskDefinitionCommand).resolves(answer);
    const facts = await reader().describeTaskDefinition(revision(42));
    expect(facts).toEqual(
      found({
        family: 'checkout',
        revision: 42,
        cpu: 256,
        memory: 512,
        networkMode: 'awsvpc',
        executionRoleArn: 'arn:aws-cn:iam::111122223333:role/execution',
        cpuArchitecture: 'ARM64',
        containers: [
          {
            name: 'app',
            image: 'checkout:1.8.2',
            isEssential: true,
            memory: 512,
            logDriver: 'awslogs',
            logOptions: { 'awslogs-group': '/ecs/checkout', 'awslogs-stream-prefix': 'ecs' },
            healthCheckCommand: ['CMD-SHELL', 'curl -u ops:[redacted] localhost'],
            containerPorts: [8080],
            environmentNames: ['DB_PASSWORD'],
            secrets: [{ name: 'API_KEY', valueFrom: '/checkout/api-key' }],
          },
          {
            name: 'shipper',
            image: 'fluent-bit',
            isEssential: false,
            logDriver: 'splunk',
            logOptions: {},
            containerPorts: [],
            environmentNames: [],
            secrets: [],
          },
        ],
      }),
    );
    expect(JSON.stringify(facts)).not.toContain('hunter2');
  });

  it('is asked for once, also by concurrent callers, because a revision never changes', async () => {
    ecs.on(DescribeTaskDefinitionCommand).resolves(answer);
    const { describeTaskDefinition } = reader();
    await Promise.all([describeTaskDefinition(revision(42)), describeTaskDefinition(revision(42))]);
    await describeTaskDefinition(revision(42));
    await describeTaskDefinition(revision(43));
    const asked = ecs.commandCalls(DescribeTaskDefinitionCommand).map(({ args }) => args[0].input.taskDefinition);
    expect(asked).toEqual([revision(42), revision(43)]);
  });

  it('is asked for again after a failure', async () => {
    ecs.on(DescribeTaskDefinitionCommand).rejectsOnce(awsError('ThrottlingException')).resolves(answer);
    const { describeTaskDefinition } = reader();
    expect(await describeTaskDefinition(revision(42))).toMatchObject({ reason: 'throttled' });
    expect(await describeTaskDefinition(revision(42))).toMatchObject({ status: 'found' });
  });

  it('is forgotten when 200 younger ones have come', async () => {
    ecs.on(DescribeTaskDefinitionCommand).resolves(answer);
    const { describeTaskDefinition } = reader();
    for (let number = 0; number <= 200; number++) await describeTaskDefinition(revision(number));
    await describeTaskDefinition(revision(200));
    expect(ecs.commandCalls(DescribeTaskDefinitionCommand)).toHaveLength(201);
    await describeTaskDefinition(revision(0));
    expect(ecs.commandCalls(DescribeTaskDefinitionCommand)).toHaveLength(202);
  });

  it.each(FAILURES)('is missing after %s: %s', async (name, reason, because) => {
    ecs.on(DescribeTaskDefinitionCommand).rejects(awsError(name));
    const expected = missing(reason, because('ecs:DescribeTaskDefinition'));
    expect(await reader().describeTaskDefinition(revision(1))).toEqual(expected);
  });
});

const minute = (count: number) => new Date(Date.UTC(2026, 10, 21, 8, count));

describe('a service', () => {
  it('is told with its tags, deployments and ten newest events', async () => {
    const events = Array.from({ length: 50 }, (_, age) => ({ createdAt: minute(50 - age), message: `event ${age}` }));
    ecs.on(DescribeServicesCommand).resolves({
      services: [
        {
          status: 'ACTIVE',
          desiredCount: 2,
          runningCount: 1,
          pendingCount: 1,
          taskDefinition: revision(42),
          healthCheckGracePeriodSeconds: 60,
          networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-1'] } },
          tags: [{ key: 'slackwater:channel', value: 'C0PAY' }, { key: 'empty' }],
          events,
          deployments: [
            {
              id: 'ecs-svc/1',
              status: 'PRIMARY',
              rolloutState: 'FAILED',
              desiredCount: 2,
              failedTasks: 9,
              createdAt: minute(1),
            },
          ],
        },
      ],
    });
    const facts = known(await reader().describeService(CHECKOUT));
    expect(facts).toMatchObject({
      status: 'ACTIVE',
      desired: 2,
      running: 1,
      pending: 1,
      taskDefinitionArn: revision(42),
      healthCheckGracePeriod: 60,
      subnets: ['subnet-1'],
      tags: { 'slackwater:channel': 'C0PAY', empty: '' },
      deployments: [
        {
          id: 'ecs-svc/1',
          status: 'PRIMARY',
          rolloutState: 'FAILED',
          desired: 2,
          running: 0,
          failedTasks: 9,
          createdAt: minute(1).getTime(),
        },
      ],
    });
    expect(facts?.events).toHaveLength(10);
    expect(facts?.events[0]).toEqual({ at: minute(50).getTime(), message: 'event 0' });
    expect(ecs.commandCalls(DescribeServicesCommand)[0]?.args[0].input).toEqual({
      cluster: CLUSTER,
      services: ['checkout'],
      include: ['TAGS'],
    });
  });

  it.each([
    [
      'is unknown',
      { services: [], failures: [{ reason: 'MISSING' }] },
      'not-found',
      'ECS does not know the service checkout any more',
    ],
    ['is in an empty answer', {}, 'not-found', 'ECS does not know the service checkout any more'],
    ['could not be read', { failures: [{ reason: 'INTERNAL' }] }, 'failed', 'ecs:DescribeServices failed (INTERNAL)'],
  ] as const)('that %s is missing, although the answer is a 200', async (_what, answer, reason, because) => {
    ecs.on(DescribeServicesCommand).resolves(structuredClone(answer) as never);
    expect(await reader().describeService(CHECKOUT)).toEqual(missing(reason, because));
  });

  it('is missing when its cluster is', async () => {
    ecs.on(DescribeServicesCommand).rejects(awsError('ClusterNotFoundException'));
    expect(await reader().describeService(CHECKOUT)).toMatchObject({ reason: 'not-found' });
  });

  it.each(FAILURES)('is missing after %s: %s', async (name, reason, because) => {
    ecs.on(DescribeServicesCommand).rejects(awsError(name));
    expect(await reader().describeService(CHECKOUT)).toEqual(missing(reason, because('ecs:DescribeServices')));
  });

  it('is missing when the time of the call is used up', async () => {
    ecs.on(DescribeServicesCommand).callsFake(never);
    const { budget, spend } = aBudget();
    const asked = reader(budget).describeService(CHECKOUT);
    spend();
    expect(await asked).toEqual(missing('timeout', 'ecs:DescribeServices did not answer in time'));
  });
});

const arn = (id: number) => `arn:aws-cn:ecs:cn-north-1:111122223333:task/harbor-prod/${id}`;
const task = (id: number, startedBy = 'ecs-svc/1'): Task => ({
  taskArn: arn(id),
  startedBy,
  stopCode: 'EssentialContainerExited',
  stoppedReason: 'Essential container in task exited',
  stoppedAt: new Date(id * 1_000),
  containers: [{ name: 'app', exitCode: 1 }, { name: 'sidecar' }],
});
const ids = (facts: Awaited<ReturnType<ReturnType<typeof reader>['stoppedTasks']>>) =>
  known(facts)?.map(({ taskId }) => Number(taskId));

describe('stopped tasks', () => {
  it('are those of the deployment, newest first', async () => {
    ecs.on(ListTasksCommand).resolves({ taskArns: [arn(1), arn(2), arn(3)] });
    ecs.on(DescribeTasksCommand).resolves({ tasks: [task(1), task(3), task(2, 'ecs-svc/0')] });
    const facts = await reader().stoppedTasks(CHECKOUT, 'ecs-svc/1');
    expect(ids(facts)).toEqual([3, 1]);
    expect(known(facts)?.[0]).toEqual({
      taskId: '3',
      startedBy: 'ecs-svc/1',
      stopCode: 'EssentialContainerExited',
      stoppedReason: 'Essential container in task exited',
      stoppedAt: 3_000,
      containers: [{ name: 'app', exitCode: 1 }, { name: 'sidecar' }],
    });
    expect(ecs.commandCalls(ListTasksCommand)[0]?.args[0].input).toEqual({
      cluster: CLUSTER,
      serviceName: 'checkout',
      desiredStatus: 'STOPPED',
      maxResults: 100,
    });
    expect(ecs.commandCalls(DescribeTasksCommand)[0]?.args[0].input).toEqual({
      cluster: CLUSTER,
      tasks: [arn(1), arn(2), arn(3)],
    });
  });

  it('are all of the service without a deployment, the newest twenty', async () => {
    const tasks = Array.from({ length: 30 }, (_, id) => task(id, `ecs-svc/${id}`));
    ecs.on(ListTasksCommand).resolves({ taskArns: tasks.map(({ taskArn }) => taskArn ?? '') });
    ecs.on(DescribeTasksCommand).resolves({ tasks, failures: [{ reason: 'MISSING' }] });
    const newest = Array.from({ length: 20 }, (_, rank) => 29 - rank);
    expect(ids(await reader().stoppedTasks(CHECKOUT))).toEqual(newest);
  });

  it('are none, which is an answer, when ECS remembers none', async () => {
    ecs.on(ListTasksCommand).resolves({ taskArns: [] });
    expect(await reader().stoppedTasks(CHECKOUT, 'ecs-svc/1')).toEqual(found([]));
    expect(ecs.commandCalls(DescribeTasksCommand)).toHaveLength(0);
  });

  it('are looked for on further pages, three at most', async () => {
    ecs.on(ListTasksCommand).callsFake(({ nextToken = '1' }: { nextToken?: string }) => ({
      taskArns: [arn(Number(nextToken))],
      nextToken: `${Number(nextToken) + 1}`,
    }));
    ecs.on(DescribeTasksCommand).callsFake(({ tasks }: { tasks: string[] }) => ({
      tasks: tasks.map((taskArn) => task(Number(taskArn.split('/').at(-1)))),
    }));
    expect(ids(await reader().stoppedTasks(CHECKOUT, 'ecs-svc/1'))).toEqual([3, 2, 1]);
    const tokens = ecs.commandCalls(ListTasksCommand).map(({ args }) => args[0].input.nextToken);
    expect(tokens).toEqual([undefined, '2', '3']);
  });

  it('of an earlier page are told although a later one fails', async () => {
    ecs
      .on(ListTasksCommand)
      .resolvesOnce({ taskArns: [arn(1)], nextToken: '2' })
      .rejects(awsError('ThrottlingException'));
    ecs.on(DescribeTasksCommand).resolves({ tasks: [task(1)] });
    expect(ids(await reader().stoppedTasks(CHECKOUT))).toEqual([1]);
  });

  it.each(FAILURES)('are missing after %s of ListTasks: %s', async (name, reason, because) => {
    ecs.on(ListTasksCommand).rejects(awsError(name));
    expect(await reader().stoppedTasks(CHECKOUT)).toEqual(missing(reason, because('ecs:ListTasks')));
  });

  it.each(FAILURES)('are missing after %s of DescribeTasks: %s', async (name, reason, because) => {
    ecs.on(ListTasksCommand).resolves({ taskArns: [arn(1)] });
    ecs.on(DescribeTasksCommand).rejects(awsError(name));
    expect(await reader().stoppedTasks(CHECKOUT)).toEqual(missing(reason, because('ecs:DescribeTasks')));
  });
});
