import type { Context } from 'aws-lambda';
import type { PlanStore } from '../../shared/domain/plan/plan-record.ts';
import type { Policy } from '../../shared/domain/policy.ts';
import { type ActionDeps, carryOut } from './actions.ts';
import { type AdvanceDeps, advance } from './advance.ts';

export interface Deps extends AdvanceDeps, ActionDeps {
  readonly plans: PlanStore;
  /** Who is told of what, and when tasks may be replaced, as it is configured now. Never throws. */
  readonly policy: () => Promise<Policy>;
  readonly reportFailure: (subject: string, error: unknown) => void;
}

/** How many plans, and how many requests, one run takes up; what is left is due again in the next, a minute later. */
const LIMIT = 20;
/** Stops taking up plans this long before the function is stopped: a look takes seconds. */
const RESERVE = 15_000;

/**
 * Does what people have asked for, all of it at once, because they wait for it. Then takes every plan that is due one look
 * further: reads the world, decides the next steps, saves, takes them, tells. One's trouble does not hold up the others.
 * With nothing to do it costs two queries.
 */
export const createHandler =
  (deps: Deps) =>
  async (_event: unknown, context: Pick<Context, 'getRemainingTimeInMillis'>): Promise<void> => {
    const deadline = deps.clock() + context.getRemainingTimeInMillis();
    const [asked, due] = await Promise.all([
      deps.actions.loadDue(deps.clock(), LIMIT),
      deps.plans.loadDue(deps.clock(), LIMIT),
    ]);
    if (asked.length === 0 && due.length === 0) return;
    const invocation = { policy: await deps.policy(), deadline };
    await Promise.all(
      asked.map((request) => independently(request.id, () => carryOut(request, invocation, deps), deps)),
    );
    for (const record of due) {
      if (deps.clock() > deadline - RESERVE) break;
      await independently(record.id, () => advance(record, invocation, deps), deps);
    }
  };

async function independently(name: string, work: () => Promise<void>, { reportFailure }: Deps): Promise<void> {
  try {
    await work();
  } catch (error) {
    reportFailure(name, error);
  }
}
