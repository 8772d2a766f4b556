import { stripVTControlCharacters } from 'node:util';
import { characters } from './characters.ts';

/** Control characters beside tab and line feed, and the marks that make neighbouring text read backwards. */
const UNPRINTABLE = /[[\p{Cc}\p{Bidi_Control}]--[\t\n]]/gv;

/** Text that is safe to print: no terminal codes, no control or direction marks, no broken surrogates, `\n` line ends. */
export const clean = (text: string): string =>
  stripVTControlCharacters(text)
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replace(UNPRINTABLE, '')
    .toWellFormed();

/** The text cleaned and on one line, with single spaces. */
export const oneLine = (text: string): string => clean(text).replace(/\s+/g, ' ').trim();

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
]);

const escapeCharacter = (character: string): string => ESCAPES.get(character) ?? character;

/**
 * Escapes Slack's three control characters for `mrkdwn` text. There is no escape for `*`, `_`, `~` and the backtick:
 * text of others belongs into rich text, plain text or `code`.
 * https://docs.slack.dev/messaging/formatting-message-text
 */
export const escapeMarkup = (text: string): string => text.replace(/[&<>]/g, escapeCharacter);

/** At most `limit` characters (code points); what is cut off is counted: `… 340 more characters`. */
export const truncate = (text: string, limit: number): string =>
  fit(characters(text), limit, (left) => `… ${left} more characters`);

/** At most `limit` characters (code points), for names and headlines: the cut is marked by `…` alone. */
export const shorten = (text: string, limit: number): string => fit(characters(text), limit, () => '…');

/** `shorten` for `mrkdwn`: at most `limit` characters after escaping, and never half an escape. */
export const shortenEscaped = (text: string, limit: number): string =>
  fit(characters(text).map(escapeCharacter), limit, () => '…');

/** The first pieces that fit `limit` characters together with the mark of the cut. A piece is never split. */
function fit(pieces: readonly string[], limit: number, mark: (left: number) => string): string {
  if (pieces.reduce((sum, piece) => sum + width(piece), 0) <= limit) return pieces.join('');
  let room = limit - mark(pieces.length).length;
  if (room < 0) return '…'.slice(0, limit);
  let kept = 0;
  for (const piece of pieces) {
    room -= width(piece);
    if (room < 0) break;
    kept += 1;
  }
  return pieces.slice(0, kept).join('').trimEnd() + mark(pieces.length - kept);
}

/** A piece is one code point, of one or two UTF-16 units, or an escape. */
const width = (piece: string): number => (piece.startsWith('&') ? piece.length : 1);
