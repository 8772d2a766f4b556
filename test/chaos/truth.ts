import type { Troubles } from './troubles.ts';

/** What really happened, by the events themselves. */
export interface Truth {
  /** Failed tasks by service. */
  readonly stops: ReadonlyMap<string, number>;
  /** Placements that failed by capacity provider. */
  readonly placements: ReadonlyMap<string, number>;
  readonly healthy: readonly string[];
}

export function truthOf({ events, healthy }: Troubles): Truth {
  const names = healthy.map(({ name }) => name);
  const stops = new Map<string, Set<string>>();
  const placements = new Map<string, Set<string>>();
  for (const { event } of events) {
    const { group, taskArn, eventName } = event.detail;
    if (eventName === 'SERVICE_TASK_PLACEMENT_FAILURE') count(placements, 'FARGATE', event.id);
    const service = String(group).replace('service:', '');
    if (typeof taskArn === 'string' && !names.includes(service)) count(stops, service, taskArn);
  }
  return { stops: sizes(stops), placements: sizes(placements), healthy: names };
}

const count = (counted: Map<string, Set<string>>, name: string, what: string): void => {
  counted.set(name, (counted.get(name) ?? new Set()).add(what));
};

const sizes = (counted: ReadonlyMap<string, ReadonlySet<string>>): ReadonlyMap<string, number> =>
  new Map([...counted].map(([name, { size }]) => [name, size]));
