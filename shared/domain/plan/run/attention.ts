import type { Notice } from '../../incident.ts';
import { hours, type Instant, seconds } from '../../instant.ts';
import { type ServiceRef, serviceArn } from '../../place.ts';
import { isOpen } from '../candidates.ts';
import type { Order } from '../order.ts';
import { isOver, type Plan, type PlannedService } from '../plan.ts';
import { inFlight } from '../stage.ts';
import { nextTaskLook } from '../tasks/task-attention.ts';
import { nextRung } from './ladder.ts';

/**
 * What moves is looked at by every run, and they are a minute apart, more or less; what waits for its day only often enough
 * that its plan is not wrong for long.
 */
const MOVING = seconds(30);
const WAITING = hours(1);
/** AWS replaces what was left to it over a day, and no hurry of ours makes that faster. */
const HANDED_OVER = hours(1);

/** A service is worth asking ECS about at this instant; absent: never again. */
function worthLookingAt(service: PlannedService, { orders }: Pick<Plan, 'orders'>, now: Instant): Instant | undefined {
  const { run, work, verdict, lookedAt = 0 } = service;
  if (run.stage.kind === 'ended') return undefined;
  if (orders.some((order) => order.at > lookedAt && concerns(order, service))) return now;
  if (inFlight(run.stage) || verdict.reason === 'unread') return lookedAt + MOVING;
  if (run.stage.kind === 'handing-over') return lookedAt + HANDED_OVER;
  const slot = work?.slot;
  if (slot === undefined) return lookedAt + WAITING;
  if (isOpen(slot, now)) return lookedAt + MOVING;
  // At the opening, and once more when it has passed without a start, because that is told.
  const edge = slot.opens > now ? slot.opens : now;
  return Math.min(lookedAt + WAITING, Math.max(edge, lookedAt + MOVING));
}

/** What somebody has ordered changes what is planned for these. */
function concerns(order: Order, { at }: PlannedService): boolean {
  if (order.kind === 'lift-freeze') return true;
  const arns: readonly string[] = order.kind === 'run-now' ? Object.keys(order.services) : order.services;
  return arns.includes(serviceArn(at));
}

interface Attention {
  readonly now: Instant;
  readonly most: number;
  /** Whose lock was just taken, so that they may start at once. */
  readonly locked?: readonly ServiceRef[];
}

/**
 * The services of a notice that this look asks ECS about, `most` of them at the most: first what is in flight or about to
 * be, then what nobody has looked at yet, then what was not looked at for longest. The others stay as they were.
 */
export function attentionOf(
  notice: Pick<Notice, 'entities'>,
  plan: Plan | undefined,
  { now, most, locked = [] }: Attention,
): readonly ServiceRef[] {
  const { services: planned, orders } = plan ?? { services: [], orders: [] };
  const known = new Set(planned.map(({ at }) => serviceArn(at)));
  const starting = new Set(locked.map(serviceArn));
  const isMoving = ({ at, run }: PlannedService): boolean => inFlight(run.stage) || starting.has(serviceArn(at));
  const moving = planned.filter(isMoving).map(({ at }) => at);
  const fresh = servicesOf(notice).filter((at) => !known.has(serviceArn(at)));
  const due = planned
    .filter((service) => !isMoving(service) && (worthLookingAt(service, { orders }, now) ?? Infinity) <= now)
    .toSorted((a, b) => (a.lookedAt ?? 0) - (b.lookedAt ?? 0))
    .map(({ at }) => at);
  return [...moving, ...fresh, ...due].slice(0, Math.max(most, moving.length));
}

/** Every service that a notice names, once. */
export function servicesOf({ entities }: Pick<Notice, 'entities'>): readonly ServiceRef[] {
  const named = entities.flatMap((entity) => (entity.kind === 'service' ? [entity.at] : []));
  return [...new Map(named.map((at) => [serviceArn(at), at])).values()];
}

/** When the plan is to be looked at next; absent: it is over. Never sooner than by the next run. */
export function nextLookAt(notice: Pick<Notice, 'entities'>, plan: Plan, now: Instant): Instant | undefined {
  const isComplete = plan.services.length >= servicesOf(notice).length;
  if (isOver(plan) && isComplete) return undefined;
  if (!isComplete) return now + MOVING;
  const looks = [
    ...plan.services.flatMap((service) => worthLookingAt(service, plan, now) ?? []),
    ...plan.tasks.flatMap((task) => nextTaskLook(task, now) ?? []),
  ];
  const rung = nextRung(plan, now);
  return Math.max(now + MOVING, Math.min(now + WAITING, ...looks, rung ?? Infinity));
}
