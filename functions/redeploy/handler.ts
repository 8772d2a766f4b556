import type { Context } from 'aws-lambda';
import type { PlanRecord, PlanStore } from '../../shared/domain/plan/plan-record.ts';
import type { Policy } from '../../shared/domain/policy.ts';
import { type AdvanceDeps, advance } from './advance.ts';

export interface Deps extends AdvanceDeps {
  readonly plans: PlanStore;
  /** Who is told of what, and when tasks may be replaced, as it is configured now. Never throws. */
  readonly policy: () => Promise<Policy>;
  readonly reportFailure: (subject: string, error: unknown) => void;
}

/** How many plans one run takes up; what is left is due again in the next, a minute later. */
const LIMIT = 20;
/** Stops taking up plans this long before the function is stopped: a look takes seconds. */
const RESERVE = 15_000;

/**
 * Takes every plan that is due one look further: reads the world, decides the next steps, saves, takes them, tells. One
 * plan's trouble does not hold up the others. With nothing to do it costs one query.
 */
export const createHandler =
  (deps: Deps) =>
  async (_event: unknown, context: Pick<Context, 'getRemainingTimeInMillis'>): Promise<void> => {
    const deadline = deps.clock() + context.getRemainingTimeInMillis();
    const due = await deps.plans.loadDue(deps.clock(), LIMIT);
    if (due.length === 0) return;
    const policy = await deps.policy();
    for (const record of due) {
      if (deps.clock() > deadline - RESERVE) break;
      await independently(record, () => advance(record, { policy, deadline }, deps), deps);
    }
  };

async function independently({ id }: PlanRecord, work: () => Promise<void>, { reportFailure }: Deps): Promise<void> {
  try {
    await work();
  } catch (error) {
    reportFailure(id, error);
  }
}
