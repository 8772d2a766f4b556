import * as fc from 'fast-check';
import type { PlanId } from '../../shared/domain/plan/plan.ts';
import type { PlanSummary } from '../../shared/domain/plan/telling/summary.ts';
import { ROW_STATUSES } from '../../shared/domain/plan/telling/summary-status.ts';
import { TASK_STATUSES } from '../../shared/domain/plan/telling/task-row.ts';
import { PLACE } from '../support/records.ts';
import { absurd } from './absurd.ts';

const instant = fc.integer({ min: 0, max: Date.UTC(2100, 0) });
const few = fc.array(absurd, { maxLength: 4 });
const slot = fc.record({ windows: few, opens: instant, closes: instant, cutoff: instant });

const row = fc
  .record(
    {
      service: fc.record({ cluster: absurd, service: absurd }),
      status: fc.constantFrom(...ROW_STATUSES),
      old: fc.nat(500),
      of: fc.nat(500),
      because: absurd,
      strategy: absurd,
      expected: fc.nat(10 ** 8),
      took: fc.nat(10 ** 8),
      slot,
      asks: few,
      choices: fc.subarray(['run-now', 'add-window', 'lift-freeze', 'hand-over'] as const),
      changes: few,
    },
    { requiredKeys: ['service', 'status', 'old', 'of', 'because'] },
  )
  .map(({ service, ...rest }) => ({ ...rest, service: { ...PLACE, ...service } }));

const voices = fc.record(
  {
    given: few,
    needed: fc.nat(3),
    against: few,
    orLastOpening: fc.constant(true as const),
    comeFirst: fc.constant(true as const),
  },
  {
    requiredKeys: ['given', 'needed', 'against'],
  },
);

/** Any plan, also one that no plan comes to: what it says has to be shown all the same. */
export const plan: fc.Arbitrary<PlanSummary> = fc
  .record(
    {
      hash: fc.constant('8e2b71c0aa'),
      heard: fc.nat(),
      occasion: fc.constantFrom('retirement', 'request'),
      phase: fc.constantFrom('planned', 'under-way', 'over'),
      deadline: instant,
      boundary: fc.record({ at: instant, from: fc.constantFrom('description', 'delivery', 'request') }),
      counts: fc.dictionary(fc.constantFrom(...ROW_STATUSES), fc.nat(400)),
      old: fc.nat(3_000),
      of: fc.nat(3_000),
      rows: fc.array(row, { maxLength: 12 }),
      leftOut: fc.nat(300),
      tasks: fc.array(fc.record({ name: absurd, status: fc.constantFrom(...TASK_STATUSES), because: absurd }), {
        maxLength: 6,
      }),
      tasksLeftOut: fc.nat(100),
      slot,
      pace: absurd,
      latestSafeStart: instant,
      votes: voices,
      account: absurd,
    },
    {
      requiredKeys: [
        'hash',
        'heard',
        'occasion',
        'phase',
        'deadline',
        'boundary',
        'counts',
        'old',
        'of',
        'rows',
        'leftOut',
        'tasks',
        'tasksLeftOut',
        'votes',
      ],
    },
  )
  // The cast is true enough for a test: the domain makes it from the notice.
  .map((any) => ({ ...any, id: 'pln-4f0c2a9d1e' as PlanId }));
