import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadTemplate, resourcesOfType } from '../../sandbox/eventbridge/template.ts';
import { deployed } from '../../scripts/template-variants.ts';
import { savedQueries } from '../infra/dashboard-body.ts';
import { EMITTED } from '../infra/emitted.ts';

const page = readFileSync(new URL('../../docs/operate.md', import.meta.url), 'utf8');
const whole = deployed(loadTemplate('template.yaml'), { SlackChannel: 'C0123ABCD', SlackEndpointBy: 'function-url' });

const [, metricsSection = ''] = page.split('\n## Metrics\n');
const metricRows = (metricsSection.split('\n## ')[0] ?? '').split('\n').filter((line) => line.startsWith('| `'));

/** `ChatRequestsHanded`, and `…Answered` after it, which begins like it. */
function namesIn(row: string): readonly string[] {
  const names = [...(row.split('|')[1] ?? '').matchAll(/`(…?)(\w+)`/g)];
  return names.map(([, isShort, name = '']) => (isShort ? `ChatRequests${name}` : name));
}

describe('docs/operate.md', () => {
  it.each(savedQueries(whole))('shows the saved query $name as it is', ({ name, query }) => {
    expect(page).toContain(`**${name.replace('slackwater/', '')}**`);
    expect(page).toContain(`\`\`\`text\n${query}\`\`\``);
  });

  it('lists every metric that is emitted, and no other', () => {
    const emitted = new Set(Object.values(EMITTED).flatMap(({ metrics }) => [...metrics]));
    expect(new Set(metricRows.flatMap(namesIn))).toEqual(emitted);
  });

  it('lists every alarm in the order of the template', () => {
    const alarms = resourcesOfType(whole, 'AWS::CloudWatch::Alarm').map(({ logicalId }) => logicalId);
    expect(
      [...page.matchAll(/^\| \[(\w+Alarm)\]\(runbook\.md#(\w+)\)/gm)].map(([, name, anchor]) => [name, anchor]),
    ).toEqual(alarms.map((name) => [name, name.toLowerCase()]));
  });

  it('explains every field of an outcome’s line', () => {
    const fields = [...(EMITTED['ecs-events']?.fields ?? [])].map((name) => name.split('.')[0] ?? '');
    const own = new Set(fields.filter((name) => !['timestamp', 'service', 'error'].includes(name)));
    expect([...own].filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
  });
});
