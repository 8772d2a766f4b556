import { setTimeout as delay } from 'node:timers/promises';
import type { Activity } from './delivery/activity.ts';

/** Milliseconds between two looks at the queues while nothing is under way: only a visibility timeout is waited for then. */
const PAUSE = 5;

/**
 * Waits until the queues are empty and nothing is under way. Work that comes later by itself, such as the next run of a
 * schedule, is not waited for. Rejects after `timeout` milliseconds with what is left.
 */
export async function untilSettled(activity: Activity, backlog: () => Promise<number>, timeout: number): Promise<void> {
  const deadline = performance.now() + timeout;
  for (;;) {
    const isIdle = await Promise.race([activity.idle().then(() => true), pauseUntil(deadline)]);
    const left = await backlog();
    if (isIdle && left === 0 && activity.isIdle()) return;
    if (performance.now() >= deadline) {
      const work = activity.isIdle() ? 'nothing is under way' : 'an invocation is still under way';
      throw new Error(`waited ${timeout} ms: ${left} messages are left in the queues, and ${work}`);
    }
    if (isIdle) await delay(PAUSE);
  }
}

const pauseUntil = (deadline: number): Promise<false> =>
  delay(Math.max(0, deadline - performance.now()), false as const, { ref: false });
