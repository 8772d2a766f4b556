import type { Instant } from '../../domain/instant.ts';
import type { Home } from '../../domain/place.ts';
import { type ClientSettings, clientSettings, type Environment } from '../clients.ts';
import { createAssumeRole } from './assume-role.ts';
import { type At, createClientsAt } from './clients-at.ts';
import { createMemberCredentials, type MemberCredentials, noMemberCredentials } from './member-credentials.ts';

interface Reach<Client> extends Way {
  /** The clients of home, with the own role. */
  readonly own: Client;
  readonly make: (settings: ClientSettings) => Client;
}

interface Way {
  readonly home: Home;
  /** Name of the role in other accounts; absent: only home is reached. */
  readonly role: string | undefined;
  /** What has to be deployed there, for who reads that it is not; `infra/member.yaml` unless given. */
  readonly takes?: string;
  readonly environment: Environment;
  readonly clock: () => Instant;
}

/** The clients of every place that lets this installation in. Nothing is asked or loaded before the first call elsewhere. */
export const reachPlaces = <Client>({ own, make, ...way }: Reach<Client>): At<Client> =>
  createClientsAt({ ...way, own, make, credentials: credentialsBy(way) });

function credentialsBy({ home, role, takes = 'infra/member.yaml', environment, clock }: Way): MemberCredentials {
  if (role === undefined) return noMemberCredentials(takes);
  const assume = createAssumeRole(clientSettings(home.region, environment));
  return createMemberCredentials({ role, takes, assume, clock });
}
