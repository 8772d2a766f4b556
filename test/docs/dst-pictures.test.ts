import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { nights } from '../../scripts/dst-nights.ts';
import { PICTURES, pictureOf } from '../../scripts/dst-pictures.ts';

const page = readFileSync(new URL('../../docs/windows.md', import.meta.url), 'utf8');

describe.each(nights().map((night) => [night.file, night] as const))('docs/images/%s.svg', (file, night) => {
  const picture = readFileSync(new URL(`${file}.svg`, PICTURES), 'utf8');

  it('is as scripts/dst-pictures.ts draws it', () => {
    expect(picture).toBe(pictureOf(night));
  });

  it('tells those who cannot see it what it shows', () => {
    expect(picture).toMatch(/^<svg [^>]*role="img" aria-labelledby="title description">/);
    expect(picture).toContain(`<title id="title">${night.title}</title>`);
    const [, description = ''] = /<desc id="description">(.*)<\/desc>/.exec(picture) ?? [];
    for (const { label } of night.rows) expect(description).toContain(`${label}: `);
  });

  it('is for light and dark pages, and asks for nothing else', () => {
    expect(picture).toContain('@media (prefers-color-scheme: dark)');
    expect(picture.replace('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:|<script|href/);
  });

  it('stands in docs/windows.md', () => {
    expect(page).toMatch(new RegExp(`!\\[.{80,}\\]\\(images/${file}\\.svg\\)`));
  });
});
