import { COMPANY } from '../estate/company.ts';
import { clusterArn, ecsArn } from './names.ts';
import { hasStopped, isLive, lastStatusOf, type Task } from './task.ts';

/** How times are told: DescribeTasks has seconds since 1970, events have texts. */
type Times = (instant: number) => number | string;

export const taskArn = ({ cluster, id }: Pick<Task, 'cluster' | 'id'>): string => ecsArn(`task/${cluster}/${id}`);

/** What DescribeTasks and the events tell of a task, at the instant `t`. */
export const taskFields = (task: Task, t: number, times: Times): Readonly<Record<string, unknown>> => ({
  attachments: [attachmentOf(task, t)],
  attributes: [{ name: 'ecs.cpu-architecture', value: 'x86_64' }],
  availabilityZone: `${COMPANY.region}${'abc'.charAt(Number.parseInt(task.id.slice(0, 2), 16) % 3)}`,
  capacityProviderName: task.isSpot ? 'FARGATE_SPOT' : 'FARGATE',
  clusterArn: clusterArn(task.cluster),
  connectivity: 'CONNECTED',
  containers: [containerOf(task, t)],
  cpu: String(task.cpu),
  desiredStatus: isLive(task, t) ? 'RUNNING' : 'STOPPED',
  enableExecuteCommand: task.enableExecuteCommand,
  ephemeralStorage: { sizeInGiB: 20 },
  group: task.group,
  launchType: 'FARGATE',
  lastStatus: lastStatusOf(task, t),
  memory: '1024',
  overrides: task.overrides ?? { containerOverrides: [{ name: task.container.name }] },
  platformVersion: '1.4.0',
  ...(task.startedBy !== undefined && { startedBy: task.startedBy }),
  taskArn: taskArn(task),
  taskDefinitionArn: ecsArn(`task-definition/${task.taskDefinition}`),
  ...timesOf(task, t, times),
  ...stopOf(task, t),
  version: hasStopped(task, t) ? 7 : 3,
});

/** When its container began to run, if it did at all; that of a failed task ran for a second. */
function startedAt({ runningAt, stop }: Task): number | undefined {
  if (Number.isFinite(runningAt)) return runningAt;
  return stop?.exitCode === undefined ? undefined : stop.from - 1_000;
}

function timesOf(task: Task, t: number, times: Times): Readonly<Record<string, number | string>> {
  const { createdAt, stop } = task;
  const passed: readonly (readonly [string, number | undefined])[] = [
    ['createdAt', createdAt],
    ['connectivityAt', createdAt + 4_300],
    ['pullStartedAt', createdAt + 10_100],
    ['pullStoppedAt', createdAt + 20_500],
    ['startedAt', startedAt(task)],
    ['stoppingAt', stop?.from],
    ['executionStoppedAt', stop && stop.at - 1_000],
    ['stoppedAt', stop?.at],
  ];
  return Object.fromEntries(
    passed.flatMap(([name, instant]) =>
      instant === undefined || instant > t ? [] : [[name, times(instant)] as const],
    ),
  );
}

/** Both are there as soon as it is decided that the task stops. */
function stopOf({ stop }: Task, t: number): Readonly<Record<string, string>> {
  if (stop === undefined || t < stop.from) return {};
  return { stoppedReason: stop.reason, ...(stop.code !== undefined && { stopCode: stop.code }) };
}

/** `type` is the word of DescribeTasks; in events AWS writes `eni`. */
function attachmentOf(task: Task, t: number): object {
  const { network } = task;
  return {
    id: network.attachment,
    type: 'ElasticNetworkInterface',
    status: hasStopped(task, t) ? 'DELETED' : 'ATTACHED',
    details: [
      { name: 'subnetId', value: network.subnet },
      { name: 'networkInterfaceId', value: network.interfaceId },
      { name: 'macAddress', value: '0a:24:93:0e:5e:69' },
      {
        name: 'privateDnsName',
        value: `ip-${network.address.replaceAll('.', '-')}.${COMPANY.region}.compute.internal`,
      },
      { name: 'privateIPv4Address', value: network.address },
    ],
  };
}

function containerOf(task: Task, t: number): object {
  const { container, stop, network, id } = task;
  const isStopped = hasStopped(task, t);
  const started = startedAt(task);
  const hasRun = started !== undefined && started <= t;
  return {
    containerArn: ecsArn(`container/${task.cluster}/${id}/${uuidOf(id)}`),
    taskArn: taskArn(task),
    name: container.name,
    image: container.image,
    ...(hasRun && container.digest !== undefined && { imageDigest: container.digest, runtimeId: `${id}-1842367651` }),
    lastStatus: lastStatusOf(task, t),
    ...(isStopped && stop?.exitCode !== undefined && { exitCode: stop.exitCode }),
    ...(isStopped && stop?.containerReason !== undefined && { reason: stop.containerReason }),
    networkInterfaces: [{ attachmentId: network.attachment, privateIpv4Address: network.address }],
    cpu: String(task.cpu),
    memory: '1024',
  };
}

const uuidOf = (hex: string): string => hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
