import { parseArgs } from 'node:util';
import type { PlanRecord } from '../../shared/domain/plan/plan-record.ts';
import { TABLE_OPTIONS } from '../incidents/table.ts';
import { type Terminal, understood } from '../terminal.ts';
import { listedPlan, listedPlanText } from './listing.ts';
import { onPlans } from './table.ts';

/**
 * `slackwater plan list`: every plan that is kept, the newest first. Answers 1 when one of them is not over, otherwise 0.
 */
export async function list(args: readonly string[], terminal: Terminal): Promise<number> {
  const options = { ...TABLE_OPTIONS, json: { type: 'boolean', default: false } } as const;
  const { values } = understood(() => parseArgs({ args: [...args], options }));
  return onPlans(values, terminal, async ({ plans }) => {
    const records = await plans.list();
    if (values.json) for (const record of records) terminal.out(JSON.stringify(listedPlan(record)));
    else terminal.out([title(records), ...records.map(listedPlanText)].join('\n'));
    return records.every(isOver) ? 0 : 1;
  });
}

const isOver = ({ dueAt }: PlanRecord): boolean => dueAt === undefined;

function title(records: readonly PlanRecord[]): string {
  const over = records.filter(isOver).length;
  const open = `${records.length - over} not over`;
  return over === 0 ? open : `${open}, ${over} over`;
}
