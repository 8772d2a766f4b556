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
import { buttonRow } from './button.ts';
import type { Card, Group } from './card.ts';
import { shortenEscaped } from './escape.ts';
import { excerpt, headline, notAvailable, steps } from './excerpt.ts';
import type { SlackMessage } from './message.ts';
import { phraseText } from './plain.ts';
import { recordButtons } from './record-buttons.ts';
import { recordCard } from './record-card.ts';

/** What a phone shows; ours, Slack allows more. */
export const TEXT_LIMIT = 150;

/**
 * Slack refuses a message whose blocks are too long together (`msg_blocks_too_long`) and does not publish the limit;
 * about 13,200 bytes is where it was seen to begin. The quotes give way first: they are also in the logs and the
 * console.
 */
const MESSAGE_LIMIT = 12_000;
const SHORTEST_QUOTE = 80;
const QUOTE_LIMITS = [2_400, 1_000, 300, SHORTEST_QUOTE];
const TOO_LONG = 'the details, which are too long for one message';
const NO_ADVICE = 'what to do, for which there is no room beside the buttons';

/** How a message is told beside what it says. */
export interface SlackOptions {
  /** Ids of user groups and users, who are notified; what is no such id is left out. */
  readonly mentions?: readonly string[];
  /** Clicks are answered here, so the message has buttons. */
  readonly hasChat?: boolean;
}

/** The record as a message that keeps every limit of Slack. Deterministic; no block carries an id. */
export function renderSlack(
  record: AnnouncedRecord,
  { mentions = [], hasChat = false }: SlackOptions = {},
): SlackMessage {
  const card = recordCard(record);
  const buttons = hasChat ? buttonRow(record, recordButtons(record)) : [];
  return { text: notificationText(card), blocks: fitting(card, mentionLine(mentions), buttons) };
}

function notificationText(card: Card): string {
  return shortenEscaped(`${card.icon} ${headline(card, ' · ', TEXT_LIMIT)}: ${phraseText(card.lead)}`, TEXT_LIMIT);
}

function fitting(card: Card, called: readonly KnownBlock[], buttons: readonly KnownBlock[]): readonly KnownBlock[] {
  const around = { called, buttons };
  for (const limit of QUOTE_LIMITS) {
    const blocks = cardBlocks(card, around, limit);
    if (fits(blocks)) return blocks;
  }
  for (const leaner of buttons.length > 0 ? withLess(card) : []) {
    const blocks = cardBlocks(leaner, around, SHORTEST_QUOTE);
    if (fits(blocks)) return blocks;
  }
  const bare: Card = { ...card, facts: [], groups: [], steps: [], quotes: [], links: [], missing: [TOO_LONG] };
  return cardBlocks(bare, around, 0);
}

/** Where there are buttons, advice gives way first, which is mostly the commands that do the same; then half of each list. */
function withLess(card: Card): readonly Card[] {
  const missing = [...card.missing, NO_ADVICE];
  return [
    { ...card, steps: [], missing },
    { ...card, steps: [], missing, groups: card.groups.map(halved) },
  ];
}

function halved({ title, entries }: Group): Group {
  const kept = entries.slice(0, Math.ceil(entries.length / 2));
  const left = entries.length - kept.length;
  return { title, entries: left === 0 ? kept : [...kept, { text: `… and ${left} more lines` }] };
}

export const fits = (blocks: readonly KnownBlock[]): boolean =>
  Buffer.byteLength(JSON.stringify(blocks)) <= MESSAGE_LIMIT;

interface Around {
  /** Those who are mentioned. */
  readonly called: readonly KnownBlock[];
  readonly buttons: readonly KnownBlock[];
}

function cardBlocks(card: Card, { called, buttons }: Around, quoteLimit: number): readonly KnownBlock[] {
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
    buttons,
    card.links.length > 0 ? linkButtons(card.links) : [],
    context(card.footer.join(' · ')),
  ].flat();
}
