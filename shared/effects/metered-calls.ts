import { type AwsFailure, awsFailure } from './aws-failure.ts';
import { within } from './budget.ts';

/** A call that did not get its answer. */
export interface CallFailure extends AwsFailure {
  /** The permission it takes: `ecs:ListServices`. */
  readonly action: string;
}

type Answer<Value> =
  | { readonly status: 'answered'; readonly value: Value }
  | { readonly status: 'failed'; readonly failure: CallFailure };

/** AWS calls that are counted and share one time budget. */
export interface Calls {
  readonly left: () => number;
  /** Never throws for what AWS answers. */
  readonly make: <Value>(action: string, send: (abortSignal: AbortSignal) => Promise<Value>) => Promise<Answer<Value>>;
}

/** At most so many calls, until `signal` aborts. Asking beforehand whether one is left is the caller's part. */
export function meteredCalls(most: number, signal: AbortSignal): Calls {
  let made = 0;
  return {
    left: () => most - made,
    make: async (action, send) => {
      made += 1;
      try {
        return { status: 'answered', value: await within(signal, send) };
      } catch (error) {
        return { status: 'failed', failure: { action, ...awsFailure(error) } };
      }
    },
  };
}
