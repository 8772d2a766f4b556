import { withStanding } from '../../shared/domain/chat/overlay.ts';
import type { PlanStore } from '../../shared/domain/plan/plan-record.ts';
import type { Policy } from '../../shared/domain/policy.ts';
import { createAuditStore } from '../../shared/effects/stores/audit-store.ts';
import { createConfigurationStore } from '../../shared/effects/stores/configuration-store.ts';
import { createPlanStore } from '../../shared/effects/stores/plan-store.ts';
import { parseJson } from '../../shared/parse/json.ts';
import type { AuditTrail } from '../audited.ts';
import { policyIn } from '../config/file.ts';
import { type TableGiven, withTable } from '../incidents/table.ts';
import type { Terminal } from '../terminal.ts';

/** Slackwater's table as far as plans are concerned. */
export interface PlansTable extends AuditTrail {
  readonly plans: PlanStore;
  /** As the document that was pushed last and the orders that people set beside it say. */
  readonly policy: () => Promise<Policy>;
}

/** Answers what `work` does with the plans of the table; throws as `withTable` does. */
export const onPlans = (
  given: TableGiven,
  terminal: Terminal,
  work: (table: PlansTable) => Promise<number>,
): Promise<number> =>
  withTable(given, terminal, ({ clients: { table: client }, tableName }) => {
    const { clock } = terminal;
    const table = { client, tableName, clock };
    const policy = async (): Promise<Policy> => {
      const { current, standing } = await createConfigurationStore(table).load({ consistent: true });
      return withStanding(policyIn(current && parseJson(current.document)), standing);
    };
    return work({ plans: createPlanStore(table), audit: createAuditStore(table), policy, clock });
  });
