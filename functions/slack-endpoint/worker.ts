import type { ChatRequest } from '../../shared/domain/chat/request.ts';
import type { AwsAnswer } from '../../shared/effects/aws-answer.ts';
import type { AwsClient } from './aws/client.ts';
import type { TimeLeft } from './time-left.ts';

/** Hands a request to the worker, which gets it as its event; an answer of `done` means that Lambda has queued it. */
export type HandOver = (request: ChatRequest, left: TimeLeft) => Promise<AwsAnswer>;

/**
 * `worker` is a function's name or ARN. Asynchronous, because Slack waits for three seconds and Lambda stops this function
 * with its answer. https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
 */
export const createHandOver =
  (aws: AwsClient, worker: string): HandOver =>
  (request, left) =>
    aws(
      'lambda:InvokeFunction',
      {
        path: `/2015-03-31/functions/${encodeURIComponent(worker)}/invocations`,
        headers: { 'x-amz-invocation-type': 'Event' },
        body: request,
      },
      left,
    );
