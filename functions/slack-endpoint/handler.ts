import { createHash } from 'node:crypto';
import type { Context } from 'aws-lambda';
import type { Instant } from '../../shared/domain/instant.ts';
import { AdapterError } from '../../shared/effects/adapter-error.ts';
import { type ActDeps, act } from './act.ts';
import { failureAnswer, NOTHING_HAPPENED } from './failure.ts';
import { type HttpRequest, readHttp } from './http-request.ts';
import { ignored, malformed, type Outcome, refused } from './outcome.ts';
import type { Asked } from './payload/outcome.ts';
import { isCertificateCheck, parsePayload } from './payload/payload.ts';
import type { ReplayGuard } from './replay.ts';
import { EMPTY, type HttpAnswer, plain } from './reply.ts';
import { type Senders, strangeness } from './senders.ts';
import { type Claim, isGenuine, readClaim } from './signature.ts';
import type { SigningSecrets } from './signing-secrets.ts';
import { type TimeLeft, timeLeft } from './time-left.ts';
import { tried } from './tried.ts';

export interface Deps extends ActDeps {
  readonly clock: () => Instant;
  readonly secrets: SigningSecrets;
  readonly senders: Senders;
  readonly claim: ReplayGuard;
  /** Called once for every request with what became of it. */
  readonly report: (outcome: Outcome, milliseconds: number) => void;
}

/** Time and name of one invocation. */
interface Visit {
  readonly now: Instant;
  readonly left: TimeLeft;
  readonly invocation: string;
}

/**
 * One HTTP request that claims to be from Slack. What is not genuine, known and new ends here without a write or a call of
 * anybody but the secret's store; the rest is handed to the worker, and Slack has its answer within three seconds.
 */
export const createHandler =
  (deps: Deps) =>
  async (event: unknown, { awsRequestId }: Pick<Context, 'awsRequestId'>): Promise<HttpAnswer> => {
    const now = deps.clock();
    const outcome = await receive(event, { now, left: timeLeft(now, deps.clock), invocation: awsRequestId }, deps);
    deps.report(outcome, deps.clock() - now);
    return outcome.answer;
  };

async function receive(event: unknown, visit: Visit, deps: Deps): Promise<Outcome> {
  const read = readHttp(event);
  if (read.status === 'refused') return refused(read.reason);
  const { http } = read;
  if (checksCertificate(http)) return { decision: 'answered', reason: 'certificate-check', answer: EMPTY };
  if (http.method !== 'POST') return refused('method');
  const claimed = readClaim(http, visit.now);
  if (claimed.status === 'refused') return refused(claimed.reason);
  const isFromSlack = await tried(verify(claimed.claim, visit, deps));
  if (isFromSlack instanceof AdapterError) return unverifiable(isFromSlack);
  return isFromSlack ? attend(claimed.claim, http.body.toString('utf8'), visit, deps) : refused('forged');
}

const checksCertificate = ({ method, query, body }: HttpRequest): boolean =>
  isCertificateCheck(method === 'GET' ? query : body.toString('utf8'));

/** A secret that Slack made this minute is found by a second look. */
async function verify(claim: Claim, { now, left }: Visit, { secrets }: Deps): Promise<boolean> {
  if (isGenuine(claim, await secrets.current(now, left))) return true;
  return isGenuine(claim, await secrets.again(now, left));
}

/** Nobody has shown to be Slack, so nobody is told more than that. */
const unverifiable = ({ message }: AdapterError): Outcome => ({
  decision: 'failed',
  reason: 'secret-unreadable',
  because: message,
  answer: plain(503, NOTHING_HAPPENED),
});

/** Reads what Slack sent. */
async function attend(claim: Claim, body: string, visit: Visit, deps: Deps): Promise<Outcome> {
  const read = parsePayload(body);
  switch (read.status) {
    case 'malformed':
      return malformed(read.field, read.expected);
    case 'ignored':
      return ignored(read.reason);
    case 'challenge':
      return { decision: 'answered', reason: 'challenge', answer: plain(200, read.challenge) };
    case 'asked':
      return take(read, claim, visit, deps);
  }
}

/** Takes a request on that is from the right place and not a repetition. */
async function take(asked: Asked, { at, signature }: Claim, visit: Visit, deps: Deps): Promise<Outcome> {
  const stranger = strangeness(asked, deps.senders);
  if (stranger !== undefined) return refused(stranger);
  const id = createHash('sha256')
    .update(asked.eventId ?? signature)
    .digest('hex');
  const { now, left, invocation } = visit;
  const claimed = await tried(deps.claim({ id, by: invocation, now }, left));
  if (claimed instanceof AdapterError) {
    const answer = failureAnswer(asked.act, NOTHING_HAPPENED);
    return { decision: 'failed', reason: 'store-failed', because: claimed.message, kind: asked.act.kind, id, answer };
  }
  const outcome = claimed === 'first' ? await act(asked, { ...asked.sender, id, at }, left, deps) : ignored('repeated');
  return { ...outcome, kind: asked.act.kind, id };
}
