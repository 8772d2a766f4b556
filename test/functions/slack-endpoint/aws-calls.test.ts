import { globSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { AWS_CALLS } from '../../../functions/slack-endpoint/aws/calls.ts';

const sources = globSync('functions/slack-endpoint/**/*.ts').map((file) => readFileSync(file, 'utf8'));

it('makes every call of its table, and no other', () => {
  const made = sources.flatMap((source) =>
    [...source.matchAll(/\baws\(\s*'([^']+)'/g)].map(([, action]) => String(action)),
  );
  expect([...new Set(made)].sort((a, b) => a.localeCompare(b))).toEqual(Object.keys(AWS_CALLS));
});

it('has no SDK in it, which alone would be ten times as large', () => {
  for (const source of sources) expect(source).not.toMatch(/@aws-sdk|@smithy/);
});

it('changes nothing in ECS', () => {
  expect(Object.keys(AWS_CALLS).filter((action) => action.startsWith('ecs:'))).toEqual([]);
});
