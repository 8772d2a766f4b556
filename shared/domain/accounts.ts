import { type Place, placeKey } from './place.ts';

/** An account that this installation looks after, as its configuration tells it. */
export interface KnownAccount {
  /** Twelve digits. */
  readonly id: string;
  /** What people call it. */
  readonly name?: string;
  /** Where its services are looked for. */
  readonly regions: readonly string[];
}

/** `222233334444 (payments-prod)`, or the id alone. */
export const accountLabel = (id: string, name: string | undefined): string =>
  name === undefined ? id : `${id} (${name})`;

/** What people call an account, where the configuration says so. */
export const accountNameIn = (accounts: readonly KnownAccount[], id: string): string | undefined =>
  accounts.find((account) => account.id === id)?.name;

/** Home first, then every Region of every account in the order given, each place once. */
export function placesToWatch(home: Place, accounts: readonly KnownAccount[]): readonly Place[] {
  const elsewhere = accounts.flatMap(({ id, regions }) =>
    regions.map((region): Place => ({ partition: home.partition, account: id, region })),
  );
  return [...new Map([home, ...elsewhere].map((place) => [placeKey(place), place])).values()];
}
