import { DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { DescribeImagesCommand } from '@aws-sdk/client-ecr';
import {
  DescribeServiceRevisionsCommand,
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  DescribeTasksCommand,
  GetTaskProtectionCommand,
  ListServiceDeploymentsCommand,
  ListTasksCommand,
} from '@aws-sdk/client-ecs';
import { beforeEach, describe, expect, it } from 'vitest';
import { found, missing } from '../../../shared/domain/facts.ts';
import { hours, minutes, seconds } from '../../../shared/domain/instant.ts';
import { awsError, never } from '../failing.ts';
import {
  aDefinition,
  aDeployment,
  ago,
  aReader,
  aService,
  aTask,
  CHECKOUT,
  CLUSTER,
  cloudWatch,
  DEFINITION,
  deploymentArn,
  digest,
  ecr,
  ecs,
  NOW,
  other,
  plainWorld,
  quotas,
  REPOSITORY,
  readActive,
  revisionArn,
  sentCommands,
  someTerms,
  taskArn,
} from './world.ts';

beforeEach(plainWorld);

describe('a plain service', () => {
  it('is told whole', async () => {
    expect(await readActive()).toEqual({
      status: 'active',
      at: CHECKOUT,
      allowance: expect.objectContaining({ hasWindows: false, mode: 'approve' }),
      controller: 'ECS',
      strategy: 'ROLLING',
      desired: 2,
      running: 2,
      pending: 0,
      minimumHealthyPercent: 100,
      maximumPercent: 200,
      revision: 'checkout:42',
      revisionStatus: found('ACTIVE'),
      tasks: ['checkout-1', 'checkout-2'].map((taskId) => ({
        taskId,
        lastStatus: 'RUNNING',
        launchType: 'FARGATE',
        createdAt: NOW - hours(48),
      })),
      deployments: [7, 6].map((id) => ({
        id: deploymentArn(id),
        createdAt: NOW - hours(100 - id),
        status: 'SUCCESSFUL',
        revision: 'checkout:42',
      })),
      codeDeploy: missing('not-applicable', 'CodeDeploy does not deploy it'),
      durations: {
        past: [minutes(10), minutes(10)],
        healthGrace: minutes(1),
        deregistrationDelay: minutes(2),
        stopTimeout: seconds(45),
        alarmBake: minutes(5),
      },
      images: found([
        {
          container: 'app',
          reference: `${REPOSITORY}:stable`,
          registry: 'ecr',
          isFixed: false,
          isUnpinned: false,
          digest: digest(1),
          latest: found({ digest: digest(1), pushedAt: NOW - hours(100) }),
          isKept: found(true),
        },
      ]),
      targets: found({ healthy: 2, total: 2 }),
      alarms: found([{ name: 'checkout-5xx', state: 'OK' }]),
      blockers: missing('not-applicable', 'its windows name no blocker'),
      stack: found('UPDATE_COMPLETE'),
      protectedUntil: missing('not-applicable', 'no task is protected'),
      headroom: found([
        { what: 'addresses in subnet-a', free: 250, needed: 1 },
        { what: 'addresses in subnet-b', free: 250, needed: 1 },
        { what: 'vCPU', free: 70, needed: 1 },
      ]),
      hasCircuitBreaker: true,
      pauseHooks: [],
      isSpotOnly: false,
      defersCleanup: false,
    });
  });

  it('takes these requests, and each permission behind them', async () => {
    await readActive();
    expect(sentCommands()).toEqual([
      'DescribeAlarmsCommand',
      'DescribeImagesCommand',
      'DescribeServiceRevisionsCommand',
      'DescribeServicesCommand',
      'DescribeStacksCommand',
      'DescribeSubnetsCommand',
      'DescribeTargetGroupAttributesCommand',
      'DescribeTargetHealthCommand',
      'DescribeTaskDefinitionCommand',
      'DescribeTasksCommand',
      'GetMetricDataCommand',
      'GetServiceQuotaCommand',
      'GetTaskProtectionCommand',
      'ListServiceDeploymentsCommand',
      'ListTasksCommand',
    ]);
  });

  it('is asked for with its tags, in its own cluster', async () => {
    await readActive();
    expect(ecs.commandCalls(DescribeServicesCommand).map(({ args }) => args[0].input)).toEqual([
      { cluster: CLUSTER, services: ['checkout'], include: ['TAGS'] },
    ]);
    expect(ecs.commandCalls(ListTasksCommand).map(({ args }) => args[0].input)).toEqual([
      { cluster: CLUSTER, serviceName: 'checkout', desiredStatus: 'RUNNING', maxResults: 100 },
    ]);
    expect(ecs.commandCalls(GetTaskProtectionCommand).map(({ args }) => args[0].input)).toEqual([
      { cluster: CLUSTER, tasks: [taskArn('checkout-1'), taskArn('checkout-2')] },
    ]);
  });
});

describe('a service that is not active', () => {
  it.each([
    [
      'unknown to ECS',
      { failures: [{ arn: 'arn:x/checkout', reason: 'MISSING' }] },
      'gone',
      'ECS has no service checkout in cluster harbor-prod.',
    ],
    ['in an empty answer', {}, 'gone', 'ECS has no service checkout in cluster harbor-prod.'],
    ['deleted', { services: [aService({ status: 'INACTIVE' })] }, 'gone', 'It is INACTIVE.'],
    ['being deleted', { services: [aService({ status: 'DRAINING' })] }, 'gone', 'It is DRAINING.'],
    [
      'refused',
      { failures: [{ arn: 'arn:x/checkout', reason: 'INTERNAL' }] },
      'unread',
      'ecs:DescribeServices failed (INTERNAL).',
    ],
  ] as const)('because it is %s is told so, and nothing more is asked', async (_what, answer, status, because) => {
    // The SDK's types want mutable arrays; nothing here changes them.
    ecs.on(DescribeServicesCommand).resolves(structuredClone(answer) as never);
    expect(await aReader().services([CHECKOUT], someTerms())).toEqual([{ status, at: CHECKOUT, because }]);
    expect(sentCommands()).toEqual(['DescribeServicesCommand']);
  });

  it('because its cluster is gone is gone', async () => {
    ecs.on(DescribeServicesCommand).rejects(awsError('ClusterNotFoundException'));
    const [situation] = await aReader().services([CHECKOUT], someTerms());
    expect(situation).toEqual({ status: 'gone', at: CHECKOUT, because: 'ECS has no cluster harbor-prod.' });
  });
});

describe('a service of which ECS does not tell what it takes', () => {
  it.each([
    ['itself', DescribeServicesCommand, 'ecs:DescribeServices'],
    ['its tasks', ListTasksCommand, 'ecs:ListTasks'],
    ['what its tasks are', DescribeTasksCommand, 'ecs:DescribeTasks'],
    ['its deployments', ListServiceDeploymentsCommand, 'ecs:ListServiceDeployments'],
    ['what its deployments bring', DescribeServiceRevisionsCommand, 'ecs:DescribeServiceRevisions'],
  ] as const)('is unread, not without old tasks or deployments: %s', async (_what, command, action) => {
    // True enough for an error, which is the same for every command.
    ecs.on(command as typeof ListTasksCommand).rejects(awsError('ThrottlingException'));
    const [situation] = await aReader().services([CHECKOUT], someTerms());
    expect(situation).toEqual({ status: 'unread', at: CHECKOUT, because: `AWS throttled ${action}.` });
  });

  it('is unread when one of its tasks is refused', async () => {
    ecs
      .on(DescribeTasksCommand)
      .resolves({ tasks: [aTask('checkout-1')], failures: [{ arn: taskArn('checkout-2'), reason: 'INTERNAL' }] });
    const [situation] = await aReader().services([CHECKOUT], someTerms());
    expect(situation).toMatchObject({ status: 'unread', because: 'ecs:DescribeTasks failed (INTERNAL).' });
  });

  it('is told without a task that has gone since it was listed', async () => {
    ecs
      .on(DescribeTasksCommand)
      .resolves({ tasks: [aTask('checkout-1')], failures: [{ arn: taskArn('checkout-2'), reason: 'MISSING' }] });
    expect((await readActive()).tasks.map(({ taskId }) => taskId)).toEqual(['checkout-1']);
  });
});

describe('what could not be read of a service', () => {
  it.each([
    ['its task definition', ecs, DescribeTaskDefinitionCommand, ['images', 'revisionStatus', 'headroom']],
    ['its task protection', ecs, GetTaskProtectionCommand, ['protectedUntil']],
    ['its alarms', cloudWatch, DescribeAlarmsCommand, ['alarms']],
  ] as const)('is missing with its reason, and the rest is told: %s', async (_what, client, command, facts) => {
    // True enough for an error, which is the same for every client and command.
    (client as typeof ecs).on(command as typeof GetTaskProtectionCommand).rejects(awsError('AccessDeniedException'));
    const situation = await readActive();
    for (const fact of facts) expect(situation[fact]).toMatchObject({ status: 'missing', reason: 'denied' });
    expect(situation.tasks).toHaveLength(2);
    expect(situation.targets.status).toBe('found');
  });

  it('is told of the image alone when the registry is not allowed', async () => {
    ecr.on(DescribeImagesCommand).rejects(awsError('AccessDeniedException'));
    const denied = missing('denied', 'ecr:DescribeImages is not allowed on repository checkout');
    expect((await readActive()).images).toEqual(
      found([expect.objectContaining({ container: 'app', latest: denied, isKept: denied })]),
    );
  });
});

describe('several services', () => {
  it('are asked for ten at a time in each cluster, and told in the order given', async () => {
    const refs = Array.from({ length: 23 }, (_, index) =>
      other(`s${index}`, index % 2 === 0 ? 'harbor-prod' : 'harbor-lab'),
    );
    const situations = await aReader().services(refs, someTerms());
    expect(situations.map(({ at, status }) => [at, status])).toEqual(refs.map((at) => [at, 'active']));
    const asked = ecs.commandCalls(DescribeServicesCommand).map(({ args }) => args[0].input);
    expect(asked.flatMap(({ services = [] }) => services).sort()).toEqual(refs.map(({ service }) => service).sort());
    expect(Math.max(...asked.map(({ services = [] }) => services.length))).toBeLessThanOrEqual(10);
    for (const { cluster, services = [] } of asked) {
      const own = refs.filter((ref) => services.includes(ref.service)).map((ref) => `cluster/${ref.cluster}`);
      expect(new Set(own)).toEqual(new Set([cluster?.split(':').at(-1)]));
    }
  });

  it('share what they are asked for together: the quota, alarms, subnets, images and the task definition', async () => {
    await aReader().services([other('a'), other('b'), other('c')], someTerms());
    expect(quotas.calls()).toHaveLength(1);
    expect(ecr.calls()).toHaveLength(1);
    expect(cloudWatch.commandCalls(DescribeAlarmsCommand)).toHaveLength(1);
    expect(ecs.commandCalls(DescribeTaskDefinitionCommand)).toHaveLength(1);
    expect(ecs.commandCalls(DescribeTasksCommand)).toHaveLength(1);
    expect(ecs.commandCalls(DescribeServiceRevisionsCommand)).toHaveLength(1);
  });

  it('do not hold each other up', async () => {
    ecs.on(ListTasksCommand).callsFake(({ serviceName }: { serviceName: string }) => {
      if (serviceName === 'b') throw awsError('ServerException');
      return { taskArns: [taskArn(`${serviceName}-1`)] };
    });
    const situations = await aReader().services([other('a'), other('b'), other('c')], someTerms());
    expect(situations.map(({ status }) => status)).toEqual(['active', 'unread', 'active']);
  });

  it('that are not reached by the deadline are unread, and those before are told whole', async () => {
    const deadline = new AbortController();
    let rounds = 0;
    ecs.on(DescribeServicesCommand).callsFake(({ services }: { services: string[] }) => {
      rounds += 1;
      if (rounds === 1) return { services: services.map((serviceName) => aService({ serviceName })) };
      deadline.abort();
      return never();
    });
    const refs = Array.from({ length: 25 }, (_, index) => other(`s${index}`));
    const situations = await aReader(deadline.signal).services(refs, someTerms());
    expect(situations.slice(0, 10).every(({ status }) => status === 'active')).toBe(true);
    expect(situations.slice(10)).toEqual(
      refs.slice(10).map((at) => ({ status: 'unread', at, because: 'ecs:DescribeServices did not answer in time.' })),
    );
    expect(rounds).toBe(2);
  });

  it('are read with five requests at the same time at the most', async () => {
    let open = 0;
    let most = 0;
    ecs.on(ListTasksCommand).callsFake(async () => {
      open += 1;
      most = Math.max(most, open);
      await new Promise((resolve) => setImmediate(resolve));
      open -= 1;
      return { taskArns: [] };
    });
    await aReader().services(
      Array.from({ length: 10 }, (_, index) => other(`s${index}`)),
      someTerms(),
    );
    expect(most).toBe(5);
  });
});

describe('the tasks of a service', () => {
  it('are listed over all pages and described a hundred at a time', async () => {
    const arns = Array.from({ length: 250 }, (_, index) => taskArn(`t${index}`));
    ecs.on(ListTasksCommand).callsFake(({ nextToken = '0' }: { nextToken?: string }) => {
      const from = Number(nextToken);
      return {
        taskArns: arns.slice(from, from + 100),
        ...(from + 100 < arns.length && { nextToken: String(from + 100) }),
      };
    });
    const { tasks } = await readActive();
    expect(tasks.map(({ taskId }) => taskId)).toEqual(arns.map((arn) => arn.split('/').at(-1)));
    const sizes = ecs.commandCalls(DescribeTasksCommand).map(({ args }) => args[0].input.tasks?.length);
    expect(sizes).toEqual([100, 100, 50]);
    expect(ecs.commandCalls(GetTaskProtectionCommand)).toHaveLength(3);
  });

  it.each([
    ['of the launch type', { launchType: 'FARGATE' }, 'FARGATE'],
    ['of Fargate Spot', { launchType: undefined, capacityProviderName: 'FARGATE_SPOT' }, 'FARGATE'],
    ['of Fargate by a capacity provider', { launchType: 'EC2', capacityProviderName: 'FARGATE' }, 'FARGATE'],
    ['on an instance', { launchType: 'EC2', capacityProviderName: 'own-fleet' }, 'EC2'],
    ['of which ECS tells nothing', { launchType: undefined }, 'UNKNOWN'],
  ] as const)('are %s', async (_what, fields, launchType) => {
    ecs.on(ListTasksCommand).resolves({ taskArns: [taskArn('t1')] });
    ecs.on(DescribeTasksCommand).resolves({ tasks: [{ ...aTask('t1'), ...fields }] });
    expect((await readActive()).tasks[0]?.launchType).toBe(launchType);
  });

  it('that are pending are told too', async () => {
    ecs
      .on(DescribeTasksCommand)
      .resolves({ tasks: [aTask('checkout-1', { lastStatus: 'PENDING' }), aTask('checkout-2')] });
    expect((await readActive()).tasks[0]).toMatchObject({ lastStatus: 'PENDING' });
  });

  it('that ECS counts and does not list make the service one that was not read', async () => {
    ecs.on(ListTasksCommand).resolves({ taskArns: [] });
    const [situation] = await aReader().services([CHECKOUT], someTerms());
    expect(situation).toMatchObject({
      status: 'unread',
      because: 'ECS lists none of the 2 tasks that it counts as running.',
    });
  });

  it('are protected until the last of them is not', async () => {
    ecs.on(GetTaskProtectionCommand).resolves({
      protectedTasks: [
        { taskArn: taskArn('checkout-1'), protectionEnabled: true, expirationDate: new Date(NOW + hours(1)) },
        { taskArn: taskArn('checkout-2'), protectionEnabled: true, expirationDate: new Date(NOW + hours(3)) },
      ],
    });
    expect((await readActive()).protectedUntil).toEqual(found(NOW + hours(3)));
  });

  it('are not protected where the protection is off, or the task has gone', async () => {
    ecs.on(GetTaskProtectionCommand).resolves({
      protectedTasks: [{ taskArn: taskArn('checkout-1'), protectionEnabled: false, expirationDate: new Date(NOW) }],
      failures: [{ arn: taskArn('checkout-2'), reason: 'MISSING' }],
    });
    expect((await readActive()).protectedUntil).toMatchObject({ reason: 'not-applicable' });
  });

  it('are of unknown protection when ECS refuses one', async () => {
    ecs.on(GetTaskProtectionCommand).resolves({ failures: [{ reason: 'TASK_NOT_VALID' }] });
    expect((await readActive()).protectedUntil).toEqual(
      missing('failed', 'ecs:GetTaskProtection failed (TASK_NOT_VALID)'),
    );
  });
});

describe('the deployments of a service', () => {
  it('are those of all pages, the newest first', async () => {
    ecs
      .on(ListServiceDeploymentsCommand)
      .resolvesOnce({ serviceDeployments: [aDeployment(3)], nextToken: '2' })
      .resolves({ serviceDeployments: [aDeployment(9, { status: 'IN_PROGRESS' }), aDeployment(1)] });
    const { deployments } = await readActive();
    expect(deployments.map(({ id, status }) => [id, status])).toEqual([
      [deploymentArn(9), 'IN_PROGRESS'],
      [deploymentArn(3), 'SUCCESSFUL'],
      [deploymentArn(1), 'SUCCESSFUL'],
    ]);
    const tokens = ecs.commandCalls(ListServiceDeploymentsCommand).map(({ args }) => args[0].input.nextToken);
    expect(tokens).toEqual([undefined, '2']);
  });

  it('are five pages at the most', async () => {
    ecs.on(ListServiceDeploymentsCommand).resolves({ serviceDeployments: [aDeployment(3)], nextToken: 'more' });
    await readActive();
    expect(ecs.commandCalls(ListServiceDeploymentsCommand)).toHaveLength(5);
  });

  it('tell what the newest five bring, and took as long as those that succeeded did', async () => {
    ecs.on(ListServiceDeploymentsCommand).resolves({
      serviceDeployments: [
        ...Array.from({ length: 6 }, (_, id) => aDeployment(id)),
        aDeployment(6, { status: 'STOPPED' }),
        aDeployment(7, { status: 'SUCCESSFUL', startedAt: ago(minutes(9)), finishedAt: ago(minutes(2)) }),
      ],
    });
    const { deployments, durations } = await readActive();
    expect(deployments.map(({ revision }) => revision)).toEqual([
      ...Array.from({ length: 5 }, () => 'checkout:42'),
      '',
      '',
      '',
    ]);
    expect(durations.past).toEqual([minutes(7), ...Array.from({ length: 6 }, () => minutes(10))]);
    const asked = ecs
      .commandCalls(DescribeServiceRevisionsCommand)
      .flatMap(({ args }) => args[0].input.serviceRevisionArns);
    expect(asked).toEqual([7, 6, 5, 4, 3].map(revisionArn));
  });

  it('are asked for their revisions twenty at a time', async () => {
    ecs.on(ListServiceDeploymentsCommand).callsFake(({ service }: { service: string }) => ({
      serviceDeployments: Array.from({ length: 5 }, (_, id) =>
        aDeployment(id, { targetServiceRevisionArn: `${revisionArn(id)}${service}` }),
      ),
    }));
    await aReader().services(
      Array.from({ length: 9 }, (_, index) => other(`s${index}`)),
      someTerms(),
    );
    const sizes = ecs
      .commandCalls(DescribeServiceRevisionsCommand)
      .map(({ args }) => args[0].input.serviceRevisionArns?.length);
    // Five of each, and the one in use, which these services share.
    expect(sizes).toEqual([20, 20, 6]);
  });

  it('of a revision that ECS has forgotten are told without it', async () => {
    ecs.on(DescribeServiceRevisionsCommand).resolves({ serviceRevisions: [], failures: [{ reason: 'MISSING' }] });
    expect((await readActive()).deployments.map(({ revision }) => revision)).toEqual(['', '']);
  });

  it('are nobody else to ask about where another tool deploys', async () => {
    ecs.on(DescribeServicesCommand).resolves({
      services: [
        aService({
          deploymentController: { type: 'EXTERNAL' },
          taskSets: [
            { status: 'ACTIVE', taskDefinition: 'x' },
            { status: 'PRIMARY', taskDefinition: DEFINITION },
          ],
        }),
      ],
    });
    const situation = await readActive();
    expect(situation).toMatchObject({ controller: 'EXTERNAL', deployments: [], revision: 'checkout:42' });
    expect(ecs.commandCalls(ListServiceDeploymentsCommand)).toHaveLength(0);
  });
});

it('a task definition that is not ACTIVE is told with its status', async () => {
  ecs.on(DescribeTaskDefinitionCommand).resolves({ taskDefinition: aDefinition({ status: 'INACTIVE' }) });
  expect((await readActive()).revisionStatus).toEqual(found('INACTIVE'));
});
