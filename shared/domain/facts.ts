import type { Instant } from './instant.ts';

/** Why a read gave nothing. A missing fact is said in the message; it never holds the message back. */
export type MissingReason = 'denied' | 'not-found' | 'throttled' | 'timeout' | 'failed' | 'not-applicable';

export type Gathered<Value> =
  | { readonly status: 'found'; readonly value: Value }
  /** `because` is a sentence for the reader, without secrets: "logs:GetLogEvents is not allowed on /ecs/api". */
  | { readonly status: 'missing'; readonly reason: MissingReason; readonly because: string };

export const found = <Value>(value: Value): Gathered<Value> => ({ status: 'found', value });

export const missing = (reason: MissingReason, because: string): Gathered<never> => ({
  status: 'missing',
  reason,
  because,
});

/** The value, or `undefined` when it is missing. */
export const known = <Value>(gathered: Gathered<Value> | undefined): Value | undefined =>
  gathered?.status === 'found' ? gathered.value : undefined;

export interface ContainerDefinition {
  readonly name: string;
  readonly image: string;
  /** Absent in the API means true. */
  readonly isEssential: boolean;
  /** MiB. */
  readonly memory?: number;
  readonly memoryReservation?: number;
  readonly cpu?: number;
  /** Seconds; absent means the launch type's default of 30. */
  readonly stopTimeout?: number;
  readonly logDriver?: string;
  readonly logOptions: Readonly<Record<string, string>>;
  readonly healthCheckCommand?: readonly string[];
  readonly containerPorts: readonly number[];
  /** Names only: the values never leave the adapter. */
  readonly environmentNames: readonly string[];
  /** Name of the variable and ARN or parameter name of its source. */
  readonly secrets: readonly { readonly name: string; readonly valueFrom: string }[];
}

/** A task definition without anything that may be secret: no environment values, no commands' arguments. */
export interface TaskDefinitionFacts {
  readonly family: string;
  readonly revision: number;
  readonly containers: readonly ContainerDefinition[];
  /** CPU units and MiB of the whole task. */
  readonly cpu?: number;
  readonly memory?: number;
  readonly executionRoleArn?: string;
  readonly taskRoleArn?: string;
  readonly cpuArchitecture?: string;
  readonly networkMode?: string;
}

export interface DeploymentFacts {
  readonly id: string;
  readonly status: string;
  readonly rolloutState?: string;
  readonly rolloutStateReason?: string;
  readonly taskDefinitionArn?: string;
  readonly desired: number;
  readonly running: number;
  readonly failedTasks: number;
  readonly createdAt?: Instant;
}

export interface ServiceEvent {
  readonly at: Instant;
  readonly message: string;
}

export interface ServiceFacts {
  readonly status: string;
  readonly desired: number;
  readonly running: number;
  readonly pending: number;
  readonly taskDefinitionArn?: string;
  readonly deployments: readonly DeploymentFacts[];
  /** Newest first, at most ten. */
  readonly events: readonly ServiceEvent[];
  readonly tags: Readonly<Record<string, string>>;
  readonly healthCheckGracePeriod?: number;
  readonly subnets: readonly string[];
  readonly targetGroupArns: readonly string[];
}

export interface LogTail {
  readonly group: string;
  readonly stream: string;
  /** The Region of the log group, which may differ from the task's. */
  readonly region: string;
  readonly container: string;
  /** Oldest first, redacted. */
  readonly lines: readonly string[];
}

/** A stopped task of a deployment, as DescribeTasks tells it. */
export interface StoppedTaskFacts {
  readonly taskId: string;
  readonly startedBy?: string;
  readonly taskDefinitionArn?: string;
  readonly stopCode?: string;
  readonly stoppedReason?: string;
  readonly stoppedAt?: Instant;
  readonly containers: readonly { readonly name: string; readonly exitCode?: number; readonly reason?: string }[];
}

/** What the image registry knows of a container's image. Only Amazon ECR is asked. */
export interface ImageFacts {
  readonly repository: string;
  /** The tag or digest that the task definition names. */
  readonly reference: string;
  readonly exists: boolean;
  /** The repository itself is not there, or not under this name. */
  readonly repositoryMissing?: true;
  readonly pushedAt?: Instant;
  /** The newest tag of the repository, when the reference is not there. */
  readonly newest?: { readonly tag: string; readonly pushedAt: Instant };
  /** `linux/amd64`, when the image says for which platforms it is. */
  readonly platforms?: readonly string[];
}

/** How the load balancer sees the service's targets, and what it asks them. */
export interface TargetHealthFacts {
  readonly targetGroup: string;
  readonly protocol?: string;
  /** `traffic-port` or a number. */
  readonly port?: string;
  readonly path?: string;
  /** HTTP codes that count as healthy: `200-299`. */
  readonly matcher?: string;
  /** Seconds. */
  readonly timeout?: number;
  readonly interval?: number;
  readonly healthyThreshold?: number;
  readonly unhealthyThreshold?: number;
  readonly targets: readonly {
    readonly id: string;
    readonly port?: number;
    readonly state: string;
    /** `Target.Timeout`, `Target.ResponseCodeMismatch`, … */
    readonly reason?: string;
    readonly description?: string;
  }[];
}

/** The highest memory use before a stop, in percent of the limit. */
export interface MemoryFacts {
  /** `ECS/ContainerInsights` or `AWS/ECS`; both tell of the service's task that uses most, once a minute. */
  readonly namespace: string;
  readonly peak: number;
  readonly at: Instant;
}

/** What a deployment changed against the last revision that worked, in sentences without any value of a variable. */
export interface ChangeFacts {
  /** `checkout:57` and `checkout:58`. */
  readonly from: string;
  readonly to: string;
  readonly differences: readonly string[];
  readonly circuitBreaker?: { readonly failures: number; readonly threshold: number };
}

/** Who did something in AWS, as CloudTrail recorded it. */
export interface ActorFacts {
  /** `deploy-bot (session ci-4711)`, `autoscaling.amazonaws.com`. */
  readonly who: string;
  /** The API call: `UpdateService`. */
  readonly did: string;
  readonly at: Instant;
}

/** Everything read about one signal. What was not asked for is absent; what was asked for and not answered is missing. */
export interface Facts {
  readonly taskDefinition?: Gathered<TaskDefinitionFacts>;
  readonly service?: Gathered<ServiceFacts>;
  readonly logs?: Gathered<LogTail>;
  /** Stopped tasks of the deployment that failed. */
  readonly stoppedTasks?: Gathered<readonly StoppedTaskFacts[]>;
  readonly image?: Gathered<ImageFacts>;
  readonly targetHealth?: Gathered<TargetHealthFacts>;
  readonly memory?: Gathered<MemoryFacts>;
  readonly change?: Gathered<ChangeFacts>;
  readonly actor?: Gathered<ActorFacts>;
}
