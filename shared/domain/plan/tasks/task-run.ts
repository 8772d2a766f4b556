import type { Instant } from '../../instant.ts';
import type { Slot } from '../candidates.ts';
import type { Launch } from '../situation.ts';

/** In which order a task is replaced by its copy. */
export const RELAUNCH_ORDERS = ['start-then-stop', 'stop-then-start'] as const;
export type RelaunchOrder = (typeof RELAUNCH_ORDERS)[number];

/** How far the replacement of a task of no service is. Kept between looks. */
export type TaskRun =
  | { readonly kind: 'waiting' }
  /** It is recorded that ECS is asked for a copy; whether it was is seen from the copy alone. */
  | ({ readonly kind: 'started' } & Relaunch)
  /** It is recorded that ECS is asked to stop the old task. */
  | ({ readonly kind: 'stopping' } & Relaunch)
  | { readonly kind: 'ended'; readonly end: TaskEnd; readonly at: Instant; readonly because: string };

/** What was so when the replacement began, and what of it was asked last. */
export interface Relaunch {
  readonly order: RelaunchOrder;
  /** Kept, because a task that has stopped cannot be copied any more. May hold secrets: never shown. */
  readonly launch: Launch;
  readonly slot: Slot;
  readonly startedAt: Instant;
  readonly askedAt: Instant;
  /** How often ECS was asked for what it is asked for now. */
  readonly tries: number;
  /** What AWS answered instead of doing it. */
  readonly trouble?: string;
}

export type TaskEnd =
  /** The copy runs, the old task does not. */
  | 'done'
  /** It stopped before anything was done about it. */
  | 'skipped'
  /** AWS has stopped it, as people were told. */
  | 'handed-over'
  | 'failed'
  /** It should have been stopped long ago, and nobody knows what became of it. */
  | 'escalated';

export type TaskInFlight = Extract<TaskRun, Relaunch>;

export const isRelaunching = (run: TaskRun): run is TaskInFlight => run.kind === 'started' || run.kind === 'stopping';
