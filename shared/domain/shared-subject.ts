import type { CauseId } from './diagnosis/causes.ts';
import type { ClusterRef } from './place.ts';
import type { SharedSubject } from './subject.ts';

/** What a task was placed on, as far as it is known. */
export interface Placement {
  /** Id of the container instance. */
  readonly containerInstance?: string;
  readonly capacityProvider?: string;
  readonly launchType?: string;
}

/** The instance under the task is gone, and every task on it. */
const OF_HOST: ReadonlySet<CauseId> = new Set(['platform/host-removed', 'platform/agent-disconnected']);

/** What tasks are placed on is short, for every service that uses it. */
const OF_CAPACITY: ReadonlySet<CauseId> = new Set([
  'capacity/fargate-unavailable',
  'capacity/insufficient-resources',
  'capacity/no-container-instances',
  'platform/spot-interruption',
]);

/** Capacity providers that belong to AWS and to no cluster. */
const OF_REGION = /^FARGATE(_SPOT)?$/;

/**
 * The host or capacity provider that is in trouble, when the cause is one that many services share: one incident tells
 * it for all of them.
 */
export function sharedSubject(at: ClusterRef, cause: CauseId, placement: Placement): SharedSubject | undefined {
  const { containerInstance, capacityProvider, launchType } = placement;
  if (OF_HOST.has(cause) && containerInstance !== undefined) return { kind: 'host', at, host: containerInstance };
  if (!OF_CAPACITY.has(cause)) return undefined;
  const provider = capacityProvider ?? (isFargate(cause, launchType) ? 'FARGATE' : 'EC2');
  if (!OF_REGION.test(provider)) return { kind: 'capacity', at, provider };
  const { partition, region, account } = at;
  return { kind: 'capacity', at: { partition, region, account }, provider };
}

const isFargate = (cause: CauseId, launchType: string | undefined): boolean =>
  launchType === 'FARGATE' || cause === 'capacity/fargate-unavailable';
