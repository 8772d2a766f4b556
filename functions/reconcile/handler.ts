import type { Context } from 'aws-lambda';
import { catchUp } from '../../shared/domain/decide.ts';
import type { AnnouncedRecord } from '../../shared/domain/incident.ts';
import type { Instant } from '../../shared/domain/instant.ts';
import type { Outcome } from '../../shared/domain/outcome.ts';
import type { Routing } from '../../shared/domain/routing.ts';
import { describeDelivery, type SettleDeps, settle } from '../../shared/effects/settle.ts';

export interface Deps extends SettleDeps {
  readonly routing: Routing;
  /** Called for every record that was due, with what became of it. */
  readonly report: (outcome: Outcome) => void;
  readonly reportFailure: (recordId: string, error: unknown) => void;
}

/** How many records one run takes up; what is left is due again in the next, a minute later. */
const LIMIT = 50;
/** Stops taking up work this long before the function is stopped. */
const RESERVE = 5_000;

/**
 * Brings the world in line with the record: whatever was recorded as to be told and is not told yet is told now. With
 * nothing to do it costs one query. One record's trouble does not hold up the others; it is due again next time.
 */
export const createHandler =
  (deps: Deps) =>
  async (_event: unknown, context: Pick<Context, 'getRemainingTimeInMillis'>): Promise<void> => {
    const deadline = deps.clock() + context.getRemainingTimeInMillis();
    for (const record of await deps.store.loadDue(deps.clock(), LIMIT)) {
      if (deps.clock() > deadline - RESERVE) return;
      await reconcileRecord(record, deadline, deps);
    }
  };

async function reconcileRecord(record: AnnouncedRecord, deadline: Instant, deps: Deps): Promise<void> {
  try {
    const settled = await settle(
      record.fingerprint,
      record,
      (known) => catchUp(known ?? record, { routing: deps.routing, now: deps.clock(), deadline }),
      deps,
    );
    const [verdict] = settled.decision.verdicts;
    if (verdict === undefined) return;
    const { outcome, ...why } = verdict;
    const effects = settled.deliveries.map(describeDelivery);
    deps.report({ kind: 'due', decision: outcome, ...why, incident: record.id, severity: record.severity, effects });
  } catch (error) {
    deps.reportFailure(record.id, error);
  }
}
