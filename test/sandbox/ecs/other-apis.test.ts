import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { CloudWatchClient, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import {
  BatchGetDeploymentsCommand,
  CodeDeployClient,
  CreateDeploymentCommand,
  GetDeploymentCommand,
  ListDeploymentsCommand,
  StopDeploymentCommand,
} from '@aws-sdk/client-codedeploy';
import {
  DescribeInstanceEventWindowsCommand,
  DescribeNetworkInterfacesCommand,
  DescribeSubnetsCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import { DescribeImagesCommand, DescribeRepositoriesCommand, ECRClient } from '@aws-sdk/client-ecr';
import { DescribeServicesCommand, DescribeTasksCommand, ECSClient } from '@aws-sdk/client-ecs';
import {
  DescribeTargetGroupAttributesCommand,
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { GetServiceQuotaCommand, ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
import { describe, expect, it } from 'vitest';
import { DAY, MINUTE, PIER, START } from './a-harbour.ts';
import { anApi } from './an-api.ts';

describe('EC2', () => {
  it('knows the free addresses of subnets', async () => {
    const api = await anApi();
    api.ecs.account({ freeAddresses: { 'subnet-2': 3 } });
    const { Subnets } = await new EC2Client(api.config).send(
      new DescribeSubnetsCommand({ SubnetIds: ['subnet-1', 'subnet-2'] }),
    );
    expect(Subnets?.map(({ SubnetId, AvailableIpAddressCount: free }) => [SubnetId, free])).toEqual([
      ['subnet-1', 200],
      ['subnet-2', 3],
    ]);
  });

  it('knows the network interface of a task', async () => {
    const api = await anApi();
    const arn = api.ecs.addTask({ cluster: PIER.cluster, securityGroups: ['sg-1', 'sg-2'], hasPublicAddress: true });
    const { tasks } = await new ECSClient(api.config).send(
      new DescribeTasksCommand({ cluster: PIER.cluster, tasks: [arn] }),
    );
    const id = tasks?.[0]?.attachments?.[0]?.details?.find(({ name }) => name === 'networkInterfaceId')?.value ?? '';
    const ec2 = new EC2Client(api.config);
    const { NetworkInterfaces } = await ec2.send(new DescribeNetworkInterfacesCommand({ NetworkInterfaceIds: [id] }));
    expect(NetworkInterfaces).toMatchObject([
      { Groups: [{ GroupId: 'sg-1' }, { GroupId: 'sg-2' }], Association: { PublicIp: expect.any(String) } },
    ]);
    const unknown = new DescribeNetworkInterfacesCommand({ NetworkInterfaceIds: ['eni-1'] });
    await expect(ec2.send(unknown)).rejects.toMatchObject({ name: 'InvalidNetworkInterfaceID.NotFound' });
  });

  it('knows event windows and what they are for', async () => {
    const api = await anApi();
    const timeRanges = [{ startDay: 'monday', startHour: 2, endDay: 'monday', endHour: 6 }];
    api.ecs.account({ eventWindows: [{ name: 'nights', timeRanges, tags: { 'aws:ecs:fargateTask': 'true' } }] });
    const { InstanceEventWindows } = await new EC2Client(api.config).send(new DescribeInstanceEventWindowsCommand({}));
    expect(InstanceEventWindows).toMatchObject([
      {
        Name: 'nights',
        TimeRanges: [{ StartWeekDay: 'monday', StartHour: 2, EndWeekDay: 'monday', EndHour: 6 }],
        AssociationTarget: { Tags: [{ Key: 'aws:ecs:fargateTask', Value: 'true' }] },
      },
    ]);
  });
});

describe('CodeDeploy', () => {
  async function aCodeDeploy() {
    const api = await anApi({ controller: 'CODE_DEPLOY', bake: 5 * MINUTE });
    const client = new CodeDeployClient(api.config);
    const ecs = new ECSClient(api.config);
    const taskSets = async () =>
      (await ecs.send(new DescribeServicesCommand({ cluster: PIER.cluster, services: [PIER.service] }))).services?.[0]
        ?.taskSets ?? [];
    const deploymentOf = async (deploymentId: string | undefined) =>
      (await client.send(new GetDeploymentCommand({ deploymentId }))).deploymentInfo;
    const last = await deploymentOf((await taskSets())[0]?.externalId);
    const again = {
      applicationName: last?.applicationName,
      deploymentGroupName: last?.deploymentGroupName,
      revision: last?.revision,
    };
    return { ...api, client, taskSets, deploymentOf, last, again };
  }

  it('deploys again what it deployed last, as the task set says', async () => {
    const { client, deploymentOf, last, again, pass, view } = await aCodeDeploy();
    expect(last).toMatchObject({ status: 'Succeeded', revision: { revisionType: 'AppSpecContent' } });
    const { deploymentId } = await client.send(new CreateDeploymentCommand(again));
    expect(deploymentId).toMatch(/^d-[0-9A-F]{9}$/);
    pass(2 * MINUTE);
    expect((await deploymentOf(deploymentId))?.status).toBe('InProgress');
    await expect(client.send(new CreateDeploymentCommand(again))).rejects.toMatchObject({
      name: 'DeploymentLimitExceededException',
    });
    pass(10 * MINUTE);
    expect([(await deploymentOf(deploymentId))?.status, view().older(START)]).toEqual(['Succeeded', 0]);
  });

  it('stops one and takes it back with another', async () => {
    const { client, again, pass, view } = await aCodeDeploy();
    const { deploymentId } = await client.send(new CreateDeploymentCommand(again));
    pass(2 * MINUTE);
    await client.send(new StopDeploymentCommand({ deploymentId, autoRollbackEnabled: true }));
    pass(10 * MINUTE);
    const { applicationName, deploymentGroupName } = again;
    const list = new ListDeploymentsCommand({ applicationName, deploymentGroupName });
    const { deployments: deploymentIds = [] } = await client.send(list);
    const { deploymentsInfo } = await client.send(new BatchGetDeploymentsCommand({ deploymentIds }));
    expect(deploymentsInfo?.slice(0, 2)).toMatchObject([
      { status: 'Succeeded', creator: 'codeDeployRollback' },
      { deploymentId, status: 'Stopped', rollbackInfo: { rollbackDeploymentId: deploymentIds[0] } },
    ]);
    expect([view().older(START), view().running]).toEqual([2, 2]);
  });

  it('refuses an AppSpec of something else, and what it does not know', async () => {
    const { client, again } = await aCodeDeploy();
    const appSpecContent = { content: '{"TaskDefinition":"other:1"}' };
    const other = { ...again, revision: { revisionType: 'AppSpecContent', appSpecContent } as const };
    await expect(client.send(new CreateDeploymentCommand(other))).rejects.toMatchObject({
      name: 'InvalidRevisionException',
    });
    await expect(
      client.send(new CreateDeploymentCommand({ ...again, applicationName: 'unheard-of' })),
    ).rejects.toMatchObject({ name: 'ApplicationDoesNotExistException' });
    await expect(client.send(new GetDeploymentCommand({ deploymentId: 'd-1' }))).rejects.toMatchObject({
      name: 'DeploymentDoesNotExistException',
    });
  });
});

describe('what preflight asks', () => {
  it('CloudFormation for a stack', async () => {
    const api = await anApi();
    api.ecs.stack('harbour', 'UPDATE_IN_PROGRESS');
    const client = new CloudFormationClient(api.config);
    const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: 'harbour' }));
    expect(Stacks).toMatchObject([{ StackName: 'harbour', StackStatus: 'UPDATE_IN_PROGRESS' }]);
    const unknown = client.send(new DescribeStacksCommand({ StackName: 'unheard-of' }));
    await expect(unknown).rejects.toMatchObject({ name: 'ValidationError' });
  });

  it('Service Quotas for the vCPU of Fargate', async () => {
    const api = await anApi();
    api.ecs.account({ vcpuQuota: 12 });
    const command = new GetServiceQuotaCommand({ ServiceCode: 'fargate', QuotaCode: 'L-3032A538' });
    expect((await new ServiceQuotasClient(api.config).send(command)).Quota?.Value).toBe(12);
  });

  it('CloudWatch for alarms, by name or prefix', async () => {
    const api = await anApi({ alarms: ['pier-5xx'] });
    api.ecs.alarm('pier-latency', 'ALARM');
    const client = new CloudWatchClient(api.config);
    const states = async (input: object) =>
      (await client.send(new DescribeAlarmsCommand(input))).MetricAlarms?.map(
        ({ AlarmName, StateValue }) => `${AlarmName} ${StateValue}`,
      );
    expect(await states({ AlarmNames: ['pier-5xx', 'unheard-of'] })).toEqual(['pier-5xx OK']);
    expect(await states({ AlarmNamePrefix: 'pier-' })).toEqual(['pier-latency ALARM', 'pier-5xx OK']);
  });

  it('load balancing for targets and their delay', async () => {
    const api = await anApi({ hasTargets: true, unhealthyTargets: 1, desired: 3, deregistrationDelay: 45_000 });
    const [service] =
      (
        await new ECSClient(api.config).send(
          new DescribeServicesCommand({ cluster: PIER.cluster, services: [PIER.service] }),
        )
      ).services ?? [];
    const TargetGroupArn = service?.loadBalancers?.[0]?.targetGroupArn;
    const client = new ElasticLoadBalancingV2Client(api.config);
    const { TargetHealthDescriptions } = await client.send(new DescribeTargetHealthCommand({ TargetGroupArn }));
    expect(TargetHealthDescriptions?.map(({ TargetHealth }) => TargetHealth?.State)).toEqual([
      'unhealthy',
      'healthy',
      'healthy',
    ]);
    const { Attributes } = await client.send(new DescribeTargetGroupAttributesCommand({ TargetGroupArn }));
    expect(Attributes).toEqual([{ Key: 'deregistration_delay.timeout_seconds', Value: '45' }]);
  });

  it('ECR for what the tag stands for, and whether the running image is still there', async () => {
    const api = await anApi({ isTagImmutable: false });
    const ecr = new ECRClient(api.config);
    const [running = ''] = api.view().digests;
    api.pass(DAY);
    const moved = api.ecs.moveTag(PIER.cluster, PIER.service);
    const repositoryName = PIER.service;
    const images = async (id: object) =>
      (await ecr.send(new DescribeImagesCommand({ repositoryName, imageIds: [id] }))).imageDetails;
    expect(await images({ imageTag: 'stable' })).toMatchObject([
      { imageDigest: moved, imagePushedAt: new Date(START + DAY) },
    ]);
    expect(await images({ imageDigest: running })).toMatchObject([{ imageDigest: running }]);
    api.ecs.forgetImage(PIER.cluster, PIER.service);
    await expect(images({ imageDigest: running })).rejects.toMatchObject({ name: 'ImageNotFoundException' });
    const { repositories } = await ecr.send(new DescribeRepositoriesCommand({ repositoryNames: [repositoryName] }));
    expect(repositories).toMatchObject([{ repositoryName, imageTagMutability: 'MUTABLE' }]);
  });
});
