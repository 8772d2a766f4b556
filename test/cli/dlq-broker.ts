import { devNull } from 'node:os';
import { afterAll, afterEach, beforeAll, beforeEach, vi } from 'vitest';
import { type Broker, startBroker } from '../../sandbox/messaging/broker.ts';
import type { Queue } from '../../sandbox/messaging/queue.ts';
import { eventIn } from '../support/event-files.ts';

/** The queues of a stack, on loopback, empty before each test. */
export interface Queues {
  readonly events: Queue;
  readonly undelivered: Queue;
}

export const REGION = 'eu-west-1';

/** No profile, no file, no metadata service. */
const CREDENTIALS = {
  AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'example',
  AWS_SESSION_TOKEN: undefined,
  AWS_PROFILE: undefined,
  AWS_CONFIG_FILE: devNull,
  AWS_SHARED_CREDENTIALS_FILE: devNull,
  AWS_EC2_METADATA_DISABLED: 'true',
};

/** As the SDK and the command line read it; `url` is where SQS is. */
export const environmentFor = (url: string) => ({ ...CREDENTIALS, AWS_REGION: REGION, AWS_ENDPOINT_URL_SQS: url });

/** SQS for the tests of one file. Answers its queues, which are new for each test, and its URL. */
export function aBroker(): { readonly queues: () => Queues; readonly url: () => string } {
  let broker: Broker;
  let queues: Queues;
  let count = 0;
  beforeAll(async () => {
    broker = await startBroker(REGION);
  });
  beforeEach(async () => {
    for (const [name, value] of Object.entries(environmentFor(broker.url))) vi.stubEnv(name, value);
    count += 1;
    queues = {
      events: await broker.createQueue({ name: `EcsEvents-${count}`, visibilityTimeout: 181 }),
      undelivered: await broker.createQueue({ name: `Undelivered-${count}`, visibilityTimeout: 30 }),
    };
  });
  afterEach(() => vi.unstubAllEnvs());
  afterAll(() => broker[Symbol.asyncDispose]());
  return { queues: () => queues, url: () => broker.url };
}

export const OUT_OF_MEMORY = JSON.stringify(eventIn('ecs/task-stopped-out-of-memory.json'));
export const RETIREMENT = JSON.stringify(eventIn('health/retirement-services.json'));

export const FUNCTION_ARN = 'arn:aws:lambda:eu-west-1:111122223333:function:slackwater-retirement-notice:$LATEST';

/** What EventBridge puts beside an event that its rule could not hand over. */
export const UNDELIVERED = {
  RULE_ARN: 'arn:aws:events:eu-west-1:111122223333:rule/slackwater-TaskStops',
  TARGET_ARN: 'arn:aws:sqs:eu-west-1:111122223333:slackwater-EcsEventsQueue',
  ERROR_CODE: 'NO_PERMISSIONS',
  ERROR_MESSAGE: 'Access to the target was denied.',
};

/** What EventBridge Scheduler puts beside the call that it could not make. */
export const MISSED_RUN = {
  SCHEDULE_ARN: 'arn:aws:scheduler:eu-west-1:111122223333:schedule/default/slackwater-EveryMinute',
  TARGET_ARN: 'arn:aws:lambda:eu-west-1:111122223333:function:slackwater-reconcile',
  ERROR_CODE: 'AWS.Lambda.TooManyRequestsException',
  EXHAUSTED_RETRY_CONDITION: 'MaximumRetryAttempts',
};

/** What Lambda sends of an event that its function failed to take. */
export const failedInvocation = (event: string, errorMessage = 'the store did not answer'): string =>
  JSON.stringify({
    version: '1.0',
    timestamp: '2026-11-17T03:10:00.000Z',
    requestContext: {
      requestId: 'a8d6a2bc-5c7c-4a3a-9a8e-8d1d8d0f6a55',
      functionArn: FUNCTION_ARN,
      condition: 'RetriesExhausted',
      approximateInvokeCount: 3,
    },
    requestPayload: JSON.parse(event) as unknown,
    responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
    responsePayload: { errorType: 'AdapterError', errorMessage },
  });
