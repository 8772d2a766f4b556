import type { Instant } from '../../instant.ts';
import { serviceArn } from '../../place.ts';
import type { Freeze } from '../../windows/maintenance.ts';
import type { Order } from '../order.ts';
import { nameOf, type Plan, type PlannedService } from '../plan.ts';
import { asksOf, without } from './approval.ts';
import { isPinned, leftAloneBy } from './ordered.ts';

/** The plan with the order in it, or a sentence that says why it cannot be followed. */
export type Ordered = Plan | { readonly refused: string };

/**
 * Takes in what somebody decided; the next look follows it. What was ordered already changes nothing. Whether that person may
 * is the caller's to know.
 */
export function order(plan: Plan, given: Order, now: Instant): Ordered {
  const refused = refusalOf(plan, given, now);
  if (refused !== undefined) return { refused };
  if (isOrdered(plan, given)) return plan;
  // Who wants it run now does not object any more.
  const vetoes = given.kind === 'run-now' ? without(plan.vetoes, given.by) : plan.vetoes;
  return { ...plan, vetoes, orders: [...plan.orders, given] };
}

export interface RunNow {
  readonly by: string;
  /** Of the plan that was shown. */
  readonly hash: string;
  /** ARNs. */
  readonly services: readonly string[];
  readonly until: Instant;
}

/** One person's order to run services now, as they were shown; `changed` when the plan is not that one any more. */
export function runNow(plan: Plan, { by, hash, services, until }: RunNow, now: Instant): Ordered | 'changed' {
  if (hash !== plan.hash) return 'changed';
  const agreed = plan.services
    .filter(({ at }) => services.includes(serviceArn(at)))
    .map(
      ({ at, hash: own, work }) =>
        [serviceArn(at), { hash: own, asks: work === undefined ? [] : asksOf(work) }] as const,
    );
  const missing = services.find((arn) => !agreed.some(([known]) => known === arn));
  if (missing !== undefined) return { refused: `${missing} is no service of ${plan.id}.` };
  return order(plan, { kind: 'run-now', by, at: now, until, services: Object.fromEntries(agreed) }, now);
}

/** Names of the freezes that do not hold for this plan: enough of those who may lift them have ordered it. */
export const liftedFreezes = (
  { orders }: Pick<Plan, 'orders'>,
  freezes: readonly Pick<Freeze, 'name' | 'override'>[],
): readonly string[] =>
  freezes.flatMap(({ name, override }) => {
    if (override === undefined) return [];
    const lifting = orders.filter((one) => one.kind === 'lift-freeze' && one.freeze === name).map(({ by }) => by);
    const valid = new Set(lifting.filter((by) => override.by.includes(by)));
    return valid.size >= override.votes ? [name] : [];
  });

function isOrdered({ orders, services }: Plan, given: Order): boolean {
  switch (given.kind) {
    case 'run-now':
      return false;
    case 'lift-freeze':
      return orders.some((one) => one.kind === 'lift-freeze' && one.freeze === given.freeze && one.by === given.by);
    case 'pin':
      return named(services, given).every(({ at }) => isPinned(orders, at));
    case 'hand-over':
      return named(services, given).every(({ at }) => leftAloneBy(orders, at) !== undefined);
  }
}

type ServiceOrder = Exclude<Order, { readonly kind: 'lift-freeze' }>;

const arnsOf = (given: ServiceOrder): readonly string[] =>
  given.kind === 'run-now' ? Object.keys(given.services) : given.services;

const named = (services: readonly PlannedService[], given: ServiceOrder): readonly PlannedService[] =>
  services.filter(({ at }) => arnsOf(given).includes(serviceArn(at)));

function refusalOf(plan: Plan, given: Order, now: Instant): string | undefined {
  if (given.kind === 'lift-freeze') return undefined;
  const arns = arnsOf(given);
  if (arns.length === 0) return 'It names no service.';
  const unknown = arns.find((arn) => !plan.services.some(({ at }) => serviceArn(at) === arn));
  if (unknown !== undefined) return `${unknown} is no service of ${plan.id}.`;
  if (given.kind === 'run-now' && given.until <= now) return 'It would be over before it begins.';
  for (const service of named(plan.services, given)) {
    const because = refusalFor(service, given.kind);
    if (because !== undefined) return `${nameOf(service)} ${because}`;
  }
  return undefined;
}

/** What a service is, where it cannot be followed for it. */
function refusalFor({ work, run: { stage } }: PlannedService, kind: ServiceOrder['kind']): string | undefined {
  if (stage.kind === 'ended') return `has ended already: ${stage.end}.`;
  if (work === undefined) return 'was not seen yet: ask again in some minutes.';
  if (kind === 'run-now' && work.mode === 'off') return 'has the mode off: nothing is done about it.';
  if (kind === 'pin' && work.controller !== 'ECS')
    return `has the deployment controller ${work.controller}: only what ECS deploys is replaced one by one.`;
  if (kind === 'pin' && stage.kind !== 'waiting' && stage.kind !== 'handing-over')
    return 'is being replaced already: wait for what comes of it.';
  return undefined;
}
