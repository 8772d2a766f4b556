import { type Environment, EnvironmentReader } from '../../shared/runtime/environment.ts';
import { readTelling, type TellingConfig } from '../../shared/runtime/telling-config.ts';

export interface Config extends TellingConfig {
  /** Whether anything may be changed in ECS; without it the permissions are not there either, and plans are only told. */
  readonly mayRedeploy: boolean;
}

/** Reads the environment that template.yaml gives; throws a ConfigurationError that names every problem at once. */
export function readConfig(environment: Environment): Config {
  const reader = new EnvironmentReader(environment);
  return reader.finish({
    ...readTelling(reader),
    mayRedeploy: reader.oneOf('REDEPLOYMENTS', ['yes', 'no'], 'yes') === 'yes',
  });
}
