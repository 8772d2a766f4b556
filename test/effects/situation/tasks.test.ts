import { DescribeNetworkInterfacesCommand } from '@aws-sdk/client-ec2';
import {
  DescribeTaskDefinitionCommand,
  DescribeTasksCommand,
  ListClustersCommand,
  ListTasksCommand,
  type Task,
} from '@aws-sdk/client-ecs';
import { beforeEach, describe, expect, it } from 'vitest';
import { found, missing } from '../../../shared/domain/facts.ts';
import { hours, minutes } from '../../../shared/domain/instant.ts';
import { allowanceOf } from '../../../shared/domain/plan/allowance.ts';
import { RELAUNCH_TAG } from '../../../shared/domain/plan/tasks/standalone.ts';
import type { NamedStandalone } from '../../../shared/effects/situation/located-tasks.ts';
import { aWindow } from '../../support/maintenance.ts';
import { awsError } from '../failing.ts';
import {
  aDefinition,
  ago,
  aReader,
  aTask,
  CHECKOUT,
  CLUSTER,
  DEFINITION,
  ec2,
  ecs,
  NOW,
  plainWorld,
  sentCommands,
  someTerms,
  taskArn,
} from './world.ts';

const { service: _, ...PROD } = CHECKOUT;
const TOKEN = 'pln-4f0c2a9d1e/t1';
const TAGGED = [{ key: RELAUNCH_TAG, value: 'start-then-stop' }];
const ENI = {
  type: 'ElasticNetworkInterface',
  details: [
    { name: 'subnetId', value: 'subnet-a' },
    { name: 'networkInterfaceId', value: 'eni-1' },
  ],
};

const importer = (overrides: Task = {}): Task =>
  aTask('t1', {
    taskDefinitionArn: DEFINITION,
    group: 'family:importer',
    startedBy: 'ada',
    startedAt: ago(hours(2)),
    attachments: [ENI],
    ...overrides,
  });

/** The tasks that ECS knows, whatever is asked for. */
const known = (...tasks: readonly Task[]) =>
  ecs.on(DescribeTasksCommand).callsFake(({ tasks: asked }: { tasks: string[] }) => {
    const ids = asked.map((one) => one.split('/').at(-1));
    return {
      tasks: tasks.filter(({ taskArn: arn }) => ids.includes(arn?.split('/').at(-1))),
      failures: ids
        .filter((id) => !tasks.some((task) => task.taskArn?.endsWith(`/${id}`)))
        .map((arn) => ({ arn, reason: 'MISSING' })),
    };
  });

interface Listed {
  readonly startedBy?: string;
  readonly family?: string;
  readonly desiredStatus?: string;
}

/** Ids that ListTasks answers, by what it is asked for. */
const listed = (answer: (filter: Listed) => readonly string[]) =>
  ecs.on(ListTasksCommand).callsFake((filter: Listed) => ({ taskArns: answer(filter).map((id) => taskArn(id)) }));

beforeEach(() => {
  plainWorld();
  known(importer());
  ec2.on(DescribeNetworkInterfacesCommand).resolves({
    NetworkInterfaces: [
      {
        NetworkInterfaceId: 'eni-1',
        SubnetId: 'subnet-a',
        Groups: [{ GroupId: 'sg-1' }, { GroupId: 'sg-2' }],
        Association: { PublicIp: '203.0.113.7' },
      },
    ],
  });
});

const NAMED: NamedStandalone = { taskId: 't1', place: PROD, cluster: PROD, token: TOKEN };

async function read(named: NamedStandalone = NAMED, terms = someTerms()) {
  const [task, ...others] = await aReader().tasks([named], terms);
  if (task === undefined || others.length > 0) throw new Error('expected one task');
  return task;
}

