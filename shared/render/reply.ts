import type { KnownBlock } from '@slack/types';
import type { AnnouncedRecord } from '../domain/incident.ts';
import type { Utterance } from '../domain/timeline.ts';
import { type DatedLine, datedLines, HEADER_LIMIT, mentionLine } from './blocks.ts';
import type { Card } from './card.ts';
import { oneLine, shortenEscaped } from './escape.ts';
import { headline } from './excerpt.ts';
import type { SlackMessage } from './message.ts';
import { recordCard } from './record-card.ts';
import { fits, TEXT_LIMIT } from './slack.ts';

/** Earlier news are counted. */
const LINES_LIMIT = 20;
/** Characters of one line; the next when the message would be too long. */
const LINE_LIMITS = [600, 200];
/** Fits whatever the lines hold: four bytes a character, and 150 for the date beside it. */
const SHORTEST_LINE = 80;

/**
 * What is new about a record, for its thread: the state that it has now, then one line for each of `news` with its
 * instant. Facts and logs stay in the message above. `mentions` are ids of who is called.
 */
export function renderReply(
  record: AnnouncedRecord,
  news: readonly Utterance[],
  { mentions = [] }: { readonly mentions?: readonly string[] } = {},
): SlackMessage {
  const card = statedCard(record);
  const title = `${card.icon} ${headline(card, ' · ', HEADER_LIMIT - card.icon.length - 1)}`;
  const said = oneLine(news.at(-1)?.text ?? '');
  return {
    text: shortenEscaped(
      `${card.icon} ${headline(card, ' · ', TEXT_LIMIT)}${said === '' ? '' : `: ${said}`}`,
      TEXT_LIMIT,
    ),
    blocks: [fitting(title, lines(news)), ...mentionLine(mentions)],
  };
}

/** A reply that the whole channel sees says also of an open incident that it is. */
function statedCard(record: AnnouncedRecord): Card {
  const card = recordCard(record);
  return record.kind === 'incident' ? { ...card, state: card.state ?? 'Open' } : card;
}

function lines(news: readonly Utterance[]): readonly DatedLine[] {
  const said = news.flatMap(linesOf);
  const earlier = said.length - LINES_LIMIT;
  return earlier <= 0 ? said : [{ text: `… ${earlier} earlier` }, ...said.slice(-LINES_LIMIT)];
}

/** One piece of news may be about many services, a line each; they happened at the same instant. */
const linesOf = ({ at, text }: Utterance): readonly DatedLine[] =>
  text.split('\n').map((line, index) => (index === 0 ? { at, text: line } : { text: line }));

function fitting(title: string, said: readonly DatedLine[]): KnownBlock {
  for (const limit of LINE_LIMITS) {
    const block = datedLines(title, said, limit);
    if (fits([block])) return block;
  }
  return datedLines(title, said, SHORTEST_LINE);
}
