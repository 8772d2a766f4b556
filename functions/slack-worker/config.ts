import { type Environment, EnvironmentReader } from '../../shared/runtime/environment.ts';
import { type PlacesConfig, readPlaces } from '../../shared/runtime/places-config.ts';
import { readTelling, type TellingConfig } from '../../shared/runtime/telling-config.ts';

export interface Config extends TellingConfig, PlacesConfig {
  /** Name or ARN of the function that changes ECS. */
  readonly redeployFunction: string;
  /** Whether anything may be changed in ECS; otherwise nobody is offered to. */
  readonly mayRedeploy: boolean;
  /** Whether answers quote container logs; without it the permission is not there either. */
  readonly readsContainerLogs: boolean;
  /** Whether e-mail addresses are taken out of everything that is told. */
  readonly redactsEmails: boolean;
}

/** Reads the environment that template.yaml gives; throws a ConfigurationError that names every problem at once. */
export function readConfig(environment: Environment): Config {
  const reader = new EnvironmentReader(environment);
  return reader.finish({
    ...readTelling(reader),
    ...readPlaces(reader),
    redeployFunction: reader.required('REDEPLOY_FUNCTION', 'the name or ARN of the function that changes ECS'),
    mayRedeploy: reader.oneOf('REDEPLOYMENTS', ['yes', 'no'], 'yes') === 'yes',
    readsContainerLogs: reader.oneOf('READ_CONTAINER_LOGS', ['yes', 'no'], 'yes') === 'yes',
    redactsEmails: reader.oneOf('REDACT_EMAILS', ['yes', 'no'], 'no') === 'yes',
  });
}
