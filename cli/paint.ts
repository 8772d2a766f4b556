import { styleText } from 'node:util';
import type { Severity } from '../shared/domain/severity.ts';

type Style = Parameters<typeof styleText>[0];

const OF_SEVERITY: Readonly<Record<Severity, Style>> = {
  high: ['bold', 'red'],
  medium: ['bold', 'yellow'],
  low: ['bold', 'cyan'],
  none: 'bold',
};

/** How lines look, by how they begin; the first that matches. A card's quotes are indented by four. */
const OF_LINES: readonly (readonly [RegExp, Style])[] = [
  [/^ {4}/, 'dim'],
  [/^What to do$|^What changed:/, 'bold'],
  [/^Not available:/, 'yellow'],
];

/** The plain text of a card in colours: its headline by severity, quotes and the last paragraph faint. */
export function paintCard(card: string, severity: Severity): string {
  const paragraphs = card.split('\n\n');
  return paragraphs
    .map((paragraph, index) => {
      if (index === 0) return painted(paragraph, OF_SEVERITY[severity]);
      return index === paragraphs.length - 1 ? painted(paragraph, 'dim') : paintLines(paragraph);
    })
    .join('\n\n');
}

const paintLines = (paragraph: string): string =>
  paragraph
    .split('\n')
    .map((line) => {
      const [, style] = OF_LINES.find(([pattern]) => pattern.test(line)) ?? [];
      return style === undefined ? line : painted(line, style);
    })
    .join('\n');

/** Line by line, so that a pager which shows half of it shows the colours too. */
const painted = (text: string, style: Style): string =>
  text
    .split('\n')
    .map((line) => styleText(style, line, { validateStream: false }))
    .join('\n');
