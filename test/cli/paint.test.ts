import { stripVTControlCharacters } from 'node:util';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { paintCard } from '../../cli/paint.ts';
import type { Severity } from '../../shared/domain/severity.ts';
import { renderText } from '../../shared/render/text.ts';
import { anIncident } from '../support/records.ts';

const SEVERITIES: readonly Severity[] = ['none', 'low', 'medium', 'high'];

describe('a card in colours', () => {
  it('is the same text, whatever the text', () => {
    const texts = fc
      .array(fc.constantFrom('What to do', '    quoted', 'Not available: logs', '', 'plain'))
      .map((lines) => lines.join('\n'));
    fc.assert(
      fc.property(texts, fc.constantFrom(...SEVERITIES), (card, severity) => {
        expect(stripVTControlCharacters(paintCard(card, severity))).toBe(card);
      }),
    );
  });

  it('has its headline in the colour of its severity', () => {
    const card = renderText(anIncident());
    const headlines = SEVERITIES.map((severity) => paintCard(card, severity).split('\n')[0]);
    expect(new Set(headlines).size).toBe(SEVERITIES.length);
  });

  it('ends every colour on the line on which it began', () => {
    const lines = paintCard(renderText(anIncident()), 'high').split('\n');
    const torn = lines.filter((line) => (line.match(/\[\d+m/g) ?? []).length % 2 === 1);
    expect(torn).toEqual([]);
  });
});
