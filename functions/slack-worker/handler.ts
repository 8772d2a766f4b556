import type { HomeView } from '@slack/types';
import type { Context } from 'aws-lambda';
import type { ChatRequest } from '../../shared/domain/chat/request.ts';
import { minutes } from '../../shared/domain/instant.ts';
import type { Place } from '../../shared/domain/place.ts';
import type { Policy } from '../../shared/domain/policy.ts';
import type { SlackAnswers } from '../../shared/effects/slack/slack-answers.ts';
import { type ChatAnswer, says } from './answer.ts';
import { parseChatRequest } from './chat-request.ts';
import { answerClick } from './clicks.ts';
import { readMetadata } from './modal-state.ts';
import type { Outcome } from './report.ts';
import { show } from './show.ts';
import { answerSubmission } from './submissions.ts';
import type { Visit, WorkerDeps } from './visit.ts';

type CommandRequest = Extract<ChatRequest, { readonly kind: 'command' }>;

export interface Deps extends WorkerDeps {
  readonly answers: SlackAnswers;
  readonly command: (request: CommandRequest, visit: Visit) => Promise<ChatAnswer>;
  readonly home: (visit: Visit) => Promise<HomeView>;
  /** Who may do what, as it is configured now. Never throws. */
  readonly policy: () => Promise<Policy>;
  /** Called once for every request with what became of it. */
  readonly report: (outcome: Outcome) => void;
}

type Given = Pick<Context, 'getRemainingTimeInMillis' | 'invokedFunctionArn'>;

/**
 * Does what somebody asked for in Slack, if they may, and answers them. What fails is said to them and thrown, and Lambda
 * tries again: what has begun before is not begun a second time.
 */
export const createHandler =
  (deps: Deps) =>
  async (event: unknown, context: Given): Promise<void> => {
    const now = deps.clock();
    const read = parseChatRequest(event);
    if (read.status === 'malformed') {
      deps.report({
        decision: 'malformed',
        because: `${read.field} is not as expected: ${read.expected}`,
        milliseconds: 0,
      });
      return;
    }
    const { request } = read;
    const channel = channelOf(request);
    const visit: Visit = {
      request,
      now,
      deadline: now + context.getRemainingTimeInMillis(),
      policy: await deps.policy(),
      home: homeOf(context.invokedFunctionArn),
      ...(channel !== undefined && { channel }),
    };
    const answer = await attend(visit, deps);
    const unshown = await show(answer, visit, deps.answers);
    const { decision, because } = answer;
    deps.report({
      decision,
      because,
      id: request.id,
      kind: request.kind,
      user: request.user.id,
      milliseconds: deps.clock() - now,
      ...(unshown !== undefined && { unshown }),
    });
  };

/** Lambda may keep a request for hours, and nobody means then what they meant. */
const FRESH_FOR = minutes(10);

const TOO_LATE = 'This reached Slackwater too late to be meant still: nothing was changed. Ask again if it is.';

async function attend(visit: Visit, deps: Deps): Promise<ChatAnswer> {
  const { request, now } = visit;
  if (now > request.at + FRESH_FOR) return says('refused', TOO_LATE);
  try {
    return await answerTo(request, visit, deps);
  } catch (error) {
    await show(says('failed', TROUBLE), visit, deps.answers);
    throw error;
  }
}

const TROUBLE =
  'Slackwater has trouble with this just now and tries again within minutes: look what has come of it before you ask again.';

async function answerTo(request: ChatRequest, visit: Visit, deps: Deps): Promise<ChatAnswer> {
  switch (request.kind) {
    case 'click':
      return answerClick(request, visit, deps);
    case 'submission':
      return answerSubmission(request, visit, deps);
    case 'command':
      return deps.command(request, visit);
    case 'home-opened': {
      const reply = await deps.answers.publishHome(request.user.id, await deps.home(visit));
      const because = reply.status === 'ok' ? 'the home tab was shown' : `the home tab was not shown (${reply.name})`;
      return { decision: reply.status === 'ok' ? 'answered' : 'failed', because };
    }
  }
}

/** Slack does not say in which channel a modal was opened; the modal remembers. */
const channelOf = (request: ChatRequest): string | undefined =>
  request.channel ?? (request.kind === 'submission' ? readMetadata(request.metadata)?.channel : undefined);

/** `arn:aws:lambda:eu-west-1:111122223333:function:slackwater`. */
function homeOf(functionArn: string): Place {
  const [, partition = '', , region = '', account = ''] = functionArn.split(':');
  return { partition, region, account };
}
