import { days, type Instant } from './instant.ts';
import type { ServiceRef } from './place.ts';
import { type RouteQuestion, type Selector, selects } from './selector.ts';
import { utcMinute } from './utc.ts';

/** Nobody is told of what it selects while `from <= t < until`. It always ends, so that none is forgotten. */
export interface Mute {
  readonly when: Selector;
  /** Absent: it holds already. */
  readonly from?: Instant;
  readonly until: Instant;
  /** Also over when the next deployment of its service starts; only mutes of one service that people set have it. */
  readonly untilDeployment?: true;
  readonly reason: string;
}

export const isMuted = (question: RouteQuestion, mutes: readonly Mute[], now: Instant): boolean =>
  mutes.some(({ when, from, until }) => (from === undefined || from <= now) && now < until && selects(when, question));

/** When a mute is over. */
export type MuteEnd = Pick<Mute, 'until' | 'untilDeployment'>;

/** With the next deployment of its service, or a week after `now`: a service that nobody deploys is not forgotten. */
export const withNextDeployment = (now: Instant): MuteEnd => ({ until: now + days(7), untilDeployment: true });

/** `2026-11-21 08:05 UTC`, after "until". */
export const endText = ({ until, untilDeployment }: MuteEnd): string =>
  untilDeployment ? `its next deployment, or ${utcMinute(until)}` : utcMinute(until);

/** Whether it ends with the next deployment of that very service. */
export function endsByDeploying({ when, untilDeployment }: Mute, at: ServiceRef): boolean {
  const { accounts, regions, clusters, services } = when;
  return (
    untilDeployment === true &&
    isOf(accounts, at.account) &&
    isOf(regions, at.region) &&
    isOf(clusters, at.cluster) &&
    isOf(services, at.service)
  );
}

const isOf = (names: readonly string[] | undefined, name: string): boolean => names?.includes(name) ?? true;
