import { arch, cpus, loadavg } from 'node:os';

/** When, where and by what was measured, and how busy the machine was with other things. */
export function machine(now: Date = new Date()): string {
  const [{ model } = { model: 'unknown processor' }] = cpus();
  const [load = 0] = loadavg();
  return [
    now.toISOString().slice(0, 10),
    `${cpus().length} x ${model.trim()} (${arch()}), load ${load.toFixed(1)}`,
    `Node ${process.versions.node}`,
  ].join('; ');
}
