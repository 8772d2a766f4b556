import { COMPANY } from '../estate/company.ts';
import type { Random } from '../random.ts';
import { type ArmadaService, imageOf, REVISIONS } from './armada.ts';
import { type EcsEvent, ecsArn, ecsEvent, instant } from './ecs-event.ts';

/** Why a task stops. `exitCode` is absent for a container that never ran. */
export interface StopCause {
  readonly stopCode: string;
  readonly stoppedReason: (image: string) => string;
  readonly exitCode?: number;
  readonly containerReason?: string;
}

const ESSENTIAL = { stopCode: 'EssentialContainerExited', stoppedReason: () => 'Essential container in task exited' };

/** One kind of failure for a service: a storm is about causes too, not about one that repeats everywhere. */
export const STOP_CAUSES = {
  exit: { ...ESSENTIAL, exitCode: 1 },
  memory: {
    ...ESSENTIAL,
    exitCode: 137,
    containerReason: 'OutOfMemoryError: Container killed due to memory usage',
  },
  health: {
    stopCode: 'ServiceSchedulerInitiated',
    stoppedReason: () => 'Task failed container health checks',
    exitCode: 137,
  },
  image: {
    stopCode: 'TaskFailedToStart',
    stoppedReason: (image) =>
      `CannotPullContainerError: pull image manifest has been retried 5 time(s): failed to resolve ref ${image}: ${image}: not found`,
  },
} as const satisfies Readonly<Record<string, StopCause>>;

/** A stop that nobody has to know of, and that no rule can tell from others. */
export const BY_PERSON: StopCause = {
  stopCode: 'UserInitiated',
  stoppedReason: () => 'Task stopped by (deploy-bot)',
  exitCode: 143,
};

export interface Stop {
  readonly cause: StopCause;
  /** When the task reached STOPPED, in milliseconds since 1970. */
  readonly at: number;
  /** Milliseconds from start to the first sign of the end. */
  readonly lifetime: number;
  readonly random: Random;
  /** Id of the deployment that started it; by default the one that serves. */
  readonly deployment?: string;
}

/** Milliseconds that Fargate takes from a task's creation to its start, and from the end of its container to STOPPED. */
const TO_START = 24_000;
const TO_STOPPED = 24_000;

/** A task of one container that reached STOPPED, with the fields that Fargate gives. */
export function taskStop(service: ArmadaService, stop: Stop): EcsEvent {
  const { at, random, cause } = stop;
  const taskId = random.hex(32);
  const taskArn = ecsArn(`task/${service.cluster}/${taskId}`);
  const attachmentId = random.uuid();
  // An image that cannot be pulled is that of the revision whose image nobody pushed.
  const revision = cause.exitCode === undefined ? REVISIONS.failing : service.revision;
  return ecsEvent('ECS Task State Change', `task/${service.cluster}/${taskId}`, {
    at,
    random,
    detail: {
      attachments: [networkInterface(attachmentId, random)],
      attributes: [{ name: 'ecs.cpu-architecture', value: 'x86_64' }],
      availabilityZone: `${COMPANY.region}${random.pick(['a', 'b', 'c'])}`,
      capacityProviderName: 'FARGATE',
      clusterArn: ecsArn(`cluster/${service.cluster}`),
      connectivity: 'CONNECTED',
      containers: [container({ service, cause, taskId, taskArn, attachmentId, revision, random })],
      cpu: '512',
      desiredStatus: 'STOPPED',
      enableExecuteCommand: false,
      ephemeralStorage: { sizeInGiB: 20 },
      group: `service:${service.name}`,
      launchType: 'FARGATE',
      lastStatus: 'STOPPED',
      memory: '1024',
      overrides: { containerOverrides: [{ name: service.name }] },
      platformVersion: '1.4.0',
      startedBy: `ecs-svc/${stop.deployment ?? service.deployment}`,
      stoppedReason: cause.stoppedReason(imageOf(service, revision)),
      stopCode: cause.stopCode,
      taskArn,
      taskDefinitionArn: ecsArn(`task-definition/${service.name}:${revision}`),
      ...times(stop),
      version: cause.exitCode === undefined ? 5 : 7,
    },
  });
}

function times({ at, lifetime, cause }: Stop): Readonly<Record<string, string>> {
  const stoppingAt = at - TO_STOPPED;
  const startedAt = stoppingAt - lifetime;
  const createdAt = startedAt - TO_START;
  return {
    createdAt: instant(createdAt),
    connectivityAt: instant(createdAt + 4_300),
    pullStartedAt: instant(createdAt + 10_100),
    pullStoppedAt: instant(createdAt + 20_511),
    ...(cause.exitCode !== undefined && { startedAt: instant(startedAt) }),
    executionStoppedAt: instant(stoppingAt - 1_392),
    stoppingAt: instant(stoppingAt),
    stoppedAt: instant(at),
    updatedAt: instant(at),
  };
}

const networkInterface = (id: string, random: Random): object => ({
  id,
  type: 'eni',
  status: 'DELETED',
  details: [
    { name: 'subnetId', value: 'subnet-010cd9cf7e5bac10f' },
    { name: 'networkInterfaceId', value: `eni-0${random.hex(16)}` },
    { name: 'macAddress', value: '0a:24:93:0e:5e:69' },
    { name: 'privateDnsName', value: `ip-10-40-2-10.${COMPANY.region}.compute.internal` },
    { name: 'privateIPv4Address', value: '10.40.2.10' },
  ],
});

function container(of: {
  readonly service: ArmadaService;
  readonly cause: StopCause;
  readonly taskId: string;
  readonly taskArn: string;
  readonly attachmentId: string;
  readonly revision: number;
  readonly random: Random;
}): object {
  const { service, cause, taskId, taskArn, random } = of;
  const hasRun = cause.exitCode !== undefined;
  return {
    containerArn: ecsArn(`container/${service.cluster}/${taskId}/${random.uuid()}`),
    ...(hasRun && { exitCode: cause.exitCode }),
    lastStatus: 'STOPPED',
    name: service.name,
    image: imageOf(service, of.revision),
    ...(hasRun && { imageDigest: `sha256:${random.hex(64)}`, runtimeId: `${taskId}-${random.below(4_294_967_296)}` }),
    taskArn,
    networkInterfaces: [{ attachmentId: of.attachmentId, privateIpv4Address: '10.40.2.10' }],
    cpu: '512',
    memory: '1024',
    ...(cause.containerReason !== undefined && { reason: cause.containerReason }),
  };
}
