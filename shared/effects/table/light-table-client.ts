import { setTimeout } from 'node:timers/promises';
import { type Instant, seconds } from '../../domain/instant.ts';
import { type AwsAnswer, awsAnswer } from '../aws-answer.ts';
import { postText } from '../http-post.ts';
import { type Keys, signedHeaders } from '../signed-headers.ts';
import type { Input, TableClient, TableOperation } from './table-client.ts';
import { outputOf, requestText } from './wire.ts';

export interface LightTableDeps {
  readonly region: string;
  readonly endpoint: URL;
  /** Without them every call fails. */
  readonly keys: Keys | undefined;
  readonly clock: () => Instant;
  /** Waits so many milliseconds before the next attempt. */
  readonly pause?: (milliseconds: number) => Promise<unknown>;
  /** From 0 to 1: how much of the longest wait it is. */
  readonly random?: () => number;
  /** Of an attempt, in milliseconds. DynamoDB answers in ten. */
  readonly limits?: { readonly connection: number; readonly answer: number };
}

/** As the SDK's in this project. */
const LIMITS = { connection: seconds(1), answer: seconds(2) };
const ATTEMPTS = 3;
/** Milliseconds: of the first wait at most, doubled for each further one. The SDK's standard mode has the same. */
const STEP = 100;
const STEP_WHEN_THROTTLED = 500;
/** An answer has 16 MB at most, of which bytes become a third longer as base64. */
const LARGEST_ANSWER = 32 * 1_048_576;

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html */
const THROTTLED: ReadonlySet<string> = new Set([
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'ThrottlingException',
  'TooManyRequestsException',
]);

/**
 * DynamoDB without its SDK, which takes longer to load than all else that a common event needs: each call a signed POST.
 * Up to three attempts; a write whose attempt had no answer may have been made, as it may with the SDK. The checksum of an
 * answer is not compared: TLS guards it on the way, and what is cut off is no JSON.
 */
export function createLightTableClient(deps: LightTableDeps): TableClient {
  const { pause = setTimeout, random = Math.random } = deps;

  async function answerTo(operation: TableOperation, text: string): Promise<AwsAnswer> {
    for (let attempt = 1; ; attempt++) {
      const answer = await attemptAt(operation, text, deps);
      const step = stepAfter(answer);
      if (step === undefined || attempt === ATTEMPTS) return answer;
      await pause(random() * step * 2 ** (attempt - 1));
    }
  }

  return {
    send: async <Operation extends TableOperation>(operation: Operation, input: Input<Operation>) => {
      const answer = await answerTo(operation, requestText(input));
      if (answer.status === 'failed') throw failure(operation, answer.name);
      try {
        return outputOf<Operation>(answer.body);
      } catch {
        throw failure(operation, 'MalformedAnswer');
      }
    },
  };
}

async function attemptAt(
  operation: TableOperation,
  text: string,
  { region, endpoint: url, keys, clock, limits = LIMITS }: LightTableDeps,
): Promise<AwsAnswer> {
  if (keys === undefined) return { status: 'failed', name: 'CredentialsProviderError', isDoubtful: false };
  const unsigned = {
    'content-type': 'application/x-amz-json-1.0',
    'user-agent': 'app/slackwater',
    'x-amz-target': `DynamoDB_20120810.${operation}`,
  };
  const headers = signedHeaders({ service: 'dynamodb', region, url, headers: unsigned, text }, keys, clock());
  const { connection: connectWithin, answer: timeout } = limits;
  return awsAnswer(await postText({ url, headers, text, connectWithin, timeout, largest: LARGEST_ANSWER }));
}

/** Undefined after what another attempt does not change. */
function stepAfter(answer: AwsAnswer): number | undefined {
  if (answer.status === 'done') return undefined;
  if (THROTTLED.has(answer.name)) return STEP_WHEN_THROTTLED;
  return answer.isDoubtful ? STEP : undefined;
}

/** Without DynamoDB's own message, which may name the caller and repeat what is in the item. */
const failure = (operation: TableOperation, name: string): Error =>
  Object.assign(new Error(`dynamodb:${operation} failed`), { name });
