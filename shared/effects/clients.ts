import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { SNSClient } from '@aws-sdk/client-sns';
import type { SSMClient } from '@aws-sdk/client-ssm';
import { type Instant, seconds } from '../domain/instant.ts';
import type { Keys } from './signed-headers.ts';
import { tableEndpoint } from './table/endpoint.ts';
import { createLightTableClient } from './table/light-table-client.ts';
import type { TableClient } from './table/table-client.ts';

/** What a function remembers and tells by, where it runs. The AWS SDK is loaded with the first message. */
export interface Clients extends TellingClients {
  readonly table: TableClient;
}

/** Each is loaded when it is first asked for. */
export interface TellingClients {
  readonly snsFor: (region: string) => Promise<SNSClient>;
  readonly ssm: () => Promise<SSMClient>;
  readonly secrets: () => Promise<SecretsManagerClient>;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Makes the clients, once per cold start. `region` is where the function runs, and its role's keys are in `environment`:
 * without them every call of the table fails.
 */
export function createClients(region: string, environment: Environment, clock: () => Instant): Clients {
  const endpoint = tableEndpoint(region, environment);
  const keys = environmentCredentials(environment);
  return {
    ...createTellingClients(clientSettings(region, environment)),
    table: createLightTableClient({ region, endpoint, keys, clock }),
  };
}

/** Endpoints are left to the SDK, so that `AWS_ENDPOINT_URL` and `AWS_ENDPOINT_URL_<SERVICE>` keep working. */
export const createTellingClients = (settings: ClientSettings): TellingClients => ({
  snsFor: perRegion(async (where) => {
    const { SNSClient } = await import('@aws-sdk/client-sns');
    return new SNSClient({ ...settings, region: where });
  }),
  ssm: once(async () => new (await import('@aws-sdk/client-ssm')).SSMClient(settings)),
  secrets: once(async () => new (await import('@aws-sdk/client-secrets-manager')).SecretsManagerClient(settings)),
});

/** What a client is made with; keys may be asked for when they are first needed, and again when they expire. */
export type ClientSettings = Omit<ReturnType<typeof clientSettings>, 'credentials'> & {
  readonly credentials?: Keys | (() => Promise<Keys & { readonly expiration?: Date }>);
};

/**
 * Settings that the SDK would otherwise look for in the environment and in files, client by client. An attempt is cut
 * off early: these services answer in milliseconds, and an event that waits for one is tried again anyway.
 */
export function clientSettings(region: string, environment: Environment) {
  const credentials = environmentCredentials(environment);
  return {
    region,
    maxAttempts: 3,
    retryMode: 'standard',
    defaultsMode: 'standard',
    useFipsEndpoint: environment['AWS_USE_FIPS_ENDPOINT'] === 'true',
    useDualstackEndpoint: environment['AWS_USE_DUALSTACK_ENDPOINT'] === 'true',
    userAgentAppId: 'slackwater',
    requestHandler: { connectionTimeout: seconds(1), requestTimeout: seconds(2), throwOnRequestTimeout: true },
    ...(credentials && { credentials }),
  } as const;
}

/**
 * Lambda gives the role's keys in the environment, and they last as long as it does, which saves the walk along the
 * SDK's chain of providers. The chain remains for every other place, and for a named profile, which it puts first.
 */
function environmentCredentials(environment: Environment): Keys | undefined {
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, AWS_PROFILE } = environment;
  if (!AWS_ACCESS_KEY_ID || !AWS_SECRET_ACCESS_KEY || AWS_PROFILE) return undefined;
  return {
    accessKeyId: AWS_ACCESS_KEY_ID,
    secretAccessKey: AWS_SECRET_ACCESS_KEY,
    ...(AWS_SESSION_TOKEN && { sessionToken: AWS_SESSION_TOKEN }),
  };
}

/** Makes it when it is first asked for. */
export function once<Client extends object>(make: () => Client): () => Client {
  let made: Client | undefined;
  return () => (made ??= make());
}

/** One for each Region, made when it is first asked for. */
export function perRegion<Client>(make: (region: string) => Client): (region: string) => Client {
  const made = new Map<string, Client>();
  return (region) => {
    const client = made.get(region) ?? make(region);
    made.set(region, client);
    return client;
  };
}
