/** A line longer than this is cut; the console has the rest. */
export const LONGEST_LINE = 300;

/** Sequences that colour a terminal or set its title (ECMA-48): CSI, OSC, and the short ones. */
// oxlint-disable-next-line no-control-regex -- they are what this looks for
const ANSI = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[ -/]*[0-~])/g;
/** Control characters, and the marks that turn the direction of text and so can hide what it says. */
const INVISIBLE = /(?!\n)[\p{Cc}\p{Bidi_Control}]/gu;

/**
 * The last `count` lines of what a container wrote, oldest first, fit to be shown: without terminal codes, without what
 * `redact` takes for a secret, none longer than 300 characters. Redacts the whole first, because a key has many lines.
 */
export function readableLines(
  messages: readonly string[],
  count: number,
  redact: (text: string) => string,
): readonly string[] {
  const text = messages
    .join('\n')
    .replace(/\r\n?/g, '\n')
    .replace(ANSI, '')
    .replaceAll('\t', ' ')
    .replace(INVISIBLE, '');
  return redact(text)
    .split('\n')
    .map((line) => line.trimEnd())
    .filter((line) => line !== '')
    .slice(-count)
    .map(cut);
}

function cut(line: string): string {
  if (line.length <= LONGEST_LINE) return line;
  const characters = Array.from(line);
  const more = characters.length - LONGEST_LINE;
  return more > 0 ? `${characters.slice(0, LONGEST_LINE).join('')}… [${more} more]` : line;
}
