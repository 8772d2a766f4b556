// The package's types know the default export only.
// oxlint-disable-next-line import/no-named-as-default
import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import type { Telemetry } from './telemetry.ts';

export type LambdaHandler<Event, Result> = (event: Event, context: Context) => Promise<Result>;

/**
 * The one wrapper of every function: the request's id on every log line, metrics flushed at the end, and a failure
 * logged before it goes back to the platform, which decides about another try.
 */
export function entrypoint<Event, Result>(
  handler: LambdaHandler<Event, Result>,
  { logger, metrics, begin }: Telemetry,
): LambdaHandler<Event, Result> {
  const wrapped = middy<Event, Result>(handler).use({
    before: ({ context }) => {
      begin(context.awsRequestId);
    },
    after: () => metrics.publish(),
    onError: async ({ error }) => {
      logger.error('the invocation failed', { error });
      await metrics.publish();
    },
  });
  return async (event, context) => wrapped(event, context);
}
