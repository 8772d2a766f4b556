import { COMPANY, FAMILIES } from './company.ts';

/** A service as `DescribeServices` answers it: times in epoch seconds. */
export interface ServiceDescription {
  readonly clusterArn: string;
  readonly serviceArn: string;
  readonly serviceName: string;
  readonly [field: string]: unknown;
}

const arn = (resource: string): string =>
  `arn:${COMPANY.partition}:ecs:${COMPANY.region}:${COMPANY.account}:${resource}`;

export interface ServiceSketch {
  readonly name: string;
  readonly cluster: string;
  readonly revision: number;
  readonly desired: number;
  readonly running: number;
  /** Number of the deployment that serves. */
  readonly deployment: string;
  /** A deployment that ECS gave up. */
  readonly failed?: { readonly deployment: string; readonly revision: number; readonly tasks: number };
  /** Of the target group `harbor-NAME`. */
  readonly port?: number;
  readonly events: readonly string[];
}

export const SKETCHES: readonly ServiceSketch[] = [
  {
    name: 'checkout',
    cluster: 'harbor-prod',
    revision: 57,
    desired: 6,
    running: 6,
    deployment: '4108867725190034417',
    failed: { deployment: '5551904723361187020', revision: 58, tasks: 3 },
    port: 8080,
    events: [
      '(service checkout) (deployment ecs-svc/5551904723361187020) deployment failed: tasks failed to start.',
      '(service checkout) was unable to start tasks: image 2.31.0 not found.',
      '(service checkout) has reached a steady state.',
    ],
  },
  {
    name: 'ledger',
    cluster: 'harbor-prod',
    revision: 32,
    desired: 3,
    running: 3,
    deployment: '6634401928870917725',
    events: ['(service ledger) has reached a steady state.'],
  },
  {
    name: 'web',
    cluster: 'harbor-prod',
    revision: 91,
    desired: 4,
    running: 3,
    deployment: '8016620934471205563',
    port: 3000,
    events: ['(service web) has started 1 tasks.'],
  },
  {
    name: 'report-worker',
    cluster: 'harbor-prod',
    revision: 12,
    desired: 2,
    running: 1,
    deployment: '2290714635508811946',
    events: ['(service report-worker) has started 1 tasks.', '(service report-worker) has reached a steady state.'],
  },
  {
    name: 'thumbnailer',
    cluster: 'harbor-prod',
    revision: 40,
    desired: 5,
    running: 4,
    deployment: '1178253390046628815',
    events: ['(service thumbnailer) was unable to place a task. Reason: Capacity is unavailable at this time.'],
  },
  {
    name: 'edge-proxy',
    cluster: 'harbor-edge',
    revision: 88,
    desired: 3,
    running: 2,
    deployment: '3907715560281140972',
    events: [
      '(service edge-proxy) was unable to place a task because no container instance met all of its requirements.',
    ],
  },
];

/** 2026-11-17T00:00:00Z, a little before the events, in epoch seconds. */
export const MIDNIGHT = Date.UTC(2026, 10, 17) / 1_000;

export const SERVICES: readonly ServiceDescription[] = SKETCHES.map(describeService);

function describeService(sketch: ServiceSketch): ServiceDescription {
  const { name, cluster, revision, desired, running, failed } = sketch;
  const taskDefinition = arn(`task-definition/${name}:${revision}`);
  const common = { status: 'ACTIVE', pendingCount: 0, launchType: FAMILIES[name]?.launchType ?? 'FARGATE' };
  const primary = {
    ...common,
    id: `ecs-svc/${sketch.deployment}`,
    status: 'PRIMARY',
    taskDefinition,
    desiredCount: desired,
    runningCount: running,
    failedTasks: 0,
    rolloutState: 'COMPLETED',
    rolloutStateReason: `ECS deployment ecs-svc/${sketch.deployment} completed.`,
    createdAt: MIDNIGHT - 86_400,
  };
  return {
    ...common,
    serviceName: name,
    serviceArn: arn(`service/${cluster}/${name}`),
    clusterArn: arn(`cluster/${cluster}`),
    taskDefinition,
    desiredCount: desired,
    runningCount: running,
    healthCheckGracePeriodSeconds: 30,
    createdAt: MIDNIGHT - 30 * 86_400,
    deployments: [...(failed === undefined ? [] : [failedDeployment(name, failed)]), primary],
    events: sketch.events.map((message, index) => ({
      id: `${name}-${index}`,
      createdAt: MIDNIGHT - index * 60,
      message,
    })),
    tags: [{ key: 'team', value: 'harbor' }],
    loadBalancers: sketch.port === undefined ? [] : [loadBalancer(name, sketch.port)],
    networkConfiguration: {
      awsvpcConfiguration: { subnets: ['subnet-01c68a665fda93755'], assignPublicIp: 'DISABLED' },
    },
  };
}

function loadBalancer(service: string, port: number): object {
  const { partition, region, account } = COMPANY;
  return {
    targetGroupArn: `arn:${partition}:elasticloadbalancing:${region}:${account}:targetgroup/harbor-${service}/0123456789abcdef`,
    containerName: service,
    containerPort: port,
  };
}

function failedDeployment(service: string, failed: NonNullable<ServiceSketch['failed']>): object {
  return {
    id: `ecs-svc/${failed.deployment}`,
    status: 'ACTIVE',
    taskDefinition: arn(`task-definition/${service}:${failed.revision}`),
    desiredCount: 0,
    runningCount: 0,
    pendingCount: 0,
    failedTasks: failed.tasks,
    rolloutState: 'FAILED',
    rolloutStateReason: 'ECS deployment circuit breaker: tasks failed to start.',
    createdAt: MIDNIGHT,
  };
}
