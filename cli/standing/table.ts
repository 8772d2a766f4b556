import type { StandingOrders, StandingStore } from '../../shared/domain/chat/standing.ts';
import { createAuditStore } from '../../shared/effects/stores/audit-store.ts';
import { saveOrders as save } from '../../shared/effects/stores/save-orders.ts';
import { createStandingStore } from '../../shared/effects/stores/standing-store.ts';
import type { AuditTrail } from '../audited.ts';
import { type TableGiven, withTable } from '../incidents/table.ts';
import { AccountError, type Terminal } from '../terminal.ts';

/** Slackwater's table as far as mutes and freezes are concerned that people set. */
export interface StandingTable extends AuditTrail {
  readonly standing: StandingStore;
}

/** Answers what `work` does with the orders of the table; throws as `withTable` does. */
export const onStanding = (
  given: TableGiven,
  terminal: Terminal,
  work: (table: StandingTable) => Promise<number>,
): Promise<number> =>
  withTable(given, terminal, ({ clients: { table: client }, tableName }) => {
    const { clock } = terminal;
    const audit = createAuditStore({ client, tableName, clock });
    return work({ standing: createStandingStore({ client, tableName }), audit, clock });
  });

/** As the store's, but for others who were faster each time: that is an AccountError. */
export async function saveOrders<Answer extends { readonly orders: StandingOrders } | { readonly refused: string }>(
  change: (orders: StandingOrders) => Answer,
  table: StandingTable,
): Promise<Answer> {
  const answer = await save(change, table);
  if (answer === undefined)
    throw new AccountError('the orders were changed by others during each attempt; run it again');
  return answer;
}
