import {
  ContinueServiceDeploymentCommand,
  DescribeServiceDeploymentsCommand,
  DescribeServiceRevisionsCommand,
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  DescribeTasksCommand,
  ECSClient,
  GetTaskProtectionCommand,
  ListAccountSettingsCommand,
  ListServiceDeploymentsCommand,
  ListTasksCommand,
  RunTaskCommand,
  type RunTaskCommandInput,
  StopServiceDeploymentCommand,
  StopTaskCommand,
  UpdateServiceCommand,
  type UpdateServiceCommandInput,
} from '@aws-sdk/client-ecs';
import { describe, expect, it } from 'vitest';
import type { ServiceSpec } from '../../../sandbox/ecs/service-spec.ts';
import { HOUR, MINUTE, PIER, SECOND, START } from './a-harbour.ts';
import { anApi } from './an-api.ts';

const CLUSTER = `arn:aws:ecs:eu-west-1:111122223333:cluster/${PIER.cluster}`;

async function anEcs(spec: Partial<ServiceSpec> = {}) {
  const api = await anApi(spec);
  const ecs = new ECSClient(api.config);
  return {
    ...api,
    ecs,
    control: api.ecs,
    force: (input: Partial<UpdateServiceCommandInput> = {}) =>
      ecs.send(
        new UpdateServiceCommand({ cluster: CLUSTER, service: PIER.service, forceNewDeployment: true, ...input }),
      ),
    describe: async () => {
      const command = new DescribeServicesCommand({ cluster: CLUSTER, services: [PIER.service], include: ['TAGS'] });
      const [service] = (await ecs.send(command)).services ?? [];
      return service;
    },
    deployments: async () =>
      (await ecs.send(new ListServiceDeploymentsCommand({ cluster: CLUSTER, service: PIER.service })))
        .serviceDeployments ?? [],
    newest: async () => {
      const list = new ListServiceDeploymentsCommand({ cluster: CLUSTER, service: PIER.service });
      const arn = (await ecs.send(list)).serviceDeployments?.[0]?.serviceDeploymentArn ?? '';
      const command = new DescribeServiceDeploymentsCommand({ serviceDeploymentArns: [arn] });
      return (await ecs.send(command)).serviceDeployments?.[0];
    },
    runningTasks: async () => {
      const list = new ListTasksCommand({ cluster: CLUSTER, serviceName: PIER.service });
      const { taskArns: tasks } = await ecs.send(list);
      return (await ecs.send(new DescribeTasksCommand({ cluster: CLUSTER, tasks, include: ['TAGS'] }))).tasks ?? [];
    },
  };
}

describe('UpdateService', () => {
  it('with forceNewDeployment begins a deployment that every read shows, and that ends', async () => {
    const api = await anEcs({ tags: { 'slackwater:mode': 'auto' } });
    const { service } = await api.force();
    expect(service?.currentServiceDeployment).toContain(':service-deployment/harbour-north/pier-001/');
    api.pass(MINUTE);
    expect(await api.describe()).toMatchObject({
      status: 'ACTIVE',
      desiredCount: 2,
      runningCount: 2,
      pendingCount: 2,
      tags: [{ key: 'slackwater:mode', value: 'auto' }],
      deployments: [
        { status: 'PRIMARY', rolloutState: 'IN_PROGRESS', pendingCount: 2 },
        { status: 'ACTIVE', rolloutState: 'COMPLETED', runningCount: 2 },
      ],
      deploymentConfiguration: { strategy: 'ROLLING', deploymentCircuitBreaker: { enable: true, rollback: true } },
    });
    expect(await api.newest()).toMatchObject({
      status: 'IN_PROGRESS',
      lifecycleStage: 'SCALE_UP',
      targetServiceRevision: { requestedTaskCount: 2, pendingTaskCount: 2 },
      deploymentCircuitBreaker: { status: 'MONITORING', failureCount: 0, threshold: 3 },
    });
    api.pass(10 * MINUTE);
    expect((await api.deployments()).map(({ status }) => status)).toEqual(
      Array.from({ length: 4 }, () => 'SUCCESSFUL'),
    );
    for (const task of await api.runningTasks()) expect(task.createdAt?.getTime()).toBeGreaterThanOrEqual(START);
    expect(api.control.writes('ecs:UpdateService')).toEqual([
      {
        action: 'ecs:UpdateService',
        input: { cluster: CLUSTER, service: PIER.service, forceNewDeployment: true },
        at: START,
      },
    ]);
  });

  it('brings a revision with the digest that the tag stands for', async () => {
    const api = await anEcs();
    const imageDigest = api.control.moveTag(PIER.cluster, PIER.service);
    await api.force();
    const target = (await api.newest())?.targetServiceRevision?.arn ?? '';
    const { serviceRevisions } = await api.ecs.send(
      new DescribeServiceRevisionsCommand({ serviceRevisionArns: [target] }),
    );
    expect(serviceRevisions).toMatchObject([
      {
        containerImages: [{ containerName: 'pier-001', imageDigest }],
        taskDefinition: expect.stringMatching(/pier-001:1$/),
      },
    ]);
  });

  it.each([
    ['a CODE_DEPLOY service is refused as AWS does', { controller: 'CODE_DEPLOY' }, {}, 'InvalidParameterException'],
    ['an EXTERNAL one too', { controller: 'EXTERNAL' }, {}, 'InvalidParameterException'],
    ['a service that was deleted', { status: 'INACTIVE' }, {}, 'ServiceNotActiveException'],
    ['a task definition that is INACTIVE', { isDefinitionActive: false }, {}, 'ClientException'],
    ['a service that there is not', {}, { service: 'pier-404' }, 'ServiceNotFoundException'],
    ['a cluster that there is not', {}, { cluster: 'nowhere' }, 'ClusterNotFoundException'],
    ['anything else that would change the service', {}, { desiredCount: 3 }, 'InvalidParameterException'],
  ] as const)('%s', async (_, spec, input, name) => {
    const api = await anEcs(spec);
    await expect(api.force(input)).rejects.toMatchObject({ name });
    expect(api.control.writes()).toMatchObject([{ refused: name }]);
  });

  it('whose answer gets lost has begun a deployment all the same', async () => {
    const api = await anEcs();
    api.aws.faults.inject('ecs:UpdateService', { kind: 'answer-lost', times: 1 });
    await expect(api.force()).rejects.toMatchObject({ name: 'ServerException' });
    expect(api.status()).toBe('PENDING');
    await api.force();
    expect(api.control.writes('ecs:UpdateService')).toHaveLength(2);
  });
});