describe('a task of no service', () => {
  it('is told with its tags and when it may be replaced', async () => {
    known(importer({ tags: [{ key: 'team', value: 'imports' }] }));
    const maintenance = { windows: [aWindow({ select: { tags: { team: ['imports'] } } })], freezes: [] };
    const terms = someTerms({ maintenance });
    expect(await read(NAMED, terms)).toEqual({
      taskId: 't1',
      cluster: PROD,
      task: {
        lastStatus: 'RUNNING',
        group: 'family:importer',
        startedBy: 'ada',
        startedAt: NOW - hours(2),
        tags: { team: 'imports' },
        allowance: allowanceOf(maintenance, { ...PROD, tags: { team: 'imports' } }, terms.range),
      },
    });
    expect(ecs.commandCalls(DescribeTasksCommand)[0]?.args[0].input).toEqual({
      cluster: CLUSTER,
      tasks: ['t1'],
      include: ['TAGS'],
    });
  });

  it('without the tag takes no more than these requests', async () => {
    await read();
    expect(sentCommands()).toEqual(['DescribeTasksCommand', 'ListTasksCommand']);
  });

  it('that has gone is told without anything, and ECS is asked for its copy', async () => {
    known();
    expect(await read()).toEqual({ taskId: 't1', cluster: PROD });
  });

  it('that could not be read is not told as gone', async () => {
    ecs.on(DescribeTasksCommand).rejects(awsError('ThrottlingException'));
    expect(await read()).toEqual({ taskId: 't1', cluster: PROD, unread: 'AWS throttled ecs:DescribeTasks.' });
  });

  it('is read together with others of its cluster, a hundred at a time, in the order given', async () => {
    const ids = Array.from({ length: 130 }, (__, index) => `x${index}`);
    known(...ids.map((id) => aTask(id)));
    const tasks = await aReader().tasks(
      ids.map((taskId) => ({ taskId, place: PROD, cluster: PROD })),
      someTerms(),
    );
    expect(tasks.map(({ taskId, task }) => [taskId, task?.lastStatus])).toEqual(ids.map((id) => [id, 'RUNNING']));
    expect(ecs.commandCalls(DescribeTasksCommand)).toHaveLength(2);
  });
});

describe('a task that is named without its cluster', () => {
  const LAB = CLUSTER.replace('harbor-prod', 'harbor-lab');
  const bare: NamedStandalone = { taskId: 't1', place: PROD };

  it('is looked for in all clusters, over all pages', async () => {
    ecs
      .on(ListClustersCommand)
      .resolvesOnce({ clusterArns: [LAB], nextToken: '2' })
      .resolves({ clusterArns: [CLUSTER] });
    ecs
      .on(DescribeTasksCommand, { cluster: LAB, tasks: ['t1'], include: ['TAGS'] })
      .resolves({ failures: [{ arn: 't1', reason: 'MISSING' }] });
    expect(await read(bare)).toMatchObject({ taskId: 't1', cluster: PROD, task: { lastStatus: 'RUNNING' } });
  });

  it('is gone when no cluster has it', async () => {
    ecs.on(ListClustersCommand).resolves({ clusterArns: [LAB, CLUSTER] });
    known();
    expect(await read(bare)).toEqual({ taskId: 't1' });
  });

  it('is unread when a cluster left the question open, unless another has it', async () => {
    ecs.on(ListClustersCommand).resolves({ clusterArns: [LAB, CLUSTER] });
    ecs.on(DescribeTasksCommand, { cluster: LAB }).rejects(awsError('AccessDeniedException'));
    expect(await read(bare)).toMatchObject({ cluster: PROD, task: {} });
    known();
    ecs.on(DescribeTasksCommand, { cluster: LAB }).rejects(awsError('AccessDeniedException'));
    expect(await read(bare)).toEqual({ taskId: 't1', unread: 'ecs:DescribeTasks is not allowed for this function.' });
  });

  it('is unread when the clusters are not told', async () => {
    ecs.on(ListClustersCommand).rejects(awsError('AccessDeniedException'));
    expect(await read(bare)).toEqual({ taskId: 't1', unread: 'ecs:ListClusters is not allowed for this function.' });
  });
});

/** A sentence, how the task differs, what is so beside it, and why its launch is missing. */
const UNCOPYABLE: readonly (readonly [string, Task, () => unknown, string])[] = [
  ['it has no network of its own', { attachments: [] }, () => undefined, 'failed'],
  ['it has a volume', { attachments: [ENI, { type: 'AmazonElasticBlockStorage' }] }, () => undefined, 'failed'],
  [
    'its interface has gone',
    {},
    () => ec2.on(DescribeNetworkInterfacesCommand).resolves({ NetworkInterfaces: [] }),
    'not-found',
  ],
  [
    'interfaces may not be asked for',
    {},
    () => ec2.on(DescribeNetworkInterfacesCommand).rejects(awsError('UnauthorizedOperation')),
    'denied',
  ],
];

