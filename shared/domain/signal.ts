import type { Instant } from './instant.ts';
import type { ClusterRef, Place, ServiceRef, TaskDefinitionRef, TaskRef } from './place.ts';

/** What every EventBridge event tells about itself. */
export interface Envelope {
  readonly eventId: string;
  /** When the event happened, to the second (`time`). */
  readonly at: Instant;
  readonly source: string;
  readonly detailType: string;
  /** The account and Region that the event was delivered in. */
  readonly place: Place;
}

/** A container as a task state change reports it. `exitCode` is absent, not 0, when the container never ran. */
export interface ContainerState {
  readonly name: string;
  readonly lastStatus: string;
  readonly exitCode?: number;
  readonly reason?: string;
  readonly image?: string;
  readonly imageDigest?: string;
  /** Absent when the container was never created; names the log stream when no prefix is configured. */
  readonly runtimeId?: string;
}

export interface Attachment {
  readonly id: string;
  readonly type: string;
  readonly status: string;
  readonly details: Readonly<Record<string, string>>;
}

/** What started the task: a service, or somebody's RunTask (`family:` is the default group, any text is allowed). */
export type TaskGroup =
  | { readonly kind: 'service'; readonly service: string }
  | { readonly kind: 'family'; readonly family: string }
  | { readonly kind: 'custom'; readonly name: string };

/** The parts of `ECS Task State Change` that a decision may read. */
export interface TaskState {
  readonly task: TaskRef;
  readonly group: TaskGroup;
  readonly taskDefinition: TaskDefinitionRef;
  /** Counts the task's state changes; equal versions are duplicates. */
  readonly version: number;
  readonly lastStatus: string;
  readonly desiredStatus: string;
  readonly containers: readonly ContainerState[];
  readonly attachments: readonly Attachment[];
  readonly stopCode?: string;
  readonly stoppedReason?: string;
  /** A deployment id (`ecs-svc/…`) for tasks of services, free text otherwise. */
  readonly startedBy?: string;
  readonly launchType?: string;
  readonly capacityProvider?: string;
  readonly availabilityZone?: string;
  readonly platformVersion?: string;
  readonly containerInstanceArn?: string;
  /** Task size in CPU units and MiB; strings in the event. */
  readonly cpu?: number;
  readonly memory?: number;
  readonly createdAt?: Instant;
  /** Absent when the task never reached RUNNING. */
  readonly startedAt?: Instant;
  readonly stoppingAt?: Instant;
  readonly stoppedAt?: Instant;
}

/** A task reached STOPPED. */
export interface TaskStopped {
  readonly kind: 'task-stopped';
  readonly envelope: Envelope;
  readonly state: TaskState;
}

/** Fargate Spot takes the task's capacity away in two minutes; the task still runs. */
export interface SpotWarned {
  readonly kind: 'spot-warned';
  readonly envelope: Envelope;
  readonly state: TaskState;
}

/** `SERVICE_DEPLOYMENT_*`, of either detail-type; the Service Action variant has no deployment id. */
export interface DeploymentChanged {
  readonly kind: 'deployment-changed';
  readonly envelope: Envelope;
  readonly service: ServiceRef;
  readonly phase: 'in-progress' | 'completed' | 'failed';
  readonly eventName: string;
  /** `ecs-svc/…`; kept as text because the number exceeds 2^53. */
  readonly deploymentId?: string;
  readonly reason: string;
  /** The reason says that the deployment is a return to an earlier one. */
  readonly isRollback: boolean;
  readonly updatedAt: Instant;
}

/** Any other `ECS Service Action`. Names beyond the documented ones are kept as they come. */
export interface ServiceActed {
  readonly kind: 'service-acted';
  readonly envelope: Envelope;
  readonly service: ServiceRef;
  readonly eventType: string;
  readonly eventName: string;
  readonly reason?: string;
  readonly capacityProviders: readonly string[];
  readonly targetGroupArns: readonly string[];
  readonly containerPort?: number;
  readonly desiredCount?: number;
}

/** A pause hook of a deployment: somebody has to continue or roll back before `expiresAt`. */
export interface HookChanged {
  readonly kind: 'hook-changed';
  readonly envelope: Envelope;
  readonly service: ServiceRef;
  readonly eventName: string;
  readonly hookId: string;
  readonly serviceDeploymentArn: string;
  readonly lifecycleStage?: string;
  readonly expiresAt?: Instant;
}

/** ECS finds a container instance impaired, or healthy again. */
export interface HostHealthChanged {
  readonly kind: 'host-health-changed';
  readonly envelope: Envelope;
  readonly at: ClusterRef;
  /** Id of the container instance, the last part of its ARN. */
  readonly host: string;
  readonly ec2InstanceId?: string;
  readonly capacityProvider?: string;
  /** `OK`, `IMPAIRED`, `INITIALIZING`, `INSUFFICIENT_DATA`, or one that is new. */
  readonly status: string;
  /** `AGENT_CONNECTIVITY`, `CONTAINER_RUNTIME`, `ACCELERATED_COMPUTE`, `DAEMON`, or one that is new. */
  readonly impairments: readonly { readonly type: string; readonly reason?: string }[];
}

/** One page of an AWS Health notice about ECS. */
export interface HealthNotified {
  readonly kind: 'health-notified';
  readonly envelope: Envelope;
  readonly eventArn: string;
  readonly typeCode: string;
  readonly category: string;
  /** `upcoming`, `open`, `closed`, or absent in old samples. */
  readonly status?: string;
  readonly communicationId?: string;
  readonly page: number;
  readonly totalPages: number;
  readonly isBackupCopy: boolean;
  readonly isTruncated: boolean;
  /** The account and Region concerned, which need not be those of the delivery. */
  readonly affected: Place;
  readonly startsAt?: Instant;
  readonly endsAt?: Instant;
  readonly updatedAt?: Instant;
  readonly description: string;
  readonly entities: readonly AffectedEntity[];
}

/** What a Health notice names, decided entity by entity and never from the first one alone. */
export type AffectedEntity =
  | { readonly kind: 'service'; readonly at: ServiceRef; readonly status?: string }
  | { readonly kind: 'task'; readonly taskId: string; readonly cluster?: ClusterRef; readonly status?: string }
  | { readonly kind: 'unknown'; readonly value: string; readonly status?: string };

export type Signal =
  | TaskStopped
  | SpotWarned
  | DeploymentChanged
  | ServiceActed
  | HookChanged
  | HostHealthChanged
  | HealthNotified;
export type EcsSignal = Exclude<Signal, HealthNotified>;

/** AWS's code for "these Fargate tasks are replaced on or after startTime". */
export const TASK_RETIREMENT = 'AWS_ECS_TASK_PATCHING_RETIREMENT';
/** Our own, for "somebody wants these tasks replaced": AWS knows nothing of it. */
export const REDEPLOYMENT_REQUEST = 'SLACKWATER_REDEPLOYMENT';
