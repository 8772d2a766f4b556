import { parseArgs } from 'node:util';
import { oneLine } from '../../shared/render/escape.ts';
import { TABLE_OPTIONS } from '../incidents/table.ts';
import { type Terminal, UsageError, understood } from '../terminal.ts';
import { findPlan, planIdIn } from './named.ts';
import { planPage } from './page.ts';
import { shownLines } from './shown.ts';
import { onPlans } from './table.ts';

/**
 * `slackwater plan show PLAN`: everything that is known of a plan, what was decided about it and what came of that; never
 * what it takes to start a task again. Answers 0, or 1 when there is no such plan.
 */
export async function show(args: readonly string[], terminal: Terminal): Promise<number> {
  const options = { ...TABLE_OPTIONS, json: { type: 'boolean', default: false } } as const;
  const { values, positionals } = understood(() => parseArgs({ args: [...args], options, allowPositionals: true }));
  const [given, ...rest] = positionals;
  if (rest.length > 0) throw new UsageError('give one plan at a time');
  const id = planIdIn(given);
  return onPlans(values, terminal, async ({ plans }) => {
    const record = await findPlan(id, plans);
    if (typeof record === 'string') {
      terminal.err(`slackwater plan show: ${oneLine(record)}`);
      return 1;
    }
    if (values.json) for (const line of shownLines(record)) terminal.out(JSON.stringify(line));
    else terminal.out(planPage(record));
    return 0;
  });
}
