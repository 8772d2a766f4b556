import type { DeploymentFacts, ServiceFacts } from '../../shared/domain/facts.ts';
import { days } from '../../shared/domain/instant.ts';
import type { SweptService } from '../../shared/domain/watchdog-service.ts';
import { HARBOR, NOON } from './observations.ts';
import { aDeployment } from './revisions.ts';

/** A primary deployment that succeeded the day before noon, unless said otherwise. */
export const aRollout = (changes: Partial<DeploymentFacts> = {}): DeploymentFacts =>
  aDeployment({ createdAt: NOON - days(1), ...changes });

interface Changes extends Partial<Omit<SweptService, 'facts' | 'at'>> {
  readonly name?: string;
  readonly facts?: Partial<ServiceFacts>;
}

/** Checkout of harbor-prod, with the two tasks that it wants and a circuit breaker, unless said otherwise. */
export const aSweptService = ({ name = 'checkout', facts, ...changes }: Changes = {}): SweptService => ({
  at: { ...HARBOR, service: name },
  detectsFailures: true,
  bakes: 0,
  pauses: false,
  ...changes,
  facts: {
    status: 'ACTIVE',
    desired: 2,
    running: 2,
    pending: 0,
    deployments: [aRollout()],
    events: [],
    tags: {},
    subnets: [],
    targetGroupArns: [],
    ...facts,
  },
});

/** A service without any task, unless said otherwise. */
export const anEmptyService = (facts: Partial<ServiceFacts> = {}): SweptService =>
  aSweptService({ facts: { running: 0, ...facts } });

/** A service whose deployment began so many milliseconds before noon and is not finished. */
export const aRollingService = (
  age: number,
  { deployment = {}, ...changes }: Changes & { readonly deployment?: Partial<DeploymentFacts> } = {},
): SweptService => {
  const rollout = aRollout({ id: 'ecs-svc/58', rolloutState: 'IN_PROGRESS', createdAt: NOON - age, ...deployment });
  return aSweptService({ ...changes, facts: { deployments: [rollout], ...changes.facts } });
};
