import type { Order } from '../order.ts';
import type { Plan } from '../plan.ts';

/** Who decided what, in a few words: `ada`, `approved`. */
export interface Voice {
  readonly by: string;
  readonly did: string;
}

const ORDERED: Readonly<Record<Order['kind'], string>> = {
  'run-now': 'ordered to run it now',
  pin: 'ordered to keep the images',
  'hand-over': 'left services as they are',
  'lift-freeze': 'lifted a freeze',
};

/** Who decided what about a plan, once each, in the order of time. */
export function voicesOn({
  approvals,
  vetoes,
  orders,
}: Pick<Plan, 'approvals' | 'vetoes' | 'orders'>): readonly Voice[] {
  const all = [
    ...approvals.map(({ by, at }) => ({ at, by, did: 'approved' })),
    ...vetoes.map(({ by, at }) => ({ at, by, did: 'objected' })),
    ...orders.map(({ by, at, kind }) => ({ at, by, did: ORDERED[kind] })),
  ];
  const voices = all.toSorted((a, b) => a.at - b.at).map(({ by, did }): Voice => ({ by, did }));
  return [...new Map(voices.map((voice) => [JSON.stringify(voice), voice])).values()];
}
