import { describe, expect, it } from 'vitest';
import { budgetOf, within } from '../../shared/effects/budget.ts';
import { aBudget, never } from './failing.ts';

describe('a budget', () => {
  it('lets work through that is done in time', async () => {
    expect(await within(aBudget().budget(), async () => 'done')).toBe('done');
  });

  it('passes failures on', async () => {
    await expect(within(aBudget().budget(), () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  });

  it('ends work that does not look at the signal', async () => {
    const { budget, spend } = aBudget();
    const waiting = within(budget(), never);
    spend();
    await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('does not start work when it is used up already', async () => {
    const { budget, spend } = aBudget();
    spend();
    let started = false;
    const work = async () => {
      started = true;
    };
    await expect(within(budget(), work)).rejects.toMatchObject({ name: 'AbortError' });
    expect(started).toBe(false);
  });

  it('runs from the moment it is asked for', async () => {
    const budget = budgetOf(1);
    await expect(within(budget(), never)).rejects.toMatchObject({ name: 'TimeoutError' });
    expect(budget().aborted).toBe(false);
  });
});
