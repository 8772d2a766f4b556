import type { TaskDefinitionFacts } from '../facts.ts';
import type { Diagnosis } from './diagnosis.ts';

/** A container of a stopped task. `exitCode` is absent, not 0, when the container never ran. */
export interface ObservedContainer {
  readonly name?: string;
  readonly exitCode?: number;
  readonly reason?: string;
  /** Absent means unknown: the event does not say, only the task definition does. */
  readonly isEssential?: boolean;
}

export interface ObservedTask {
  readonly kind: 'task';
  readonly stopCode?: string;
  readonly stoppedReason?: string;
  readonly containers: readonly ObservedContainer[];
  /** The `statusReason` of attachments: volumes fail there and nowhere else. */
  readonly attachmentReasons?: readonly string[];
  /** Absent means unknown. */
  readonly belongsToService?: boolean;
  /** Gives concrete limits and names to the advice; never changes the cause. */
  readonly taskDefinition?: TaskDefinitionFacts;
  readonly subnets?: readonly string[];
}

/** A service event: the `reason` of an `ECS Service Action`, or a message of DescribeServices. */
export interface ObservedService {
  readonly kind: 'service';
  readonly eventName?: string;
  readonly message?: string;
}

export interface ObservedDeployment {
  readonly kind: 'deployment';
  readonly phase?: 'in-progress' | 'completed' | 'failed';
  readonly reason?: string;
  readonly isRollback?: boolean;
  /** What the stopped tasks of this deployment say; their cause is better than the verdict on the rollout. */
  readonly tasks?: readonly Diagnosis[];
}

export type Observed = ObservedTask | ObservedService | ObservedDeployment;
