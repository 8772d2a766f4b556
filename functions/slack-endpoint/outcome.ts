import type { ChatAct } from '../../shared/domain/chat/request.ts';
import type { HttpRead } from './http-request.ts';
import type { Ignored } from './payload/outcome.ts';
import { EMPTY, type HttpAnswer, plain } from './reply.ts';
import type { ClaimRead } from './signature.ts';

/** What became of one request, for the log and the metrics, and what Slack is answered. */
export interface Outcome {
  readonly decision: 'handed' | 'answered' | 'ignored' | 'refused' | 'failed';
  readonly reason: Reason;
  readonly answer: HttpAnswer;
  /** What was done, where it is known. */
  readonly kind?: ChatAct['kind'];
  /** Of the request, as the worker logs it. */
  readonly id?: string;
  /** What failed, in a sentence without secrets. */
  readonly because?: string;
}

type Reason =
  | 'asked'
  | 'challenge'
  | 'certificate-check'
  | 'repeated'
  | Ignored['reason']
  | Refusal
  | 'secret-unreadable'
  | 'store-failed'
  | 'modal-not-opened'
  | 'worker-not-reached';

type Refused<Read> = Extract<Read, { status: 'refused'; reason: unknown }>['reason'];

export type Refusal =
  | Refused<HttpRead>
  | Refused<ClaimRead>
  | 'method'
  | 'forged'
  | 'malformed'
  | 'wrong-app'
  | 'wrong-team';

const NOT_SIGNED = plain(401, 'This request is not signed by Slack for this app.');
const NOT_OURS = plain(403, 'Slackwater does not listen to this app or workspace.');

/** Which of the three things is wrong with a signature is for the log alone. */
const ANSWERS: Readonly<Record<Exclude<Refusal, 'malformed'>, HttpAnswer>> = {
  'not-http': plain(400, 'This is not an HTTP request.'),
  method: plain(405, 'Slack sends its requests by POST.'),
  'too-large': plain(413, 'This request is larger than any of Slack.'),
  unsigned: NOT_SIGNED,
  stale: NOT_SIGNED,
  forged: NOT_SIGNED,
  'wrong-app': NOT_OURS,
  'wrong-team': NOT_OURS,
};

export const refused = (reason: keyof typeof ANSWERS): Outcome => ({
  decision: 'refused',
  reason,
  answer: ANSWERS[reason],
});

export const malformed = (field: string, expected: string): Outcome => {
  const because = `${field} is not as expected: ${expected}`;
  return {
    decision: 'refused',
    reason: 'malformed',
    because,
    answer: plain(400, `Slackwater cannot read this: ${because}.`),
  };
};

export const ignored = (reason: Ignored['reason'] | 'repeated'): Outcome => ({
  decision: 'ignored',
  reason,
  answer: EMPTY,
});
