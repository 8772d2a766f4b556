import { describe, expect, test } from 'vitest';
import { sharpenChange } from '../../../shared/domain/diagnosis/sharpen-change.ts';
import { type ChangeFacts, found, type Gathered, missing } from '../../../shared/domain/facts.ts';
import { SAME_REVISION, SAME_TASK_DEFINITION } from '../../../shared/domain/revision-difference.ts';
import { aDiagnosis } from '../../support/records.ts';

const change = (difference: string): Gathered<ChangeFacts> =>
  found({ from: 'checkout:57', to: 'checkout:57', differences: [difference] });

describe('the advice for a failed deployment', () => {
  test('turns away from a revision in which nothing changed', () => {
    const before = aDiagnosis();
    const after = sharpenChange(before, { change: change(SAME_REVISION) });
    expect(after.fix[0]).toContain('The revision is the one that worked before');
    expect(after).toEqual({ ...before, fix: [after.fix[0], ...before.fix] });
  });

  test.each([
    ['something changed', change('app image 1 -> 2')],
    ['a tag may have moved', change(SAME_TASK_DEFINITION)],
    ['nothing is known of it', missing('denied', 'ecs:ListServiceDeployments is not allowed for this function')],
  ])('stays as it is when %s', (_, fact) => {
    const diagnosis = aDiagnosis();
    expect(sharpenChange(diagnosis, { change: fact })).toBe(diagnosis);
  });
});
