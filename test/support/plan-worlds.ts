import * as fc from 'fast-check';
import { days, hours, minutes } from '../../shared/domain/instant.ts';
import type { Budget } from '../../shared/domain/windows/maintenance.ts';
import { anOpening, DELIVERED } from './plans.ts';

/** Three days from the notice to AWS, so that a hundred lives fit into a test. */
export const BEGINS = DELIVERED + days(3);
export const SAFE = BEGINS - hours(24);

const budget: fc.Arbitrary<Budget> = fc.record(
  {
    maxServices: fc.integer({ min: 1, max: 3 }),
    maxServicesPerCluster: fc.integer({ min: 1, max: 2 }),
    maxTaskPercent: fc.constantFrom(60, 100, 100, 100),
    atLeastOneTask: fc.boolean(),
    spacing: fc.constantFrom(0, minutes(7)),
    maxFailures: fc.integer({ min: 1, max: 2 }),
    canary: fc.record({ count: fc.integer({ min: 1, max: 2 }), bake: fc.constantFrom(0, minutes(20)) }),
  },
  {
    requiredKeys: [
      'maxServices',
      'maxServicesPerCluster',
      'maxTaskPercent',
      'atLeastOneTask',
      'spacing',
      'maxFailures',
    ],
  },
);

const openings = fc
  .uniqueArray(fc.integer({ min: -1, max: 7 }), { minLength: 2, maxLength: 6 })
  .chain((slots) =>
    fc.tuple(
      ...slots
        .toSorted((a, b) => a - b)
        .map((slot) => fc.record({ slot: fc.constant(slot), length: fc.integer({ min: 1, max: 15 }) })),
    ),
  )
  .map((list) => list.map(({ slot, length }) => anOpening(DELIVERED + hours(8) * slot, minutes(30) * length)));

const service = fc.record({
  mode: fc.constantFrom('notify', 'approve', 'veto', 'auto', 'auto', 'auto'),
  cluster: fc.constantFrom('harbor-prod', 'harbor-lab'),
  old: fc.constantFrom(0, 1, 2, 3, 1, 2, 3),
  fresh: fc.integer({ min: 0, max: 2 }),
  controller: fc.constantFrom('ECS', 'ECS', 'ECS', 'ECS', 'CODE_DEPLOY', 'EXTERNAL'),
  isPinned: fc.constantFrom(true, false, false),
  takes: fc.integer({ min: 2, max: 60 }),
  ends: fc.constantFrom('succeeded', 'succeeded', 'succeeded', 'failed', 'rolled-back', 'never'),
  overrun: fc.constantFrom('finish', 'rollback'),
} as const);

/** A task of no service. */
const task = fc.record({
  order: fc.constantFrom('start-then-stop', 'stop-then-start', 'neither'),
  mode: fc.constantFrom('notify', 'approve', 'auto'),
  canBeCopied: fc.constantFrom(true, true, true, false),
} as const);

/** What people and the world do, at so many minutes after the notice. */
const deed = fc.record({
  at: fc.integer({ min: 0, max: 3 * 24 * 60 }),
  deed: fc.constantFrom(
    'approve',
    'approve',
    'approve',
    'veto',
    'run-now',
    'run-now',
    'pin',
    'pin',
    'hand-over',
    'deploy',
    'release',
    'lock',
    'freeze',
    'unfreeze',
    'unfreeze',
  ),
  which: fc.nat(4),
});

export const world = fc.record({
  services: fc.array(service, { minLength: 1, maxLength: 4 }),
  tasks: fc.array(task, { maxLength: 2 }),
  openings,
  budget,
  deeds: fc.array(deed, { maxLength: 14 }),
  onDeadline: fc.constantFrom('handover', 'autoIfGreen'),
  /**
   * Of every look: cut off before the save, after so many steps, or not; the clock's error; whether ECS answers; which of
   * the services that wait are not asked about; and what AWS makes of the steps: it may do them and not say so.
   */
  looks: fc.infiniteStream(
    fc.record({
      cutAfter: fc.constantFrom('save', 0, 1, 9, 9, 9, 9, 9, 9),
      clock: fc.constantFrom(0, 0, 0, 0, minutes(-3), minutes(3)),
      isBlind: fc.constantFrom(false, false, false, false, false, false, true),
      late: fc.constantFrom(0, 0, 0, minutes(4)),
      skips: fc.constantFrom(-1, -1, 0, 1, 2),
      aws: fc.constantFrom('works', 'works', 'works', 'works', 'works', 'works', 'throttles', 'is silent', 'refuses'),
    }),
  ),
} as const);
export type World = typeof world extends fc.Arbitrary<infer Value> ? Value : never;
export type Deed = World['deeds'][number];
export type Aws = 'works' | 'throttles' | 'is silent' | 'refuses';
