import { devNull } from 'node:os';
import { join } from 'node:path';
import type { AwsServer } from './aws/server.ts';
import type { Database } from './database/database.ts';
import { COMPANY } from './estate/company.ts';
import type { FunctionSpec } from './lambda/environment.ts';
import { BROKER_ACCOUNT, type Broker } from './messaging/broker.ts';
import { countedQueue } from './messaging/counted-queue.ts';
import type { Queue } from './messaging/queue.ts';
import type { SlackServer } from './slack/server.ts';
import { lastPart } from './stack/property.ts';
import type { Stack } from './stack/stack.ts';

/** The servers that the functions are pointed at. */
export interface Servers {
  readonly slack: SlackServer;
  readonly aws: AwsServer;
  readonly database: Database;
  readonly broker: Broker;
}

/**
 * What the template says about its functions, their bundles below `root`, and the variables that keep them on loopback. They are
 * told the company's account and not the one that the emulator of queues and topics puts into its ARNs.
 */
export function specsOf(stack: Stack, root: string, servers: Servers, timeout: number | undefined): FunctionSpec[] {
  return stack.functions.map((fn) => ({
    name: lastPart(fn.code),
    arn: fn.arn,
    invokedArn: fn.arn.replace(BROKER_ACCOUNT, COMPANY.account),
    taskRoot: join(root, fn.code),
    handler: fn.handler,
    timeout: (timeout ?? fn.timeout) * 1_000,
    memory: fn.memory,
    ...(fn.reservedConcurrency !== undefined && { reservedConcurrency: fn.reservedConcurrency }),
    environment: {
      ...fn.environment,
      HOME_ACCOUNT: COMPANY.account,
      ...loopbackEnvironment(fn.arn.split(':')[3] ?? '', servers),
    },
  }));
}

/** No profile, no metadata service, no real key: a call that is not redirected cannot reach an account. */
export const loopbackEnvironment = (
  region: string,
  { slack, aws, database, broker }: Servers,
): Record<string, string> => ({
  AWS_REGION: region,
  AWS_DEFAULT_REGION: region,
  AWS_ACCESS_KEY_ID: 'sandbox',
  AWS_SECRET_ACCESS_KEY: 'sandbox',
  AWS_SESSION_TOKEN: 'sandbox',
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_CONFIG_FILE: devNull,
  AWS_SHARED_CREDENTIALS_FILE: devNull,
  AWS_ENDPOINT_URL: aws.url,
  AWS_ENDPOINT_URL_DYNAMODB: database.url,
  AWS_ENDPOINT_URL_SQS: broker.url,
  AWS_ENDPOINT_URL_SNS: broker.url,
  SLACK_API_URL: slack.apiUrl,
});

/** Where the functions look for Slack's credential and for its signing secret, each answered with the sandbox's own. */
export function secretsOf(stack: Stack, values: SlackSecrets): ReadonlyMap<string, string> {
  const places = stack.functions.flatMap(({ environment }) => [
    ...PLACES.credential.map((name) => [environment[name] ?? '', values.token] as const),
    ...PLACES.signingSecret.map((name) => [environment[name] ?? '', values.signingSecret] as const),
  ]);
  return new Map(places.filter(([place]) => place !== ''));
}

interface SlackSecrets {
  readonly token: string;
  readonly signingSecret: string;
}

/** The variables that name a parameter or a secret. */
const PLACES = {
  credential: ['SLACK_CREDENTIAL_PARAMETER', 'SLACK_CREDENTIAL_SECRET'],
  signingSecret: ['SLACK_SIGNING_SECRET_PARAMETER', 'SLACK_SIGNING_SECRET_SECRET'],
};

/** Creates the template's topics, each with a queue that hears everything. */
export async function subscribeToTopics(stack: Stack, broker: Broker): Promise<readonly Queue[]> {
  return Promise.all(
    stack.topics.map(async ({ arn }) => {
      const name = lastPart(arn);
      const queue = await broker.createQueue({ name: `${name}-subscription`, visibilityTimeout: 30 });
      await broker.subscribe(await broker.createTopic(name), queue);
      return queue;
    }),
  );
}

/** Creates the template's queues, those that others redrive to first, and answers them by ARN. `visibilityTimeout` in seconds. */
export async function createQueues(
  stack: Stack,
  broker: Broker,
  { visibilityTimeout, onRequest }: { readonly visibilityTimeout?: number; readonly onRequest: () => void },
): Promise<ReadonlyMap<string, Queue>> {
  const queues = new Map<string, Queue>();
  const deadLettersFirst = [...stack.queues].sort((a, b) => Number('redrive' in a) - Number('redrive' in b));
  for (const queue of deadLettersFirst) {
    const spec = { ...queue, name: lastPart(queue.arn) };
    const created = await broker.createQueue(visibilityTimeout === undefined ? spec : { ...spec, visibilityTimeout });
    queues.set(queue.arn, countedQueue(created, onRequest));
  }
  return queues;
}
