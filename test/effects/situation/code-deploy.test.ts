import {
  BatchGetDeploymentsCommand,
  type DeploymentInfo,
  GetDeploymentCommand,
  ListDeploymentsCommand,
} from '@aws-sdk/client-codedeploy';
import { DescribeServicesCommand, ListServiceDeploymentsCommand } from '@aws-sdk/client-ecs';
import { DescribeTargetHealthCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { beforeEach, describe, expect, it } from 'vitest';
import { found, missing } from '../../../shared/domain/facts.ts';
import { days, minutes } from '../../../shared/domain/instant.ts';
import { awsError } from '../failing.ts';
import {
  ago,
  aReader,
  aService,
  CHECKOUT,
  codeDeploy,
  DEFINITION,
  ecs,
  elb,
  GROUP,
  NOW,
  plainWorld,
  readActive,
  someTerms,
} from './world.ts';

/** A status that the SDK does not know yet. The cast is true in that it will. */
const NEW = 'Drifting' as 'Created';

const APP_SPEC = JSON.stringify({
  version: 0.0,
  Resources: [{ TargetService: { Type: 'AWS::ECS::Service', Properties: { TaskDefinition: DEFINITION } } }],
});

/** `age` in minutes. */
const info = (deploymentId: string, age: number, overrides: DeploymentInfo = {}): DeploymentInfo => ({
  deploymentId,
  status: 'Succeeded',
  createTime: ago(minutes(age)),
  startTime: ago(minutes(age)),
  completeTime: ago(minutes(age - 12)),
  revision: { revisionType: 'AppSpecContent', appSpecContent: { content: APP_SPEC } },
  ...overrides,
});

const deployed = (...infos: readonly DeploymentInfo[]) =>
  codeDeploy
    .on(ListDeploymentsCommand)
    .resolves({ deployments: infos.map(({ deploymentId = '' }) => deploymentId) })
    .on(BatchGetDeploymentsCommand)
    .callsFake(({ deploymentIds }: { deploymentIds: string[] }) => ({
      deploymentsInfo: infos.filter(({ deploymentId = '' }) => deploymentIds.includes(deploymentId)),
    }));

/** The deployment that made the task set, as it is told by itself. */
const lastIs = (deployment: DeploymentInfo) =>
  codeDeploy
    .on(GetDeploymentCommand)
    .resolves({ deploymentInfo: { ...deployment, applicationName: 'shop', deploymentGroupName: 'checkout' } });

const serviceWith = (externalId?: string) =>
  ecs.on(DescribeServicesCommand).resolves({
    services: [
      aService({
        deploymentController: { type: 'CODE_DEPLOY' },
        deploymentConfiguration: {},
        currentServiceRevisions: [],
        loadBalancers: [{ targetGroupArn: `${GROUP}-first` }],
        taskSets: [
          {
            status: 'PRIMARY',
            taskDefinition: DEFINITION,
            launchType: 'FARGATE',
            loadBalancers: [{ targetGroupArn: `${GROUP}-green` }],
            ...(externalId !== undefined && { externalId }),
          },
        ],
      }),
    ],
  });

beforeEach(() => {
  plainWorld();
  serviceWith('d-LAST');
  lastIs(info('d-LAST', 60));
  deployed(info('d-LAST', 60));
});

describe('a service of CodeDeploy', () => {
  it('is told with its application, its group and what was deployed last', async () => {
    const situation = await readActive();
    expect(situation).toMatchObject({
      controller: 'CODE_DEPLOY',
      strategy: 'BLUE_GREEN',
      revision: 'checkout:42',
      codeDeploy: found({ application: 'shop', group: 'checkout', appSpec: APP_SPEC }),
      deployments: [{ id: 'd-LAST', createdAt: NOW - minutes(60), status: 'SUCCESSFUL', revision: 'checkout:42' }],
    });
    expect(situation.durations.past).toEqual([minutes(12)]);
    expect(codeDeploy.commandCalls(GetDeploymentCommand)[0]?.args[0].input).toEqual({ deploymentId: 'd-LAST' });
    expect(codeDeploy.commandCalls(ListDeploymentsCommand)[0]?.args[0].input).toEqual({
      applicationName: 'shop',
      deploymentGroupName: 'checkout',
      createTimeRange: { start: new Date(NOW - days(90)) },
    });
    expect(ecs.commandCalls(ListServiceDeploymentsCommand)).toHaveLength(0);
  });

  it('is as healthy as the targets of the task set that serves', async () => {
    await readActive();
    expect(elb.commandCalls(DescribeTargetHealthCommand).map(({ args }) => args[0].input)).toEqual([
      { TargetGroupArn: `${GROUP}-green` },
    ]);
  });

  it('is told with what was deployed longer ago than CodeDeploy is asked about', async () => {
    lastIs(info('d-LAST', 200_000));
    deployed();
    const { codeDeploy: target, deployments } = await readActive();
    expect(target).toEqual(found({ application: 'shop', group: 'checkout', appSpec: APP_SPEC }));
    expect(deployments.map(({ id }) => id)).toEqual(['d-LAST']);
  });

  it('bakes for as long as CodeDeploy keeps the old tasks', async () => {
    deployed(
      info('d-LAST', 60, {
        blueGreenDeploymentConfiguration: {
          terminateBlueInstancesOnDeploymentSuccess: { terminationWaitTimeInMinutes: 20 },
        },
      }),
    );
    expect((await readActive()).durations.bake).toBe(minutes(20));
  });

  it.each([
    ['has been created', info('d-NEW', 1, { status: 'Created' }), [], 'PENDING'],
    ['is queued', info('d-NEW', 1, { status: 'Queued' }), [], 'PENDING'],
    ['is ready to move the traffic', info('d-NEW', 1, { status: 'Ready' }), [], 'PENDING'],
    ['is in progress', info('d-NEW', 1, { status: 'InProgress' }), [], 'IN_PROGRESS'],
    ['bakes', info('d-NEW', 1, { status: 'Baking' }), [], 'IN_PROGRESS'],
    ['has failed', info('d-NEW', 1, { status: 'Failed' }), [], 'STOPPED'],
    ['was stopped', info('d-NEW', 1, { status: 'Stopped' }), [], 'STOPPED'],
    ['is in a state that is new', info('d-NEW', 1, { status: NEW }), [], 'UNKNOWN'],
    [
      'has failed and was rolled back',
      info('d-NEW', 2, { status: 'Failed', rollbackInfo: { rollbackDeploymentId: 'd-BACK' } }),
      [info('d-BACK', 1)],
      'ROLLBACK_SUCCESSFUL',
    ],
    [
      'was stopped and is rolled back',
      info('d-NEW', 2, { status: 'Stopped', rollbackInfo: { rollbackDeploymentId: 'd-BACK' } }),
      [info('d-BACK', 1, { status: 'InProgress' })],
      'ROLLBACK_IN_PROGRESS',
    ],
    [
      'has failed as did its rollback',
      info('d-NEW', 2, { status: 'Failed', rollbackInfo: { rollbackDeploymentId: 'd-BACK' } }),
      [info('d-BACK', 1, { status: 'Failed' })],
      'ROLLBACK_FAILED',
    ],
    [
      'is a rollback itself',
      info('d-NEW', 1, { rollbackInfo: { rollbackTriggeringDeploymentId: 'd-LAST' } }),
      [],
      'SUCCESSFUL',
    ],
  ] as const)('is told in the words of ECS when its deployment %s', async (_what, deployment, others, status) => {
    deployed(info('d-LAST', 60), deployment, ...others);
    const { deployments } = await readActive();
    expect(deployments.find(({ id }) => id === 'd-NEW')?.status).toBe(status);
  });

  it.each([
    ['JSON with an ARN', `{"TaskDefinition": "${DEFINITION}"}`, 'checkout:42'],
    ['YAML with an ARN', `Properties:\n  TaskDefinition: ${DEFINITION}\n`, 'checkout:42'],
    ['YAML with family and revision', "  TaskDefinition: 'web_shop:7'", 'web_shop:7'],
    [
      'a family alone, which is any revision',
      `TaskDefinition: arn:aws-cn:ecs:cn-north-1:111122223333:task-definition/checkout`,
      '',
    ],
    ['nothing of the kind', '{}', ''],
  ])('rolls out what its AppSpec names: %s', async (_what, content, revision) => {
    deployed(info('d-LAST', 60, { revision: { revisionType: 'String', string: { content } } }));
    expect((await readActive()).deployments[0]?.revision).toBe(revision);
  });

  it('is asked for its deployments over all pages, twenty-five at a time, a hundred at the most', async () => {
    codeDeploy.on(ListDeploymentsCommand).callsFake(({ nextToken = '0' }: { nextToken?: string }) => ({
      deployments: Array.from({ length: 60 }, (_, index) => `d-${nextToken}-${index}`),
      nextToken: `${Number(nextToken) + 1}`,
    }));
    codeDeploy.on(BatchGetDeploymentsCommand).callsFake(({ deploymentIds }: { deploymentIds: string[] }) => ({
      deploymentsInfo: deploymentIds.map((id, index) => info(id, 100 + index)),
    }));
    expect((await readActive()).deployments).toHaveLength(101);
    const sizes = codeDeploy
      .commandCalls(BatchGetDeploymentsCommand)
      .map(({ args }) => args[0].input.deploymentIds?.length);
    expect(sizes).toEqual([25, 25, 25, 25]);
  });
});

describe('where CodeDeploy cannot deploy the service again', () => {
  it('because nothing made its task set, that is said', async () => {
    serviceWith();
    expect((await readActive()).codeDeploy).toEqual(
      missing('not-found', 'no deployment of CodeDeploy made its task set'),
    );
    expect(codeDeploy.calls()).toHaveLength(0);
  });

  it.each([
    [
      'it may not be asked',
      'AccessDeniedException',
      'denied',
      'codedeploy:GetDeployment is not allowed for this function',
    ],
    [
      'it has forgotten the deployment',
      'DeploymentDoesNotExistException',
      'not-found',
      'CodeDeploy has no deployment d-LAST',
    ],
  ] as const)('because %s, the rest is told all the same', async (_what, name, reason, because) => {
    codeDeploy.on(GetDeploymentCommand).rejects(awsError(name));
    expect(await readActive()).toMatchObject({ codeDeploy: missing(reason, because), deployments: [], running: 2 });
  });

  it('because no deployment has succeeded, that is said', async () => {
    lastIs(info('d-LAST', 60, { status: 'Failed' }));
    deployed(info('d-LAST', 60, { status: 'Failed' }));
    expect((await readActive()).codeDeploy).toMatchObject({ status: 'missing', reason: 'not-found' });
  });

  it('because the AppSpec is in a bucket, that is said', async () => {
    deployed(info('d-LAST', 60, { revision: { revisionType: 'S3', s3Location: { bucket: 'b', key: 'k' } } }));
    expect((await readActive()).codeDeploy).toEqual(
      missing('not-found', 'CodeDeploy does not tell the AppSpec of deployment d-LAST'),
    );
  });

  it.each([GetDeploymentCommand, ListDeploymentsCommand, BatchGetDeploymentsCommand])(
    'because it does not answer now, the service is unread: what runs would be started again',
    async (command) => {
      // True enough for an error, which is the same for every command.
      codeDeploy.on(command as typeof GetDeploymentCommand).rejects(awsError('ThrottlingException'));
      const [situation] = await aReader().services([CHECKOUT], someTerms());
      expect(situation).toMatchObject({
        status: 'unread',
        because: expect.stringContaining('AWS throttled codedeploy:'),
      });
    },
  );
});
