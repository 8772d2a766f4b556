import type { DeploymentFacts, ServiceFacts } from './facts.ts';
import { type Instant, minutes } from './instant.ts';
import type { ServiceRef } from './place.ts';

/** An ECS service as a sweep finds it, with what says how long its deployments may take. */
export interface SweptService {
  readonly at: ServiceRef;
  readonly facts: ServiceFacts;
  /** A circuit breaker or deployment alarms give a failing rollout up; without them ECS tries for ever. */
  readonly detectsFailures: boolean;
  /** Milliseconds that its deployments wait on purpose: bake times. */
  readonly bakes: number;
  /** Its deployments wait at hooks for somebody to go on; ECS sends events about that. */
  readonly pauses: boolean;
  /** Milliseconds that its successful deployments took. Absent where it was not asked for or could not be read. */
  readonly pastDurations?: readonly number[];
}

/** No deployment is called slow or stalled before this, whatever is usual. */
const PATIENCE = minutes(30);

/** What ECS works towards. Deployments by task sets (controllers CODE_DEPLOY and EXTERNAL) have none. */
export const primaryOf = ({ deployments }: ServiceFacts): DeploymentFacts | undefined =>
  deployments.find(({ status }) => status === 'PRIMARY');

/** Also when it was given up. Classic Load Balancers and task sets have no rollout state, and are never unfinished. */
export const isUnfinished = ({ rolloutState }: DeploymentFacts): boolean =>
  rolloutState === 'IN_PROGRESS' || rolloutState === 'FAILED';

/** A deployment in progress for so long that it is worth a look. */
export interface LongRollout {
  readonly deployment: DeploymentFacts;
  readonly since: Instant;
}

export function longRollout({ facts, bakes }: SweptService, now: Instant): LongRollout | undefined {
  const deployment = primaryOf(facts);
  if (deployment?.rolloutState !== 'IN_PROGRESS' || deployment.createdAt === undefined) return undefined;
  return now - deployment.createdAt > PATIENCE + bakes ? { deployment, since: deployment.createdAt } : undefined;
}

/** Whether it matters how long the service's deployments usually take. */
export const needsHistory = (service: SweptService, now: Instant): boolean =>
  service.facts.status === 'ACTIVE' && !service.pauses && longRollout(service, now) !== undefined;
