import type { Policy } from '../policy.ts';
import type { Freeze } from '../windows/maintenance.ts';
import type { StandingFreeze, StandingOrders } from './standing.ts';

/** The policy with the orders in it, each as if it were in the configuration document. */
export function withStanding(policy: Policy, { mutes, freezes }: Pick<StandingOrders, 'mutes' | 'freezes'>): Policy {
  if (mutes.length === 0 && freezes.length === 0) return policy;
  const { routing, maintenance } = policy;
  return {
    ...policy,
    routing: { ...routing, mutes: [...routing.mutes, ...mutes] },
    maintenance: { ...maintenance, freezes: [...maintenance.freezes, ...freezes.map(freezeOf)] },
  };
}

/** Clocks in UTC show the instant itself. */
const freezeOf = ({ id, by, select, from, until, reason }: StandingFreeze): Freeze => ({
  name: id,
  zone: 'UTC',
  period: { kind: 'once', from, to: until },
  select,
  reason,
  owner: by,
});
