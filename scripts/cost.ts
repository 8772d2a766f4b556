/**
 * Writes the numbers of docs/cost.md anew; a test holds the page to them.
 *
 *     npm run cost                  from what was measured before
 *     npm run cost -- --measure     measures again first, in the sandbox, which takes some minutes
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { isJsonArray, isJsonObject } from '../sandbox/eventbridge/json.ts';
import { loadTemplate, resourcesOfType } from '../sandbox/eventbridge/template.ts';
import type { Measured } from './cost/month.ts';
import { type Counted, withNumbers } from './cost/page.ts';
import { deployed } from './template-variants.ts';

export const COST_PAGE = new URL('../docs/cost.md', import.meta.url);

const MEASURED = new URL('cost/measured.json', import.meta.url);

/** What was measured last, and the template's alarms. */
export function readCounted(): Counted {
  // The cast is true: this script alone writes the file.
  const measured = JSON.parse(readFileSync(MEASURED, 'utf8')) as Measured;
  return { measured, alarmMetrics: countAlarmMetrics() };
}

/** Of the stack as it is by default. */
function countAlarmMetrics(): number {
  const counts = resourcesOfType(deployed(loadTemplate('template.yaml')), 'AWS::CloudWatch::Alarm').map(
    ({ properties: { Metrics: metrics } }) =>
      isJsonArray(metrics) ? metrics.filter((metric) => isJsonObject(metric) && 'MetricStat' in metric).length : 1,
  );
  return counts.reduce((sum, count) => sum + count, 0);
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { measure: { type: 'boolean', default: false } } });
  if (values.measure) {
    const { measureKinds } = await import('./cost/measure.ts');
    const measured = await measureKinds((kind) => console.log(`measured ${kind}`));
    writeFileSync(MEASURED, `${JSON.stringify(measured, undefined, 2)}\n`);
  }
  writeFileSync(COST_PAGE, withNumbers(readFileSync(COST_PAGE, 'utf8'), readCounted()));
  // The queue emulator's long-poll timers would hold the process for 20 s more.
  process.exit(0);
}
