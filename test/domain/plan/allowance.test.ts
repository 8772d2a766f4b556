import { describe, expect, it } from 'vitest';
import { allowanceOf } from '../../../shared/domain/plan/allowance.ts';
import { DEFAULT_BUDGET, type Freeze, type MaintenanceWindow } from '../../../shared/domain/windows/maintenance.ts';
import { aFreeze, aSubject, aWindow, between } from '../../support/maintenance.ts';
import { DEADLINE, DELIVERED } from '../../support/plans.ts';

const allowance = (
  windows: readonly MaintenanceWindow[],
  freezes: readonly Freeze[] = [],
  tags: Readonly<Record<string, string>> = {},
) => allowanceOf({ windows, freezes }, aSubject({ tags }), { from: DELIVERED, to: DEADLINE });
const mode = (text: string) => ({ 'slackwater:mode': text });

describe('when and how a service may be replaced', () => {
  it('is as its windows say until the deadline', () => {
    const { openings, ...terms } = allowance([aWindow({ mode: 'auto', overrun: 'rollback' })]);
    // The night of the notice has begun; that of the 23rd is over before the deadline.
    expect(openings).toHaveLength(8);
    expect(terms).toEqual({ mode: 'auto', overrun: 'rollback', budget: DEFAULT_BUDGET, freezes: [], hasWindows: true });
  });

  it('is never where no window selects it', () => {
    expect(allowance([aWindow({ select: { clusters: ['lab'] } })])).toMatchObject({
      openings: [],
      hasWindows: false,
      mode: 'approve',
    });
  });

  it('names the freezes that take something, and who may lift them', () => {
    const near = aFreeze({
      name: 'near',
      period: between('2026-11-18T00:00', '2026-11-20T00:00'),
      override: { by: ['ada'], votes: 1 },
    });
    const far = aFreeze({ name: 'far', period: between('2027-11-18T00:00', '2027-11-20T00:00') });
    expect(allowance([aWindow()], [near, far]).freezes).toEqual([
      { name: 'near', reason: 'shops are full', canBeLifted: true },
    ]);
  });

  it('is as careful as the most careful of windows that share a service', () => {
    const strict = { ...DEFAULT_BUDGET, maxServices: 2, spacing: 5 };
    const windows = [
      aWindow({ mode: 'auto', budget: { ...strict, maxServices: 9 } }),
      aWindow({ name: 'mornings', mode: 'veto', overrun: 'rollback', budget: strict }),
    ];
    expect(allowance(windows)).toMatchObject({ mode: 'veto', overrun: 'rollback', budget: strict });
  });

  it.each([
    ['asks for more care than the window', 'approve', 'approve'],
    ['never asks for less', 'auto', 'veto'],
    ['is off', ' off ', 'off'],
    ['is mistyped, and then nothing happens without asking', 'atuo', 'approve'],
  ] as const)('a tag of the service %s', (_, tag, expected) => {
    expect(allowance([aWindow({ mode: 'veto' })], [], mode(tag)).mode).toBe(expected);
  });
});
