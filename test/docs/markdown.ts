import { readdirSync, readFileSync } from 'node:fs';

/** A Markdown file of the project. `path` is below the project's folder. */
export interface Page {
  readonly path: string;
  readonly text: string;
}

const PROJECT = new URL('../../', import.meta.url);

const read = (path: string): Page => ({ path, text: readFileSync(new URL(path, PROJECT), 'utf8') });

/** Everything that people read: the pages at the top, and all of docs/, sorted. */
export const pages: readonly Page[] = [
  'README.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  ...readdirSync(new URL('docs', PROJECT), { recursive: true, encoding: 'utf8' })
    .map((path) => `docs/${path.replaceAll('\\', '/')}`)
    .filter((path) => path.endsWith('.md'))
    .sort(),
].map(read);

/** A piece of a page as it is written, and the line that it begins on, from 1. */
export interface Piece {
  readonly text: string;
  readonly line: number;
}

export interface Fence extends Piece {
  /** `sh`; empty where none is said. */
  readonly language: string;
}

const lineAt = (text: string, index: number): number => text.slice(0, index).split('\n').length;

/** Fenced blocks, also those inside lists; `line` is that of their first line. */
export const fencesIn = ({ text }: Page): readonly Fence[] =>
  [...text.matchAll(/^( *)```(\w*)\n(.*?)^\1```$/gms)].map(
    ({ 1: indent = '', 2: language = '', 3: block = '', index }) => ({
      language,
      text: block.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
      line: lineAt(text, index) + 1,
    }),
  );

/** The same page with its fenced blocks blanked, so that nothing in them is taken for prose; lines stay where they were. */
export const proseOf = ({ text }: Page): string =>
  text.replaceAll(/^( *)```\w*\n.*?^\1```$/gms, (block) => block.replaceAll(/[^\n]/g, ''));

/** Code between backticks, also across the end of a line, and lines that are indented as code. */
export function codeInProse(page: Page): readonly Piece[] {
  const prose = proseOf(page);
  const spans = [...prose.matchAll(/(?<!`)`([^`]+)`(?!`)/g)].map(({ 1: code = '', index }) => ({
    text: code.replaceAll(/\s*\n\s*/g, ' '),
    line: lineAt(prose, index),
  }));
  const indented = [...prose.matchAll(/^ {4}(\S.*)$/gm)].map(({ 1: code = '', index }) => ({
    text: code,
    line: lineAt(prose, index),
  }));
  return [...spans, ...indented];
}

/** What a heading is linked by, as GitHub makes it; the second of the same name gets `-1`, and so on. */
export function anchorsIn(page: Page): ReadonlySet<string> {
  const counts = new Map<string, number>();
  const anchors = [...proseOf(page).matchAll(/^#{1,6} +(.+?) *$/gm)].map(([, heading = '']) => {
    const slug = slugOf(heading);
    const count = counts.get(slug) ?? 0;
    counts.set(slug, count + 1);
    return count === 0 ? slug : `${slug}-${count}`;
  });
  return new Set(anchors);
}

const slugOf = (heading: string): string =>
  heading
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\p{M} _-]/gu, '')
    .replaceAll(' ', '-');

/** Targets of links and images, without titles. */
export const linksIn = (page: Page): readonly Piece[] => {
  const prose = proseOf(page).replaceAll(/`[^`\n]*`/g, (code) => ' '.repeat(code.length));
  return [...prose.matchAll(/\]\(<?([^)\s>]+)>?[^)]*\)|(?:src|srcset|href)="([^"]+)"/g)].map(
    ({ 1: target, 2: attribute = '', index }) => ({ text: target ?? attribute, line: lineAt(prose, index) }),
  );
};
