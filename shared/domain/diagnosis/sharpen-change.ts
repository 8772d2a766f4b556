import { type Facts, known } from '../facts.ts';
import { SAME_REVISION } from '../revision-difference.ts';
import type { Diagnosis } from './diagnosis.ts';

/** Nothing to undo: the same revision worked before, so the search begins outside of it. */
const LOOK_OUTSIDE =
  'The revision is the one that worked before, so another rollback or build changes nothing: look at what it depends on ' +
  '(values of secrets and parameters, databases, other services, permissions, quotas).';

/** A deployment that changed nothing gets its advice turned away from the revision. */
export function sharpenChange(diagnosis: Diagnosis, facts: Facts): Diagnosis {
  const change = known(facts.change);
  if (change === undefined || !change.differences.includes(SAME_REVISION)) return diagnosis;
  return { ...diagnosis, fix: [LOOK_OUTSIDE, ...diagnosis.fix] };
}
