import { describe, expect, it } from 'vitest';
import { createWatch } from '../../functions/reconcile/watch.ts';
import type { KnownAccount } from '../../shared/domain/accounts.ts';
import { minutes } from '../../shared/domain/instant.ts';
import { type Place, placeKey } from '../../shared/domain/place.ts';
import type { SweptService } from '../../shared/domain/watchdog-service.ts';
import { createMemorySweepStore, type SweepStore } from '../../shared/effects/stores/sweep-memory.ts';
import type { PlaceFailure, PlacesCursor, PlacesSlice } from '../../shared/effects/sweep/places-sweep.ts';
import { NOON } from '../support/observations.ts';
import { anEmptyService, aSweptService } from '../support/swept-services.ts';

const HOME: Place = { partition: 'aws', account: '111122223333', region: 'eu-west-1' };
const MORE: PlacesCursor = { place: placeKey(HOME) };
const slice = (services: readonly SweptService[], cursor?: PlacesCursor): PlacesSlice => ({
  services,
  cursor,
  failures: [],
  visits: [],
});
const THROTTLED: PlaceFailure = {
  action: 'ecs:ListServices',
  reason: 'throttled',
  name: 'ThrottlingException',
  place: HOME,
};

/** A watch whose sweeps answer these slices in turn, and which is asked once a minute from noon on. */
function aWatch(slices: readonly PlacesSlice[], store: SweepStore = createMemorySweepStore()) {
  let now = NOON;
  let loads = 0;
  const cursors: (PlacesCursor | undefined)[] = [];
  const failures: PlaceFailure[] = [];
  const places: (readonly Place[])[] = [];
  const start = () =>
    createWatch({
      home: HOME,
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
        next: async (cursor, asked) => {
          cursors.push(cursor);
          places.push(asked);
          return slices[cursors.length - 1] ?? slice([]);
        },
      },
    });
  let watch = start();
  return {
    cursors,
    failures,
    places,
    loads: () => loads,
    restart: () => {
      watch = start();
    },
    /** The answers of so many minutes. */
    minutes: async (count: number, accounts: readonly KnownAccount[] = []) => {
      const steps = [];
      for (let minute = 0; minute < count; minute++) {
        steps.push(await watch.step(accounts));
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
    const watch = aWatch([{ ...slice([], MORE), failures: [THROTTLED] }, slice([])]);
    await watch.minutes(2);
    expect(watch.failures).toEqual([THROTTLED]);
    expect(watch.cursors).toEqual([undefined, MORE]);
  });

  it('sweeps home, and then every Region of every account that the configuration names, each once', async () => {
    const watch = aWatch([]);
    await watch.minutes(1, [
      { id: HOME.account, regions: ['us-east-1', HOME.region] },
      { id: '222233334444', name: 'payments', regions: ['eu-west-1'] },
      { id: '333344445555', regions: [] },
    ]);
    expect(watch.places[0]?.map(placeKey)).toEqual([
      'aws/111122223333/eu-west-1',
      'aws/111122223333/us-east-1',
      'aws/222233334444/eu-west-1',
    ]);
  });

  it('remembers since when a place tells nothing, until it does', async () => {
    const store = createMemorySweepStore();
    const visit = (isShut: boolean): PlacesSlice => ({ ...slice([]), visits: [{ place: HOME, isShut }] });
    const watch = aWatch([visit(true), visit(true), visit(false)], store);
    await watch.minutes(16);
    expect((await store.load())?.shut).toEqual({ [placeKey(HOME)]: NOON });
    await watch.minutes(15);
    expect((await store.load())?.shut).toEqual({});
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
