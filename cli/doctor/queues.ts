import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { found, type Gathered, known } from '../../shared/domain/facts.ts';
import { plural } from '../../shared/render/listing.ts';
import { queueName } from '../dlq/url.ts';
import { type Finding, fail, notChecked, ok, unread } from './finding.ts';
import { latest, type Readings } from './metrics.ts';
import { asked, type Scene } from './scene.ts';

/** What waits in a dead-letter queue was not told to anybody. */
const DEAD_LETTERS = ['EcsEventsDeadLettersUrl', 'UndeliveredUrl'] as const;

/** Seconds, as the alarm has it. */
const LONGEST_WAIT = 300;

/** Whether anything waits that should not. */
export async function checkQueues(scene: Scene, readings: Gathered<Readings>): Promise<readonly Finding[]> {
  if (scene.stack.status === 'missing') return [notChecked('queues', 'without the stack, its queues are not known')];
  const { outputs } = scene.stack.value;
  const dead = await Promise.all(DEAD_LETTERS.map((output) => checkDeadLetters(outputs[output], scene)));
  const events = await checkEvents(outputs['EcsEventsQueueUrl'], scene, readings);
  return [...events, ...dead.flat()];
}

async function checkDeadLetters(url: string | undefined, scene: Scene): Promise<readonly Finding[]> {
  if (url === undefined) return [];
  const count = await countIn(url, scene);
  if (count.status === 'missing') return [unread('queues', count)];
  if (count.value === 0) return [ok('queues', `${queueName(url)} is empty`)];
  return [
    fail(
      'queues',
      `${queueName(url)} holds ${plural(count.value, 'message')} that nobody was told`,
      `look at them with "slackwater dlq list --queue ${url}"`,
    ),
  ];
}

async function checkEvents(
  url: string | undefined,
  scene: Scene,
  readings: Gathered<Readings>,
): Promise<readonly Finding[]> {
  if (url === undefined) return [];
  const count = await countIn(url, scene);
  if (count.status === 'missing') return [unread('queues', count)];
  const age = latest(known(readings)?.eventsAge)?.value;
  const seen = `${plural(count.value, 'event')} on the way in ${queueName(url)}`;
  if (age === undefined) return [ok('queues', seen)];
  if (age <= LONGEST_WAIT) return [ok('queues', `${seen}, the oldest for ${Math.round(age)} s`)];
  return [
    fail(
      'queues',
      `${seen}, the oldest for ${Math.round(age / 60)} minutes`,
      'look at the log of the function ecs-events: it fails, is throttled or has a backlog',
    ),
  ];
}

/** Messages that can be received, as far as SQS knows; it may be a minute behind. */
function countIn(url: string, { sqs }: Scene): Promise<Gathered<number>> {
  const name = queueName(url);
  return asked('sqs:GetQueueAttributes', `there is no queue ${name}`, async (abortSignal) => {
    const command = new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['ApproximateNumberOfMessages'] });
    const { Attributes } = await sqs.send(command, { abortSignal });
    return found(Number(Attributes?.ApproximateNumberOfMessages ?? 0));
  });
}
