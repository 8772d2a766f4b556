import { type Environment, EnvironmentReader } from '../../shared/runtime/environment.ts';
import { type PlacesConfig, readPlaces } from '../../shared/runtime/places-config.ts';
import { readTelling, type TellingConfig } from '../../shared/runtime/telling-config.ts';

export interface Config extends TellingConfig, PlacesConfig {
  /** Whether messages quote container logs; without it the permission is not there either. */
  readonly readsContainerLogs: boolean;
  /** Whether ECR, load balancing and CloudWatch are asked about a new problem; without it the permissions are gone too. */
  readonly checksDeeply: boolean;
  /** Whether CloudTrail is asked who started a failed deployment or stopped a task; without it the permission is not there either. */
  readonly looksUpActors: boolean;
  /** Whether e-mail addresses are taken out of everything that is recorded, logged or told. */
  readonly redactsEmails: boolean;
}

/** Reads the environment that template.yaml gives; throws a ConfigurationError that names every problem at once. */
export function readConfig(environment: Environment): Config {
  const reader = new EnvironmentReader(environment);
  return reader.finish({
    ...readTelling(reader),
    ...readPlaces(reader),
    redactsEmails: reader.oneOf('REDACT_EMAILS', ['yes', 'no'], 'no') === 'yes',
    looksUpActors: reader.oneOf('LOOK_UP_ACTORS', ['yes', 'no'], 'no') === 'yes',
    checksDeeply: reader.oneOf('DEEP_CHECKS', ['yes', 'no'], 'yes') === 'yes',
    readsContainerLogs: reader.oneOf('READ_CONTAINER_LOGS', ['yes', 'no'], 'yes') === 'yes',
  });
}
