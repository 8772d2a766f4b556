import {
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  type Message,
  type QueueAttributeName,
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
  /** What is there now, without waiting. At most ten. */
  readonly take: (most: number) => Promise<readonly Received[]>;
  /** Deletes what can be: a message whose timeout ran out meanwhile stays and comes again, as in SQS. */
  readonly remove: (messages: readonly Received[]) => Promise<void>;
  /** Messages in it, those included that somebody received and did not delete. */
  readonly length: () => Promise<number>;
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
    receive: (most, signal) => receiveWaiting(sqs, url, most, signal),
    take: async (most) => (await receive(sqs, url, { most, wait: 0 })).map(receivedFrom),
    remove: (messages) => removeFrom(sqs, url, messages),
    length: () => lengthOf(sqs, url),
  };
}

async function receiveWaiting(
  sqs: SQSClient,
  url: string,
  most: number,
  signal: AbortSignal,
): Promise<readonly Received[]> {
  try {
    return (await receive(sqs, url, { most, wait: LONG_POLL, signal })).map(receivedFrom);
  } catch (error) {
    if (signal.aborted) return [];
    throw error;
  }
}

/** `wait` in seconds. */
async function receive(
  sqs: SQSClient,
  url: string,
  { most, wait, signal }: { readonly most: number; readonly wait: number; readonly signal?: AbortSignal },
): Promise<readonly Message[]> {
  const command = new ReceiveMessageCommand({
    QueueUrl: url,
    MaxNumberOfMessages: Math.min(most, 10),
    WaitTimeSeconds: wait,
    MessageSystemAttributeNames: ['All'],
  });
  const { Messages = [] } = await sqs.send(command, signal && { abortSignal: signal });
  return Messages;
}

const receivedFrom = (message: Message): Received => ({
  messageId: message.MessageId ?? '',
  receiptHandle: message.ReceiptHandle ?? '',
  body: message.Body ?? '',
  attributes: message.Attributes ?? {},
});

async function removeFrom(sqs: SQSClient, url: string, messages: readonly Received[]): Promise<void> {
  // SQS deletes ten at a time; a larger batch takes several requests, as Lambda's pollers make.
  for (let first = 0; first < messages.length; first += 10) {
    const entries = messages
      .slice(first, first + 10)
      .map((message, index) => ({ Id: String(index), ReceiptHandle: message.receiptHandle }));
    await sqs.send(new DeleteMessageBatchCommand({ QueueUrl: url, Entries: entries }));
  }
}

const COUNTS: QueueAttributeName[] = [
  'ApproximateNumberOfMessages',
  'ApproximateNumberOfMessagesNotVisible',
  'ApproximateNumberOfMessagesDelayed',
];

async function lengthOf(sqs: SQSClient, url: string): Promise<number> {
  const { Attributes = {} } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: COUNTS }));
  return COUNTS.reduce((sum, name) => sum + Number(Attributes[name] ?? 0), 0);
}
