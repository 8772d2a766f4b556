import { nameOf } from '../../domain/plan/plan.ts';
import type { StepOutcome } from '../../domain/plan/step.ts';
import { DONE, skipped } from './attempt.ts';
import type { StepDeps } from './step-deps.ts';
import type { StepOf } from './step-of.ts';

export async function takeLock({ lock }: StepOf<'lock'>, { locks, clock }: StepDeps): Promise<StepOutcome> {
  const answer = await locks.take(lock, clock());
  return answer === 'taken' ? DONE : skipped(`Another plan holds the lock of ${nameOf(lock)}, or has held it since.`);
}
