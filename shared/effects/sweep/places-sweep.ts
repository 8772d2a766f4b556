import { type Instant, seconds } from '../../domain/instant.ts';
import { type Place, placeKey } from '../../domain/place.ts';
import type { SweptService } from '../../domain/watchdog-service.ts';
import { type Budget, budgetOf } from '../budget.ts';
import type { CallFailure } from '../metered-calls.ts';
import type { At } from '../places/clients-at.ts';
import type { ReadClients } from '../read-clients.ts';
import { createServiceSweep, type SweepSlice } from './service-sweep.ts';
import type { SweepCursor } from './service-sweep-cursor.ts';

/** Where a sweep of several places goes on. */
export interface PlacesCursor {
  /** Its key. */
  readonly place: string;
  /** Absent: nothing has been asked there yet. */
  readonly cursor?: SweepCursor;
}

/** What one run found, and where the next goes on: nowhere when every place is finished. */
export interface PlacesSlice {
  readonly services: readonly SweptService[];
  readonly cursor: PlacesCursor | undefined;
  readonly failures: readonly PlaceFailure[];
  /** The places that were looked at, and whether they told nothing at all. */
  readonly visits: readonly { readonly place: Place; readonly isShut: boolean }[];
}

export interface PlaceFailure extends CallFailure {
  readonly place: Place;
}

/** Sweeps the services of several places, one place after the other. Never throws for what AWS answers. */
export interface PlacesSweep {
  /** Without a cursor it begins at the first place; where the cursor's is not among them any more, the sweep is finished. */
  readonly next: (cursor: PlacesCursor | undefined, places: readonly Place[], now: Instant) => Promise<PlacesSlice>;
}

/** Of one run. A place that does not answer takes less: nine seconds of attempts at its keys, and nine at ECS. */
const TIMEOUT = seconds(20);
/** That one run gets to. Most have few services, and ECS's request limits are those of each account and Region. */
const MOST_PLACES = 40;

export function createPlacesSweep(deps: {
  readonly clientsAt: At<Pick<ReadClients, 'ecs'>>;
  readonly budget?: Budget;
}): PlacesSweep {
  const { clientsAt, budget = budgetOf(TIMEOUT) } = deps;
  return {
    next: async (cursor, places, now) => {
      const signal = budget();
      const services: SweptService[] = [];
      const failures: PlaceFailure[] = [];
      const visits: PlacesSlice['visits'][number][] = [];
      let at = cursor ?? begin(places[0]);
      for (let left = MOST_PLACES; left > 0 && at !== undefined && !signal.aborted; left--) {
        const index = places.findIndex((one) => placeKey(one) === at?.place);
        const place = places[index];
        if (place === undefined) return { services, failures, visits, cursor: undefined };
        const sweep = createServiceSweep({ client: clientsAt(place).ecs, budget: () => signal });
        const slice = await sweep.next(at.cursor, now);
        services.push(...slice.services);
        if (slice.failed) failures.push({ ...slice.failed, place });
        const isShut = !signal.aborted && knowsNothing(slice);
        visits.push({ place, isShut });
        if (slice.cursor !== undefined && !(isShut && places.length > 1))
          return { services, failures, visits, cursor: { place: at.place, cursor: slice.cursor } };
        at = begin(places[index + 1]);
      }
      return { services, failures, visits, cursor: at };
    },
  };
}

const begin = (place: Place | undefined): PlacesCursor | undefined => place && { place: placeKey(place) };

/** Not even its clusters were listed: the other places go on, and the next sweep asks again. */
const knowsNothing = ({ failed, cursor }: SweepSlice): boolean =>
  failed?.action === 'ecs:ListClusters' && cursor?.clusterPage === 'first';