describe('what it takes to start a task again', () => {
  const launch = async (overrides: Task) => {
    known(importer({ tags: TAGGED, ...overrides }));
    return (await read()).task?.launch;
  };

  it('is everything that it was started with', async () => {
    const overrides = { containerOverrides: [{ name: 'app', command: ['import', '--all'] }] };
    expect(
      await launch({
        launchType: 'FARGATE',
        platformVersion: '1.4.0',
        enableExecuteCommand: true,
        tags: [...TAGGED, { key: 'team', value: 'imports' }, { key: 'aws:ecs:clusterName', value: 'harbor-prod' }],
        overrides,
        ephemeralStorage: { sizeInGiB: 60 },
      }),
    ).toEqual(
      found({
        cluster: PROD,
        taskId: 't1',
        taskDefinitionArn: DEFINITION,
        group: 'family:importer',
        launchType: 'FARGATE',
        platformVersion: '1.4.0',
        enableExecuteCommand: true,
        tags: { [RELAUNCH_TAG]: 'start-then-stop', team: 'imports' },
        overrides,
        network: { subnet: 'subnet-a', securityGroups: ['sg-1', 'sg-2'], assignPublicIp: true },
        ephemeralStorage: 60,
      }),
    );
    expect(ec2.commandCalls(DescribeNetworkInterfacesCommand)[0]?.args[0].input).toEqual({
      Filters: [{ Name: 'network-interface-id', Values: ['eni-1'] }],
    });
  });

  it('is a capacity provider in the place of a launch type, and no storage that every task has', async () => {
    const answer = await launch({ capacityProviderName: 'FARGATE_SPOT', ephemeralStorage: { sizeInGiB: 20 } });
    expect(answer).toMatchObject({ value: { capacityProvider: 'FARGATE_SPOT', enableExecuteCommand: false } });
    expect(answer).not.toHaveProperty('value.launchType');
    expect(answer).not.toHaveProperty('value.ephemeralStorage');
  });

  it('is no public address where the interface has none', async () => {
    ec2.on(DescribeNetworkInterfacesCommand).resolves({
      NetworkInterfaces: [{ NetworkInterfaceId: 'eni-1', SubnetId: 'subnet-a', Groups: [] }],
    });
    expect(await launch({})).toMatchObject({ value: { network: { assignPublicIp: false, securityGroups: [] } } });
  });

  it.each(UNCOPYABLE)('is missing when %s', async (_what, overrides, prepare, reason) => {
    prepare();
    expect(await launch(overrides)).toMatchObject({ status: 'missing', reason });
  });

  it('is not asked for once the task has stopped', async () => {
    expect(await launch({ lastStatus: 'STOPPED' })).toBeUndefined();
    expect(ec2.calls()).toHaveLength(0);
  });
});

describe('how long tasks of a family usually run', () => {
  const ended = (
    id: string,
    ran: number,
    stopCode: 'EssentialContainerExited' | 'UserInitiated' = 'EssentialContainerExited',
  ): Task =>
    aTask(id, { lastStatus: 'STOPPED', stopCode, startedAt: ago(ran + minutes(5)), stoppedAt: ago(minutes(5)) });
  const usual = async (...stopped: readonly Task[]) => {
    known(importer(), ...stopped);
    listed(({ family }) =>
      family === undefined ? [] : stopped.map(({ taskArn: arn = '' }) => arn.split('/').at(-1) ?? ''),
    );
    return (await read()).task?.usualRun;
  };

  it('is the median of those that ended by themselves', async () => {
    const tasks = [
      ended('a', minutes(30)),
      ended('b', minutes(50)),
      ended('c', minutes(40)),
      ended('d', 1, 'UserInitiated'),
    ];
    expect(await usual(...tasks)).toBe(minutes(40));
    expect(ecs.commandCalls(ListTasksCommand)[0]?.args[0].input).toEqual({
      cluster: CLUSTER,
      family: 'checkout',
      desiredStatus: 'STOPPED',
      maxResults: 100,
    });
  });

  it('is the longer one of two', async () => {
    expect(await usual(ended('a', minutes(30)), ended('b', minutes(50)))).toBe(minutes(50));
  });

  it('is not known where ECS remembers none', async () => {
    expect(await usual(ended('d', 1, 'UserInitiated'))).toBeUndefined();
  });

  it('is asked for once for each family, and not for tasks of services', async () => {
    known(
      importer(),
      importer({ taskArn: taskArn('t2') }),
      importer({ taskArn: taskArn('t3'), group: 'service:checkout' }),
    );
    const named = ['t1', 't2', 't3'].map((taskId) => ({ taskId, place: PROD, cluster: PROD }));
    await aReader().tasks(named, someTerms());
    expect(ecs.commandCalls(ListTasksCommand)).toHaveLength(1);
    await aReader().tasks([{ taskId: 't3', place: PROD, cluster: PROD }], someTerms());
    expect(ecs.commandCalls(ListTasksCommand)).toHaveLength(1);
  });
});

