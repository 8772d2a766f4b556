import { type Instant, minutes } from '../instant.ts';
import type { ClusterRef, ServiceRef } from '../place.ts';
import type { Plan, PlanId } from './plan.ts';
import type { CodeDeployTarget, Launch } from './situation.ts';

/**
 * One thing to do, after the plan that intends it was saved, and in the order given. Each may be done twice or not at all:
 * what came of it is seen at the next look.
 */
export type PlanStep =
  /** Only if nobody else holds it, or what they hold has expired, and its number is smaller than `fence` or ours. */
  | { readonly kind: 'lock'; readonly lock: Lock }
  /** Lets it expire; its number stays, for the next holder to count on from. */
  | { readonly kind: 'unlock'; readonly at: ServiceRef; readonly fence: number }
  /**
   * UpdateService with cluster, service and forceNewDeployment alone; anything else would change the service. Only under
   * the lock of this number, and never after `notAfter`: by then it is decided anew.
   * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateService.html
   *
   * With `through`, CodeDeploy's CreateDeployment of what it deployed last, because ECS refuses to force it then.
   * https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_CreateDeployment.html
   */
  | {
      readonly kind: 'deploy';
      readonly at: ServiceRef;
      readonly fence: number;
      readonly notAfter: Instant;
      readonly through?: CodeDeployTarget;
    }
  /** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_StopServiceDeployment.html */
  | {
      readonly kind: 'roll-back';
      readonly at: ServiceRef;
      readonly fence: number;
      readonly deployment: string;
      readonly through?: CodeDeployTarget;
    }
  /** StopTask of one task of a service: its scheduler starts another of the same service revision, so of the same image. */
  | {
      readonly kind: 'replace-task';
      readonly at: ServiceRef;
      readonly fence: number;
      readonly notAfter: Instant;
      readonly taskId: string;
    }
  /** RunTask of a copy of a task of no service; `token` makes it one copy however often it is asked for. */
  | { readonly kind: 'run-task'; readonly launch: Launch; readonly token: string; readonly notAfter: Instant }
  /** StopTask of the task that was copied, or is to be. */
  | { readonly kind: 'stop-task'; readonly at: ClusterRef; readonly taskId: string; readonly notAfter: Instant };

/** What came of a step, for the next look. `because` is a sentence without secrets. */
export type StepOutcome =
  | { readonly status: 'done' }
  /** A condition did not hold any more: somebody else has the lock, or it came too late. It is decided anew. */
  | { readonly status: 'skipped'; readonly because: string }
  /** AWS did not do it; asking again may help if it is `retryable`. */
  | { readonly status: 'failed'; readonly because: string; readonly retryable: boolean };

/** Who works on a service. There is at most one for each. */
export interface Lock {
  readonly at: ServiceRef;
  readonly owner: PlanId;
  /** Grows with every holder; a step under a smaller number is refused. */
  readonly fence: number;
  readonly expiresAt: Instant;
  /** Tasks that the holder replaces, for the budgets of others. */
  readonly tasks: number;
}

/** Something that people are told. */
export interface PlanNews {
  readonly kind: NewsKind;
  /** Absent: it concerns the whole plan. */
  readonly at?: ServiceRef;
  readonly text: string;
  /** How loudly. */
  readonly audience: 'thread' | 'channel' | 'owners' | 'page';
}

export type NewsKind =
  /** The verdict on a service is another than before. */
  | 'verdict'
  /** It was approved, and is not what was approved any more. */
  | 'changed'
  | 'held'
  | 'missed'
  | 'started'
  | 'overran'
  | 'verifying'
  | 'attempt-failed'
  | 'handing-over'
  | 'taken-back'
  | 'ended'
  | 'reminder';

export interface Stepped {
  readonly plan: Plan;
  readonly steps: readonly PlanStep[];
  readonly news: readonly PlanNews[];
}

/** Who is enough. */
export interface Quorum {
  /** Approvals that a service needs where it needs any, of as many people. */
  readonly votes: number;
  /** Who asked for a redeployment is none of them. */
  readonly approverIsNotRequester: boolean;
}

/** What an installation decides beside windows and freezes. */
export interface RunConfig extends Quorum {
  /** What happens when nobody has decided: AWS does it, or the last opening is used if every check is `ok`. */
  readonly onDeadline: 'handover' | 'autoIfGreen';
  /** Milliseconds for which everything has to look right before it is done. */
  readonly bake: number;
}

/** Until somebody says otherwise. */
export const DEFAULT_RUN_CONFIG: RunConfig = {
  votes: 1,
  approverIsNotRequester: true,
  onDeadline: 'handover',
  bake: minutes(5),
};
