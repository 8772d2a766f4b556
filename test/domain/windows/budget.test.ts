import { describe, expect, it } from 'vitest';
import { minutes } from '../../../shared/domain/instant.ts';
import { strictest, tasksAllowed } from '../../../shared/domain/windows/budget.ts';
import { DEFAULT_BUDGET } from '../../../shared/domain/windows/maintenance.ts';

describe('a budget', () => {
  it.each([
    [10, 5, false, 0],
    [10, 5, true, 1],
    [0, 5, true, 0],
    [10, 39, false, 3],
    [3, 100, false, 3],
  ])('of %i tasks at %i %% (one always: %s) allows %i', (tasks, maxTaskPercent, atLeastOneTask, allowed) => {
    expect(tasksAllowed(tasks, { ...DEFAULT_BUDGET, maxTaskPercent, atLeastOneTask })).toBe(allowed);
  });

  it('of several windows is the most restrictive, limit by limit', () => {
    const wide = { ...DEFAULT_BUDGET, maxServices: 9, maxServicesPerCluster: 9, maxFailures: 3, atLeastOneTask: true };
    const slow = { ...wide, maxServices: 2, spacing: minutes(5), maxTaskPercent: 50, atLeastOneTask: false };
    const careful = { ...wide, canary: { count: 1, bake: minutes(15) } };
    const bold = { ...wide, canary: { count: 3, bake: minutes(20) } };
    expect(strictest([wide, slow, careful, bold])).toEqual({
      maxServices: 2,
      maxServicesPerCluster: 9,
      maxTaskPercent: 50,
      atLeastOneTask: false,
      spacing: minutes(5),
      maxFailures: 3,
      canary: { count: 1, bake: minutes(20) },
    });
    expect(strictest([wide])).toEqual(wide);
  });
});
