import type { PlanId } from '../../domain/plan/plan.ts';
import { stepText } from '../../domain/plan/run/step-words.ts';
import { DONE } from './attempt.ts';
import type { TakeStep } from './step-executor.ts';

/** Changes nothing, and says that everything is done. `report` hears in words what would be asked of AWS. */
export const createDryRun =
  (report: (plan: PlanId, text: string) => void): TakeStep =>
  async ({ id }, step) => {
    const text = stepText(step);
    if (text !== undefined) report(id, text);
    return DONE;
  };
