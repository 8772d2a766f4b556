import { present } from '../../shared/domain/present.ts';
import { type Environment, EnvironmentReader } from '../../shared/runtime/environment.ts';
import { type PlacesConfig, readPlaces, readRole } from '../../shared/runtime/places-config.ts';
import { readTelling, type TellingConfig } from '../../shared/runtime/telling-config.ts';

export interface Config extends TellingConfig, PlacesConfig {
  /** Whether anything may be changed in ECS; without it the permissions are not there either, and plans are only told. */
  readonly mayRedeploy: boolean;
  /** Name of the role by which services elsewhere are changed; absent: they are not. */
  readonly memberRedeployRole?: string;
}

/** Reads the environment that template.yaml gives; throws a ConfigurationError that names every problem at once. */
export function readConfig(environment: Environment): Config {
  const reader = new EnvironmentReader(environment);
  return reader.finish({
    ...readTelling(reader),
    ...readPlaces(reader),
    mayRedeploy: reader.oneOf('REDEPLOYMENTS', ['yes', 'no'], 'yes') === 'yes',
    ...present({ memberRedeployRole: readRole('MEMBER_REDEPLOY_ROLE', reader) }),
  });
}