describe('what stops or continues', () => {
  it('StopServiceDeployment rolls back, and refuses what is over', async () => {
    const api = await anEcs();
    await api.force();
    api.pass(MINUTE);
    const serviceDeploymentArn = (await api.newest())?.serviceDeploymentArn ?? '';
    const stop = (arn: string) =>
      api.ecs.send(new StopServiceDeploymentCommand({ serviceDeploymentArn: arn, stopType: 'ROLLBACK' }));
    expect(await stop(serviceDeploymentArn)).toMatchObject({ serviceDeploymentArn });
    api.pass(10 * MINUTE);
    expect(await api.newest()).toMatchObject({
      status: 'ROLLBACK_SUCCESSFUL',
      rollback: { reason: expect.any(String) },
    });
    await expect(stop(serviceDeploymentArn)).rejects.toMatchObject({ name: 'ConflictException' });
    await expect(stop(`${serviceDeploymentArn}x`)).rejects.toMatchObject({
      name: 'ServiceDeploymentNotFoundException',
    });
  });

  it('ContinueServiceDeployment answers the hook that waits, once', async () => {
    const api = await anEcs({ pauseHook: { stage: 'PRE_SCALE_UP', timeout: HOUR, onTimeout: 'ROLLBACK' } });
    await api.force();
    api.pass(10 * MINUTE);
    const { serviceDeploymentArn, lifecycleHookDetails: [hook] = [] } = (await api.newest()) ?? {};
    expect(hook).toMatchObject({ targetType: 'PAUSE', status: 'AWAITING_ACTION', timeoutAction: 'ROLLBACK' });
    const answer = new ContinueServiceDeploymentCommand({ serviceDeploymentArn, hookId: hook?.hookId });
    await api.ecs.send(answer);
    api.pass(10 * MINUTE);
    expect((await api.newest())?.status).toBe('SUCCESSFUL');
    await expect(api.ecs.send(answer)).rejects.toMatchObject({ name: 'InvalidParameterException' });
  });

  it('StopTask of a task of a service is made up for with the same image', async () => {
    const api = await anEcs();
    const { digests } = api.view();
    api.control.moveTag(PIER.cluster, PIER.service);
    const [task] = await api.runningTasks();
    const { task: stopped } = await api.ecs.send(
      new StopTaskCommand({ cluster: CLUSTER, task: task?.taskArn, reason: 'slackwater pln-1: replaced' }),
    );
    expect(stopped).toMatchObject({ desiredStatus: 'STOPPED', stopCode: 'UserInitiated', tags: [] });
    api.pass(10 * MINUTE);
    expect([api.view().running, api.view().older(START), api.view().digests]).toEqual([2, 1, digests]);
    expect(api.events()).toEqual(['slackwater pln-1: replaced', 'SERVICE_STEADY_STATE']);
  });
});

