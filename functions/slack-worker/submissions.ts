import type { Button, ChatAction } from '../../shared/domain/chat/button.ts';
import type { ChatAct } from '../../shared/domain/chat/request.ts';
import { type ChatAnswer, says } from './answer.ts';
import { submitApproveSome } from './approve-some.ts';
import { submitChangeWindow } from './change-window.ts';
import { callbackOf, readMetadata } from './modal-state.ts';
import { submitMute } from './mute.ts';
import { submitRedeploy } from './redeploy.ts';
import { submitRollBack } from './roll-back.ts';
import { submitRunNow } from './run-now.ts';
import type { Submission } from './submission.ts';
import type { Visit, WorkerDeps } from './visit.ts';

type Submit = (button: Button, submission: Submission, visit: Visit, deps: WorkerDeps) => Promise<ChatAnswer>;

/** What becomes of each modal that asks about a record. */
const SUBMITS: Readonly<Partial<Record<ChatAction, Submit>>> = {
  mute: submitMute,
  'roll-back': submitRollBack,
  'approve-some': submitApproveSome,
  'change-window': submitChangeWindow,
  'run-now': submitRunNow,
};

type Submitted = Extract<ChatAct, { readonly kind: 'submission' }>;

/** Does what was entered into a modal of Slackwater's. */
export async function answerSubmission(
  { callbackId, metadata, values, viewId }: Submitted,
  visit: Visit,
  deps: WorkerDeps,
): Promise<ChatAnswer> {
  const state = readMetadata(metadata);
  if (state === undefined) return says('refused', UNREADABLE);
  const submission = { state, values, viewId };
  if (callbackId === callbackOf('redeploy')) return submitRedeploy(submission, visit, deps);
  const { button } = state;
  const submit = button && callbackId === callbackOf(button.action) ? SUBMITS[button.action] : undefined;
  return button === undefined || submit === undefined
    ? says('refused', UNREADABLE)
    : submit(button, submission, visit, deps);
}

const UNREADABLE = 'This modal is of another version of Slackwater: nothing was changed. Open it again.';