describe('the copy of a task', () => {
  const copied = (copy: Task, status = 'RUNNING') => {
    known(importer({ tags: TAGGED }), { ...copy, taskArn: taskArn('copy') });
    listed(({ startedBy, desiredStatus }) => (startedBy === TOKEN && desiredStatus === status ? ['copy'] : []));
  };

  it('is found by what started it', async () => {
    copied(aTask('copy', { lastStatus: 'PENDING', healthStatus: 'HEALTHY' }));
    expect((await read()).copy).toEqual({ taskId: 'copy', lastStatus: 'PENDING', healthStatus: 'HEALTHY' });
    const asked = ecs.commandCalls(ListTasksCommand).map(({ args }) => args[0].input);
    expect(asked).toContainEqual({ cluster: CLUSTER, startedBy: TOKEN, desiredStatus: 'RUNNING', maxResults: 100 });
  });

  it('is found too when it has stopped', async () => {
    copied(aTask('copy', { lastStatus: 'STOPPED' }), 'STOPPED');
    expect((await read()).copy).toMatchObject({ taskId: 'copy', lastStatus: 'STOPPED' });
  });

  it('is found although the task itself has stopped, or is forgotten', async () => {
    copied(aTask('copy'));
    known(importer({ lastStatus: 'STOPPED', tags: [] }), aTask('copy'));
    expect((await read()).copy).toMatchObject({ taskId: 'copy' });
    known(aTask('copy'));
    expect(await read()).toMatchObject({ copy: { taskId: 'copy' } });
  });

  it('is none where nothing was started', async () => {
    known(importer({ tags: TAGGED }));
    expect(await read()).not.toHaveProperty('copy');
  });

  it.each([
    ['it has no health checks', [{ name: 'app' }], undefined],
    ['its health checks have not passed', [{ name: 'app', healthCheck: { command: ['CMD', 'true'] } }], 'UNKNOWN'],
  ])('is of unknown health because %s, and that is told apart', async (_what, containerDefinitions, healthStatus) => {
    ecs.on(DescribeTaskDefinitionCommand).resolves({ taskDefinition: aDefinition({ containerDefinitions }) });
    copied(aTask('copy', { taskDefinitionArn: DEFINITION, healthStatus: 'UNKNOWN' }));
    expect((await read()).copy?.healthStatus).toBe(healthStatus);
  });

  it('is waited for where the task definition cannot be read', async () => {
    ecs.on(DescribeTaskDefinitionCommand).rejects(awsError('AccessDeniedException'));
    copied(aTask('copy', { taskDefinitionArn: DEFINITION, healthStatus: 'UNKNOWN' }));
    expect((await read()).copy?.healthStatus).toBe('UNKNOWN');
  });

  it('leaves the task unread when nobody knows whether there is one', async () => {
    known(importer({ tags: TAGGED }));
    ecs.on(ListTasksCommand).callsFake(({ startedBy }: Listed) => {
      if (startedBy !== undefined) throw awsError('ThrottlingException');
      return { taskArns: [] };
    });
    expect(await read()).toEqual({ taskId: 't1', cluster: PROD, unread: 'AWS throttled ecs:ListTasks.' });
  });
});

it('nothing but the network is missing where EC2 does not answer', async () => {
  known(importer({ tags: TAGGED }));
  ec2.on(DescribeNetworkInterfacesCommand).rejects(awsError('RequestLimitExceeded'));
  const { task } = await read();
  expect(task?.launch).toEqual(missing('throttled', 'AWS throttled ec2:DescribeNetworkInterfaces'));
  expect(task?.lastStatus).toBe('RUNNING');
});
