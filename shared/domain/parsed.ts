import type { Signal } from './signal.ts';

/** Why an event that is well formed leads to nothing. */
export type IgnoredReason =
  /** No parser for this source and detail-type. */
  | 'not-watched'
  /** A task state change that is neither the final stop nor a Spot warning. */
  | 'not-final'
  /** A Health event about another service than ECS. */
  | 'not-ecs'
  /** The backup-Region copy of a Health event that the first Region delivers as well. */
  | 'backup-copy';

/** What became of one raw event. Malformed input never parses later, so it is recorded once and not retried. */
export type Parsed =
  | { readonly status: 'parsed'; readonly signal: Signal }
  | { readonly status: 'ignored'; readonly reason: IgnoredReason; readonly because: string; readonly eventId?: string }
  | {
      readonly status: 'malformed';
      /** Path of the field at fault, such as `detail.containers[0].name`. */
      readonly field: string;
      /** What was expected there, without the value itself. */
      readonly expected: string;
      readonly eventId?: string;
    };
