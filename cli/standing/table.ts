import type { StandingOrders, StandingStore } from '../../shared/domain/chat/standing.ts';
import { createAuditStore } from '../../shared/effects/stores/audit-store.ts';
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

const ATTEMPTS = 8;

/** Saves what `change` makes of the orders; when somebody else saved first, of what they saved. Answers what it answered. */
export async function saveOrders<Answer extends { readonly orders: StandingOrders } | { readonly refused: string }>(
  change: (orders: StandingOrders) => Answer,
  { standing }: Pick<StandingTable, 'standing'>,
): Promise<Answer> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const answer = change(await standing.load());
    if ('refused' in answer || (await standing.save(answer.orders)) === 'saved') return answer;
  }
  throw new AccountError(`the orders were changed by others during each of ${ATTEMPTS} attempts; run it again`);
}
