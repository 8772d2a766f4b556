import type { Instant } from '../../instant.ts';
import { serviceArn } from '../../place.ts';
import { consentTo, needsApproval } from '../people/approval.ts';
import type { Plan, PlannedService } from '../plan.ts';
import type { PlanNews, RunConfig } from '../step.ts';
import { tell } from './look.ts';

interface Between {
  readonly before: Plan;
  readonly plan: Plan;
  readonly config: RunConfig;
  readonly now: Instant;
}

const LOUD: ReadonlySet<PlannedService['verdict']['kind']> = new Set(['escalated', 'handed-over']);

const isLate = ({ work }: PlannedService, now: Instant): boolean => work !== undefined && now > work.latestSafeStart;

/** What the world has changed about a service since the last look, in sentences for those who follow it. */
export function changesOf(service: PlannedService, { before, plan, config, now }: Between): readonly PlanNews[] {
  const known = before.services.find(({ at }) => serviceArn(at) === serviceArn(service.at));
  const { verdict, run } = service;
  if (run.stage.kind !== 'waiting') return [];
  const audience = verdict.kind === 'escalated' ? 'owners' : 'thread';
  const isOther = known?.verdict.kind !== verdict.kind || known.verdict.reason !== verdict.reason;
  // Blocked and ready again within minutes is nobody's news, as long as the window is not open; then `held` is told. That
  // the last opening was missed, and that it is too late, are told as what they are.
  const isToldOtherwise = (service.work?.slot === undefined && run.stage.aim !== undefined) || isLate(service, now);
  const isWorth = isOther && !isToldOtherwise && (known === undefined || LOUD.has(verdict.kind));
  const wasAgreed = known !== undefined && needsApproval(known) && consentTo(known, before, config).isGiven;
  const isLost = wasAgreed && known.run.failures === run.failures && !consentTo(service, plan, config).isGiven;
  return [
    ...(isWorth ? [tell({ service }, 'verdict', verdict.because, audience)] : []),
    ...(isLost
      ? [tell({ service }, 'changed', `It is not what was approved any more. ${verdict.because}`, 'channel')]
      : []),
  ];
}
