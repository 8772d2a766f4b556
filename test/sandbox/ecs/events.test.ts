import { describe, expect, it } from 'vitest';
import { parseEvent } from '../../../shared/parse/index.ts';
import { eventFiles, eventIn } from '../../support/event-files.ts';
import { aHarbour, DAY, HOUR, MINUTE, START } from './a-harbour.ts';

/** Everything that happens to a service that is deployed, fails, pauses and is retired. */
function aLife(): readonly object[] {
  const pier = aHarbour();
  const emitted: object[] = [];
  const live = (milliseconds: number): void => {
    pier.pass(milliseconds);
    emitted.push(...pier.harbour.takeEvents().map(({ event }) => event));
  };
  pier.deploy();
  live(10 * MINUTE);
  pier.change({ fails: 'exit' });
  pier.deploy();
  live(HOUR);
  pier.change({ fails: undefined, pauseHook: { stage: 'PRE_SCALE_UP', timeout: HOUR, onTimeout: 'ROLLBACK' } });
  pier.deploy();
  live(2 * HOUR);
  pier.ecs.retire({ boundary: START + DAY, deadline: START + DAY, after: 0 });
  live(2 * DAY);
  return emitted;
}

/** The paths of an event's fields, places in lists left out. */
function pathsOf(value: unknown, path = ''): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((item) => pathsOf(item, `${path}[]`));
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value).flatMap(([key, child]) => pathsOf(child, `${path}.${key}`));
}

interface Told {
  readonly 'detail-type': string;
  readonly detail: { readonly eventName?: string; readonly stoppedReason?: string };
}

// True for everything that ECS puts on the bus.
const events = aLife() as readonly Told[];
const recorded = eventFiles.filter((path) => path.startsWith('ecs/')).map((path) => eventIn(path) as Told);
const nameOf = ({ detail, 'detail-type': type }: Told): string => `${type}: ${detail.eventName ?? 'STOPPED'}`;

describe('the events of the harbour', () => {
  it('are of every kind that a deployment and a retirement bring', () => {
    expect([...new Set(events.map(nameOf))].toSorted()).toEqual([
      'ECS Deployment State Change: SERVICE_DEPLOYMENT_COMPLETED',
      'ECS Deployment State Change: SERVICE_DEPLOYMENT_FAILED',
      'ECS Deployment State Change: SERVICE_DEPLOYMENT_IN_PROGRESS',
      'ECS Hook State Change: HOOK_AWAITING_ACTION',
      'ECS Hook State Change: HOOK_TIMED_OUT',
      'ECS Service Action: SERVICE_DEPLOYMENT_FAILED',
      'ECS Service Action: SERVICE_STEADY_STATE',
      'ECS Task State Change: STOPPED',
    ]);
  });

  it.each([...new Map(events.map((event) => [nameOf(event), event]))])(
    '%s has the fields of recorded ones, and no other',
    (name, event) => {
      const same = recorded.filter((one) => one['detail-type'] === event['detail-type']);
      const known = new Set(same.flatMap((one) => pathsOf(one)));
      expect(pathsOf(event).filter((path) => !known.has(path))).toEqual([]);
      const [twin] = same.filter((one) => nameOf(one) === name);
      const missing = twin === undefined ? ['no twin'] : pathsOf(twin).filter((path) => !pathsOf(event).includes(path));
      expect(event.detail.eventName === undefined ? [] : missing).toEqual([]);
    },
  );

  it('parse, every one', () => {
    expect(new Set(events.map((event) => parseEvent(event).status))).toEqual(new Set(['parsed']));
  });

  it('of maintenance carry no stop code, as AWS sends them', () => {
    const maintenance = events.filter(({ detail }) => detail.stoppedReason?.includes('performing maintenance'));
    expect(maintenance).toHaveLength(2);
    for (const { detail } of maintenance) expect(detail).not.toHaveProperty('stopCode');
  });
});
