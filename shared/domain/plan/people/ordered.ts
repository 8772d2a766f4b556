import type { Instant } from '../../instant.ts';
import { type ServiceRef, serviceArn } from '../../place.ts';
import { isOpen, runNowSlot, type Slot } from '../candidates.ts';
import type { Order } from '../order.ts';

type OrderOf<Kind extends Order['kind']> = Extract<Order, { readonly kind: Kind }>;

/** Whether somebody wants the tasks of a service replaced one by one. */
export const isPinned = (orders: readonly Order[], at: ServiceRef): boolean =>
  orders.some((order) => order.kind === 'pin' && order.services.includes(serviceArn(at)));

/** Who wants the service left alone, if nobody has ordered to run it since. */
export function leftAloneBy(orders: readonly Order[], at: ServiceRef): string | undefined {
  const last = orders.findLast(
    (order) =>
      (order.kind === 'hand-over' && order.services.includes(serviceArn(at))) ||
      (order.kind === 'run-now' && Object.hasOwn(order.services, serviceArn(at))),
  );
  return last?.kind === 'hand-over' ? last.by : undefined;
}

/** The newest order to run the service now that still holds. */
export const runNowOf = (orders: readonly Order[], at: ServiceRef, now: Instant): OrderOf<'run-now'> | undefined =>
  orders.findLast(
    (order): order is OrderOf<'run-now'> =>
      order.kind === 'run-now' &&
      order.at <= now &&
      now <= order.until &&
      Object.hasOwn(order.services, serviceArn(at)),
  );

/** That order as an opening. */
export function orderedSlot(orders: readonly Order[], at: ServiceRef, { stint, now }: Timing): Slot | undefined {
  const order = runNowOf(orders, at, now);
  const slot = order && runNowSlot({ from: order.at, until: order.until }, stint);
  return slot !== undefined && isOpen(slot, now) ? slot : undefined;
}

interface Timing {
  /** Milliseconds that have to fit into it. */
  readonly stint: number;
  readonly now: Instant;
}
