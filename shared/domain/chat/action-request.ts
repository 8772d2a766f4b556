import type { Brand } from '../brand.ts';
import type { Fingerprint } from '../incident.ts';
import { type Instant, minutes, seconds } from '../instant.ts';
import type { ServiceRef } from '../place.ts';

/** Names what can be done once: the rollback of one deployment, or the answer to one hook. */
export type ActionId = Brand<string, 'ActionId'>;

/** What somebody wants done to a deployment of ECS. `deployment` is the ARN of the service deployment. */
export type Deed =
  | { readonly kind: 'roll-back'; readonly deployment: string }
  | { readonly kind: 'roll-back-hook' | 'continue-hook'; readonly deployment: string; readonly hookId: string };

/** What somebody asks for, and by when it is to be done. */
export type ActionAsked = Deed & {
  readonly service: ServiceRef;
  /** A Slack user's id, or a name that was given on the command line. */
  readonly by: string;
  /** When it was asked for. */
  readonly at: Instant;
  /** Later than this it is not begun any more. */
  readonly notAfter: Instant;
  /** The incident whose message and thread say what came of it. */
  readonly about: Fingerprint;
};

/** How far it is. `because` is a sentence without secrets. */
export type ActionStanding =
  | {
      readonly status: 'wanted';
      /** Somebody is at it until then. */
      readonly claimedUntil?: Instant;
      /** Why the last attempt came to nothing. */
      readonly because?: string;
    }
  | { readonly status: 'done'; readonly because: string }
  /** `isMoot`: ECS shows that there is nothing to answer or to stop any more. */
  | { readonly status: 'refused'; readonly because: string; readonly isMoot?: true };

interface Kept {
  readonly id: ActionId;
  /** Counts saves; a save states the version it changes. 0 was never saved. */
  readonly version: number;
  /** When to look at it next; absent once it has ended and its incident says so. */
  readonly dueAt?: Instant;
}

/** One change of ECS that a person asked for, kept before anything is done about it. */
export type ActionRequest = ActionAsked & ActionStanding & Kept;
export type Wanted = Extract<ActionRequest, { readonly status: 'wanted' }>;
export type Ended = Exclude<ActionRequest, { readonly status: 'wanted' }>;
export type Ending = Exclude<ActionStanding, { readonly status: 'wanted' }>;

/** Whoever asks for it means now; the functions may be a minute late, and ECS may throttle for some more. */
const PATIENCE = minutes(10);

/** The last instant for what is asked for now: ten minutes on, and before its hook expires. */
export const notAfterFor = (now: Instant, expiresAt: Instant = Number.POSITIVE_INFINITY): Instant =>
  Math.min(now + PATIENCE, expiresAt);

/** Continuing a hook and rolling it back share a name, so that one of the two is done. */
// The cast is true by construction: this is the only place that makes these ids.
export const actionIdOf = (deed: Deed): ActionId =>
  `${deed.deployment}#${deed.kind === 'roll-back' ? 'roll-back' : deed.hookId}` as ActionId;

/**
 * The request to save, due at once; or the one that stands in its way, because it is wanted or done already. What was
 * refused may be asked for again.
 */
export function ask(
  asked: ActionAsked,
  known: ActionRequest | undefined,
): ActionRequest | { readonly already: ActionRequest } {
  if (known !== undefined && known.status !== 'refused') return { already: known };
  return { ...asked, id: actionIdOf(asked), version: known?.version ?? 0, status: 'wanted', dueAt: asked.at };
}

/** Taken up until `until`, the end of the function's life: meanwhile nobody else begins it. */
export const claimed = (request: Wanted, until: Instant): Wanted => ({ ...request, claimedUntil: until, dueAt: until });

/** Shortly before the next minute's run, whose clock may be a little slow. */
const PAUSE = seconds(45);

/** Not done, and to be looked at again in the next minute. */
export function postponed(wanted: Wanted, because: string, now: Instant): Wanted {
  const { claimedUntil: _, ...request } = wanted;
  return { ...request, because, dueAt: now + PAUSE };
}

/** Over; due until its incident says so. */
export function ended(wanted: Wanted, ending: Ending, now: Instant): Ended {
  const { claimedUntil: _, because: __, ...request } = wanted;
  return { ...request, ...ending, dueAt: now };
}

/** Its incident says what came of it: nothing is left to do. */
export function told(untold: Ended): Ended {
  const { dueAt: _, ...request } = untold;
  return request;
}

/** Keeps the requests. `save` stores `request` with version + 1 if the stored version is still `request.version`. */
export interface ActionStore {
  readonly load: (id: ActionId) => Promise<ActionRequest | undefined>;
  readonly save: (request: ActionRequest) => Promise<'saved' | 'conflict'>;
  /** Those due at `now`, the longest due first. */
  readonly loadDue: (now: Instant, limit: number) => Promise<readonly ActionRequest[]>;
}
