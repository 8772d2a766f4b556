import type { Random } from '../../sandbox/random.ts';
import type { Announcer } from '../../shared/domain/announcer.ts';
import type { AnnouncedRecord } from '../../shared/domain/incident.ts';
import type { RecordStore } from '../../shared/domain/store.ts';
import { createAnnouncer } from '../../shared/effects/announce.ts';
import { createGate } from '../../shared/effects/gate.ts';
import { withChannelBackoff } from '../../shared/effects/slack/channel-backoff.ts';
import { readApiAnswer } from '../../shared/effects/slack/slack-answer.ts';
import type { SlackMessage } from '../../shared/render/message.ts';
import { renderNotification } from '../../shared/render/notification.ts';
import { renderReply } from '../../shared/render/reply.ts';
import { renderSlack } from '../../shared/render/slack.ts';
import { createExecution } from './execution.ts';
import { overNetwork } from './flaky-store.ts';
import type { Reaper } from './reaper.ts';
import type { Posted, SlackModel } from './slack-model.ts';
import type { TopicModel } from './topic-model.ts';
import type { VirtualTime } from './virtual-time.ts';

/** A message of its own in the channel, as it was made there. */
export interface ParentPost {
  /** The id of the record that it says it is about. */
  readonly about: string;
  readonly ts: string;
  /** Why its poster may not have recorded that it was made. */
  excuse?: string;
}

/** What all execution environments have in common. */
export interface Surroundings {
  readonly time: VirtualTime;
  readonly random: Random;
  readonly reaper: Reaper;
  readonly table: RecordStore;
  readonly slack: SlackModel;
  readonly topic: TopicModel;
  readonly isThrottled: () => boolean;
  readonly posts: ParentPost[];
  readonly log: (line: string) => void;
}

const nothing = (): void => undefined;

/** One execution environment with the parts that live as long as it does. `lost` is called when it is killed. */
export function createEnvironment(name: string, surroundings: Surroundings, lost: () => void) {
  const { time, random, table, slack, topic, posts, isThrottled, log } = surroundings;
  let unrecorded: readonly ParentPost[] = [];
  /** Whatever keeps an invocation from going on keeps it from recording what it posted. */
  const excuse = (why: string): void => {
    for (const post of unrecorded) post.excuse ??= why;
  };
  const execution = createExecution(name, {
    ...surroundings,
    killed: () => {
      excuse('its poster was killed');
      lost();
    },
  });
  const failed = (): void => excuse('the table did not answer its poster');
  const network = overNetwork(table, execution, { random, isThrottled, failed });
  const store: RecordStore = {
    ...network,
    save: async (record, now) => {
      const answer = await network.save(record, now);
      if (answer === 'saved') unrecorded = unrecorded.filter(({ ts }) => !isRecorded(record, ts));
      return answer;
    },
  };

  const send = async (what: string, ask: () => Posted) => {
    const delivery = readApiAnswer(await execution.call(what, ask));
    log(`${name} ${what}: ${delivery.status}`);
    return delivery;
  };

  const noted = (message: SlackMessage, posted: Posted): Posted => {
    const { kept, isLost } = posted;
    if (kept === undefined) return posted;
    const post: ParentPost = { about: idIn(message), ts: kept.receipt.ts };
    if (isLost) post.excuse = 'the answer was lost';
    posts.push(post);
    unrecorded = [...unrecorded, post];
    return posted;
  };

  const announcer = createAnnouncer({
    slack: async () => ({
      kind: 'bot',
      post: (channel, message) => send(`post ${idIn(message)}`, () => noted(message, slack.post(channel, message))),
      edit: (receipt, message) => send(`edit ${idIn(message)} ${receipt.ts}`, () => slack.edit(receipt, message)),
      reply: ({ channel, ts }, message) => send(`reply to ${ts}`, () => slack.post(channel, message, ts)),
    }),
    topic: {
      publish: (_topicArn, notification) =>
        execution.call(`publish ${notification.subject}`, () => topic.publish(notification)),
    },
    renderSlack,
    renderReply,
    renderNotification,
  });
  const announce: Announcer = withChannelBackoff(announcer, time.now);
  const pause = (attempt: number): Promise<void> =>
    execution.call('pause', () => ({ takes: random.below(10 * (attempt + 1)), give: nothing }));
  const telling = { store, announce, pause, clock: time.now };
  const deps = {
    ...telling,
    gate: createGate(telling),
    report: nothing,
    reportFailure: (subject: string, error: unknown) => log(`${name} fails ${subject}: ${String(error)}`),
  };

  return {
    execution,
    deps,
    /** Runs one invocation, which is killed when it is not over by its timeout. */
    invoke: async (timeout: number, run: (context: Context) => Promise<void>): Promise<void> => {
      unrecorded = [];
      const deadline = time.now() + timeout;
      let isOver = false;
      time.after(timeout, () => {
        if (!isOver) execution.kill('at its timeout');
      });
      await run({ getRemainingTimeInMillis: () => deadline - time.now() });
      isOver = true;
    },
  };
}

interface Context {
  readonly getRemainingTimeInMillis: () => number;
}

const isRecorded = ({ announcements }: AnnouncedRecord, ts: string): boolean =>
  announcements.some((announcement) => announcement.status === 'told' && announcement.receipt?.ts === ts);

/** Every message ends with the id of what it is about. */
const idIn = (message: SlackMessage): string =>
  JSON.stringify(message)
    .match(/\b(?:inc|dig)-[0-9a-z]+/g)
    ?.at(-1) ?? 'nothing';
