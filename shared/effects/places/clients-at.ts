import { type Home, isHome, type Place, placeKey } from '../../domain/place.ts';
import { type ClientSettings, clientSettings, type Environment } from '../clients.ts';
import type { MemberCredentials } from './member-credentials.ts';

/** The clients by which an account and Region is asked. Never throws: a place that cannot be reached fails each call. */
export type At<Client> = (place: Place) => Client;

/** Places whose clients are kept, with their connections; of more, the one that was not used for longest is dropped. */
const MOST_PLACES = 64;

interface Reach<Client> {
  readonly home: Home;
  /** The clients of home, with the own role. */
  readonly own: Client;
  readonly make: (settings: ClientSettings) => Client;
  /** For every other place, another Region of the own account included. */
  readonly credentials: MemberCredentials;
  readonly environment: Environment;
}

/** Clients by place, made when first asked for. */
export function createClientsAt<Client>({ home, own, make, credentials, environment }: Reach<Client>): At<Client> {
  const made = new Map<string, Client>();
  return (place) => {
    if (isHome(place, home)) return own;
    const key = placeKey(place);
    const known = made.get(key);
    made.delete(key);
    const client =
      known ?? make({ ...clientSettings(place.region, environment), credentials: () => credentials(place) });
    made.set(key, client);
    const [stalest] = made.keys();
    if (made.size > MOST_PLACES && stalest !== undefined) made.delete(stalest);
    return client;
  };
}
