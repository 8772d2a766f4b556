import { assertNever } from '../../domain/assert-never.ts';
import type { Plan } from '../../domain/plan/plan.ts';
import type { PlanStep, StepOutcome } from '../../domain/plan/step.ts';
import { type Budget, budgetOf } from '../budget.ts';
import { ANSWER } from './action-clients.ts';
import { DONE } from './attempt.ts';
import { deploy } from './deploy.ts';
import { takeLock } from './lock.ts';
import { rollBack } from './roll-back.ts';
import { runTask } from './run-task.ts';
import type { StepDeps } from './step-deps.ts';
import { replaceTask, stopTask } from './stop-task.ts';

/** Takes one step of a plan. What AWS answers is the outcome; failed I/O of the table throws `AdapterError`. */
export type TakeStep = (plan: Pick<Plan, 'id'>, step: PlanStep) => Promise<StepOutcome>;

/** The only thing in Slackwater that changes anything in ECS. `budget` is the time of one call, 6 seconds unless given. */
export function createStepExecutor({
  budget = budgetOf(ANSWER),
  ...given
}: Omit<StepDeps, 'budget'> & { readonly budget?: Budget }): TakeStep {
  const deps: StepDeps = { ...given, budget };
  return async (plan, step) => {
    switch (step.kind) {
      case 'lock':
        return takeLock(step, deps);
      case 'unlock':
        await deps.locks.release(step, deps.clock());
        return DONE;
      case 'deploy':
        return deploy(plan, step, deps);
      case 'roll-back':
        return rollBack(plan, step, deps);
      case 'replace-task':
        return replaceTask(plan, step, deps);
      case 'stop-task':
        return stopTask(plan, step, deps);
      case 'run-task':
        return runTask(step, deps);
      default:
        return assertNever(step);
    }
  };
}
