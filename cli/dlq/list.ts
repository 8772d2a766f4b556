import { parseArgs } from 'node:util';
import { createProgress, type Progress } from '../progress.ts';
import { type Terminal, UsageError, understood } from '../terminal.ts';
import { openLetter } from './letter.ts';
import { listing, listingLine } from './listing.ts';
import { type DeadLetterQueue, giveBack, type Held, hold, openDeadLetters } from './queue.ts';
import { openSqs } from './sqs.ts';
import { queueUrl, regionOfQueue } from './url.ts';

/**
 * `slackwater dlq list --queue URL…`: what is in the dead-letter queues, why, and what `dlq redrive` would do with it.
 * Gives every message back. Answers 0 when the queues are empty and 1 when they are not.
 */
export async function list(args: readonly string[], terminal: Terminal): Promise<number> {
  const { urls, region, limit, json } = readArguments(args);
  const progress = createProgress(terminal);
  let count = 0;
  for (const url of urls) {
    const queue = await openDeadLetters(await openSqs(regionOfQueue(url, region, terminal)), url);
    progress.start(`receiving the messages of ${queue.name}`);
    const held = await peek(queue, limit, progress);
    progress.end();
    count += held.length;
    const letters = held.toSorted((one, other) => (one.sentAt ?? 0) - (other.sentAt ?? 0)).map(openLetter);
    if (json) for (const letter of letters) terminal.out(JSON.stringify(listingLine(letter, queue)));
    else terminal.out(listing(letters, queue));
  }
  if (!json && count > 0) terminal.out(LOOKING_COUNTS);
  return count > 0 ? 1 : 0;
}

const LOOKING_COUNTS = 'To look at a message is to receive it, so each count has grown by one. All were given back.';

const DEFAULT_LIMIT = 100;

/** At most `limit` messages, which others can receive again afterwards. */
async function peek(queue: DeadLetterQueue, limit: number, progress: Progress): Promise<readonly Held[]> {
  const held: Held[] = [];
  for await (const batch of hold(queue)) {
    held.push(...batch);
    progress.at(held.length, Math.min(Math.max(queue.count, held.length), limit));
    if (held.length >= limit) break;
  }
  await giveBack(queue, held);
  return held.slice(0, limit);
}

function readArguments(args: readonly string[]) {
  const { values } = understood(() =>
    parseArgs({
      args: [...args],
      options: {
        queue: { type: 'string', multiple: true },
        region: { type: 'string' },
        limit: { type: 'string' },
        json: { type: 'boolean', default: false },
      },
    }),
  );
  const { queue = [undefined], region, limit = String(DEFAULT_LIMIT), json } = values;
  if (!/^[1-9]\d{0,5}$/.test(limit))
    throw new UsageError(`--limit "${limit}" is not a number of messages; expected 1 to 999999`);
  return { urls: queue.map((url) => queueUrl('--queue', url)), region, limit: Number(limit), json };
}
