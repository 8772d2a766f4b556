import {
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';

/** A message that was received and is invisible to others until its timeout, or until it is deleted. */
export interface Received {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
  /** `ApproximateReceiveCount` and its like. */
  readonly attributes: Readonly<Record<string, string>>;
}

export interface Queue {
  readonly arn: string;
  readonly url: string;
  readonly send: (body: string, attributes?: Readonly<Record<string, string>>) => Promise<void>;
  /** Waits for messages until some come or `signal` aborts, in which case there are none. At most ten. */
  readonly receive: (most: number, signal: AbortSignal) => Promise<readonly Received[]>;
  /** Deletes what can be: a message whose timeout ran out meanwhile stays and comes again, as in SQS. */
  readonly remove: (messages: readonly Received[]) => Promise<void>;
}

/** Seconds. Lambda's pollers and SQS's own limit: 20. */
const LONG_POLL = 20;

export async function openQueue(sqs: SQSClient, url: string): Promise<Queue> {
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['QueueArn'] }));
  return {
    arn: Attributes?.QueueArn ?? '',
    url,
    send: async (body, attributes = {}) => {
      const texts = Object.entries(attributes).map(
        ([name, value]) => [name, { DataType: 'String', StringValue: value }] as const,
      );
      await sqs.send(
        new SendMessageCommand({ QueueUrl: url, MessageBody: body, MessageAttributes: Object.fromEntries(texts) }),
      );
    },
    receive: (most, signal) => receiveFrom(sqs, url, most, signal),
    remove: (messages) => removeFrom(sqs, url, messages),
  };
}

async function receiveFrom(
  sqs: SQSClient,
  url: string,
  most: number,
  signal: AbortSignal,
): Promise<readonly Received[]> {
  const command = new ReceiveMessageCommand({
    QueueUrl: url,
    MaxNumberOfMessages: Math.min(most, 10),
    WaitTimeSeconds: LONG_POLL,
    MessageSystemAttributeNames: ['All'],
  });
  try {
    const { Messages = [] } = await sqs.send(command, { abortSignal: signal });
    return Messages.map(receivedFrom);
  } catch (error) {
    if (signal.aborted) return [];
    throw error;
  }
}

const receivedFrom = (message: Message): Received => ({
  messageId: message.MessageId ?? '',
  receiptHandle: message.ReceiptHandle ?? '',
  body: message.Body ?? '',
  attributes: message.Attributes ?? {},
});

async function removeFrom(sqs: SQSClient, url: string, messages: readonly Received[]): Promise<void> {
  if (messages.length === 0) return;
  const entries = messages.map((message, index) => ({ Id: String(index), ReceiptHandle: message.receiptHandle }));
  await sqs.send(new DeleteMessageBatchCommand({ QueueUrl: url, Entries: entries }));
}
