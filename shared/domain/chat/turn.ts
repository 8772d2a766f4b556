import type { Instant } from '../instant.ts';

/**
 * The leave to do something once. Whoever has it does it, and if they are cut off nobody knows whether they did: so it is
 * not given again, and the person is told to look.
 */
export interface Turn {
  /** What is done once: a request, a modal that was submitted, a service that is asked for. */
  readonly name: string;
  /** Id of the request that wants it. */
  readonly request: string;
  /** Id of the person. */
  readonly by: string;
  /** From then on it is free again. */
  readonly until: Instant;
}

export type TurnAnswer =
  | { readonly status: 'first' }
  /** An earlier delivery of the same request had it. */
  | { readonly status: 'cut-off' }
  | { readonly status: 'taken'; readonly by: string; readonly at: Instant };

/** Gives each turn to one. */
export interface TurnStore {
  readonly take: (turn: Turn, now: Instant) => Promise<TurnAnswer>;
}
