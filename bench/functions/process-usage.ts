import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';

/** The kernel counts a thread's time up when it goes to sleep; by then it has. */
const UNTIL_ASLEEP = 3;

/**
 * Milliseconds of processor time that a process has taken, all threads, to the microsecond: /proc/PID/stat counts in
 * hundredths of a second. Linux alone has it. https://docs.kernel.org/scheduler/sched-stats.html
 */
export async function processorTime(pid: number): Promise<number> {
  await setTimeout(UNTIL_ASLEEP);
  const threads = readdirSync(`/proc/${pid}/task`);
  const nanoseconds = threads.map((thread) =>
    Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]),
  );
  return nanoseconds.reduce((sum, one) => sum + one, 0) / 1e6;
}

/** MB in memory now. */
export function residentMemory(pid: number): number {
  const [, kilobytes = '0'] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) / 1_024;
}
