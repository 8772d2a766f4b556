import type { Instant } from '../../instant.ts';
import { serviceArn } from '../../place.ts';
import type { Mode } from '../../windows/maintenance.ts';
import { isRunNow } from '../candidates.ts';
import { withAnswer } from '../checks/check.ts';
import type { Consent } from '../checks/preflight.ts';
import type { Plan, PlannedService, Work } from '../plan.ts';
import type { Quorum } from '../step.ts';
import { runNowOf } from './ordered.ts';

/** Somebody agreed to a plan as it was then. */
export interface Approval {
  readonly by: string;
  readonly at: Instant;
  /** By the ARN of the service: the hash that it had, and the questions that were put. */
  readonly services: Readonly<Record<string, { readonly hash: string; readonly asks: readonly string[] }>>;
}

/** Somebody does not want it. It holds until the same person approves. */
export interface Veto {
  readonly by: string;
  readonly at: Instant;
}

export interface Approving {
  readonly by: string;
  /** Of the plan that they were shown. */
  readonly hash: string;
  /** ARNs; absent: all. */
  readonly services?: readonly string[];
}

/**
 * One person's approval of the plan whose hash they were shown, or of some of its services, beside those that they approved
 * before; `changed` when it is not that plan any more. Approving anew is also how a service that failed is tried again.
 */
export function approve(plan: Plan, { by, hash, services: named }: Approving, now: Instant): Plan | 'changed' {
  if (hash !== plan.hash) return 'changed';
  const services = Object.fromEntries(
    plan.services.flatMap(({ at, work, hash: own }) =>
      work === undefined || !(named?.includes(serviceArn(at)) ?? true)
        ? []
        : [[serviceArn(at), { hash: own, asks: asksOf(work) }]],
    ),
  );
  const earlier = named === undefined ? {} : plan.approvals.find((approval) => approval.by === by)?.services;
  return {
    ...plan,
    approvals: [...without(plan.approvals, by), { by, at: now, services: { ...earlier, ...services } }],
    vetoes: without(plan.vetoes, by),
  };
}

/** One person's objection: nothing more of the plan is started while it holds. What is in flight goes on. */
export const veto = (plan: Plan, by: string, now: Instant): Plan => ({
  ...plan,
  approvals: without(plan.approvals, by),
  vetoes: [...without(plan.vetoes, by), { by, at: now }],
});

export const without = <Voice extends { readonly by: string }>(
  voices: readonly Voice[],
  by: string,
): readonly Voice[] => voices.filter((voice) => voice.by !== by);

/** What an approver is asked. The words count only where they tell what would be released: free capacity changes daily. */
export const asksOf = ({ checks }: Work): readonly string[] =>
  withAnswer(checks, 'ask').map(({ id, because }) => (id === 'image-changed' ? `${id}: ${because}` : id));

/** Modes in which nobody has to agree beforehand. */
const WITHOUT_ASKING: ReadonlySet<Mode> = new Set(['veto', 'auto']);

/** Whether somebody has to agree to this service: its mode says so, preflight asks something, or it failed before. */
export const needsApproval = ({ work, run }: Pick<PlannedService, 'work' | 'run'>): boolean =>
  work === undefined || !WITHOUT_ASKING.has(work.mode) || run.failures > 0 || asksOf(work).length > 0;

/** Whether this person's approval of the plan is one of those that it takes. */
export const countsAsApprover = (
  by: string,
  { requestedBy }: Pick<Plan, 'requestedBy'>,
  { approverIsNotRequester }: Pick<Quorum, 'approverIsNotRequester'>,
): boolean => !approverIsNotRequester || by !== requestedBy;

/** Whether enough people agree to start `service` as it is now. An order to run it now is another matter: one is enough. */
export function consentTo(service: PlannedService, plan: Plan, quorum: Quorum): Consent {
  const { votes } = quorum;
  const { vetoes } = plan;
  const approvals = plan.approvals.filter(({ by }) => countsAsApprover(by, plan, quorum));
  const [objection] = vetoes;
  if (objection !== undefined) return { isGiven: false, because: `${objection.by} objected.` };
  const ordered = ordererOf(service, plan);
  if (ordered !== undefined) return { isGiven: true, because: `${ordered} ordered to run it now.` };
  if (!needsApproval(service))
    return { isGiven: true, because: `Its mode is ${service.work?.mode}: nobody has to agree.` };
  const valid = approvals.filter(({ services }) => isFor(services, service));
  if (valid.length >= votes) return { isGiven: true, because: `${valid.map(({ by }) => by).join(', ')} approved.` };
  const outdated = approvals.length > valid.length ? ' It has changed since somebody approved.' : '';
  const own =
    approvals.length < plan.approvals.length ? ` ${plan.requestedBy} asked for it, so somebody else has to.` : '';
  return { isGiven: false, because: `${valid.length} of ${votes} approvals are given.${outdated}${own}` };
}

/** Who ordered it as it is now, while the order holds: that one person is enough. */
function ordererOf(service: PlannedService, { orders }: Plan): string | undefined {
  const slot = service.work?.slot;
  if (slot === undefined || !isRunNow(slot)) return undefined;
  const order = runNowOf(orders, service.at, slot.opens);
  return order !== undefined && isFor(order.services, service) ? order.by : undefined;
}

function isFor(agreed: Approval['services'], { at, hash, work }: PlannedService): boolean {
  const own = agreed[serviceArn(at)];
  return work !== undefined && own?.hash === hash && asksOf(work).every((ask) => own.asks.includes(ask));
}
