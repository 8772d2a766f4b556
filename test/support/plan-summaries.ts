import { noticeFingerprint } from '../../shared/domain/fingerprint.ts';
import type { Notice } from '../../shared/domain/incident.ts';
import { hours, minutes } from '../../shared/domain/instant.ts';
import type { ServiceRef } from '../../shared/domain/place.ts';
import { planIdOf } from '../../shared/domain/plan/plan-record.ts';
import type { PlanSummary } from '../../shared/domain/plan/telling/summary.ts';
import type { PlanRow } from '../../shared/domain/plan/telling/summary-row.ts';
import type { RowStatus } from '../../shared/domain/plan/telling/summary-status.ts';
import { REDEPLOYMENT_REQUEST } from '../../shared/domain/signal.ts';
import { aNotice, CLUSTER, PLACE } from './records.ts';

/** Wed 25 Nov 2026, 01:00 to 04:00 UTC. */
export const SLOT = {
  windows: ['nights'],
  opens: Date.UTC(2026, 10, 25, 1),
  closes: Date.UTC(2026, 10, 25, 4),
  cutoff: Date.UTC(2026, 10, 25, 3, 30),
};
export const AWS_BEGINS = Date.UTC(2026, 10, 27, 10);

const at = (service: string): ServiceRef => ({ ...CLUSTER, service });

/** Of four old tasks, to be replaced in the next opening. */
export const aRow = (service: string, overrides: Partial<PlanRow> = {}): PlanRow => ({
  service: at(service),
  status: 'ready',
  old: 4,
  of: 4,
  strategy: 'ROLLING',
  expected: minutes(12),
  slot: SLOT,
  because: 'Its mode is auto: nobody has to agree.',
  ...overrides,
});

/** One that no window selects. */
export const anEscalatedRow = (service: string): PlanRow => {
  const { slot: _, ...row } = aRow(service, {
    status: 'escalated',
    because:
      'No maintenance window selects the service. AWS replaces them from 2026-11-27 10:00 UTC on, whatever is decided here.',
    choices: ['run-now', 'add-window', 'hand-over'],
  });
  return row;
};

/** One that is over: nothing of it waits for an opening any more. */
export const anEndedRow = (service: string, status: RowStatus, overrides: Partial<PlanRow> = {}): PlanRow => ({
  service: at(service),
  status,
  old: 0,
  of: 4,
  strategy: 'ROLLING',
  because: 'None of 4 tasks is older than 2026-11-17 02:10 UTC; all were well for 5 min.',
  ...overrides,
});

const counted = (rows: readonly PlanRow[]): PlanSummary['counts'] =>
  Object.fromEntries([...Map.groupBy(rows, ({ status }) => status)].map(([status, all]) => [status, all.length]));

/** A plan of these services, which counts them; in the order in which they are given. */
export function aSummary(rows: readonly PlanRow[], overrides: Partial<PlanSummary> = {}): PlanSummary {
  const hasOpening = rows.some(({ slot }) => slot !== undefined);
  return {
    id: planIdOf(noticeFingerprint(PLACE, 'arn:aws:health:eu-west-1::event/ECS/example')),
    hash: '8e2b71c0aa',
    heard: 0,
    occasion: 'retirement',
    phase: 'planned',
    deadline: AWS_BEGINS,
    boundary: { at: Date.UTC(2026, 10, 17, 2, 10), from: 'delivery' },
    counts: counted(rows),
    old: rows.reduce((sum, { old }) => sum + old, 0),
    of: rows.reduce((sum, { of }) => sum + of, 0),
    rows,
    leftOut: 0,
    tasks: [],
    tasksLeftOut: 0,
    ...(hasOpening && { slot: SLOT, pace: '3 at a time, one before the others' }),
    ...(rows.length > 0 && { latestSafeStart: AWS_BEGINS - hours(24) }),
    votes: {
      given: [],
      needed: hasOpening ? 2 : 0,
      against: [],
      ...(rows.every(({ status }) => status !== 'ready') && { comeFirst: true }),
    },
    account: 'wait period 7 days, event windows off',
    ...overrides,
  };
}

/** The notice that such a plan is for. */
export const aPlannedNotice = (plan: PlanSummary, overrides: Partial<Notice> = {}): Notice =>
  aNotice({
    entities: plan.rows.map(({ service }) => ({ kind: 'service', at: service })),
    startsAt: AWS_BEGINS,
    plan,
    ...overrides,
  });

/** Somebody's request to redeploy two services, not looked at yet. */
export const aRequest = (overrides: Partial<Notice> = {}): Notice =>
  aNotice({
    typeCode: REDEPLOYMENT_REQUEST,
    category: 'request',
    severity: 'low',
    startsAt: AWS_BEGINS,
    description: '',
    entities: ['checkout', 'ledger'].map((service) => ({ kind: 'service', at: at(service) })),
    request: { by: 'ada', why: 'secret-rotation', reason: 'the key of the payment provider changed' },
    ...overrides,
  });
