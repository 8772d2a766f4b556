import { describe, expect, it } from 'vitest';
import { table, withSection } from '../../bench/markdown.ts';

const DOCUMENT = 'before\n<!-- bench:cost -->\nold\n<!-- /bench:cost -->\nafter\n';

describe('a section of a document', () => {
  it('is written between its markers, and nothing else changes', () => {
    expect(withSection(DOCUMENT, 'cost', 'new\n')).toBe(
      'before\n<!-- bench:cost -->\n\nnew\n\n<!-- /bench:cost -->\nafter\n',
    );
  });

  it('is the same however often it is written', () => {
    const once = withSection(DOCUMENT, 'cost', 'new');
    expect(withSection(once, 'cost', 'new')).toBe(once);
  });

  it('has to have its place', () => {
    expect(() => withSection(DOCUMENT, 'speed', 'new')).toThrow('no place for speed');
  });
});

it('a table has its numbers on the right', () => {
  expect(table(['', 'ms'], [['cold', '12']])).toBe('|  | ms |\n| --- | ---: |\n| cold | 12 |');
});
