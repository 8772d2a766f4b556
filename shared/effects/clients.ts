import type { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import type { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import type { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { ECRClient } from '@aws-sdk/client-ecr';
import { ECSClient } from '@aws-sdk/client-ecs';
import type { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { SNSClient } from '@aws-sdk/client-sns';
import type { SSMClient } from '@aws-sdk/client-ssm';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { seconds } from '../domain/instant.ts';

/** By which an account and Region is read. Those that only some events need are made, or loaded, when first asked for. */
export interface ReadClients {
  readonly ecs: ECSClient;
  readonly logsFor: (region: string) => Promise<CloudWatchLogsClient>;
  readonly ecrFor: (region: string) => Promise<ECRClient>;
  readonly loadBalancing: () => Promise<ElasticLoadBalancingV2Client>;
  readonly cloudWatch: () => Promise<CloudWatchClient>;
  readonly cloudTrail: () => Promise<CloudTrailClient>;
}

/** The AWS clients of one function, where it runs. */
export interface Clients extends ReadClients {
  readonly documents: DynamoDBDocumentClient;
  readonly snsFor: (region: string) => Promise<SNSClient>;
  readonly ssm: () => Promise<SSMClient>;
  readonly secrets: () => Promise<SecretsManagerClient>;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Makes the clients, once per cold start. `region` is where the function runs. Endpoints are left to the SDK, so that
 * `AWS_ENDPOINT_URL` and `AWS_ENDPOINT_URL_<SERVICE>` keep working.
 */
export function createClients(region: string, environment: Environment): Clients {
  const settings = clientSettings(region, environment);
  return {
    ...createReadClients(settings),
    documents: DynamoDBDocumentClient.from(new DynamoDBClient(settings), {
      marshallOptions: { removeUndefinedValues: true },
    }),
    snsFor: perRegion(async (where) => {
      const { SNSClient } = await import('@aws-sdk/client-sns');
      return new SNSClient({ ...settings, region: where });
    }),
    ssm: once(async () => new (await import('@aws-sdk/client-ssm')).SSMClient(settings)),
    secrets: once(async () => new (await import('@aws-sdk/client-secrets-manager')).SecretsManagerClient(settings)),
  };
}

/** The part of the clients that may be another place's: `settings` say which, and whose keys. */
export function createReadClients(settings: ClientSettings): ReadClients {
  return {
    ecs: new ECSClient(settings),
    logsFor: perRegion(async (where) => {
      const { CloudWatchLogsClient } = await import('@aws-sdk/client-cloudwatch-logs');
      return new CloudWatchLogsClient({ ...settings, region: where });
    }),
    ecrFor: perRegion(async (where) => {
      const { ECRClient } = await import('@aws-sdk/client-ecr');
      return new ECRClient({ ...settings, region: where });
    }),
    loadBalancing: once(async () => {
      const { ElasticLoadBalancingV2Client } = await import('@aws-sdk/client-elastic-load-balancing-v2');
      return new ElasticLoadBalancingV2Client(settings);
    }),
    cloudWatch: once(async () => new (await import('@aws-sdk/client-cloudwatch')).CloudWatchClient(settings)),
    cloudTrail: once(async () => new (await import('@aws-sdk/client-cloudtrail')).CloudTrailClient(settings)),
  };
}

/** What a client is made with; keys may be asked for when they are first needed, and again when they expire. */
export type ClientSettings = Omit<ReturnType<typeof clientSettings>, 'credentials'> & {
  readonly credentials?: Keys | (() => Promise<Keys>);
};

interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiration?: Date;
}

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
function environmentCredentials(environment: Environment) {
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

function perRegion<Client>(make: (region: string) => Client): (region: string) => Client {
  const made = new Map<string, Client>();
  return (region) => {
    const client = made.get(region) ?? make(region);
    made.set(region, client);
    return client;
  };
}
