import type { Instant } from '../shared/domain/instant.ts';
import type { PlanStore } from '../shared/domain/plan/plan-record.ts';
import type { Maintenance } from '../shared/domain/windows/maintenance.ts';
import { createConfigurationStore } from '../shared/effects/configuration-store.ts';
import { createPlanStore } from '../shared/effects/plan-store.ts';
import { parseJson } from '../shared/parse/json.ts';
import { policyIn } from './config-file.ts';
import { type TableGiven, withTable } from './incidents-table.ts';
import type { Terminal } from './terminal.ts';

/** Slackwater's table as far as plans are concerned. */
export interface PlansTable {
  readonly plans: PlanStore;
  /** The windows and freezes that were pushed last. */
  readonly maintenance: () => Promise<Maintenance>;
  readonly clock: () => Instant;
}

/** Answers what `work` does with the plans of the table; throws as `withTable` does. */
export const onPlans = (
  given: TableGiven,
  terminal: Terminal,
  work: (table: PlansTable) => Promise<number>,
): Promise<number> =>
  withTable(given, terminal, ({ clients: { documents: client }, tableName }) => {
    const { clock } = terminal;
    const maintenance = async (): Promise<Maintenance> => {
      const { current } = await createConfigurationStore({ client, tableName }).load({ consistent: true });
      return policyIn(current && parseJson(current.document)).maintenance;
    };
    return work({ plans: createPlanStore({ client, tableName, clock }), maintenance, clock });
  });
