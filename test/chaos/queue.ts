import type { Random } from '../../sandbox/random.ts';
import { type Instant, seconds } from '../../shared/domain/instant.ts';
import type { QueueRecord } from '../../shared/parse/sqs-record.ts';
import type { VirtualTime } from './virtual-time.ts';

interface Waiting extends QueueRecord {
  visibleAt: Instant;
  receives: number;
}

/** At least once and in no order, as Amazon SQS. */
export interface Queue {
  readonly send: (body: string) => void;
  /** At most `most` messages that are visible, any of them; they are not visible again for the visibility timeout. */
  readonly receive: (most: number) => readonly QueueRecord[];
  readonly remove: (messageIds: readonly string[]) => void;
  readonly size: () => number;
  readonly deadLetters: readonly string[];
}

/** As in template.yaml. */
const VISIBILITY_TIMEOUT = seconds(182);
const MOST_RECEIVES = 5;

/** `arrived` is called when a message becomes visible, for the first time or again. */
export function createQueue(time: VirtualTime, random: Random, arrived: () => void): Queue {
  const waiting = new Map<string, Waiting>();
  const deadLetters: string[] = [];
  let sent = 0;
  return {
    deadLetters,
    size: () => waiting.size,
    send: (body) => {
      const messageId = `m${++sent}`;
      waiting.set(messageId, { messageId, body, visibleAt: time.now(), receives: 0 });
      arrived();
    },
    receive: (most) => {
      const visible = [...waiting.values()].filter(({ visibleAt }) => visibleAt <= time.now());
      const taken: Waiting[] = [];
      while (taken.length < most && visible.length > 0) taken.push(...visible.splice(random.below(visible.length), 1));
      return taken.flatMap((message) => {
        message.receives += 1;
        if (message.receives > MOST_RECEIVES) {
          waiting.delete(message.messageId);
          deadLetters.push(message.body);
          return [];
        }
        message.visibleAt = time.now() + VISIBILITY_TIMEOUT;
        time.after(VISIBILITY_TIMEOUT, arrived);
        return { messageId: message.messageId, body: message.body };
      });
    },
    remove: (messageIds) => {
      for (const messageId of messageIds) waiting.delete(messageId);
    },
  };
}
