import type { StepOutcome } from '../../domain/plan/step.ts';
import { type Budget, within } from '../budget.ts';
import { refusalOf } from './refusal.ts';

export const DONE: StepOutcome = { status: 'done' };

export const skipped = (because: string): StepOutcome => ({ status: 'skipped', because });

/** A call that changes something, in the words that its failure is told with. */
export interface Deed {
  /** The permission it takes: `ecs:UpdateService`. */
  readonly action: string;
  /** What it is done to: `harbor-prod/checkout`. */
  readonly on: string;
  /** Where it shows whether it was done, if nobody answers: `the deployments`. */
  readonly shownBy: string;
  /** The request may hold secrets, so what AWS says about it is not passed on. */
  readonly isSecret?: true;
}

/** Makes the call, once. Whatever AWS answers, or does not answer in time, is an outcome. */
export async function attempt(
  deed: Deed,
  budget: Budget,
  call: (signal: AbortSignal) => Promise<StepOutcome>,
): Promise<StepOutcome> {
  try {
    return await within(budget(), call);
  } catch (error) {
    return refusalOf(error, deed);
  }
}
