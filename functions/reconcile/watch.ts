import { type KnownAccount, placesToWatch } from '../../shared/domain/accounts.ts';
import { type Instant, minutes } from '../../shared/domain/instant.ts';
import type { Observation } from '../../shared/domain/observation.ts';
import { type Place, placeKey } from '../../shared/domain/place.ts';
import { type Healthy, inspect } from '../../shared/domain/watchdog.ts';
import { observeFinding } from '../../shared/domain/watchdog-observation.ts';
import type { SweptService } from '../../shared/domain/watchdog-service.ts';
import type { SweepProgress, SweepStore } from '../../shared/effects/stores/sweep-memory.ts';
import type { PlaceFailure, PlacesSlice, PlacesSweep } from '../../shared/effects/sweep/places-sweep.ts';

export interface WatchDeps {
  readonly sweep: PlacesSweep;
  /** Where this runs, and the first place that is swept. */
  readonly home: Place;
  readonly memory: SweepStore;
  readonly clock: () => Instant;
  /** Called with every call of AWS that failed; the sweep goes on in the next minute. */
  readonly report: (failure: PlaceFailure) => void;
  /** Milliseconds between the starts of two sweeps, 15 minutes unless given. */
  readonly interval?: number;
}

export interface WatchStep {
  /** The same trouble in every sweep, under the same key. */
  readonly observations: readonly Observation[];
  readonly healthy: readonly Healthy[];
  /** With the step that finishes a sweep: how many services of all places want tasks. */
  readonly services?: number;
}

export interface Watch {
  /** `accounts` are those that the configuration names now. */
  readonly step: (accounts: readonly KnownAccount[]) => Promise<WatchStep>;
}

const NOTHING: WatchStep = { observations: [], healthy: [] };

/**
 * Sweeps the services, one slice a step, and rests until the next sweep is due. Resting costs nothing, or one read where
 * this process does not know yet when the last sweep began. A step throws only when the store does.
 */
export function createWatch(deps: WatchDeps): Watch {
  const { memory, clock, interval = minutes(15) } = deps;
  // Another process may have swept since; then the next sweep is due later, never sooner.
  let restsUntil = Number.NEGATIVE_INFINITY;
  return {
    step: async (accounts) => {
      const now = clock();
      if (now < restsUntil) return NOTHING;
      const known = await memory.load();
      if (known !== undefined && known.cursor === undefined && now < known.startedAt + interval) {
        restsUntil = known.startedAt + interval;
        return NOTHING;
      }
      const before = known?.cursor === undefined ? newSweep(known, now) : known;
      return sweepSlice(before, { now, places: placesToWatch(deps.home, accounts) }, deps);
    },
  };
}

async function sweepSlice(
  before: SweepProgress,
  { now, places }: { readonly now: Instant; readonly places: readonly Place[] },
  { sweep, memory, report }: WatchDeps,
): Promise<WatchStep> {
  const { services, cursor, failures, visits } = await sweep.next(before.cursor, places, now);
  for (const failure of failures) report(failure);
  const { findings, healthy, memory: remembered } = inspect(services, before.memory, now);
  const counted = before.services + services.filter(wantsTasks).length;
  await memory.save({
    startedAt: before.startedAt,
    services: counted,
    memory: remembered,
    shut: shutSince(before.shut, visits, now),
    ...(cursor && { cursor }),
  });
  return { observations: findings.map(observeFinding), healthy, ...(!cursor && { services: counted }) };
}

const newSweep = (previous: SweepProgress | undefined, now: Instant): SweepProgress => ({
  startedAt: now,
  services: 0,
  memory: previous?.memory ?? {},
  ...(previous?.shut && { shut: previous.shut }),
});

/** Told by the command doctor, which cannot look there itself. */
function shutSince(
  before: SweepProgress['shut'] = {},
  visits: PlacesSlice['visits'],
  now: Instant,
): Readonly<Record<string, Instant>> {
  const open = visits.filter(({ isShut }) => !isShut).map(({ place }) => placeKey(place));
  const shut = visits.filter(({ isShut }) => isShut).map(({ place }) => [placeKey(place), now] as const);
  const all = { ...Object.fromEntries(shut), ...before };
  return Object.fromEntries(Object.entries(all).filter(([key]) => !open.includes(key)));
}

const wantsTasks = ({ facts: { status, desired } }: SweptService): boolean => status === 'ACTIVE' && desired > 0;
