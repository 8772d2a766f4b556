import { type Environment, EnvironmentReader } from '../../shared/runtime/environment.ts';
import { readTelling, type TellingConfig } from '../../shared/runtime/telling-config.ts';

export interface Config extends TellingConfig {
  /** Whether messages quote container logs; without it the permission is not there either. */
  readonly readsContainerLogs: boolean;
}

/** Reads the environment that template.yaml gives; throws a ConfigurationError that names every problem at once. */
export function readConfig(environment: Environment): Config {
  const reader = new EnvironmentReader(environment);
  return reader.finish({
    ...readTelling(reader),
    readsContainerLogs: reader.oneOf('READ_CONTAINER_LOGS', ['yes', 'no'], 'yes') === 'yes',
  });
}
