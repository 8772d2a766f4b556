import type { Instant } from '../../instant.ts';
import { serviceArn } from '../../place.ts';
import { utcMinute } from '../../utc.ts';
import { strictest, tasksAllowed } from '../../windows/budget.ts';
import type { Budget } from '../../windows/maintenance.ts';
import { isRunNow, overlap, type Slot } from '../candidates.ts';
import { type LockView, liveLocks } from '../lock.ts';
import { movedTasks, type Plan, type PlannedService } from '../plan.ts';
import { type Held, inFlight } from '../stage.ts';

interface Asked {
  readonly service: PlannedService;
  readonly slot: Slot;
  readonly plan: Plan;
  readonly locks: LockView;
  /** Running tasks of everything that the windows select; absent: those that are known of here. */
  readonly totalTasks?: number;
}

/** The first limit that keeps the service from starting now; of budgets that meet, the strictest counts. */
export function budgetHold(asked: Asked, now: Instant): Held | undefined {
  const { service, plan } = asked;
  const busy = busyWith(asked, now);
  if (service.work === undefined) return undefined;
  const others = plan.services.filter(({ at }) => busy.some(({ arn }) => arn === serviceArn(at)));
  const budget = strictest([service.work.budget, ...others.flatMap(({ work }) => work?.budget ?? [])]);
  return (
    countHold(asked, busy, budget) ??
    failureHold(asked, budget) ??
    canaryHold(asked, budget, now) ??
    spacingHold(asked, budget, now)
  );
}

interface Busy {
  readonly arn: string;
  readonly cluster: string;
  readonly tasks: number;
}

/** Every other service that this plan or another works on, by its stage, its lock or what ECS still does for it. */
function busyWith({ service, plan, locks }: Asked, now: Instant): readonly Busy[] {
  const flying = plan.services.filter((one) => inFlight(one.run.stage) || goesOn(one));
  const busy = [
    ...liveLocks(locks, now).map(({ at, tasks }): Busy => ({ arn: serviceArn(at), cluster: at.cluster, tasks })),
    ...flying.map(({ at, work }): Busy => ({ arn: serviceArn(at), cluster: at.cluster, tasks: movedTasks(work) })),
  ].filter(({ arn }) => arn !== serviceArn(service.at));
  return [...new Map(busy.map((one) => [one.arn, one])).values()];
}

/** A deployment of ours that was given up and that ECS goes on with moves tasks all the same, as far as was seen last. */
const goesOn = ({ work, run: { last } }: PlannedService): boolean =>
  last?.deployment !== undefined && last.deployment === work?.deploying;

function countHold({ service, plan, totalTasks }: Asked, busy: readonly Busy[], budget: Budget): Held | undefined {
  if (busy.length >= budget.maxServices)
    return { key: 'budget', because: `${busy.length} services are being replaced, ${budget.maxServices} may be.` };
  const near = busy.filter(({ cluster }) => cluster === service.at.cluster);
  if (near.length >= budget.maxServicesPerCluster)
    return {
      key: 'budget',
      because: `${near.length} services of ${service.at.cluster} are being replaced, ${budget.maxServicesPerCluster} may be.`,
    };
  const moving = sum([...busy.map(({ tasks }) => tasks), movedTasks(service.work)]);
  const elsewhere = busy.filter(({ arn }) => !plan.services.some(({ at }) => serviceArn(at) === arn));
  const known = [...plan.services.map(({ work }) => work?.of ?? 0), ...elsewhere.map(({ tasks }) => tasks)];
  const total = totalTasks ?? sum(known);
  const allowed = tasksAllowed(total, budget);
  return moving <= allowed
    ? undefined
    : { key: 'budget', because: `${moving} of ${total} tasks would be replaced at a time, ${allowed} may be.` };
}

const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);

function failureHold({ plan, slot }: Asked, { maxFailures }: Budget): Held | undefined {
  const failed = plan.services.filter(({ run: { last } }) => {
    if (last === undefined || (last.end !== 'failed' && last.end !== 'rolled-back')) return false;
    // Whoever orders to run it now has seen what failed before.
    return overlap(last.slot, slot) && !(isRunNow(slot) && last.at < slot.opens);
  });
  return failed.length < maxFailures
    ? undefined
    : { key: 'failures', because: `${failed.length} failed in this opening; the rest of it is left alone.` };
}

/** The first ones have to be done, and watched, before the others. */
function canaryHold({ plan }: Asked, { canary }: Budget, now: Instant): Held | undefined {
  if (canary === undefined) return undefined;
  const done = plan.services
    .flatMap(({ run: { last } }) => (last?.end === 'done' ? [last.at] : []))
    .toSorted((a, b) => a - b);
  const flying = plan.services.filter(({ run }) => inFlight(run.stage)).length;
  const lastCanary = done[canary.count - 1];
  if (lastCanary === undefined)
    return flying + done.length < canary.count
      ? undefined
      : { key: 'canary', because: `The first ${canary.count} have to be done before others.` };
  return now >= lastCanary + canary.bake
    ? undefined
    : { key: 'canary', because: `The first ${canary.count} are watched until ${utcMinute(lastCanary + canary.bake)}.` };
}

function spacingHold({ plan }: Asked, { spacing }: Budget, now: Instant): Held | undefined {
  const ends = plan.services.flatMap(({ run: { last } }) => (last === undefined ? [] : [last.at]));
  const free = Math.max(0, ...ends) + (ends.length > 0 ? spacing : 0);
  return now >= free
    ? undefined
    : { key: 'spacing', because: `The next one starts ${utcMinute(free)} at the earliest.` };
}
