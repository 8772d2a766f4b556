import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { buildApp } from 'fauxqs';
import { LOOPBACK } from '../loopback.ts';
import { openQueue, type Queue } from './queue.ts';

/** The account that the emulator puts into every ARN it makes. */
export const BROKER_ACCOUNT = '000000000000';

interface QueueSpec {
  readonly name: string;
  /** Seconds. */
  readonly visibilityTimeout: number;
  readonly redrive?: { readonly deadLetterArn: string; readonly maxReceiveCount: number };
}

/** SQS and SNS on loopback. */
export interface Broker extends AsyncDisposable {
  readonly url: string;
  readonly createQueue: (spec: QueueSpec) => Promise<Queue>;
  /** Answers the topic's ARN. */
  readonly createTopic: (name: string) => Promise<string>;
  readonly subscribe: (topicArn: string, queue: Queue) => Promise<void>;
}

/** The emulator's own start function would listen on every interface of the machine, so it is not used. */
export async function startBroker(region: string): Promise<Broker> {
  await using stack = new AsyncDisposableStack();
  const app = buildApp({ logger: false, defaultRegion: region });
  stack.defer(() => app.close());
  const url = await app.listen({ port: 0, host: LOOPBACK });
  const client = { endpoint: url, region, credentials: { accessKeyId: 'sandbox', secretAccessKey: 'sandbox' } };
  const sqs = stack.adopt(new SQSClient(client), (it) => it.destroy());
  const sns = stack.adopt(new SNSClient(client), (it) => it.destroy());
  const started = stack.move();
  return {
    url,
    createQueue: async (spec) => {
      const command = new CreateQueueCommand({ QueueName: spec.name, Attributes: attributesOf(spec) });
      const { QueueUrl } = await sqs.send(command);
      if (QueueUrl === undefined) throw new Error(`the emulator gave no URL for the queue ${spec.name}`);
      return openQueue(sqs, QueueUrl);
    },
    createTopic: async (name) => {
      const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: name }));
      if (TopicArn === undefined) throw new Error(`the emulator gave no ARN for the topic ${name}`);
      return TopicArn;
    },
    subscribe: async (topicArn, queue) => {
      await sns.send(new SubscribeCommand({ TopicArn: topicArn, Protocol: 'sqs', Endpoint: queue.arn }));
    },
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  };
}

const attributesOf = ({ visibilityTimeout, redrive }: QueueSpec): Record<string, string> => ({
  VisibilityTimeout: String(visibilityTimeout),
  ...(redrive && {
    RedrivePolicy: JSON.stringify({
      deadLetterTargetArn: redrive.deadLetterArn,
      maxReceiveCount: redrive.maxReceiveCount,
    }),
  }),
});
