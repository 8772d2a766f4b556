/** What became of one invocation. Only a `thrown` error leaves the execution environment alive. */
export type InvokeOutcome =
  | { readonly status: 'returned'; readonly payload: unknown }
  | {
      readonly status: 'failed';
      readonly cause: 'thrown' | 'init-failed' | 'timed-out' | 'crashed';
      /** As Lambda names it: `TypeError`, `Sandbox.Timedout`, `Runtime.ExitError`. */
      readonly errorType: string;
      readonly message: string;
    };

export type Failure = Extract<InvokeOutcome, { status: 'failed' }>;

export const failed = (cause: Failure['cause'], errorType: string, message: string): Failure => ({
  status: 'failed',
  cause,
  errorType,
  message,
});
