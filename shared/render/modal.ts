import type { KnownBlock, ModalView } from '@slack/types';
import { paragraph } from './blocks.ts';
import { oneLine, shorten } from './escape.ts';

// Limits: https://docs.slack.dev/surfaces/modals
const TITLE_LIMIT = 24;
const BLOCKS_LIMIT = 100;
/** Of the names and descriptions of an option. https://docs.slack.dev/reference/block-kit/composition-objects/option-object */
export const OPTION_LIMIT = 75;
/** Of the options of a menu. */
export const OPTIONS_LIMIT = 100;

/** What a modal is called for, and what it brings back. */
export interface ModalOf {
  readonly callbackId: string;
  /** At most 3,000 characters. */
  readonly metadata: string;
}

export interface ModalContent {
  readonly title: string;
  /** What the button says that submits it. */
  readonly submit: string;
  readonly blocks: readonly KnownBlock[];
}

/** A modal that asks something. */
export const askingModal = ({ callbackId, metadata }: ModalOf, { title, submit, blocks }: ModalContent): ModalView => ({
  ...bare(title, 'Cancel', blocks),
  callback_id: callbackId,
  private_metadata: metadata,
  submit: { type: 'plain_text', text: submit },
});

/** A modal that says something, and there is nothing to submit. */
export const sayingModal = (sentence: string, title = 'Slackwater'): ModalView =>
  bare(title, 'Close', [paragraph([sentence])]);

const bare = (title: string, close: string, blocks: readonly KnownBlock[]): ModalView => ({
  type: 'modal',
  title: { type: 'plain_text', text: shorten(oneLine(title), TITLE_LIMIT) },
  close: { type: 'plain_text', text: close },
  blocks: blocks.slice(0, BLOCKS_LIMIT),
});
