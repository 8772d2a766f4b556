import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadTemplate, resourcesOfType } from '../../sandbox/eventbridge/template.ts';
import { deployed } from '../../scripts/template-variants.ts';

const runbook = readFileSync(new URL('../../docs/runbook.md', import.meta.url), 'utf8');
const template = loadTemplate('template.yaml');
const sections = runbook.split('\n## ').slice(1);

describe('docs/runbook.md', () => {
  it('has a section for every alarm of the template, in its order, and no other', () => {
    const whole = deployed(template, { SlackChannel: 'C0123ABCD', SlackEndpointBy: 'function-url' });
    const alarms = resourcesOfType(whole, 'AWS::CloudWatch::Alarm').map(({ logicalId }) => logicalId);
    expect(sections.map((section) => section.split('\n')[0])).toEqual(alarms);
  });

  it.each(sections)('says what it means, where to look and what to do: %.30s', (section) => {
    expect([...section.matchAll(/^\*\*(\w+)\.\*\* \S/gm)].map(([, word]) => word)).toEqual(['Means', 'Look', 'Do']);
  });

  it('names only outputs that the stack has', () => {
    const outputs = Object.keys(template.Outputs ?? {});
    const named = [...runbook.matchAll(/`(\w+(?:Url|Function|Credential))`/g)].map(([, name = '']) => name);
    expect(named.length).toBeGreaterThan(5);
    expect(named.filter((name) => !outputs.includes(name))).toEqual([]);
  });
});
