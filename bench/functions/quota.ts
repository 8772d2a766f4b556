import { existsSync, mkdirSync, rmdirSync, writeFileSync } from 'node:fs';

/** Holds processes to a share of one processor, as Lambda does after INIT. */
export interface Quota extends Disposable {
  readonly hold: (pid: number) => void;
}

/** At this memory a function has one whole processor. https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html */
const WHOLE_PROCESSOR = 1_769;
const PERIOD = 20_000;
const CONTROLLER = '/sys/fs/cgroup/cpu';

/** The share of a function with so many MB; `undefined` where control groups (version 1) are not ours to make. */
export function quotaOf(memory: number): Quota | undefined {
  const group = `${CONTROLLER}/slackwater-bench-${process.pid}`;
  if (!existsSync(`${CONTROLLER}/cpu.cfs_quota_us`)) return undefined;
  try {
    mkdirSync(group);
    writeFileSync(`${group}/cpu.cfs_period_us`, String(PERIOD));
    writeFileSync(`${group}/cpu.cfs_quota_us`, String(Math.round((PERIOD * memory) / WHOLE_PROCESSOR)));
  } catch {
    return undefined;
  }
  return {
    hold: (pid) => writeFileSync(`${group}/cgroup.procs`, String(pid)),
    [Symbol.dispose]: () => rmdirSync(group),
  };
}
