import type { ChatAct, ChatSender } from '../../shared/domain/chat/request.ts';
import { AdapterError } from '../../shared/effects/adapter-error.ts';
import { failureAnswer, NOTHING_HAPPENED, PERHAPS } from './failure.ts';
import { modalFor, readingView, troubleView, workingView } from './modal.ts';
import type { Outcome } from './outcome.ts';
import type { Asked } from './payload/outcome.ts';
import { EMPTY, type HttpAnswer, instead } from './reply.ts';
import type { TimeLeft } from './time-left.ts';
import { tried } from './tried.ts';
import type { Views } from './views.ts';
import type { HandOver } from './worker.ts';

export interface ActDeps {
  readonly views: Views;
  readonly handOver: HandOver;
}

/** Opens the modal that a request asks for, and hands the request to the worker. */
export async function act(asked: Asked, sender: ChatSender, left: TimeLeft, deps: ActDeps): Promise<Outcome> {
  const opened = await openModal(asked, left, deps.views);
  if (opened.status === 'failed') {
    const answer = failureAnswer(asked.act, NOTHING_HAPPENED);
    return { decision: 'failed', reason: 'modal-not-opened', because: opened.because, answer };
  }
  const handed = await deps.handOver({ ...sender, ...opened.act }, left);
  if (handed.status === 'done') return { decision: 'handed', reason: 'asked', answer: answerTo(asked.act) };
  const sentence = handed.isDoubtful ? PERHAPS : NOTHING_HAPPENED;
  // It would say for ever that it is reading.
  if (opened.viewId !== undefined) await tried(deps.views.replace(opened.viewId, troubleView(sentence), left));
  return {
    decision: 'failed',
    reason: 'worker-not-reached',
    because: `the worker was not reached (${handed.name})`,
    answer: failureAnswer(asked.act, sentence),
  };
}

/** A modal stays open with its answer to come; everything else is answered by what the worker says later. */
const answerTo = (done: ChatAct): HttpAnswer => (done.kind === 'submission' ? instead(workingView(done)) : EMPTY);

type Opened =
  /** `viewId` of the modal that was opened, if one was. */
  | { readonly status: 'ready'; readonly act: ChatAct; readonly viewId?: string }
  | { readonly status: 'failed'; readonly because: string };

async function openModal(asked: Asked, left: TimeLeft, views: Views): Promise<Opened> {
  const modal = modalFor(asked.act);
  if (modal === undefined) return { status: 'ready', act: asked.act };
  if (asked.triggerId === undefined) return { status: 'failed', because: 'the request has no trigger_id' };
  const opening = { triggerId: asked.triggerId, view: readingView(modal), isOnTop: asked.isInModal };
  const shown = await tried(views.open(opening, left));
  if (shown instanceof AdapterError) return { status: 'failed', because: shown.message };
  if (shown.status === 'failed') return { status: 'failed', because: `Slack did not open it (${shown.name})` };
  const { viewId } = shown;
  return { status: 'ready', act: withView(asked.act, viewId), viewId };
}

const withView = (done: ChatAct, viewId: string): ChatAct =>
  done.kind === 'click' || done.kind === 'command' ? { ...done, viewId } : done;
