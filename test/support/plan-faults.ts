import { type Instant, minutes } from '../../shared/domain/instant.ts';
import { type ServiceRef, serviceArn } from '../../shared/domain/place.ts';
import { isUnderWay } from '../../shared/domain/plan/deployments.ts';
import type { Plan, PlanId } from '../../shared/domain/plan/plan.ts';
import { type ActiveService, type ServiceSituation } from '../../shared/domain/plan/situation.ts';
import type { Lock } from '../../shared/domain/plan/step.ts';
import { latestStart } from '../../shared/domain/windows/usable-openings.ts';
import { SAFE, type World } from './plan-worlds.ts';
import { DELIVERED } from './plans.ts';

// True enough for a test: the domain names plans itself.
export const OTHER_PLAN = 'pln-other' as PlanId;

/** Everything that a start is judged by, as it really is. */
export interface Truth {
  readonly world: World;
  readonly plan: Plan;
  readonly locks: readonly Lock[];
  readonly situations: readonly ServiceSituation[];
  /** ARNs of the services that something of ours is being done to. */
  readonly moving: readonly string[];
  readonly isApproved: boolean;
  readonly isObjected: boolean;
  /** The only clock that the plan has. */
  readonly clock: Instant;
}

type Terms = World['services'][number];

/** Everything that must not be so when a deployment is asked for, or a task of a service is stopped. */
export function faultsAt(at: ServiceRef, terms: Terms | undefined, truth: Truth): readonly string[] {
  const arn = serviceArn(at);
  const situation = truth.situations.find((one) => serviceArn(one.at) === arn);
  if (situation?.status !== 'active' || terms === undefined) return ['not there'];
  const { clock, locks, isObjected } = truth;
  const isForeign = (lock: Lock): boolean =>
    serviceArn(lock.at) === arn && lock.owner === OTHER_PLAN && clock < lock.expiresAt;
  return [
    ...timing(situation, terms, truth),
    ...consent(arn, terms, truth),
    ...(isObjected ? ['objected to'] : []),
    ...(terms.controller === 'EXTERNAL' ? ["another tool's"] : []),
    ...(situation.deployments.some(isUnderWay) ? ['a deployment is under way'] : []),
    ...(situation.tasks.some(({ createdAt = 0 }) => createdAt < DELIVERED) ? [] : ['nothing is old']),
    ...(situation.pending > 0 ? ['a task has not come back'] : []),
    ...budget(at, truth),
    ...(locks.some(isForeign) ? ['locked by another plan'] : []),
  ];
}

/** The order of these people to run it now, if it still holds. */
const isOrdered = (arn: string, { plan, clock }: Truth): boolean =>
  plan.orders.some(
    (order) =>
      order.kind === 'run-now' && Object.hasOwn(order.services, arn) && order.at <= clock && clock <= order.until,
  );

function timing({ at, allowance }: ActiveService, terms: Terms, truth: Truth): readonly string[] {
  const { clock, plan } = truth;
  if (isOrdered(serviceArn(at), truth)) return [];
  const work = plan.services.find((one) => serviceArn(one.at) === serviceArn(at))?.work;
  const expected = work?.isPinned ? work.stint : minutes(terms.takes);
  const isInTime = allowance.openings.some(
    (opening) => opening.opens <= clock && clock <= Math.min(latestStart(opening, expected), opening.closes - expected),
  );
  return isInTime && clock <= SAFE ? [] : ['outside of every opening'];
}

function consent(arn: string, { mode }: Terms, truth: Truth): readonly string[] {
  const { plan, isApproved, world } = truth;
  const planned = plan.services.find((one) => serviceArn(one.at) === arn);
  const hasFailed = (planned?.run.failures ?? 0) > 0;
  const isAgreed = isApproved || isOrdered(arn, truth);
  const last = plan.orders.findLast(
    (order) =>
      (order.kind === 'hand-over' && order.services.includes(arn)) ||
      (order.kind === 'run-now' && Object.hasOwn(order.services, arn)),
  );
  return [
    ...(mode === 'notify' && !isOrdered(arn, truth) ? ['only to be told'] : []),
    ...(mode === 'approve' && !isAgreed && world.onDeadline === 'handover' ? ['not approved'] : []),
    ...(hasFailed && !isAgreed ? ['not approved anew'] : []),
    ...(last?.kind === 'hand-over' ? ['left alone'] : []),
  ];
}

function budget(at: ServiceRef, { moving, world }: Truth): readonly string[] {
  const others = moving.filter((one) => one !== serviceArn(at));
  const near = others.filter((one) => one.includes(`/${at.cluster}/`));
  return [
    ...(others.length >= world.budget.maxServices ? ['over the budget'] : []),
    ...(near.length >= world.budget.maxServicesPerCluster ? ['over the budget of the cluster'] : []),
  ];
}

/** Whether the task's windows are open, by the only clock that there is. */
export const isTaskOpen = ({ openings }: World, clock: Instant): boolean =>
  openings.some(({ opens, closes }) => opens <= clock && clock <= closes);
