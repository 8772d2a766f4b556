import { existsSync, statSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { anchorsIn, linksIn, type Page, pages } from './markdown.ts';

const PROJECT = fileURLToPath(new URL('../../', import.meta.url));
const byPath = new Map(pages.map((page) => [page.path, page]));

const isOutside = (target: string): boolean => /^[a-z]+:/.test(target);

/** The file or folder that a link of a page stands for, below the project, and the heading in it. */
function targetOf(page: Page, link: string): { readonly path: string; readonly anchor: string } {
  const [file = '', anchor = ''] = link.split('#');
  return { path: file === '' ? page.path : normalize(join(dirname(page.path), file)), anchor };
}

const isThere = (page: Page, link: string): boolean => {
  const { path, anchor } = targetOf(page, link);
  if (!existsSync(join(PROJECT, path)) || path.startsWith('..')) return false;
  const linked = byPath.get(path);
  return anchor === '' || (linked !== undefined && anchorsIn(linked).has(anchor));
};

describe.each(pages.map((page) => [page.path, page] as const))('%s', (_, page) => {
  it('links to files, headings and pictures that are there', () => {
    const inside = linksIn(page).filter(({ text }) => !isOutside(text));
    const dead = inside.filter(({ text }) => !isThere(page, text));
    expect(dead.map(({ text, line }) => `${page.path}:${line}: ${text}`)).toEqual([]);
  });

  it('links to others by https alone', () => {
    const outside = linksIn(page).filter(({ text }) => isOutside(text));
    expect(outside.filter(({ text }) => !URL.canParse(text) || !text.startsWith('https://'))).toEqual([]);
  });

  it.each([
    ['a path of somebody’s machine', /(?<![\w.])\/(?:home|Users|root|work|tmp)\/\w/g],
    ['an e-mail address that is nobody’s by agreement', /[\w.+-]+@(?!example\.(?:com|org)\b)[a-z][\w-]*\.[a-z]{2,}\b/g],
    [
      'an account id that no example of AWS has',
      /(?<![\w-])(?!(\d)\1{11}|111122223333|444455556666|123456789012)\d{12}(?![\w-])/g,
    ],
    ['an address that is not on loopback', /\b(?!127\.0\.0\.1\b|10\.|169\.254\.)\d{1,3}(?:\.\d{1,3}){3}\b/g],
    ['a key of AWS', /\b(?:AKIA|ASIA)(?!EXAMPLE)[A-Z0-9]{12,}\b/g],
  ])('shows no %s', (_what, pattern) => {
    expect([...page.text.matchAll(pattern)].map(([found]) => found)).toEqual([]);
  });
});

describe('docs/README.md', () => {
  const index = byPath.get('docs/README.md');

  it('leads to every page of docs/', () => {
    const listed = index === undefined ? [] : linksIn(index).map(({ text }) => targetOf(index, text).path);
    const below = pages.map(({ path }) => path).filter((path) => path.startsWith('docs/') && path !== 'docs/README.md');
    const isListed = (path: string) =>
      listed.includes(path) || listed.some((folder) => path.startsWith(folder) && isFolder(folder));
    expect(below.filter((path) => !isListed(path))).toEqual([]);
  });

  const isFolder = (path: string): boolean =>
    existsSync(join(PROJECT, path)) && statSync(join(PROJECT, path)).isDirectory();

  it('says of each page for whom it is', () => {
    const rows = index?.text.split('\n').filter((line) => line.startsWith('| [')) ?? [];
    expect(rows.length).toBeGreaterThan(15);
    expect(rows.filter((row) => !/^\| \[[^\]]+\]\([^)]+\) \| [^|]{10,} \| [^|]{4,} \|$/.test(row))).toEqual([]);
  });
});
