import { setTimeout as delay } from 'node:timers/promises';

/** Runs `run` every `interval` milliseconds, one run at a time, and settles after `stopping` aborts. */
export async function repeat(interval: number, run: () => Promise<unknown>, stopping: AbortSignal): Promise<void> {
  while (!stopping.aborted) {
    await delay(interval, undefined, { signal: stopping }).catch(() => undefined);
    if (!stopping.aborted) await run();
  }
}
