import { decideOn, type PlanDecision } from '../../shared/domain/plan/people/decisions.ts';
import type { PlanRecord } from '../../shared/domain/plan/plan-record.ts';
import { AccountError } from '../terminal.ts';
import type { PlansTable } from './table.ts';

/** The record as saved, or as it was when the decision was refused. */
export interface SavedDecision {
  readonly record: PlanRecord;
  readonly refused?: string;
}

const ATTEMPTS = 8;

/** Saves a decision; when somebody else saved first, decides again on what they saved. */
export async function saveDecision(
  known: PlanRecord,
  decision: PlanDecision,
  { plans, clock }: Pick<PlansTable, 'plans' | 'clock'>,
): Promise<SavedDecision> {
  let record = known;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const now = clock();
    const answer = decideOn(record, decision, now);
    if ('refused' in answer) return { record, refused: answer.refused };
    if ((await plans.save(answer.record, now)) === 'saved') return { record: answer.record };
    const stored = await plans.load(known.id);
    if (stored === undefined) return { record, refused: `${known.id} is not kept any more.` };
    record = stored;
  }
  throw new AccountError(`${known.id} was changed by others during each of ${ATTEMPTS} attempts; run it again`);
}
