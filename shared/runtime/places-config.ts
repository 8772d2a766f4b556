import type { Home } from '../domain/place.ts';
import { present } from '../domain/present.ts';
import type { EnvironmentReader } from './environment.ts';

/** Where a function runs, and how it gets elsewhere. */
export interface PlacesConfig {
  readonly home: Home;
  /** Name of the role that other accounts, and other Regions of this one, are read with; absent: they are not. */
  readonly memberRole?: string;
}

/** A part of a function's larger configuration; problems are left in the reader. */
export const readPlaces = (reader: EnvironmentReader): PlacesConfig => ({
  home: {
    region: reader.optional('AWS_REGION') ?? '',
    ...present({
      account: reader.optionalMatching('HOME_ACCOUNT', /^\d{12}$/, 'an account id of twelve digits'),
      partition: reader.optional('HOME_PARTITION'),
    }),
  },
  ...present({ memberRole: readRole('MEMBER_ROLE', reader) }),
});

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html */
export const readRole = (name: string, reader: EnvironmentReader): string | undefined =>
  reader.optionalMatching(name, /^[\w+=,.@-]{1,64}$/, 'the name of a role, without its account and path');
