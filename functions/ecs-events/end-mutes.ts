import { type AuditStore, auditEntry } from '../../shared/domain/chat/audit.ts';
import { scopeName } from '../../shared/domain/chat/scope.ts';
import {
  liftByDeployment,
  type StandingMute,
  type StandingOrders,
  type StandingStore,
} from '../../shared/domain/chat/standing.ts';
import type { Instant } from '../../shared/domain/instant.ts';
import type { DeploymentChanged } from '../../shared/domain/signal.ts';
import { saveOrders } from '../../shared/effects/stores/save-orders.ts';

export interface EndMutesDeps {
  readonly standing: StandingStore;
  readonly audit: Pick<AuditStore, 'append'>;
  readonly clock: () => Instant;
}

/**
 * Lifts the mutes that this deployment ends, each with an entry of the audit trail. A mute that was set after the
 * deployment started stays, however late the event comes. Throws what the stores throw.
 */
export async function endMutes({ service, updatedAt: at }: DeploymentChanged, deps: EndMutesDeps): Promise<void> {
  const { standing, audit, clock } = deps;
  const lift = (orders: StandingOrders) => liftByDeployment(orders, { service, at }, clock());
  const { lifted } = lift(await standing.load());
  if (lifted.length === 0) return;
  // Before it is done: cut off in between, the event comes again, and the same entry twice is one.
  await Promise.all(lifted.map((mute) => audit.append(entryOf(mute, at))));
  if ((await saveOrders(lift, deps)) === undefined)
    throw new Error('mutes were changed by others during each attempt to end one');
}

const entryOf = ({ id, when }: StandingMute, at: Instant) =>
  auditEntry({
    at,
    by: 'slackwater',
    via: 'slackwater',
    action: 'unmute',
    target: scopeName(when),
    verdict: 'done',
    because: `${id} was to end with the next deployment, which has started`,
  });