describe('tasks of no service', () => {
  const RUN = {
    cluster: PIER.cluster,
    taskDefinition: 'tender:3',
    count: 1,
    clientToken: 'pln-1-tender',
    startedBy: 'pln-1-tender',
    tags: [{ key: 'team', value: 'harbour' }],
    networkConfiguration: {
      awsvpcConfiguration: { subnets: ['subnet-1'], securityGroups: ['sg-1'], assignPublicIp: 'ENABLED' },
    },
  } as const satisfies RunTaskCommandInput;

  it('RunTask with the same token answers the same task, and refuses another request', async () => {
    const { ecs, control, pass } = await anEcs();
    const first = await ecs.send(new RunTaskCommand(RUN));
    const second = await ecs.send(new RunTaskCommand(RUN));
    expect(second.tasks?.[0]?.taskArn).toBe(first.tasks?.[0]?.taskArn);
    await expect(ecs.send(new RunTaskCommand({ ...RUN, startedBy: 'another' }))).rejects.toMatchObject({
      name: 'ConflictException',
    });
    pass(2 * MINUTE);
    expect(control.tasks()).toMatchObject([{ lastStatus: 'RUNNING', createdAt: START }]);
    const listed = await ecs.send(new ListTasksCommand({ cluster: CLUSTER, startedBy: RUN.startedBy }));
    const { tasks } = await ecs.send(
      new DescribeTasksCommand({ cluster: CLUSTER, tasks: listed.taskArns, include: ['TAGS'] }),
    );
    expect(tasks).toMatchObject([{ group: 'family:tender', tags: [{ key: 'team', value: 'harbour' }] }]);
    expect(await ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition: 'tender:3' }))).toMatchObject({
      taskDefinition: { status: 'ACTIVE', family: 'tender' },
    });
  });

  it.each([
    ['a parameter that is not modelled', { placementStrategy: [] }, 'InvalidParameterException'],
    ['no network', { networkConfiguration: undefined }, 'InvalidParameterException'],
    ['a definition without a revision', { taskDefinition: 'tender' }, 'ClientException'],
    ['an unknown cluster', { cluster: 'nowhere' }, 'ClusterNotFoundException'],
  ] as const)('RunTask refuses %s', async (_, input, name) => {
    const { ecs } = await anEcs();
    await expect(ecs.send(new RunTaskCommand({ ...RUN, ...input } as RunTaskCommandInput))).rejects.toMatchObject({
      name,
    });
  });

  it('StopTask ends one, and tells of it', async () => {
    const { ecs, control, pass, events } = await anEcs();
    const task = control.addTask({ cluster: PIER.cluster });
    await ecs.send(new StopTaskCommand({ cluster: CLUSTER, task, reason: 'replaced' }));
    pass(MINUTE);
    expect([control.tasks()[0]?.lastStatus, events()]).toEqual(['STOPPED', ['replaced']]);
  });
});

describe('reads', () => {
  it('come in pages', async () => {
    const { ecs } = await anEcs({ desired: 5 });
    const arns: string[] = [];
    let nextToken: string | undefined;
    do {
      const page = await ecs.send(new ListTasksCommand({ cluster: CLUSTER, maxResults: 2, nextToken }));
      arns.push(...(page.taskArns ?? []));
      nextToken = page.nextToken;
    } while (nextToken !== undefined);
    expect(new Set(arns).size).toBe(5);
  });

  it('show what was a while ago where they are told to', async () => {
    const api = await anEcs();
    api.control.lag(10 * SECOND);
    await api.force();
    expect(await api.deployments()).toHaveLength(3);
    api.pass(9 * SECOND);
    expect(await api.deployments()).toHaveLength(3);
    api.pass(2 * SECOND);
    expect(await api.deployments()).toHaveLength(4);
  });

  it('tell of protection and of settings', async () => {
    const { ecs, control } = await anEcs();
    control.protect(PIER.cluster, PIER.service, START + HOUR, 1);
    const { protectedTasks = [] } = await ecs.send(new GetTaskProtectionCommand({ cluster: CLUSTER }));
    expect(protectedTasks.map(({ protectionEnabled }) => protectionEnabled)).toEqual([true, false]);
    expect(protectedTasks[0]?.expirationDate?.getTime()).toBe(START + HOUR);
    control.account({ waitPeriod: 14 });
    const { settings } = await ecs.send(
      new ListAccountSettingsCommand({ name: 'fargateTaskRetirementWaitPeriod', effectiveSettings: true }),
    );
    expect(settings).toMatchObject([{ value: '14' }]);
  });

  it('fail as often as they are told to', async () => {
    const api = await anEcs();
    api.aws.faults.inject('ecs:DescribeServices', { kind: 'throttled', times: 2 });
    for (let call = 1; call <= 2; call += 1)
      await expect(api.describe()).rejects.toMatchObject({ name: 'ThrottlingException' });
    expect(await api.describe()).toBeDefined();
  });
});
