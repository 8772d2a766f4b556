import { SQSClient } from '@aws-sdk/client-sqs';
import { missing } from '../../shared/domain/facts.ts';
import { seconds } from '../../shared/domain/instant.ts';
import { awsFailure } from '../../shared/effects/aws-failure.ts';
import { budgetOf, within } from '../../shared/effects/budget.ts';
import { requireCredentials, required } from '../account.ts';

/** Longer than the long poll, with room for the SDK's retries. */
const budget = budgetOf(seconds(15));

/**
 * A client with the credentials that the AWS SDK finds; throws an AccountError when it finds none. It asks the endpoint
 * of the Region, or `AWS_ENDPOINT_URL`, and never the host of a queue's URL, which came from the command line.
 */
export async function openSqs(region: string): Promise<SQSClient> {
  const client = new SQSClient({ region, useQueueUrlAsEndpoint: false, userAgentAppId: 'slackwater' });
  await requireCredentials(() => client.config.credentials());
  return client;
}

/** Answers what `call` does; what AWS refuses becomes an AccountError that names the permission and the queue. */
export async function asked<Value>(
  action: `sqs:${string}`,
  queue: string,
  call: (signal: AbortSignal) => Promise<Value>,
): Promise<Value> {
  try {
    return await within(budget(), call);
  } catch (error) {
    const { reason, name } = awsFailure(error);
    if (/DoesNotExist|NonExistentQueue/.test(name))
      return required(missing('not-found', `there is no queue ${queue} in this account and Region`));
    if (reason === 'denied') return required(missing(reason, `${action} is not allowed on ${queue}`));
    return required(missing(reason, `${action} failed on ${queue} (${name})`));
  }
}

/** What `call` answers, or `undefined` where SQS does not know the call, as older partitions and emulators do not. */
export async function ifKnown<Value>(call: Promise<Value>): Promise<Value | undefined> {
  try {
    return await call;
  } catch (error) {
    if (/^(UnsupportedOperation|InvalidAction|UnknownOperation)/.test(awsFailure(error).name)) return undefined;
    throw error;
  }
}
