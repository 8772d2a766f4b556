import type { Order } from './order.ts';
import type { Plan } from './plan.ts';

/** A message names no more. */
const MOST = 5;

const ORDERED: Readonly<Record<Order['kind'], string>> = {
  'run-now': 'ordered to run it now',
  pin: 'ordered to keep the images',
  'hand-over': 'left services as they are',
  'lift-freeze': 'lifted a freeze',
};

/** Who decided what about a plan, once each, in a few words: `ada approved`. */
export function voicesOn({
  approvals,
  vetoes,
  orders,
}: Pick<Plan, 'approvals' | 'vetoes' | 'orders'>): readonly string[] {
  const all = [
    ...approvals.map(({ by, at }) => ({ at, text: `${by} approved` })),
    ...vetoes.map(({ by, at }) => ({ at, text: `${by} objected` })),
    ...orders.map(({ by, at, kind }) => ({ at, text: `${by} ${ORDERED[kind]}` })),
  ];
  const texts = [...new Set(all.toSorted((a, b) => a.at - b.at).map(({ text }) => text))];
  return texts.length <= MOST ? texts : [...texts.slice(0, MOST), `${texts.length - MOST} more`];
}
