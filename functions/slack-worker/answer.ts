import type { KnownBlock, ModalView } from '@slack/types';
import { escapeMarkup } from '../../shared/render/escape.ts';

/** What a person gets to see of what they asked for, and what became of it for the log. */
export interface ChatAnswer {
  /** `answered`: nothing was to be changed, and they were told what they asked about. */
  readonly decision: 'done' | 'answered' | 'refused' | 'failed' | 'ignored';
  /** A sentence without secrets. */
  readonly because: string;
  /** Absent: the message that they look at will say it, or there is nobody to tell. */
  readonly show?: Shown;
}

/** To this person alone. */
export type Shown =
  /** `text` is mrkdwn with everything of others escaped, and what stands for the blocks where they cannot be shown. */
  | { readonly kind: 'words'; readonly text: string; readonly blocks?: readonly KnownBlock[] }
  /** Takes the place of the modal that was opened for it. */
  | { readonly kind: 'modal'; readonly view: ModalView };

/** Says a sentence, which may hold words of others and ids of people. */
export const says = (decision: ChatAnswer['decision'], sentence: string): ChatAnswer => ({
  decision,
  because: sentence,
  show: { kind: 'words', text: escapeMarkup(sentence).replace(USER_ID, '<@$&>') },
});

/** Slack shows a name in its place; to one person alone, so that nobody is called. A word in capitals has no digit. */
const USER_ID = /\b[UW](?=[A-Z]*\d)[A-Z0-9]{7,12}\b/g;

export const showsModal = (view: ModalView, because: string): ChatAnswer => ({
  decision: 'answered',
  because,
  show: { kind: 'modal', view },
});

/** A link of Slack's own, or a button that somebody else answers. */
export const IGNORED: ChatAnswer = { decision: 'ignored', because: 'Slack reports a click that asks for nothing.' };
