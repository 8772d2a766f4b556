import { type Environment, EnvironmentReader } from '../../shared/runtime/environment.ts';
import { readTelling, type TellingConfig } from '../../shared/runtime/telling-config.ts';

export interface Config extends TellingConfig {
  /** Whether copies of notices for the backup Region count; then this hears of Regions that have no stack. */
  readonly takesCopies: boolean;
}

/** Reads the environment that template.yaml gives; throws a ConfigurationError that names every problem at once. */
export function readConfig(environment: Environment): Config {
  const reader = new EnvironmentReader(environment);
  return reader.finish({
    ...readTelling(reader),
    takesCopies: reader.oneOf('BACKUP_NOTICES', ['yes', 'no'], 'no') === 'yes',
  });
}
