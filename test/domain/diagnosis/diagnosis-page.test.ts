import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { DIAGNOSIS_PAGE, withTable } from '../../../scripts/diagnosis-page.ts';
import { DOCUMENTED_STOPS } from '../../../scripts/documented-stops.ts';

const page = readFileSync(DIAGNOSIS_PAGE, 'utf8');

it('docs/diagnosis.md shows what the diagnosis says today', () => {
  // When this fails: node scripts/diagnosis-page.ts
  expect(page).toBe(withTable(page));
  expect(page.match(/^\| \d+ \|/gm)).toHaveLength(DOCUMENTED_STOPS.length);
});

it('refuses a page without the marks', () => {
  expect(() => withTable('# Diagnosis')).toThrow('marks');
});
