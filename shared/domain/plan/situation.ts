import type { Gathered } from '../facts.ts';
import type { Instant } from '../instant.ts';
import type { ClusterRef, ServiceRef } from '../place.ts';
import type { Allowance } from './allowance.ts';
import type { DurationFacts } from './expected.ts';

/** A service that a retirement notice names, as it is now. */
export type ServiceSituation =
  | ActiveService
  /** ECS has no such service, or it is INACTIVE or DRAINING. */
  | { readonly status: 'gone'; readonly at: ServiceRef; readonly because: string }
  /** ECS could not be asked. Nothing is started, and nothing is forgotten. */
  | { readonly status: 'unread'; readonly at: ServiceRef; readonly because: string };

/** What was not asked for because the service has no such thing is missing as `not-applicable`. */
export interface ActiveService {
  readonly status: 'active';
  readonly at: ServiceRef;
  /** When and how it may be replaced. */
  readonly allowance: Allowance;
  /** Whether the other account that it is in lets us change it; absent for what is changed with the own role. */
  readonly access?: Gathered<'granted'>;
  /** `ECS`, `CODE_DEPLOY`, `EXTERNAL`, or one that is new. */
  readonly controller: string;
  /** `ROLLING`, `BLUE_GREEN`, `LINEAR`, `CANARY`, or one that is new. */
  readonly strategy: string;
  readonly desired: number;
  readonly running: number;
  readonly pending: number;
  readonly minimumHealthyPercent: number;
  readonly maximumPercent: number;
  /** The task definition in use: `checkout:42`. */
  readonly revision: string;
  /** `ACTIVE`, `INACTIVE`, `DELETE_IN_PROGRESS`. */
  readonly revisionStatus: Gathered<string>;
  /** Its tasks, of all launch types and states. */
  readonly tasks: readonly ServiceTask[];
  /** Its service deployments that ECS remembers, in any order. */
  readonly deployments: readonly ServiceDeployment[];
  /** Where CodeDeploy deploys it; `deployments` are CodeDeploy's then, in the words of ECS. */
  readonly codeDeploy: Gathered<CodeDeployTarget>;
  readonly durations: DurationFacts;
  readonly images: Gathered<readonly ServiceImage[]>;
  /** Targets of its load balancers, all together. */
  readonly targets: Gathered<{ readonly healthy: number; readonly total: number }>;
  /** Its deployment alarms and their states, `OK` or `ALARM`; none where it has none. */
  readonly alarms: Gathered<readonly Alarm[]>;
  /** What keeps a window shut: the alarms and functions that its configuration names. */
  readonly blockers: Gathered<readonly Blocking[]>;
  /** The status of the CloudFormation stack that owns it: `UPDATE_IN_PROGRESS`. */
  readonly stack: Gathered<string>;
  /** Until when its protected tasks are protected, the longest; missing as `not-applicable` when none is. */
  readonly protectedUntil: Gathered<Instant>;
  /** What a second copy of the tasks needs and what is free: vCPU, addresses of the subnets. */
  readonly headroom: Gathered<readonly Headroom[]>;
  readonly hasCircuitBreaker: boolean;
  /** Names of its pause hooks. */
  readonly pauseHooks: readonly string[];
  /** Every capacity provider that it uses is FARGATE_SPOT. */
  readonly isSpotOnly: boolean;
  /** A deployment may succeed early, and its old tasks be stopped much later. */
  readonly defersCleanup: boolean;
}

/** What CodeDeploy deploys of a service: the group that does it, and the revision that it deployed last. */
export interface CodeDeployTarget {
  readonly application: string;
  readonly group: string;
  /** The AppSpec of the last deployment that succeeded, which names the task definition. */
  readonly appSpec: string;
}

export interface ServiceTask {
  readonly taskId: string;
  readonly lastStatus: string;
  readonly launchType: string;
  readonly createdAt?: Instant;
}

