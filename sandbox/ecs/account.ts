/** What the account has besides services, as far as the functions ask. A test sets it at any time. */
export interface Account {
  /** Days: `fargateTaskRetirementWaitPeriod`. */
  readonly waitPeriod: 0 | 7 | 14;
  /** `fargateEventWindows`. */
  readonly usesEventWindows: boolean;
  readonly eventWindows: readonly EventWindow[];
  /** vCPU of the quota of Fargate On-Demand. */
  readonly vcpuQuota: number;
  /** Free addresses by subnet; another subnet has 200. */
  readonly freeAddresses: Readonly<Record<string, number>>;
  /** By alarm; any other is OK. */
  readonly alarms: Readonly<Record<string, AlarmState>>;
  /** Statuses of CloudFormation stacks by name. */
  readonly stacks: Readonly<Record<string, string>>;
}

export type AlarmState = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';

/** An event window of EC2: hours are UTC. `tags` say what it is associated with. */
export interface EventWindow {
  readonly name: string;
  readonly timeRanges?: readonly {
    readonly startDay: string;
    readonly startHour: number;
    readonly endDay: string;
    readonly endHour: number;
  }[];
  readonly cron?: string;
  /** `aws:ecs:serviceArn`, `aws:ecs:clusterArn` or `aws:ecs:fargateTask`. */
  readonly tags: Readonly<Record<string, string>>;
}

export const PLAIN_ACCOUNT: Account = {
  waitPeriod: 7,
  usesEventWindows: false,
  eventWindows: [],
  vcpuQuota: 1_000,
  freeAddresses: {},
  alarms: {},
  stacks: {},
};
