import type { Asked } from './payload/outcome.ts';

/** Whom this endpoint listens to. */
export interface Senders {
  /** The one app whose requests are taken; absent: any that signs with our secret. */
  readonly appId?: string;
  /** Ids of workspaces (`T…`) and organisations (`E…`); empty: any that the app is installed in. */
  readonly teams: readonly string[];
}

/** Why this endpoint does not listen to the sender of a genuine request, or `undefined`. */
export function strangeness({ appId, sender }: Asked, senders: Senders): 'wrong-app' | 'wrong-team' | undefined {
  if (senders.appId !== undefined && appId !== senders.appId) return 'wrong-app';
  if (senders.teams.length === 0) return undefined;
  const ids = [sender.team, sender.enterprise];
  return senders.teams.some((team) => ids.includes(team)) ? undefined : 'wrong-team';
}
