import type { Random } from '../../sandbox/random.ts';
import type { Receipt } from '../../shared/domain/announcement.ts';
import { seconds } from '../../shared/domain/instant.ts';
import type { Answer as HttpAnswer } from '../../shared/effects/http-post.ts';
import type { SlackMessage } from '../../shared/render/message.ts';
import type { Answer } from './execution.ts';

/** A message as Slack keeps it. */
export interface Kept {
  readonly receipt: Receipt;
  readonly thread?: string;
  readonly message: SlackMessage;
}

/** What a call does to a message in Slack: `missing` where there is none to edit. */
type Change = () => Kept | 'missing';

export interface SlackModel {
  readonly messages: ReadonlyMap<string, Kept>;
  readonly post: (channel: string, message: SlackMessage, thread?: string) => Posted;
  readonly edit: (receipt: Receipt, message: SlackMessage) => Posted;
}

/** What came of a call, and what of it the caller learns. */
export interface Posted extends Answer<HttpAnswer> {
  /** The message was made, and its poster will not learn of it. */
  readonly isLost: boolean;
  readonly kept?: Kept;
}

/** How Slack answers now: `calm` is well, `rough` everything that it was ever seen to do. */
export type Weather = 'calm' | 'rough';

/** Slack as far as one poster sees it, in the given weather. */
export function createSlackModel(random: Random, weather: () => Weather): SlackModel {
  const messages = new Map<string, Kept>();
  let made = 0;

  const keep = (kept: Kept): Kept => {
    messages.set(kept.receipt.ts, kept);
    return kept;
  };

  function answer(change: Change): Posted {
    // A call in ten gets through in the worst of times.
    const fault = weather() === 'rough' && random.happens(0.9) ? random.pick(FAULTS) : undefined;
    const changed = fault === undefined || fault.isDone ? change() : undefined;
    const kept = changed === undefined || changed === 'missing' ? {} : { kept: changed };
    const reply = fault?.answer(random) ?? (changed === 'missing' ? MISSING : done(kept.kept?.receipt));
    const takes = reply.status === 'unanswered' ? seconds(5) : 60 + random.below(700);
    return { takes, give: () => reply, isLost: fault?.isDone ?? false, ...kept };
  }

  return {
    messages,
    post: (channel, message, thread) =>
      answer(() => {
        const receipt = { channel, ts: `${++made}.000100` };
        return keep({ receipt, message, ...(thread !== undefined && { thread }) });
      }),
    edit: (receipt, message) =>
      answer(() => {
        const known = messages.get(receipt.ts);
        return known === undefined ? 'missing' : keep({ ...known, message });
      }),
  };
}

const json = (body: object): HttpAnswer => ({ status: 'answered', code: 200, text: JSON.stringify(body) });
const done = (receipt: Receipt | undefined): HttpAnswer => json({ ok: true, ...receipt });
const MISSING = json({ ok: false, error: 'message_not_found' });

interface Fault {
  readonly answer: (random: Random) => HttpAnswer;
  /** What was asked for is done all the same. */
  readonly isDone: boolean;
}

const limited = (random: Random): HttpAnswer => ({
  status: 'answered',
  code: 429,
  text: '',
  retryAfter: seconds(1 + random.below(60)),
});

const FAULTS: readonly Fault[] = [
  { isDone: false, answer: limited },
  { isDone: false, answer: limited },
  { isDone: false, answer: () => ({ status: 'answered', code: 500, text: 'Internal Server Error' }) },
  { isDone: false, answer: () => ({ status: 'unanswered', failure: 'timeout' }) },
  { isDone: false, answer: () => ({ status: 'unanswered', failure: 'connection_failed' }) },
  { isDone: false, answer: () => ({ status: 'answered', code: 200, text: '<html>maintenance</html>' }) },
  { isDone: false, answer: () => json({ ok: false, error: 'fatal_error' }) },
  { isDone: false, answer: () => json({ ok: false, error: 'service_unavailable' }) },
  { isDone: true, answer: () => ({ status: 'unanswered', failure: 'timeout' }) },
  { isDone: true, answer: () => ({ status: 'answered', code: 502, text: 'Bad Gateway' }) },
];
