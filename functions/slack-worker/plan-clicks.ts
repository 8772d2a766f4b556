import type { Button } from '../../shared/domain/chat/button.ts';
import type { PlanDecision } from '../../shared/domain/plan/people/decisions.ts';
import type { Plan, PlannedService } from '../../shared/domain/plan/plan.ts';
import { type ChatAnswer, says } from './answer.ts';
import { perform } from './perform.ts';
import { openServices, planAbout, waitingServices } from './plan-about.ts';
import { arnsOf, deedOf, ownApproval } from './plan-decision.ts';
import type { Visit, WorkerDeps } from './visit.ts';

interface Choice {
  readonly decision: PlanDecision & { readonly kind: 'approve' | 'object' | 'hand-over' | 'pin' };
  /** Those that it is about. */
  readonly services: readonly PlannedService[];
}

type Chosen = (plan: Plan, by: string) => Choice;

/** What the plan's buttons decide. Approving is about everything that is left, and binds to the hash that was shown. */
const CHOICES = {
  approve: (plan, by) => ({ decision: { kind: 'approve', by, hash: plan.hash }, services: openServices(plan) }),
  object: (plan, by) => ({ decision: { kind: 'object', by }, services: openServices(plan) }),
  /** What needs a decision, as the button says. */
  'hand-over': (plan, by) => {
    const services = waitingServices(plan).filter(({ verdict }) => verdict.kind === 'escalated');
    return { decision: { kind: 'hand-over', by, services: arnsOf(services) }, services };
  },
  pin: (plan, by) => {
    const services = waitingServices(plan).filter(({ work }) => work?.controller === 'ECS');
    return { decision: { kind: 'pin', by, services: arnsOf(services) }, services };
  },
  /** Approving anew is how a service that failed is tried again. */
  retry: (plan, by) => {
    const services = waitingServices(plan).filter(({ run }) => run.failures > 0);
    return { decision: { kind: 'approve', by, hash: plan.hash, services: arnsOf(services) }, services };
  },
} as const satisfies Readonly<Record<string, Chosen>>;

export type PlanClick = keyof typeof CHOICES;

/** Decides about a whole plan. */
export async function clickPlan(click: PlanClick, button: Button, visit: Visit, deps: WorkerDeps): Promise<ChatAnswer> {
  const about = await planAbout(button, deps);
  if (about.status === 'none') return says('refused', about.because);
  const { decision, services } = CHOICES[click](about.plan, visit.request.user.id);
  const { policy, request } = visit;
  // Of no service it would be a question about everything there is.
  const subjects = services.length === 0 ? about.plan.services : services;
  const own = decision.kind === 'approve' ? ownApproval(request.user.id, about.plan, policy) : undefined;
  const obstacle = about.stale ?? own ?? (services.length === 0 ? NOTHING_LEFT : undefined);
  const deed = { ...deedOf(decision, about, subjects, deps), obstacle };
  const result = await perform(deed, visit, deps);
  return says(result.decision, result.because);
}

const NOTHING_LEFT = 'No service of the plan is left that this would be about: nothing was changed.';
