import type { Instant } from '../instant.ts';
import { serviceArn } from '../place.ts';
import type { Mode } from '../windows/maintenance.ts';
import { withAnswer } from './check.ts';
import type { Plan, PlannedService, Work } from './plan.ts';
import type { Consent } from './preflight.ts';

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

/** One person's approval of the plan whose hash they were shown; `changed` when it is not that plan any more. */
export function approve(
  plan: Plan,
  { by, hash }: { readonly by: string; readonly hash: string },
  now: Instant,
): Plan | 'changed' {
  if (hash !== plan.hash) return 'changed';
  const services = Object.fromEntries(
    plan.services.flatMap(({ at, work, hash: own }) =>
      work === undefined ? [] : [[serviceArn(at), { hash: own, asks: asksOf(work) }]],
    ),
  );
  return {
    ...plan,
    approvals: [...without(plan.approvals, by), { by, at: now, services }],
    vetoes: without(plan.vetoes, by),
  };
}

/** One person's objection: nothing more of the plan is started while it holds. What is in flight goes on. */
export const veto = (plan: Plan, by: string, now: Instant): Plan => ({
  ...plan,
  approvals: without(plan.approvals, by),
  vetoes: [...without(plan.vetoes, by), { by, at: now }],
});

const without = <Voice extends { readonly by: string }>(voices: readonly Voice[], by: string): readonly Voice[] =>
  voices.filter((voice) => voice.by !== by);

/** What an approver is asked. The words count only where they tell what would be released: free capacity changes daily. */
export const asksOf = ({ checks }: Work): readonly string[] =>
  withAnswer(checks, 'ask').map(({ id, because }) => (id === 'image-changed' ? `${id}: ${because}` : id));

/** Modes in which nobody has to agree beforehand. */
const WITHOUT_ASKING: ReadonlySet<Mode> = new Set(['veto', 'auto']);

/** Whether somebody has to agree to this service: its mode says so, preflight asks something, or it failed before. */
export const needsApproval = ({ work, run }: Pick<PlannedService, 'work' | 'run'>): boolean =>
  work === undefined || !WITHOUT_ASKING.has(work.mode) || run.failures > 0 || asksOf(work).length > 0;

/** Whether enough people agree to start `service` as it is now. */
export function consentTo(service: PlannedService, { approvals, vetoes }: Plan, votes: number): Consent {
  const [objection] = vetoes;
  if (objection !== undefined) return { isGiven: false, because: `${objection.by} objected.` };
  if (!needsApproval(service))
    return { isGiven: true, because: `Its mode is ${service.work?.mode}: nobody has to agree.` };
  const valid = approvals.filter((approval) => isFor(approval, service));
  if (valid.length >= votes) return { isGiven: true, because: `${valid.map(({ by }) => by).join(', ')} approved.` };
  const outdated = approvals.length > valid.length ? ' It has changed since somebody approved.' : '';
  return { isGiven: false, because: `${valid.length} of ${votes} approvals are given.${outdated}` };
}

function isFor({ services }: Approval, { at, hash, work }: PlannedService): boolean {
  const approved = services[serviceArn(at)];
  return work !== undefined && approved?.hash === hash && asksOf(work).every((ask) => approved.asks.includes(ask));
}
