import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { seconds } from '../../shared/domain/instant.ts';
import { type Terminal, UsageError, understood } from '../terminal.ts';
import { moveAll } from './move.ts';
import { type DeadLetterQueue, openDeadLetters, openQueue, type QueueRef } from './queue.ts';
import { openSqs } from './sqs.ts';
import { queueName, queueUrl, regionOfQueue } from './url.ts';
import { walk } from './walk.ts';

/**
 * `slackwater dlq redrive --queue URL`: delivers dead letters again; without `--yes` it only says what it would do.
 * Answers 0 when nothing has to stay in the queue, and otherwise 1.
 */
export async function redrive(args: readonly string[], terminal: Terminal): Promise<number> {
  const { url, toUrl, region, isDrop, ids, isReal } = readArguments(args);
  const queue = await openDeadLetters(await openSqs(regionOfQueue(url, region, terminal)), url);
  if (isDrop) return walk(queue, { ids, isReal, to: 'nowhere' }, terminal);
  const to = await destinationOf(queue, toUrl);
  // SQS moves everything or nothing, and only what is dead in the queue of a queue.
  if (isReal && ids.length === 0 && queue.sources.length > 0) {
    const moved = await moveAll(queue, to, { out: terminal.out, pause: () => setTimeout(seconds(2)) });
    if (moved !== 'unsupported') return moved === 'moved' ? 0 : 1;
  }
  return walk(queue, { ids, isReal, to }, terminal);
}

function readArguments(args: readonly string[]) {
  const { values } = understood(() =>
    parseArgs({
      args: [...args],
      options: {
        queue: { type: 'string', multiple: true },
        to: { type: 'string' },
        region: { type: 'string' },
        id: { type: 'string', multiple: true },
        drop: { type: 'boolean', default: false },
        yes: { type: 'boolean', default: false },
      },
    }),
  );
  const { queue: [queue, ...others] = [], to, region, id: ids = [], drop: isDrop, yes: isReal } = values;
  const url = queueUrl('--queue', queue);
  if (others.length > 0) throw new UsageError('--queue is given twice; expected one queue at a time');
  if (isDrop && ids.length === 0) throw new UsageError('--drop deletes messages; expected --id for each of them');
  return { url, toUrl: to === undefined ? undefined : queueUrl('--to', to), region, ids, isDrop, isReal };
}

/** The queue to send to: the one of `--to`, or the only one whose dead letters these are. */
async function destinationOf({ client, name, sources }: DeadLetterQueue, to: string | undefined): Promise<QueueRef> {
  const [source, ...others] = sources;
  if (to === undefined && others.length > 0)
    throw new UsageError(
      `--to is missing; expected one of the queues of ${name}: ${sources.map(queueName).join(', ')}`,
    );
  const destination = to ?? source ?? queueUrl('--to', undefined);
  if (queueName(destination) === name) throw new UsageError('--to is the queue of --queue; expected another');
  return openQueue(client, destination);
}