export interface ServiceDeployment {
  /** Its ARN or id; only ever compared. */
  readonly id: string;
  readonly createdAt: Instant;
  /** `PENDING`, `SUCCESSFUL`, …: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ServiceDeployment.html */
  readonly status: string;
  /** The task definition that it rolls out; empty for one that is long over. */
  readonly revision: string;
}

export interface ServiceImage {
  readonly container: string;
  /** As the task definition names it. */
  readonly reference: string;
  readonly registry: 'ecr' | 'other';
  /** Named by its digest, or by a tag that its repository never moves. */
  readonly isFixed: boolean;
  /** The digest that the service's revision runs; `undefined` when ECS did not resolve it. */
  readonly digest?: string;
  /** What the reference stands for now. */
  readonly latest: Gathered<{ readonly digest: string; readonly pushedAt?: Instant }>;
  /** Whether the registry still has `digest`. */
  readonly isKept: Gathered<boolean>;
  /** `versionConsistency` is `disabled`. */
  readonly isUnpinned: boolean;
}

export interface Alarm {
  readonly name: string;
  readonly state: string;
}

export interface Blocking {
  readonly name: string;
  /** Absent: it blocks nothing now. */
  readonly because?: string;
}

export interface Headroom {
  readonly what: string;
  readonly free: number;
  readonly needed: number;
}

/** A task of no service that a retirement notice names. */
export interface StandaloneTask {
  readonly taskId: string;
  readonly cluster?: ClusterRef;
  /** Why ECS could not be asked about it; nothing is decided about it then. */
  readonly unread?: string;
  /** Absent: not there any more. */
  readonly task?: {
    readonly lastStatus: string;
    readonly group: string;
    readonly startedBy?: string;
    readonly startedAt?: Instant;
    /** Milliseconds that tasks of its family usually run. */
    readonly usualRun?: number;
    readonly tags: Readonly<Record<string, string>>;
    /** When and how it may be replaced: by the windows of its cluster and of its own tags. */
    readonly allowance?: Allowance;
    /** What it takes to start the same again; missing where that could not be read whole. */
    readonly launch?: Gathered<Launch>;
  };
  /** What was started in its place by this plan, if anything was; of no health where it has no health checks. */
  readonly copy?: { readonly taskId: string; readonly lastStatus: string; readonly healthStatus?: string };
}

/**
 * Everything that makes a task of no service what it is. Never shown to anybody: overrides may hold secrets. `overrides` is
 * TaskOverride as ECS told it.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RunTask.html
 */
export interface Launch {
  readonly cluster: ClusterRef;
  readonly taskId: string;
  /** The exact revision. */
  readonly taskDefinitionArn: string;
  readonly group?: string;
  /** One of the two. */
  readonly launchType?: string;
  readonly capacityProvider?: string;
  readonly platformVersion?: string;
  readonly enableExecuteCommand: boolean;
  readonly tags: Readonly<Record<string, string>>;
  readonly overrides?: Readonly<Record<string, unknown>>;
  /** Of its network interface; ECS itself does not tell security groups nor whether there is a public address. */
  readonly network: {
    readonly subnet: string;
    readonly securityGroups: readonly string[];
    readonly assignPublicIp: boolean;
  };
  /** GiB. */
  readonly ephemeralStorage?: number;
}

/** What the account does about retirements without us. */
export interface AccountFacts {
  /** Days between a notice and its start: 0, 7 or 14. `fargateTaskRetirementWaitPeriod`. */
  readonly waitPeriod: Gathered<number>;
  /** `fargateEventWindows`: AWS uses the event windows of EC2. */
  readonly eventWindows: Gathered<boolean>;
  /** The event windows that Fargate tasks of the account match, and what of it: a service's or cluster's ARN, or `all`. */
  readonly matching: Gathered<
    readonly { readonly name: string; readonly when: string; readonly matches: readonly string[] }[]
  >;
}

/** What the containers run, by container; of those alone whose digest is known. */
export const digestsOf = ({ images }: ActiveService): Readonly<Record<string, string>> =>
  Object.fromEntries(
    images.status === 'missing'
      ? []
      : images.value.flatMap(({ container, digest }) => (digest === undefined ? [] : [[container, digest]])),
  );
