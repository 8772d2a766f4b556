import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { SEVERITY_OF_CAUSE } from '../../../shared/domain/diagnosis/causes.ts';

it('docs/causes.md lists every cause with its severity, in order, and nothing else', () => {
  const page = readFileSync(new URL('../../../docs/causes.md', import.meta.url), 'utf8');
  const rows = [...page.matchAll(/^\| `([^`]+)` \|.*\| (\S+) \|$/gm)].map(([, id, severity]) => [id, severity]);
  expect(rows).toEqual(Object.entries(SEVERITY_OF_CAUSE));
});
