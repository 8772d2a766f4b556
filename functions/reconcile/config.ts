import { type Environment, EnvironmentReader } from '../../shared/runtime/environment.ts';
import { type PlacesConfig, readPlaces } from '../../shared/runtime/places-config.ts';
import { readTelling, type TellingConfig } from '../../shared/runtime/telling-config.ts';

export interface Config extends TellingConfig, PlacesConfig {
  /** Whether services are swept for what events never say; without it the permissions are not there either. */
  readonly watches: boolean;
}

/** Reads the environment that template.yaml gives; throws a ConfigurationError that names every problem at once. */
export function readConfig(environment: Environment): Config {
  const reader = new EnvironmentReader(environment);
  return reader.finish({
    ...readTelling(reader),
    ...readPlaces(reader),
    watches: reader.oneOf('WATCHDOGS', ['yes', 'no'], 'yes') === 'yes',
  });
}
