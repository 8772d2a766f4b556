import { type AuditStore, auditEntry } from '../../shared/domain/chat/audit.ts';
import { scopeName } from '../../shared/domain/chat/scope.ts';
import { liftByDeployment, type StandingMute, type StandingStore } from '../../shared/domain/chat/standing.ts';
import type { Instant } from '../../shared/domain/instant.ts';
import type { DeploymentChanged } from '../../shared/domain/signal.ts';

export interface EndMutesDeps {
  readonly standing: StandingStore;
  readonly audit: Pick<AuditStore, 'append'>;
  readonly clock: () => Instant;
}

/** A save fails only because somebody else changed the orders; more than these do not at a time. */
const ATTEMPTS = 5;

/**
 * Lifts the mutes that this deployment ends, each with an entry of the audit trail. A mute that was set after the
 * deployment started stays, however late the event comes. Throws what the stores throw.
 */
export async function endMutes({ service, updatedAt }: DeploymentChanged, deps: EndMutesDeps): Promise<void> {
  const { standing, audit, clock } = deps;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const { orders, lifted } = liftByDeployment(await standing.load(), { service, at: updatedAt }, clock());
    if (lifted.length === 0) return;
    if ((await standing.save(orders)) === 'conflict') continue;
    await Promise.all(lifted.map((mute) => audit.append(entryOf(mute, clock()))));
    return;
  }
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
