/** Starts the clock of one call: the signal aborts when the call's time is used up. */
export type Budget = () => AbortSignal;

/** A budget of so many milliseconds, from the moment the call starts. */
export const budgetOf =
  (milliseconds: number): Budget =>
  () =>
    AbortSignal.timeout(milliseconds);

/**
 * Settles when `work` does, or rejects with the signal's reason when it aborts first. The race is needed beside passing
 * the signal on, because the SDK does not look at it while it waits between two attempts.
 */
export async function within<Value>(
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<Value>,
): Promise<Value> {
  signal.throwIfAborted();
  const settled = new AbortController();
  const aborted = new Promise<never>((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true, signal: settled.signal });
  });
  try {
    return await Promise.race([work(signal), aborted]);
  } finally {
    settled.abort();
  }
}
