import { createHarbour } from '../../../sandbox/ecs/harbour.ts';
import { createSandboxEcs } from '../../../sandbox/ecs/sandbox-ecs.ts';
import type { ServiceSpec } from '../../../sandbox/ecs/service-spec.ts';
import { deployed } from '../../../sandbox/ecs/service-writes.ts';
import { isLive, isRunning } from '../../../sandbox/ecs/task.ts';

export const START = Date.UTC(2026, 10, 17);
export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

export const PIER = { cluster: 'harbour-north', service: 'pier-001' } as const;

/** A harbour on a clock that stands still unless it is moved, with one service. */
export function aHarbour(spec: Partial<ServiceSpec> = {}) {
  let time = START;
  const harbour = createHarbour(() => time);
  const ecs = createSandboxEcs(harbour);
  const place = [PIER.cluster, PIER.service] as const;
  ecs.add({ ...PIER, ...spec });
  return {
    harbour,
    ecs,
    now: () => time,
    pass: (milliseconds: number) => {
      time += milliseconds;
    },
    /** What UpdateService with forceNewDeployment does. */
    deploy: () => void harbour.change(...place, deployed),
    view: () => ecs.service(...place),
    status: () => ecs.service(...place).deployments[0]?.status,
    change: (settings: Parameters<typeof ecs.change>[2]) => ecs.change(...place, settings),
    /** How many of its tasks are live, run, and have not stopped. */
    counts: () => {
      const tasks = harbour.serviceNow(...place)?.tasks ?? [];
      return {
        live: tasks.filter((task) => isLive(task, time)).length,
        running: tasks.filter((task) => isRunning(task, time)).length,
      };
    },
    /** The events since the last time, as their names or, for tasks, their reasons. */
    events: () =>
      harbour.takeEvents().map(({ event }) => String(event.detail['eventName'] ?? event.detail['stoppedReason'])),
  };
}
