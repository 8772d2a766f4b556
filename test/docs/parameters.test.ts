import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { loadTemplate } from '../../sandbox/eventbridge/template.ts';

const page = readFileSync(new URL('../../docs/configuration.md', import.meta.url), 'utf8');
const [, section = ''] = page.split('\n## Parameters of the stack\n');

/** The default of each parameter as the page writes it; of those that share a row, of each. */
const documented = [...(section.split('\n## ')[0] ?? '').matchAll(/^\| (`[A-Z].*?`) \| (.*?) \|/gm)].flatMap(
  ([, names = '', written = '']) =>
    [...names.matchAll(/`(\w+)`/g)].map(([, name = '']) => [name, written.replaceAll('`', '')] as const),
);

it('docs/configuration.md lists the parameters of the template with their defaults', () => {
  const parameters = Object.entries(loadTemplate('template.yaml').Parameters ?? {});
  const defaults = parameters.map(
    ([name, { Default }]) => [name, JSON.stringify(Default ?? '').replaceAll('"', '') || 'empty'] as const,
  );
  expect(Object.fromEntries(documented)).toEqual(Object.fromEntries(defaults));
});
