import { hours, type Instant } from './instant.ts';
import type { ServiceRef } from './place.ts';

/** What may be trouble, if it goes on. */
export interface Suspicion {
  readonly kind: 'nothing-runs' | 'rollout';
  /** The id of the primary deployment, empty where there is none. */
  readonly deployment: string;
  /** Tasks that run: of the service, or of the deployment that is rolled out. */
  readonly running: number;
}

/** A suspicion as the sweeps before remember it. */
export interface Watched extends Suspicion {
  /** The first sweep of which this is true without a break, with no more tasks running than then. */
  readonly since: Instant;
  /** The last one. */
  readonly seen: Instant;
  /** The service was found well after that. */
  readonly isOver?: true;
}

/** By `account/region/cluster/service`. Plain JSON, about 180 bytes a service. */
export type SweepMemory = Readonly<Record<string, Watched>>;

/** Long enough for several sweeps, also slow ones, to tell that a service is well again. */
const REMEMBERED = hours(2);
/** Some 55 KB. Where more services are in trouble at once, the account has one problem and not these. */
const MOST_WATCHED = 300;

export const watchedName = ({ account, region, cluster, service }: ServiceRef): string =>
  `${account}/${region}/${cluster}/${service}`;

/** Goes on with what is remembered, or starts anew where something has moved since. */
export function remember(suspicion: Suspicion, before: Watched | undefined, now: Instant): Watched {
  const goesOn =
    before !== undefined &&
    before.isOver === undefined &&
    before.kind === suspicion.kind &&
    before.deployment === suspicion.deployment &&
    suspicion.running <= before.running;
  return { ...suspicion, since: goesOn ? before.since : now, seen: now };
}

/** What still counts: not what was not suspected for two hours, whether it went well or the sweeps stood still. */
export const recall = (memory: SweepMemory, now: Instant): Map<string, Watched> =>
  new Map(Object.entries(memory).filter(([, { seen }]) => now - seen <= REMEMBERED));

/** Of too much only what lasts longest. */
export const bounded = (memory: ReadonlyMap<string, Watched>): SweepMemory =>
  Object.fromEntries([...memory].toSorted(([, a], [, b]) => a.since - b.since).slice(0, MOST_WATCHED));
