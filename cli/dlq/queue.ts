import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ListDeadLetterSourceQueuesCommand,
  type Message,
  type QueueAttributeName,
  ReceiveMessageCommand,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { Instant } from '../../shared/domain/instant.ts';
import { present } from '../../shared/domain/present.ts';
import { UsageError } from '../terminal.ts';
import { asked, ifKnown } from './sqs.ts';
import { queueName } from './url.ts';

/** A message that is ours for a minute: invisible to others, and back by itself if we go away. */
export interface Held {
  readonly id: string;
  readonly receipt: string;
  readonly body: string;
  readonly sentAt?: Instant;
  /** This time included. */
  readonly received: number;
  /** Message attributes of type String. */
  readonly attributes: Readonly<Record<string, string>>;
}

export interface QueueRef {
  readonly url: string;
  readonly name: string;
  readonly arn: string;
}

export interface DeadLetterQueue extends QueueRef {
  readonly client: SQSClient;
  /** Messages that can be received, as far as SQS knows; it may be a minute behind. */
  readonly count: number;
  /** URLs of the queues whose dead-letter queue this is. */
  readonly sources: readonly string[];
}

/** Seconds. A message that we hold when we are killed is back after this long. */
const HOLD = 60;

/** Seconds. Any wait makes SQS ask all of its servers: a short poll may say that a queue is empty that is not. */
const LONG_POLL = 1;

/** SQS takes so many in one request: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html */
const BATCH = 10;

/**
 * Throws an AccountError for a queue that cannot be read, and a UsageError for one that is at work: to receive there
 * takes events from its function and uses up the deliveries after which they become dead letters.
 */
export async function openDeadLetters(client: SQSClient, url: string): Promise<DeadLetterQueue> {
  const name = queueName(url);
  const { QueueArn = '', RedrivePolicy, ApproximateNumberOfMessages = '0' } = await attributesOf(client, url);
  if (RedrivePolicy)
    throw new UsageError(
      `--queue ${name} has a dead-letter queue and so is none itself; expected the stack's output EcsEventsDeadLettersUrl or UndeliveredUrl`,
    );
  const sources = await asked('sqs:ListDeadLetterSourceQueues', name, (abortSignal) =>
    ifKnown(client.send(new ListDeadLetterSourceQueuesCommand({ QueueUrl: url }), { abortSignal })),
  );
  return {
    client,
    url,
    name,
    arn: QueueArn,
    count: Number(ApproximateNumberOfMessages),
    sources: sources?.queueUrls ?? [],
  };
}

/** A queue to send to. Throws an AccountError when it is not there. */
export async function openQueue(client: SQSClient, url: string): Promise<QueueRef> {
  const { QueueArn = '' } = await attributesOf(client, url);
  return { url, name: queueName(url), arn: QueueArn };
}

/**
 * Holds batch after batch until the queue is empty. A message that comes again, because its minute was over, is not
 * answered twice; a whole round of such messages ends the reading.
 */
export async function* hold(queue: DeadLetterQueue): AsyncGenerator<readonly Held[]> {
  const known = new Set<string>();
  let repeats = 0;
  while (repeats <= known.size) {
    const batch = await receive(queue);
    if (batch.length === 0) return;
    const fresh = batch.filter(({ id }) => !known.has(id));
    for (const { id } of fresh) known.add(id);
    repeats += batch.length - fresh.length;
    if (fresh.length > 0) yield fresh;
  }
}

/** Makes messages visible again at once. One that cannot be is visible already, or will be within the minute. */
export async function giveBack({ client, url, name }: DeadLetterQueue, messages: readonly Held[]): Promise<void> {
  for (let first = 0; first < messages.length; first += BATCH) {
    const Entries = messages
      .slice(first, first + BATCH)
      .map(({ receipt }, index) => ({ Id: String(index), ReceiptHandle: receipt, VisibilityTimeout: 0 }));
    await asked('sqs:ChangeMessageVisibility', name, (abortSignal) =>
      client.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl: url, Entries }), { abortSignal }),
    );
  }
}

/** The body alone: nothing reads the attributes, which say why the delivery failed that is now made again. */
export const send = ({ client }: DeadLetterQueue, { url, name }: QueueRef, body: string): Promise<unknown> =>
  asked('sqs:SendMessage', name, (abortSignal) =>
    client.send(new SendMessageCommand({ QueueUrl: url, MessageBody: body }), { abortSignal }),
  );

export const remove = ({ client, url, name }: DeadLetterQueue, { receipt }: Held): Promise<unknown> =>
  asked('sqs:DeleteMessage', name, (abortSignal) =>
    client.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: receipt }), { abortSignal }),
  );

async function receive({ client, url, name }: DeadLetterQueue): Promise<readonly Held[]> {
  const command = new ReceiveMessageCommand({
    QueueUrl: url,
    MaxNumberOfMessages: BATCH,
    VisibilityTimeout: HOLD,
    WaitTimeSeconds: LONG_POLL,
    MessageAttributeNames: ['All'],
    MessageSystemAttributeNames: ['SentTimestamp', 'ApproximateReceiveCount'],
  });
  const { Messages = [] } = await asked('sqs:ReceiveMessage', name, (abortSignal) =>
    client.send(command, { abortSignal }),
  );
  return Messages.map(heldFrom);
}

function heldFrom({
  MessageId = '',
  ReceiptHandle = '',
  Body = '',
  Attributes = {},
  MessageAttributes = {},
}: Message): Held {
  const texts = Object.entries(MessageAttributes).map(([name, { StringValue = '' }]) => [name, StringValue] as const);
  return present({
    id: MessageId,
    receipt: ReceiptHandle,
    body: Body,
    sentAt: Attributes.SentTimestamp === undefined ? undefined : Number(Attributes.SentTimestamp),
    received: Number(Attributes.ApproximateReceiveCount ?? 1),
    attributes: Object.fromEntries(texts),
  });
}

const ATTRIBUTES: QueueAttributeName[] = ['QueueArn', 'RedrivePolicy', 'ApproximateNumberOfMessages'];

async function attributesOf(client: SQSClient, url: string) {
  const { Attributes = {} } = await asked('sqs:GetQueueAttributes', queueName(url), (abortSignal) =>
    client.send(new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ATTRIBUTES }), { abortSignal }),
  );
  return Attributes;
}
