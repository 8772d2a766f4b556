import { type Destination, destinationKey } from './destination.ts';
import type { Instant } from './instant.ts';
import { isMuted, type Mute } from './mute.ts';
import { endOfQuiet, type QuietHours } from './quiet-hours.ts';
import type { QuietReason } from './reasons.ts';
import { type RouteQuestion, type Selector, selects } from './selector.ts';
import { isAtLeast, type Severity } from './severity.ts';

export type { RouteQuestion } from './selector.ts';

/** Destinations, and whom of Slack to call there: ids of user groups (`S…`) and users (`U…`, `W…`). */
export interface Audience {
  readonly destinations: readonly Destination[];
  readonly mentions: readonly string[];
}

/** One rule of the configuration. */
export interface RoutingRule extends Audience {
  readonly name: string;
  readonly when: Selector;
  /** What is less severe is not told here; absent: the lowest severity of the whole routing. */
  readonly lowestSeverity?: Severity;
  /** Where this rule applies, those after it do not. */
  readonly isLast: boolean;
}

/** Who is told of what, and when not. */
export interface Routing extends Audience {
  /** In order. Where none applies, the routing's own destinations and mentions do. */
  readonly rules: readonly RoutingRule[];
  readonly lowestSeverity: Severity;
  readonly quietHours: readonly QuietHours[];
  readonly mutes: readonly Mute[];
}

/** Tags by which a service's owners decide for themselves. Public names. */
export const CHANNEL_TAG = 'slackwater:channel';
export const ALERTS_TAG = 'slackwater:alerts';

export interface RoutedDestination {
  readonly destination: Destination;
  /** Empty where nobody can be mentioned: outside of Slack. */
  readonly mentions: readonly string[];
  /** `now`, or the end of the quiet hours. */
  readonly notBefore: Instant;
}

export type Route =
  | { readonly kind: 'tell'; readonly destinations: readonly RoutedDestination[] }
  | { readonly kind: 'silent'; readonly reason: QuietReason };

/**
 * Who is told. Every rule that selects the question adds its destinations; one that selects it and finds it not severe
 * enough adds none, and does not bring the default destinations back. `slackwater:channel` replaces the Slack channels
 * and keeps their mentions, `slackwater:alerts = off` silences. Quiet hours put off what is of low severity, and nothing
 * else.
 */
export function route(question: RouteQuestion, routing: Routing, now: Instant): Route {
  if (isSwitchedOff(question) || isMuted(question, routing.mutes, now)) return silent('muted');
  if (question.severity === 'none') return silent('benign');
  const rules = rulesFor(question, routing);
  const audiences: readonly (Audience & { readonly lowestSeverity?: Severity })[] =
    rules.length > 0 ? rules : [routing];
  const heard = audiences.filter(({ lowestSeverity = routing.lowestSeverity }) =>
    isAtLeast(question.severity, lowestSeverity),
  );
  if (heard.length === 0) return silent('below-severity');
  const told = united(heard, question.tags[CHANNEL_TAG]?.trim());
  if (told.length === 0) return silent('no-destination');
  const notBefore = earliest(question, routing, now);
  return { kind: 'tell', destinations: told.map((destination) => ({ ...destination, notBefore })) };
}

const silent = (reason: QuietReason): Route => ({ kind: 'silent', reason });

const isSwitchedOff = ({ tags }: RouteQuestion): boolean => tags[ALERTS_TAG]?.trim().toLowerCase() === 'off';

function rulesFor(question: RouteQuestion, { rules }: Routing): readonly RoutingRule[] {
  const selecting = rules.filter(({ when }) => selects(when, question));
  const last = selecting.findIndex(({ isLast }) => isLast);
  return last < 0 ? selecting : selecting.slice(0, last + 1);
}

/** Each destination once, in the order of the rules, with the mentions of all that name it. */
function united(audiences: readonly Audience[], channel: string | undefined) {
  const found = new Map<string, Omit<RoutedDestination, 'notBefore'>>();
  for (const { destinations, mentions } of audiences) {
    for (const destination of destinations.map((configured) => redirected(configured, channel))) {
      const key = destinationKey(destination);
      const called = destination.kind === 'sns-topic' ? [] : [...(found.get(key)?.mentions ?? []), ...mentions];
      found.set(key, { destination, mentions: [...new Set(called)] });
    }
  }
  return [...found.values()];
}

const redirected = (destination: Destination, channel: string | undefined): Destination =>
  channel && destination.kind === 'slack-channel' ? { kind: 'slack-channel', channel } : destination;

function earliest(question: RouteQuestion, { quietHours }: Routing, now: Instant): Instant {
  if (question.severity !== 'low') return now;
  return endOfQuiet(
    quietHours.filter(({ when }) => selects(when, question)),
    now,
  );
}
