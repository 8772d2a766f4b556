import { present } from '../../shared/domain/present.ts';
import { type Environment, EnvironmentReader } from '../../shared/runtime/environment.ts';
import type { Service } from './aws/calls.ts';
import type { AwsClientDeps } from './aws/client.ts';
import type { Senders } from './senders.ts';
import type { StoredAt } from './stored-text.ts';

export interface Config extends Pick<AwsClientDeps, 'region' | 'endpoints' | 'credentials'> {
  readonly tableName: string;
  /** Name or ARN of the function that does what is asked. */
  readonly worker: string;
  readonly signingSecret: StoredAt;
  /** The bot token. */
  readonly credential: StoredAt;
  readonly senders: Senders;
  /** Ends in a slash. */
  readonly slackApiUrl: string;
}

/** Reads the environment that template.yaml gives; throws a ConfigurationError that names every problem at once. */
export function readConfig(environment: Environment): Config {
  const reader = new EnvironmentReader(environment);
  const region = reader.required('AWS_REGION', 'a Region, which AWS Lambda sets');
  const slackApiUrl = reader.optionalMatching('SLACK_API_URL', URL_PATTERN, 'a URL') ?? 'https://slack.com/api/';
  return reader.finish({
    region,
    endpoints: readEndpoints(region, reader),
    credentials: readCredentials(reader),
    tableName: reader.required('TABLE_NAME', 'the name of the DynamoDB table'),
    worker: reader.required('WORKER_FUNCTION', 'the name or ARN of the function that requests are handed to'),
    signingSecret: readStoredAt('SLACK_SIGNING_SECRET', reader),
    credential: readStoredAt('SLACK_CREDENTIAL', reader),
    senders: readSenders(reader),
    slackApiUrl: slackApiUrl.endsWith('/') ? slackApiUrl : `${slackApiUrl}/`,
  });
}

const URL_PATTERN = /^https?:\/\/.+/;

/** As the AWS SDKs name them in `AWS_ENDPOINT_URL_…`. */
const VARIABLES: Readonly<Record<Service, string>> = {
  dynamodb: 'AWS_ENDPOINT_URL_DYNAMODB',
  lambda: 'AWS_ENDPOINT_URL_LAMBDA',
  secretsmanager: 'AWS_ENDPOINT_URL_SECRETS_MANAGER',
  ssm: 'AWS_ENDPOINT_URL_SSM',
};

/** URL_SUFFIX is the partition's `AWS::URLSuffix`. */
function readEndpoints(region: string, reader: EnvironmentReader): AwsClientDeps['endpoints'] {
  const everywhere = reader.optionalMatching('AWS_ENDPOINT_URL', URL_PATTERN, 'a URL');
  const suffix =
    everywhere === undefined ? reader.required('URL_SUFFIX', "the domain of the partition's endpoints") : '';
  const endpoint = (service: Service): string =>
    reader.optionalMatching(VARIABLES[service], URL_PATTERN, 'a URL') ??
    everywhere ??
    `https://${service}.${region}.${suffix}`;
  return {
    dynamodb: endpoint('dynamodb'),
    lambda: endpoint('lambda'),
    secretsmanager: endpoint('secretsmanager'),
    ssm: endpoint('ssm'),
  };
}

const readCredentials = (reader: EnvironmentReader): AwsClientDeps['credentials'] => ({
  accessKeyId: reader.required('AWS_ACCESS_KEY_ID', "the role's key, which AWS Lambda sets"),
  secretAccessKey: reader.required('AWS_SECRET_ACCESS_KEY', "the role's key, which AWS Lambda sets"),
  ...present({ sessionToken: reader.optional('AWS_SESSION_TOKEN') }),
});

/** `<name>_SECRET`, the ARN of a secret, or else `<name>_PARAMETER`, the name of an SSM SecureString. */
function readStoredAt(name: string, reader: EnvironmentReader): StoredAt {
  const arn = reader.optional(`${name}_SECRET`);
  if (arn !== undefined) return { kind: 'secret', arn };
  const wanted = `the name of an SSM SecureString, or ${name}_SECRET with the ARN of a secret`;
  return { kind: 'parameter', name: reader.required(`${name}_PARAMETER`, wanted) };
}

function readSenders(reader: EnvironmentReader): Senders {
  const appId = reader.optionalMatching('SLACK_APP_ID', /^A[A-Z0-9]+$/, 'the id of a Slack app (A…)');
  const teams = reader.optionalMatching(
    'SLACK_TEAM_IDS',
    /^[TE][A-Z0-9]+(\s*,\s*[TE][A-Z0-9]+)*$/,
    'ids of Slack workspaces (T…) or organisations (E…), separated by commas',
  );
  return { teams: teams?.split(/\s*,\s*/) ?? [], ...present({ appId }) };
}
