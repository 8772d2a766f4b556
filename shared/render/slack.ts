import type { KnownBlock } from '@slack/types';
import type { AnnouncedRecord } from '../domain/incident.ts';
import {
  context,
  fields,
  groupList,
  HEADER_LIMIT,
  header,
  linkButtons,
  mentionLine,
  numberedList,
  paragraph,
  preformatted,
} from './blocks.ts';
import type { Card } from './card.ts';
import { shortenEscaped } from './escape.ts';
import { excerpt, headline, notAvailable, steps } from './excerpt.ts';
import type { SlackMessage } from './message.ts';
import { phraseText } from './plain.ts';
import { recordCard } from './record-card.ts';

/** What a phone shows; ours, Slack allows more. */
export const TEXT_LIMIT = 150;

/**
 * Slack refuses a message whose blocks are too long together (`msg_blocks_too_long`) and does not publish the limit;
 * about 13,200 bytes is where it was seen to begin. The quotes give way first: they are also in the logs and the
 * console.
 */
const MESSAGE_LIMIT = 12_000;
const QUOTE_LIMITS = [2_400, 1_000, 300, 80];
const TOO_LONG = 'the details, which are too long for one message';

/**
 * The record as a message that keeps every limit of Slack. Deterministic; no block carries an id. `mentions` are ids of
 * user groups and users, who are notified; what is no such id is left out.
 */
export function renderSlack(
  record: AnnouncedRecord,
  { mentions = [] }: { readonly mentions?: readonly string[] } = {},
): SlackMessage {
  const card = recordCard(record);
  return { text: notificationText(card), blocks: fitting(card, mentionLine(mentions)) };
}

function notificationText(card: Card): string {
  return shortenEscaped(`${card.icon} ${headline(card, ' · ', TEXT_LIMIT)}: ${phraseText(card.lead)}`, TEXT_LIMIT);
}

function fitting(card: Card, called: readonly KnownBlock[]): readonly KnownBlock[] {
  for (const limit of QUOTE_LIMITS) {
    const blocks = cardBlocks(card, called, limit);
    if (fits(blocks)) return blocks;
  }
  const bare: Card = { ...card, facts: [], groups: [], steps: [], quotes: [], links: [], missing: [TOO_LONG] };
  return cardBlocks(bare, called, 0);
}

export const fits = (blocks: readonly KnownBlock[]): boolean =>
  Buffer.byteLength(JSON.stringify(blocks)) <= MESSAGE_LIMIT;

function cardBlocks(card: Card, called: readonly KnownBlock[], quoteLimit: number): readonly KnownBlock[] {
  const fix = steps(card);
  const missing = notAvailable(card);
  return [
    header(`${card.icon} ${headline(card, ' · ', HEADER_LIMIT - card.icon.length - 1)}`),
    called,
    paragraph(card.lead),
    card.facts.length > 0 ? fields(card.facts) : [],
    card.groups.map(groupList),
    fix.length > 0 ? numberedList('What to do', fix) : [],
    card.quotes.map((quote) => preformatted(quote.title, excerpt(quote, quoteLimit))),
    missing === undefined ? [] : context(missing),
    card.links.length > 0 ? linkButtons(card.links) : [],
    context(card.footer.join(' · ')),
  ].flat();
}
