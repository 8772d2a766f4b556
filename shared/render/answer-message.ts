import type { KnownBlock } from '@slack/types';
import { context, paragraph } from './blocks.ts';
import type { Phrase } from './card.ts';
import { shortenEscaped } from './escape.ts';
import type { SlackMessage } from './message.ts';
import { phraseText } from './plain.ts';
import { fits, TEXT_LIMIT } from './slack.ts';

/** Slack's limit of a message. https://docs.slack.dev/reference/block-kit/blocks */
const BLOCKS_LIMIT = 50;

const CUT = 'The rest is too long for one message: ask for less at a time.';

/** What an answer says below its first sentences. */
export interface AnswerParts {
  readonly blocks?: readonly KnownBlock[];
  /** Small print: how far was read, in which zone times were taken. */
  readonly notes?: readonly string[];
}

/**
 * An answer that only the asker sees: first what it comes to, then the blocks, then notes. What does not fit into one
 * message is left out from the end, and the answer says so.
 */
export function answerMessage(lead: Phrase, { blocks = [], notes = [] }: AnswerParts = {}): SlackMessage {
  const last = notes.map(context);
  const whole = [paragraph(lead), ...blocks, ...last];
  return {
    text: shortenEscaped(phraseText(lead), TEXT_LIMIT),
    blocks: isFitting(whole) ? whole : cut(lead, blocks, last),
  };
}

const isFitting = (blocks: readonly KnownBlock[]): boolean => blocks.length <= BLOCKS_LIMIT && fits(blocks);

function cut(lead: Phrase, blocks: readonly KnownBlock[], last: readonly KnownBlock[]): readonly KnownBlock[] {
  for (let kept = Math.min(blocks.length - 1, BLOCKS_LIMIT); kept > 0; kept--) {
    const shorter = [paragraph(lead), ...blocks.slice(0, kept), context(CUT), ...last];
    if (isFitting(shorter)) return shorter;
  }
  return [paragraph(lead), context(CUT), ...last];
}
