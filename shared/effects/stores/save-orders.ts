import type { StandingOrders, StandingStore } from '../../domain/chat/standing.ts';

/** Each attempt that fails is somebody else's change; more than these at a time there are not. */
const ATTEMPTS = 8;

/**
 * Saves what `change` makes of the orders as they are now; when somebody else saved first, of what they saved. Answers the
 * change, of which nothing was saved where it says `refused`, and `undefined` when others were faster every time.
 */
export async function saveOrders<Change extends { readonly orders: StandingOrders } | { readonly refused: string }>(
  change: (orders: StandingOrders) => Change,
  { standing }: { readonly standing: StandingStore },
): Promise<Change | undefined> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const changed = change(await standing.load());
    if ('refused' in changed || (await standing.save(changed.orders)) === 'saved') return changed;
  }
  return undefined;
}
