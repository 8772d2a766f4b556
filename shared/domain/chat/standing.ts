import { days, type Instant } from '../instant.ts';
import { endsByDeploying, type Mute } from '../mute.ts';
import type { ServiceRef } from '../place.ts';
import { redact } from '../redact.ts';
import type { Selector } from '../selector.ts';
import { shortHash } from '../short-hash.ts';
import type { PlaceSelector } from '../windows/maintenance.ts';
import { scopeName } from './scope.ts';

/** What people have set while Slackwater runs, beside the configuration document. Each order ends by itself. */
export interface StandingOrders {
  /** Counts saves; a save states the version it changes. 0 was never saved. */
  readonly version: number;
  readonly mutes: readonly StandingMute[];
  readonly freezes: readonly StandingFreeze[];
}

interface Standing {
  /** `mut-4f0c2a9d1e`, `frz-4f0c2a9d1e`. */
  readonly id: string;
  /** Who set it, and when. */
  readonly by: string;
  readonly at: Instant;
}

/** Nobody is told of what it selects. */
export type StandingMute = Standing & Mute;

/** Nothing that it selects is replaced while `from <= t < until`; nobody may lift it for one plan alone. */
export interface StandingFreeze extends Standing {
  readonly select: PlaceSelector;
  readonly from: Instant;
  readonly until: Instant;
  readonly reason: string;
}

export interface StandingStore {
  /** Reads consistently. */
  readonly load: () => Promise<StandingOrders>;
  /** Stores `orders` with version + 1 if the stored version is still `orders.version`. */
  readonly save: (orders: StandingOrders) => Promise<'saved' | 'conflict'>;
}

/** What somebody wants set, until when and why. */
export interface MuteWanted {
  readonly by: string;
  readonly where: Selector;
  readonly until: Instant;
  readonly reason: string;
}

/** As {@link MuteWanted}, of one service, and over before `until` when somebody deploys it. */
export interface MuteOfService extends MuteWanted {
  readonly untilDeployment?: true;
}

export interface FreezeWanted extends MuteWanted {
  readonly where: PlaceSelector;
  /** Absent: from now on. */
  readonly from?: Instant;
}

/** The orders with one more, or a sentence that says why they stay as they are. */
export type Ordered<Order> = { readonly orders: StandingOrders; readonly set: Order } | { readonly refused: string };

export interface Lifted<Order> {
  readonly orders: StandingOrders;
  /** Empty where there was nothing of that name. */
  readonly lifted: readonly Order[];
}

export const NO_ORDERS: StandingOrders = { version: 0, mutes: [], freezes: [] };

/** Longer than anybody remembers having set it. The configuration document, which is reviewed, has no such limit. */
export const LONGEST_MUTE = days(30);
export const LONGEST_FREEZE = days(90);
/** As many as the configuration document may have: every decision looks at each. */
export const MOST_MUTES = 200;
export const MOST_FREEZES = 100;
/** Characters, as in the configuration document. */
const REASON_LIMIT = 200;

/** With a mute, in the place of those that select the same. */
export function setMute(before: StandingOrders, wanted: MuteOfService, now: Instant): Ordered<StandingMute> {
  const orders = living(before, now);
  const { untilDeployment } = wanted;
  if (untilDeployment && wanted.where.services?.length !== 1)
    return { refused: 'Only a mute of one service can end with its next deployment.' };
  const others = orders.mutes.filter(({ when }) => !isSame(when, wanted.where));
  const refused = refusalOf(wanted, { from: now, longest: LONGEST_MUTE, isFull: others.length >= MOST_MUTES }, now);
  if (refused !== undefined) return { refused };
  const { by, where, until } = wanted;
  const id = idOf('mut', wanted, now);
  const ends = { until, ...(untilDeployment && { untilDeployment }) };
  const set = { id, by, at: now, when: where, ...ends, reason: reasonOf(wanted) };
  return { orders: { ...orders, mutes: [...others, set] }, set };
}

/** With a freeze beside those that there are. */
export function setFreeze(before: StandingOrders, wanted: FreezeWanted, now: Instant): Ordered<StandingFreeze> {
  const orders = living(before, now);
  const { by, where, from = now, until } = wanted;
  const refused = refusalOf(
    wanted,
    { from, longest: LONGEST_FREEZE, isFull: orders.freezes.length >= MOST_FREEZES },
    now,
  );
  if (refused !== undefined) return { refused };
  const set = { id: idOf('frz', wanted, now), by, at: now, select: where, from, until, reason: reasonOf(wanted) };
  return { orders: { ...orders, freezes: [...orders.freezes, set] }, set };
}

/** Without the mutes of that id, or of that scope as {@link scopeName} says it. */
export function liftMutes(before: StandingOrders, name: string, now: Instant): Lifted<StandingMute> {
  const orders = living(before, now);
  const lifted = orders.mutes.filter(({ id, when }) => id === name || scopeName(when) === name);
  return { orders: { ...orders, mutes: orders.mutes.filter((mute) => !lifted.includes(mute)) }, lifted };
}

/** Without the freezes of that id, or of that scope. */
export function liftFreezes(before: StandingOrders, name: string, now: Instant): Lifted<StandingFreeze> {
  const orders = living(before, now);
  const lifted = orders.freezes.filter(({ id, select }) => id === name || scopeName(select) === name);
  return { orders: { ...orders, freezes: orders.freezes.filter((freeze) => !lifted.includes(freeze)) }, lifted };
}

/** Without the mutes that the start of a deployment of `service` at `at` ends; one that was set later stays. */
export function liftByDeployment(
  before: StandingOrders,
  { service, at }: { readonly service: ServiceRef; readonly at: Instant },
  now: Instant,
): Lifted<StandingMute> {
  const orders = living(before, now);
  const lifted = orders.mutes.filter((mute) => mute.at <= at && endsByDeploying(mute, service));
  return { orders: { ...orders, mutes: orders.mutes.filter((mute) => !lifted.includes(mute)) }, lifted };
}

/** Those that are not over. What is over has no effect either way, and only takes room. */
export const living = (orders: StandingOrders, now: Instant): StandingOrders => ({
  ...orders,
  mutes: orders.mutes.filter(({ until }) => now < until),
  freezes: orders.freezes.filter(({ until }) => now < until),
});

interface Bounds {
  readonly from: Instant;
  readonly longest: number;
  readonly isFull: boolean;
}

function refusalOf({ until, reason }: MuteWanted, { from, longest, isFull }: Bounds, now: Instant): string | undefined {
  if (until <= from || until <= now) return 'It would be over before it begins.';
  if (until > now + longest)
    return `It would be over later than in ${longest / days(1)} days; the configuration can do that.`;
  if (reason.trim() === '') return 'It needs a reason, for those who find it.';
  return isFull ? 'There are too many already: lift some that nobody needs any more.' : undefined;
}

const isSame = (one: Selector, other: Selector): boolean => JSON.stringify(one) === JSON.stringify(other);

const idOf = (prefix: 'mut' | 'frz', { by, where, until }: MuteWanted, now: Instant): string =>
  `${prefix}-${shortHash(JSON.stringify([by, where, until, now]))}`;

const reasonOf = ({ reason }: MuteWanted): string => Array.from(redact(reason.trim())).slice(0, REASON_LIMIT).join('');
