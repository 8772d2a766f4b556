import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { RELAUNCH_ORDERS } from '../../shared/domain/plan/tasks/task-run.ts';
import { MODES } from '../../shared/domain/windows/maintenance.ts';

const PROJECT = new URL('../../', import.meta.url);
const page = readFileSync(new URL('docs/tags.md', PROJECT), 'utf8');

/** Every tag that the code asks for by its whole name. */
const tagsOfCode = readdirSync(new URL('shared/domain', PROJECT), { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts'))
  .flatMap((path) => [
    ...readFileSync(new URL(`shared/domain/${path}`, PROJECT), 'utf8').matchAll(/\w+_TAG = '(slackwater:[a-z-]+)'/g),
  ])
  .map(([, tag = '']) => tag)
  .sort();

const rows = [...page.matchAll(/^\| `(slackwater:[a-z-]+)` \| ([^|]+) \| ([^|]+) \|/gm)];

describe('docs/tags.md', () => {
  it('lists the tags of the code, and no others', () => {
    expect(tagsOfCode.length).toBeGreaterThan(3);
    expect(rows.map(([, tag = '']) => tag).sort()).toEqual(tagsOfCode);
  });

  it('names no tag elsewhere that is not in the list', () => {
    const named = [...page.matchAll(/slackwater:[a-z-]+/g)].map(([tag]) => tag);
    expect([...new Set(named)].sort()).toEqual(tagsOfCode);
  });

  it.each([
    ['slackwater:mode', MODES],
    ['slackwater:replace-on-retirement', RELAUNCH_ORDERS],
  ])('lists the values of %s, in their order', (tag, values) => {
    const [, , , listed = ''] = rows.find(([, name]) => name === tag) ?? [];
    expect([...listed.matchAll(/`([^`]+)`/g)].map(([, value]) => value)).toEqual(values);
  });
});
