import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { RIGHT_NAMES } from '../../shared/domain/chat/rights.ts';

it('docs/chatops.md says of every right what it takes, and of no other', () => {
  const page = readFileSync(new URL('../../docs/chatops.md', import.meta.url), 'utf8');
  const [, table = ''] = page.split('| Right | Needed for |');
  const rows = [...(table.split('\n\n')[0] ?? '').matchAll(/^\| (`[^|]+) \|/gm)];
  const named = rows.flatMap(([, names = '']) => [...names.matchAll(/`([a-z-]+)`/g)].map(([, name]) => name));
  expect(new Set(named)).toEqual(new Set(RIGHT_NAMES));
  expect(named).toHaveLength(RIGHT_NAMES.length);
});
