import type { Instant } from '../instant.ts';
import type { ServiceRef } from '../place.ts';
import type { Boundary } from './boundary.ts';
import type { Slot } from './candidates.ts';
import type { PlanId } from './plan.ts';
import type { Choice } from './verdict.ts';

/** A plan as its message shows it: bounded, so that it fits into the notice's record whatever the plan holds. */
export interface PlanSummary {
  readonly id: PlanId;
  /** Of what an approver agrees to. */
  readonly hash: string;
  /** Number of the last news that the record has taken in. */
  readonly heard: number;
  readonly occasion: 'retirement' | 'request';
  readonly phase: 'planned' | 'under-way' | 'over';
  readonly deadline: Instant;
  readonly boundary: Boundary;
  /** Of all services of the plan. */
  readonly counts: Readonly<Partial<Record<RowStatus, number>>>;
  /** Old and running Fargate tasks of all services. */
  readonly old: number;
  readonly of: number;
  /** What needs somebody first. */
  readonly rows: readonly PlanRow[];
  /** Services that have no row. */
  readonly leftOut: number;
  readonly tasks: readonly TaskRow[];
  readonly tasksLeftOut: number;
  /** The opening that is used now, or the next one. */
  readonly slot?: Slot;
  /** Of the service that has to begin first. */
  readonly latestSafeStart?: Instant;
  readonly votes: { readonly given: readonly string[]; readonly needed: number; readonly against: readonly string[] };
  /** The account's own settings, in words: `wait period 7 days, event windows off`. */
  readonly account?: string;
}

export type RowStatus =
  | 'escalated'
  | 'failed'
  | 'rolled-back'
  | 'superseded'
  | 'blocked'
  | 'ask'
  | 'running'
  | 'verifying'
  | 'ready'
  | 'handing-over'
  | 'handed-over'
  | 'done'
  | 'skipped'
  | 'gone';

export interface PlanRow {
  readonly service: ServiceRef;
  readonly status: RowStatus;
  readonly old: number;
  readonly of: number;
  /** `ROLLING`, `CODE_DEPLOY`, `one by one`, …; absent for what ECS did not show. */
  readonly strategy?: string;
  /** Milliseconds, while it is not over. */
  readonly expected?: number;
  /** Milliseconds that it took. */
  readonly took?: number;
  readonly slot?: Slot;
  readonly because: string;
  readonly choices?: readonly Choice[];
  /** What is not as it was, although it is done. */
  readonly changes?: readonly string[];
}

export interface TaskRow {
  readonly name: string;
  readonly status: 'gone' | 'notify' | 'relaunch' | 'running' | 'done' | 'failed';
  readonly because: string;
}
