import { describe, expect, it } from 'vitest';
import { createWatch } from '../../functions/reconcile/watch.ts';
import { minutes } from '../../shared/domain/instant.ts';
import type { SweptService } from '../../shared/domain/watchdog-service.ts';
import type { CallFailure } from '../../shared/effects/metered-calls.ts';
import type { SweepSlice } from '../../shared/effects/service-sweep.ts';
import { START, type SweepCursor } from '../../shared/effects/service-sweep-cursor.ts';
import { createMemorySweepStore, type SweepStore } from '../../shared/effects/sweep-memory.ts';
import { NOON } from '../support/observations.ts';
import { anEmptyService, aSweptService } from '../support/swept-services.ts';

const MORE: SweepCursor = { ...START, clusterPage: { token: 'more' } };
const slice = (services: readonly SweptService[], cursor?: SweepCursor): SweepSlice => ({ services, cursor });
const THROTTLED: CallFailure = { action: 'ecs:ListServices', reason: 'throttled', name: 'ThrottlingException' };

/** A watch whose sweeps answer these slices in turn, and which is asked once a minute from noon on. */
function aWatch(slices: readonly SweepSlice[], store: SweepStore = createMemorySweepStore()) {
  let now = NOON;
  let loads = 0;
  const cursors: (SweepCursor | undefined)[] = [];
  const failures: CallFailure[] = [];
  const start = () =>
    createWatch({
      clock: () => now,
      report: (failure) => failures.push(failure),
      memory: {
        ...store,
        load: () => {
          loads += 1;
          return store.load();
        },
      },
      sweep: {
        next: async (cursor) => {
          cursors.push(cursor);
          return slices[cursors.length - 1] ?? slice([]);
        },
      },
    });
  let watch = start();
  return {
    cursors,
    failures,
    loads: () => loads,
    restart: () => {
      watch = start();
    },
    /** The answers of so many minutes. */
    minutes: async (count: number) => {
      const steps = [];
      for (let minute = 0; minute < count; minute++) {
        steps.push(await watch.step());
        now += minutes(1);
      }
      return steps;
    },
  };
}

const NOTHING = { observations: [], healthy: [] };

describe('the watch', () => {
  it('sweeps at once and then every 15 minutes', async () => {
    const watch = aWatch([]);
    await watch.minutes(31);
    expect(watch.cursors).toHaveLength(3);
  });

  it('rests between sweeps, also after a restart, and reads once to know', async () => {
    const watch = aWatch([]);
    await watch.minutes(7);
    expect(watch.loads()).toBe(2);
    watch.restart();
    expect(await watch.minutes(8)).toEqual(Array.from({ length: 8 }, () => NOTHING));
    expect(watch.loads()).toBe(3);
    expect(watch.cursors).toHaveLength(1);
  });

  it('goes on with an unfinished sweep every minute, also in another process', async () => {
    const watch = aWatch([slice([], MORE), slice([], MORE), slice([])]);
    await watch.minutes(1);
    watch.restart();
    await watch.minutes(10);
    expect(watch.cursors).toEqual([undefined, MORE, MORE]);
  });

  it('begins the next sweep at once when one took longer than 15 minutes', async () => {
    const watch = aWatch([...Array.from({ length: 19 }, () => slice([], MORE)), slice([])]);
    await watch.minutes(21);
    expect(watch.cursors.slice(19)).toEqual([MORE, undefined]);
  });

  it('says what a sweep finds, again with each sweep, under one key', async () => {
    const watch = aWatch(Array.from({ length: 3 }, () => slice([anEmptyService()])));
    const found = (await watch.minutes(45)).flatMap(({ observations }) => observations);
    expect(found).toHaveLength(2);
    expect(new Set(found.map(({ key }) => key)).size).toBe(1);
  });

  it('says what is well again', async () => {
    const watch = aWatch([slice([anEmptyService()]), slice([aSweptService()])]);
    const healthy = (await watch.minutes(16)).flatMap((step) => step.healthy);
    expect(healthy).toMatchObject([{ service: { service: 'checkout' }, recovery: { at: NOON + minutes(15) } }]);
  });

  it('counts the services that want tasks, once a sweep is finished', async () => {
    const idle = anEmptyService({ desired: 0 });
    const deleted = aSweptService({ facts: { status: 'DRAINING' } });
    const watch = aWatch([
      slice([aSweptService(), aSweptService({ name: 'web' }), idle], MORE),
      slice([aSweptService({ name: 'ledger' }), deleted]),
      slice([aSweptService()]),
    ]);
    const counts = (await watch.minutes(16)).map(({ services }) => services);
    expect(counts.filter((count) => count !== undefined)).toEqual([3, 1]);
    expect(counts[1]).toBe(3);
  });

  it('tells of calls that failed and tries again in the next minute', async () => {
    const watch = aWatch([{ ...slice([], MORE), failed: THROTTLED }, slice([])]);
    await watch.minutes(2);
    expect(watch.failures).toEqual([THROTTLED]);
    expect(watch.cursors).toEqual([undefined, MORE]);
  });

  it('sweeps the slice again when its progress could not be saved', async () => {
    const store = createMemorySweepStore();
    let isDown = true;
    const watch = aWatch([slice([], MORE), slice([], MORE)], {
      ...store,
      save: async (progress) => {
        if (isDown) throw new Error('the table does not answer');
        await store.save(progress);
      },
    });
    await expect(watch.minutes(1)).rejects.toThrow('the table does not answer');
    isDown = false;
    await watch.minutes(2);
    expect(watch.cursors).toEqual([undefined, undefined, MORE]);
  });
});
