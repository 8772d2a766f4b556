import { utcMinute } from '../domain/utc.ts';
import type { Card, Fact, Group, Phrase, Quote } from './card.ts';
import { oneLine, shorten, truncate } from './escape.ts';
import { excerpt, headline, notAvailable, steps } from './excerpt.ts';
import { wrap } from './wrap.ts';

const HEADLINE_LIMIT = 400;
const PHRASE_LIMIT = 1_000;
const QUOTE_LIMIT = 4_000;

/**
 * The card as plain text, for a terminal or an email. `width` counts characters; addresses are never broken, so that
 * they stay clickable. Ends without a line break.
 */
export function plainCard(card: Card, width: number): string {
  const missing = notAvailable(card);
  const paragraphs = [
    wrap(`${card.icon} ${headline(card, ' · ', HEADLINE_LIMIT)}`, width),
    wrap(phraseText(card.lead), width),
    table(card.facts.map(factRow), width),
    ...card.groups.map((group) => groupLines(group, width)),
    titled(
      'What to do',
      steps(card).flatMap((step, index) => hanging(`${index + 1}. `, step, width)),
      width,
    ),
    ...card.quotes.map((quote) => quoteLines(quote, width)),
    missing === undefined ? [] : wrap(missing, width),
    table(
      card.links.map(({ label, url }) => [label, url]),
      Number.POSITIVE_INFINITY,
    ),
    wrap(card.footer.map(oneLine).join(' · '), width),
  ];
  return paragraphs
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

/** A phrase for readers without a zone of their own: instants in UTC. */
export const phraseText = (phrase: Phrase): string => truncate(oneLine(phrase.map(partText).join('')), PHRASE_LIMIT);

function partText(part: Phrase[number]): string {
  if (typeof part === 'string') return part;
  if ('person' in part) return part.person;
  return 'name' in part ? part.name : utcMinute(part.instant);
}

const factRow = ({ label, value }: Fact): readonly [string, string] => [label, phraseText(value)];

function table(rows: readonly (readonly [string, string])[], width: number): readonly string[] {
  const column = Math.max(...rows.map(([label]) => label.length)) + 2;
  return rows.flatMap(([label, text]) => hanging(label.padEnd(column), text, width));
}

const groupLines = ({ title, entries }: Group, width: number): readonly string[] =>
  titled(
    shorten(oneLine(title), HEADLINE_LIMIT),
    entries.flatMap(({ term, text }) => hanging('- ', oneLine(`${term ?? ''} ${text}`), width)),
    width,
  );

/** Indented by four, so that words of others are told from ours. */
const quoteLines = (quote: Quote, width: number): readonly string[] =>
  titled(
    shorten(oneLine(quote.title), HEADLINE_LIMIT),
    excerpt(quote, QUOTE_LIMIT)
      .split('\n')
      .flatMap((line) => hanging('    ', line, width)),
    width,
  );

const titled = (title: string, lines: readonly string[], width: number): readonly string[] =>
  lines.length > 0 ? [...wrap(title, width), ...lines] : [];

/** The text behind a lead; its further lines start below the text. */
const hanging = (lead: string, text: string, width: number): readonly string[] =>
  wrap(text, width - lead.length).map((line, index) =>
    `${index === 0 ? lead : ' '.repeat(lead.length)}${line}`.trimEnd(),
  );
