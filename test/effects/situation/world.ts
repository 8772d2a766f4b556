import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { CloudWatchClient, DescribeAlarmsCommand, GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { CodeDeployClient } from '@aws-sdk/client-codedeploy';
import { DescribeNetworkInterfacesCommand, DescribeSubnetsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { DescribeImagesCommand, ECRClient } from '@aws-sdk/client-ecr';
import {
  DescribeServiceRevisionsCommand,
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  DescribeTasksCommand,
  ECSClient,
  GetTaskProtectionCommand,
  ListServiceDeploymentsCommand,
  ListTasksCommand,
  type Service,
  type ServiceDeploymentBrief,
  type Task,
  type TaskDefinition,
} from '@aws-sdk/client-ecs';
import {
  DescribeTargetGroupAttributesCommand,
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { GetServiceQuotaCommand, ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
import { SSMClient } from '@aws-sdk/client-ssm';
import { mockClient } from 'aws-sdk-client-mock';
import { hours, minutes } from '../../../shared/domain/instant.ts';
import type { ServiceRef } from '../../../shared/domain/place.ts';
import type { ServiceSituation } from '../../../shared/domain/plan/situation.ts';
import { NO_MAINTENANCE } from '../../../shared/domain/windows/maintenance.ts';
import { clientSettings } from '../../../shared/effects/clients.ts';
import { createPlannedClients } from '../../../shared/effects/planning-clients.ts';
import { createSituationReader, type Terms } from '../../../shared/effects/situation/situation-reader.ts';

/** Sat 21 Nov 2026, 08:00 UTC. */
export const NOW = Date.UTC(2026, 10, 21, 8);
export const ago = (milliseconds: number): Date => new Date(NOW - milliseconds);

export const CHECKOUT: ServiceRef = {
  partition: 'aws-cn',
  region: 'cn-north-1',
  account: '111122223333',
  cluster: 'harbor-prod',
  service: 'checkout',
};
export const other = (service: string, cluster = CHECKOUT.cluster): ServiceRef => ({ ...CHECKOUT, cluster, service });

const HOME = 'cn-north-1:111122223333';
export const CLUSTER = `arn:aws-cn:ecs:${HOME}:cluster/harbor-prod`;
export const DEFINITION = `arn:aws-cn:ecs:${HOME}:task-definition/checkout:42`;
export const taskArn = (id: string, cluster = 'harbor-prod'): string => `arn:aws-cn:ecs:${HOME}:task/${cluster}/${id}`;
export const revisionArn = (id: number): string => `arn:aws-cn:ecs:${HOME}:service-revision/harbor-prod/checkout/${id}`;
export const deploymentArn = (id: number): string =>
  `arn:aws-cn:ecs:${HOME}:service-deployment/harbor-prod/checkout/${id}`;
export const GROUP = `arn:aws-cn:elasticloadbalancing:${HOME}:targetgroup/checkout-web/0123456789abcdef`;
export const REPOSITORY = '111122223333.dkr.ecr.cn-north-1.amazonaws.com.cn/checkout';
export const digest = (figure: number): string => `sha256:${String(figure).repeat(64)}`;

export const ecs = mockClient(ECSClient);
export const ecr = mockClient(ECRClient);
export const ec2 = mockClient(EC2Client);
export const elb = mockClient(ElasticLoadBalancingV2Client);
export const cloudWatch = mockClient(CloudWatchClient);
export const cloudFormation = mockClient(CloudFormationClient);
export const codeDeploy = mockClient(CodeDeployClient);
export const quotas = mockClient(ServiceQuotasClient);
export const ssm = mockClient(SSMClient);
const ALL = { ecs, ecr, ec2, elb, cloudWatch, cloudFormation, codeDeploy, quotas, ssm };

/** Two tasks of Fargate behind a load balancer, deployed by ECS, with everything as it should be. */
export const aService = (overrides: Service = {}): Service => ({
  serviceName: 'checkout',
  status: 'ACTIVE',
  desiredCount: 2,
  runningCount: 2,
  pendingCount: 0,
  launchType: 'FARGATE',
  taskDefinition: DEFINITION,
  healthCheckGracePeriodSeconds: 60,
  deploymentConfiguration: {
    strategy: 'ROLLING',
    minimumHealthyPercent: 100,
    maximumPercent: 200,
    deploymentCircuitBreaker: { enable: true, rollback: true },
    alarms: { alarmNames: ['checkout-5xx'], enable: true, rollback: true },
  },
  currentServiceRevisions: [{ arn: revisionArn(7), runningTaskCount: 2 }],
  loadBalancers: [{ targetGroupArn: GROUP }],
  networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-a', 'subnet-b'] } },
  tags: [
    { key: 'team', value: 'payments' },
    { key: 'aws:cloudformation:stack-id', value: 'arn:stack' },
  ],
  ...overrides,
});

export const aTask = (id: string, overrides: Task = {}): Task => ({
  taskArn: taskArn(id),
  clusterArn: CLUSTER,
  lastStatus: 'RUNNING',
  launchType: 'FARGATE',
  createdAt: ago(hours(48)),
  containers: [{ name: 'app', imageDigest: digest(1) }],
  ...overrides,
});

export const aDeployment = (id: number, overrides: ServiceDeploymentBrief = {}): ServiceDeploymentBrief => ({
  serviceDeploymentArn: deploymentArn(id),
  targetServiceRevisionArn: revisionArn(id),
  status: 'SUCCESSFUL',
  createdAt: ago(hours(100 - id)),
  startedAt: ago(hours(100 - id)),
  finishedAt: ago(hours(100 - id) - minutes(10)),
  ...overrides,
});

export const aDefinition = (overrides: TaskDefinition = {}): TaskDefinition => ({
  taskDefinitionArn: DEFINITION,
  status: 'ACTIVE',
  cpu: '512',
  containerDefinitions: [{ name: 'app', image: `${REPOSITORY}:stable`, stopTimeout: 45 }],
  ...overrides,
});

/** Every client answers for the plain service; a test changes what it is about. */
export function plainWorld(): void {
  for (const client of Object.values(ALL)) client.reset();
  ecs
    .on(DescribeServicesCommand)
    .callsFake(({ services }: { services: string[] }) => ({
      services: services.map((serviceName) => aService({ serviceName })),
    }))
    .on(ListTasksCommand)
    .callsFake(({ serviceName }: { serviceName?: string }) => ({
      taskArns: serviceName === undefined ? [] : [taskArn(`${serviceName}-1`), taskArn(`${serviceName}-2`)],
    }))
    .on(DescribeTasksCommand)
    .callsFake(({ tasks }: { tasks: string[] }) => ({ tasks: tasks.map((arn) => aTask(arn.split('/').at(-1) ?? '')) }))
    .on(GetTaskProtectionCommand)
    .resolves({ protectedTasks: [] })
    .on(ListServiceDeploymentsCommand)
    .resolves({ serviceDeployments: [aDeployment(6), aDeployment(7)] })
    .on(DescribeServiceRevisionsCommand)
    .callsFake(({ serviceRevisionArns }: { serviceRevisionArns: string[] }) => ({
      serviceRevisions: serviceRevisionArns.map((serviceRevisionArn) => ({
        serviceRevisionArn,
        taskDefinition: DEFINITION,
        containerImages: [{ containerName: 'app', imageDigest: digest(1) }],
      })),
    }))
    .on(DescribeTaskDefinitionCommand)
    .resolves({ taskDefinition: aDefinition() });
  ecr.on(DescribeImagesCommand).callsFake(({ imageIds: [id] }: { imageIds: { imageDigest?: string }[] }) => ({
    imageDetails: [{ imageDigest: id?.imageDigest ?? digest(1), imagePushedAt: ago(hours(100)) }],
  }));
  elb
    .on(DescribeTargetHealthCommand)
    .resolves({
      TargetHealthDescriptions: [{ TargetHealth: { State: 'healthy' } }, { TargetHealth: { State: 'healthy' } }],
    })
    .on(DescribeTargetGroupAttributesCommand)
    .resolves({ Attributes: [{ Key: 'deregistration_delay.timeout_seconds', Value: '120' }] });
  cloudWatch
    .on(DescribeAlarmsCommand)
    .callsFake(({ AlarmNames = [] }: { AlarmNames?: string[] }) => ({
      MetricAlarms: AlarmNames.map((AlarmName) => ({ AlarmName, StateValue: 'OK', Period: 60, EvaluationPeriods: 5 })),
    }))
    .on(GetMetricDataCommand)
    .resolves({ MetricDataResults: [{ Values: [30, 25] }] });
  cloudFormation.on(DescribeStacksCommand).resolves({
    Stacks: [{ StackName: 'shop', CreationTime: ago(0), StackStatus: 'UPDATE_COMPLETE' }],
  });
  ec2
    .on(DescribeSubnetsCommand)
    .callsFake(({ Filters: [filter] }: { Filters: { Values: string[] }[] }) => ({
      Subnets: filter?.Values.map((SubnetId) => ({ SubnetId, AvailableIpAddressCount: 250 })),
    }))
    .on(DescribeNetworkInterfacesCommand)
    .resolves({ NetworkInterfaces: [] });
  quotas.on(GetServiceQuotaCommand).resolves({
    Quota: {
      Value: 100,
      UsageMetric: {
        MetricNamespace: 'AWS/Usage',
        MetricName: 'ResourceCount',
        MetricDimensions: { Service: 'Fargate', Class: 'Standard/OnDemand' },
        MetricStatisticRecommendation: 'Maximum',
      },
    },
  });
}

/** The actions that were sent, each once, in the order of the alphabet. */
export const sentCommands = (): readonly string[] =>
  [
    ...new Set(
      Object.values(ALL).flatMap((client) => client.calls().map(({ args: [command] }) => command.constructor.name)),
    ),
  ].sort();

export const someTerms = (overrides: Partial<Terms> = {}): Terms => ({
  maintenance: NO_MAINTENANCE,
  lifted: [],
  range: { from: NOW, to: NOW + hours(72) },
  deadline: NOW + minutes(1),
  ...overrides,
});

const CLIENTS = createPlannedClients(
  clientSettings('cn-north-1', {
    AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'example',
  }),
);

/** `signal` is that of the deadline. */
export const aReader = (signal: AbortSignal = new AbortController().signal) =>
  createSituationReader({
    clientsAt: () => CLIENTS,
    clock: () => NOW,
    timer: () => signal,
  });

/** The situation of one service that has to be active. */
export async function readActive(terms: Partial<Terms> = {}, at: ServiceRef = CHECKOUT) {
  const [situation] = await aReader().services([at], someTerms(terms));
  return active(situation);
}

export function active(situation: ServiceSituation | undefined) {
  if (situation?.status !== 'active') throw new Error(`not active: ${situation?.because}`);
  return situation;
}
