import type { ChatRequest } from '../../shared/domain/chat/request.ts';
import type { SlackAnswers, Words } from '../../shared/effects/slack/slack-answers.ts';
import type { SlackReply } from '../../shared/effects/slack/slack-methods.ts';
import { sayingModal } from '../../shared/render/modal.ts';
import type { ChatAnswer, Shown } from './answer.ts';
import type { Visit } from './visit.ts';

/** Shows an answer to the one who asked. Answers Slack's word for the failure where it went nowhere. */
export async function show(
  { show: shown, because }: ChatAnswer,
  visit: Visit,
  answers: SlackAnswers,
): Promise<string | undefined> {
  if (shown === undefined && modalOf(visit.request) === undefined) return undefined;
  let failure: string | undefined = 'nowhere_to_answer';
  for (const attempt of waysTo(shown, because, visit, answers)) {
    const reply = await attempt();
    if (reply.status === 'ok') return undefined;
    failure = reply.name;
  }
  return failure;
}

/** The first that works: a modal may be closed by now, and a response URL used up. */
function waysTo(
  shown: Shown | undefined,
  because: string,
  { request, channel }: Visit,
  answers: SlackAnswers,
): readonly (() => Promise<SlackReply>)[] {
  const viewId = modalOf(request);
  const { responseUrl, user } = request;
  const view = shown?.kind === 'modal' ? shown.view : sayingModal(because);
  const modal = viewId === undefined ? [] : [() => answers.replaceModal(viewId, view)];
  if (shown?.kind === 'modal') return modal;
  const words: Words = shown === undefined ? { text: because } : wordsOf(shown);
  return [
    ...modal,
    ...(responseUrl === undefined ? [] : [() => answers.respond(responseUrl, words)]),
    ...(channel === undefined ? [] : [() => answers.whisper({ channel, user: user.id }, words)]),
  ];
}

const wordsOf = ({ text, blocks }: Extract<Shown, { readonly kind: 'words' }>): Words => ({
  text,
  ...(blocks && { blocks }),
});

/** The modal that waits for this answer. A click in another view, such as the home tab, has none. */
function modalOf(request: ChatRequest): string | undefined {
  switch (request.kind) {
    case 'command':
    case 'submission':
      return request.viewId;
    case 'click':
      return request.actionId.startsWith('modal:') ? request.viewId : undefined;
    case 'home-opened':
      return undefined;
  }
}
