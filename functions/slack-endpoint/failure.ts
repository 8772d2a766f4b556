import type { ChatAct } from '../../shared/domain/chat/request.ts';
import { troubleView } from './modal.ts';
import { ephemeral, type HttpAnswer, instead, plain } from './reply.ts';

/** Shown to whoever asked when the request went no further than here. */
export const NOTHING_HAPPENED = 'Slackwater could not take this on just now, and nothing happened. Please try again.';

/** When it cannot be known whether the worker has the request. */
export const PERHAPS =
  'Slackwater did not hear whether this was taken on. Please look whether it happened before you try again.';

/**
 * Tells the one who asked, in the way that Slack has for each: a text under the command, another view in the modal, a
 * warning sign beside the button for anything but a 2xx.
 */
export function failureAnswer(act: ChatAct, sentence: string): HttpAnswer {
  switch (act.kind) {
    case 'command':
      return ephemeral(sentence);
    case 'submission':
      return instead(troubleView(sentence));
    case 'click':
    case 'home-opened':
      return plain(500, sentence);
  }
}
