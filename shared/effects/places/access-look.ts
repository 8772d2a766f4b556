import type { ECSClient } from '@aws-sdk/client-ecs';
import { found, type Gathered, missing } from '../../domain/facts.ts';
import { type Home, isHome, type Place } from '../../domain/place.ts';
import type { At } from './clients-at.ts';
import { UnreachablePlaceError } from './unreachable-place.ts';

/** Whether another account lets us change what is in it; `undefined` at home, where the own role decides. Whatever keeps us out is an answer. */
export type AccessLook = (place: Place) => Promise<Gathered<'granted'> | undefined>;

/** Asks for the keys that a change would take, which are then there for it. Nothing is changed or asked in the account. */
export const createAccessLook =
  (deps: { readonly home: Home; readonly clientsAt: At<{ readonly ecs: Pick<ECSClient, 'config'> }> }): AccessLook =>
  async (place) => {
    if (isHome(place, deps.home)) return undefined;
    try {
      await deps.clientsAt(place).ecs.config.credentials();
      return found('granted');
    } catch (error) {
      if (error instanceof UnreachablePlaceError) return missing(error.reason, error.message);
      throw error;
    }
  };
