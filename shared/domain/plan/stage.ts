import type { Instant } from '../instant.ts';
import type { Slot } from './candidates.ts';

/** How far the replacement of one service is. Kept between looks; everything else of a plan is worked out anew. */
export interface Run {
  readonly stage: Stage;
  /** How often it failed or was rolled back; after the first time somebody has to agree anew. */
  readonly failures: number;
  /** What became of the last attempt. */
  readonly last?: Attempt;
}

export interface Attempt {
  readonly end: End;
  readonly at: Instant;
  readonly slot: Slot;
  /** One that was given up may still go on in ECS. */
  readonly deployment?: string;
}

export type Stage =
  /** For an opening, an approval, or for what blocks to go away. */
  | { readonly kind: 'waiting'; readonly aim?: Slot; readonly held?: Held }
  /**
   * It is recorded that ECS is asked for a deployment; whether it was is seen from the deployments alone. `unseen` counts
   * the looks that did not show one, because clocks may be wrong.
   */
  | ({
      readonly kind: 'starting';
      readonly tries: number;
      readonly askedAt: Instant;
      readonly unseen: number;
      /** What AWS answered instead of doing it. */
      readonly trouble?: string;
    } & Flight)
  | ({ readonly kind: 'running'; readonly deployment: string; readonly overran?: true } & Flight)
  /**
   * One task after the other is stopped, and ECS starts another of the same image. It is recorded that ECS is asked to stop
   * `taskId`, first at `since` and last at `askedAt`; the next one follows when the service is well again.
   */
  | ({
      readonly kind: 'replacing';
      readonly taskId: string;
      readonly since: Instant;
      readonly askedAt: Instant;
      readonly trouble?: string;
    } & Flight)
  /**
   * ECS is done; the proof is not. `wellSince`: everything has looked right without a break since then. Tasks that were
   * replaced one by one had no deployment.
   */
  | ({
      readonly kind: 'verifying';
      readonly deployment?: string;
      readonly since: Instant;
      readonly wellSince?: Instant;
    } & Flight)
  /** Nothing of ours replaces what is old; what becomes of it is watched. */
  | { readonly kind: 'handing-over'; readonly since: Instant; readonly why: HandOver }
  | {
      readonly kind: 'ended';
      readonly end: End;
      readonly at: Instant;
      readonly because: string;
      readonly proof?: Proof;
    };

/** The window's mode says so; it is too late; another tool deploys the service; or somebody wants it so. */
export type HandOver = 'mode' | 'late' | 'controller' | 'asked';

/** Why nothing starts although the window is open. Told again only when `key` changes: numbers in the text may vary. */
export interface Held {
  readonly key: string;
  readonly because: string;
}

/** What was so when the attempt began. */
export interface Flight {
  readonly startedAt: Instant;
  readonly slot: Slot;
  /** Number of the lock under which it was started. */
  readonly fence: number;
  readonly revision: string;
  readonly digests: Readonly<Record<string, string>>;
  /** Deployments that were there before; another one is ours. */
  readonly known: readonly string[];
}

export type End = 'done' | 'skipped' | 'failed' | 'rolled-back' | 'superseded' | 'handed-over' | 'escalated';

/** What was seen when it ended. */
export interface Proof {
  /** Running tasks older than the boundary. */
  readonly old: number;
  readonly running: number;
  readonly desired: number;
  readonly deployment?: string;
  /** Milliseconds from the start to the end of the proof. */
  readonly took?: number;
  /** What is not as it was before, in sentences: the revision, an image. Empty when nothing else changed. */
  readonly changes: readonly string[];
}

export type StageOf<Kind extends Stage['kind']> = Extract<Stage, { readonly kind: Kind }>;
export type FlightStage = Extract<Stage, Flight>;

export const NOT_BEGUN: Run = { stage: { kind: 'waiting' }, failures: 0 };

const FLIGHTS: ReadonlySet<Stage['kind']> = new Set<FlightStage['kind']>([
  'starting',
  'running',
  'replacing',
  'verifying',
]);

/** ECS was asked, or is about to be, and it is not over. */
export const inFlight = (stage: Stage): stage is FlightStage => FLIGHTS.has(stage.kind);

export const flightOf = ({ startedAt, slot, fence, revision, digests, known }: Flight): Flight => ({
  startedAt,
  slot,
  fence,
  revision,
  digests,
  known,
});
