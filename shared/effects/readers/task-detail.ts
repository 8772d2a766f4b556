import type { Attachment, Container, Task } from '@aws-sdk/client-ecs';
import { present } from '../../domain/present.ts';

/** A container of a task as `ECS Task State Change` tells of it, with its health, which the event leaves out. */
export interface ContainerDetail {
  readonly name?: string;
  readonly lastStatus?: string;
  readonly healthStatus?: string;
  readonly [field: string]: unknown;
}

/** A task in the words of the event's `detail`; times are ISO 8601. */
export interface TaskDetail {
  readonly taskArn: string;
  readonly lastStatus: string;
  readonly desiredStatus: string;
  readonly healthStatus?: string;
  readonly group?: string;
  readonly stoppedReason?: string;
  readonly startedAt?: string;
  readonly stoppedAt?: string;
  readonly containers: readonly ContainerDetail[];
  readonly [field: string]: unknown;
}

/**
 * What the event about this task would say, so that one parser reads both. `overrides` stay behind: they may hold
 * secrets. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Task.html
 */
export const taskDetail = (task: Task): TaskDetail =>
  present({
    taskArn: task.taskArn ?? '',
    clusterArn: task.clusterArn,
    taskDefinitionArn: task.taskDefinitionArn,
    version: task.version ?? 0,
    lastStatus: task.lastStatus ?? 'UNKNOWN',
    desiredStatus: task.desiredStatus ?? 'UNKNOWN',
    healthStatus: task.healthStatus,
    containers: (task.containers ?? []).map(containerDetail),
    attachments: (task.attachments ?? []).map(attachmentDetail),
    group: task.group,
    stopCode: task.stopCode,
    stoppedReason: task.stoppedReason,
    startedBy: task.startedBy,
    launchType: task.launchType,
    capacityProviderName: task.capacityProviderName,
    availabilityZone: task.availabilityZone,
    platformVersion: task.platformVersion,
    containerInstanceArn: task.containerInstanceArn,
    cpu: task.cpu,
    memory: task.memory,
    createdAt: task.createdAt?.toISOString(),
    startedAt: task.startedAt?.toISOString(),
    stoppingAt: task.stoppingAt?.toISOString(),
    stoppedAt: task.stoppedAt?.toISOString(),
  });

const containerDetail = (container: Container): ContainerDetail =>
  present({
    name: container.name,
    lastStatus: container.lastStatus ?? 'UNKNOWN',
    healthStatus: container.healthStatus,
    exitCode: container.exitCode,
    reason: container.reason,
    image: container.image,
    imageDigest: container.imageDigest,
    runtimeId: container.runtimeId,
  });

const attachmentDetail = ({ id, type = '', status, details = [] }: Attachment) =>
  present({ id, type: EVENT_TYPES[type] ?? type, status, details });

/** DescribeTasks and the event name the same attachment differently. */
const EVENT_TYPES: Readonly<Record<string, string>> = { ElasticNetworkInterface: 'eni' };
