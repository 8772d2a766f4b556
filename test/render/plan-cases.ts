import type { AnnouncedRecord } from '../../shared/domain/incident.ts';
import { minutes } from '../../shared/domain/instant.ts';
import type { PlanRow } from '../../shared/domain/plan/telling/summary-row.ts';
import {
  AWS_BEGINS,
  anEndedRow,
  anEscalatedRow,
  aPlannedNotice,
  aRequest,
  aRow,
  aSummary,
  SLOT,
} from '../support/plan-summaries.ts';
import { anAffectedService, anAffectedTask } from '../support/records.ts';

const NAMES = [
  'basket',
  'catalog',
  'checkout',
  'invoices',
  'ledger',
  'mailer',
  'orders',
  'prices',
  'search',
  'stock',
  'tax',
];

const MOVED =
  'app runs sha256:1f0c2a9d1e7b; search:stable is now sha256:9c41d0b7a2e6, pushed 2026-11-20 16:42 UTC. It would be released.';
const toApprove = (name: string, overrides: Partial<PlanRow> = {}): PlanRow =>
  aRow(name, { status: 'ask', because: '1 of 2 approvals are given.', ...overrides });

const planned = aSummary(
  [
    aRow('reports', {
      status: 'blocked',
      because: 'The deployment ecs-svc/1122334455667788990 is IN_PROGRESS.',
      strategy: 'BLUE_GREEN',
      expected: minutes(38),
    }),
    toApprove('search', { asks: [MOVED], old: 5, of: 6 }),
    ...NAMES.filter((name) => name !== 'search').map((name) => toApprove(name)),
    toApprove('webhooks', { strategy: 'CODE_DEPLOY', expected: minutes(64) }),
    anEndedRow('assets', 'skipped', { because: 'All 3 tasks are on the new revision already.', of: 3 }),
  ],
  { votes: { given: ['ada'], needed: 2, against: [], comeFirst: true } },
);

const underWay = aSummary(
  [
    aRow('ledger', { status: 'running', because: 'ECS is at it since 2026-11-25 01:41 UTC.' }),
    aRow('mailer', { status: 'verifying', because: 'Replaced since 2026-11-25 01:52 UTC.', old: 0, of: 2 }),
    ...['orders', 'prices', 'search'].map((name) => aRow(name, { because: 'ada, bob approved.' })),
    ...['basket', 'catalog', 'checkout', 'invoices', 'reports', 'stock'].map((name, index) =>
      anEndedRow(name, 'done', { took: minutes(11 + index) }),
    ),
  ],
  { phase: 'under-way', votes: { given: ['ada', 'bob'], needed: 2, against: [] } },
);

const report = aSummary(
  [
    anEndedRow('prices', 'rolled-back', { because: 'ECS returned to the deployment before.', took: minutes(19) }),
    anEndedRow('search', 'done', {
      took: minutes(13),
      changes: ['The image of app is now sha256:9c41d0b7a2e6, it was sha256:1f0c2a9d1e7b.'],
    }),
    ...NAMES.filter((name) => name !== 'prices' && name !== 'search').map((name, index) =>
      anEndedRow(name, 'done', { took: minutes(10 + index) }),
    ),
  ],
  { phase: 'over' },
);

/** Everything that an installation without windows can say. */
const escalated = aSummary(['checkout', 'ledger', 'search'].map(anEscalatedRow));

const unfinished = aSummary(
  [
    anEndedRow('ledger', 'escalated', {
      old: 2,
      because: 'Two days after 2026-11-27 10:00 UTC 2 of 4 tasks are old and 4 of 4 run.',
    }),
    anEndedRow('search', 'handed-over', { because: 'AWS has replaced its tasks; 4 run, none is old.' }),
    anEndedRow('checkout', 'done', { took: minutes(12) }),
  ],
  { phase: 'over' },
);

const hundreds = aSummary(
  Array.from({ length: 14 }, (_, index) =>
    index < 3
      ? aRow(`service-00${index}`, { status: 'blocked', because: '3 of 4 tasks run and 0 are pending.' })
      : toApprove(`service-0${index + 10}`),
  ),
  {
    counts: { blocked: 3, ask: 252, ready: 30, skipped: 15 },
    leftOut: 286,
    old: 1_180,
    of: 1_260,
    votes: { given: [], needed: 2, against: [] },
  },
);

const SOMEBODYS = 'Somebody started it. AWS stops it on or after 2026-11-27 10:00 UTC and nothing starts it again.';

const standalone = aSummary([], {
  tasks: [
    { name: 'batch/62673a604d240d8ca3978ebc52dd9743', status: 'notify', because: SOMEBODYS },
    { name: 'batch/68f1c007e6178d3457a5b3d7f4699686', status: 'notify', because: SOMEBODYS },
    {
      name: 'batch/a1b2c3d4e5f60718293a4b5c6d7e8f90',
      status: 'relaunch',
      because:
        'Its tag slackwater:replace-on-retirement says start-then-stop. Window nights opens 2026-11-25 01:00 UTC.',
    },
    {
      name: 'batch/b2c3d4e5f60718293a4b5c6d7e8f90a1',
      status: 'owned',
      because: 'It belongs to an EventBridge rule, which starts it again at its next time.',
    },
  ],
  slot: SLOT,
});

/** One record per kind of message about a plan, by the name of its golden files. */
export const PLAN_CASES: Readonly<Record<string, AnnouncedRecord>> = {
  'plan-for-14-services': aPlannedNotice(planned),
  'plan-under-way': aPlannedNotice(underWay),
  'plan-over': aPlannedNotice(report),
  'plan-over-and-not-done': aPlannedNotice(unfinished, { severity: 'high' }),
  'plan-without-a-window': aPlannedNotice(escalated),
  'plan-objected-to': aPlannedNotice(
    aSummary([toApprove('checkout'), toApprove('ledger')], { votes: { given: ['ada'], needed: 2, against: ['bob'] } }),
  ),
  'plan-for-300-services': aPlannedNotice(hundreds, {
    entities: Array.from({ length: 300 }, (_, index) => anAffectedService(`service-${index}`)),
  }),
  'plan-for-standalone-tasks': aPlannedNotice(standalone, {
    entities: standalone.tasks.map(({ name }) => anAffectedTask(name.slice('batch/'.length))),
  }),
  'request-without-a-plan': aRequest(),
  'request-planned': aRequest({
    plan: aSummary([toApprove('checkout'), toApprove('ledger')], {
      occasion: 'request',
      deadline: AWS_BEGINS,
      boundary: { at: Date.UTC(2026, 10, 21, 8), from: 'request' },
    }),
  }),
};
