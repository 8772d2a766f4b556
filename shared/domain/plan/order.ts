import type { Instant } from '../instant.ts';

/** What somebody decided about a plan beside agreeing to it. `services` are ARNs. */
export type Order = { readonly by: string; readonly at: Instant } & (
  | {
      /** Not in a window: from now until then, freezes notwithstanding. Whoever orders it agrees to it. */
      readonly kind: 'run-now';
      readonly until: Instant;
      /** By the ARN of the service: the hash that it had, and the questions that were put. */
      readonly services: Readonly<Record<string, { readonly hash: string; readonly asks: readonly string[] }>>;
    }
  /** One task after the other, each by a successor of the same image; without a deployment. */
  | { readonly kind: 'pin'; readonly services: readonly string[] }
  /** Knowingly left to AWS. */
  | { readonly kind: 'hand-over'; readonly services: readonly string[] }
  /** A freeze does not hold for this plan; takes as many orders as the freeze says, by those it names. */
  | { readonly kind: 'lift-freeze'; readonly freeze: string }
);
