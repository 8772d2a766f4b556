import { assertNever } from '../../assert-never.ts';
import type { Consent } from '../checks/preflight.ts';
import type { Plan, PlannedService } from '../plan.ts';

/** In the order in which somebody has to look at them. */
export const ROW_STATUSES = [
  'escalated',
  'failed',
  'rolled-back',
  'superseded',
  'blocked',
  'ask',
  'running',
  'verifying',
  'ready',
  'handing-over',
  'handed-over',
  'done',
  'skipped',
  'gone',
] as const;
export type RowStatus = (typeof ROW_STATUSES)[number];

/** Where a service stands for its readers: what was done about it, or else what is to be. */
export function statusOf(service: PlannedService, plan: Plan, consent: Consent): RowStatus {
  const { stage } = service.run;
  switch (stage.kind) {
    case 'ended':
      return service.verdict.kind === 'gone' && stage.end === 'skipped' ? 'gone' : stage.end;
    case 'starting':
    case 'running':
    case 'replacing':
      return 'running';
    case 'verifying':
      return 'verifying';
    case 'handing-over':
      return stage.why === 'late' && isStillOpen(service, plan) ? 'escalated' : 'handing-over';
    case 'waiting':
      return waitingStatus(service, consent);
    default:
      return assertNever(stage);
  }
}

/** It is too late for its windows, and until AWS begins somebody can order it all the same. */
const isStillOpen = ({ verdict, lookedAt = 0 }: PlannedService, { deadline }: Plan): boolean =>
  verdict.kind === 'escalated' && lookedAt < deadline;

/** What failed and is to be tried again has failed until somebody agrees to that. */
function waitingStatus({ verdict, run: { last } }: PlannedService, consent: Consent): RowStatus {
  if (verdict.kind === 'handed-over') return 'handing-over';
  if (verdict.kind !== 'ready' && verdict.kind !== 'ask') return verdict.kind;
  if (consent.isGiven) return 'ready';
  return last?.end === 'failed' || last?.end === 'rolled-back' ? last.end : 'ask';
}
