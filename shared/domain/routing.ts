import type { Destination } from './destination.ts';
import type { QuietReason } from './reasons.ts';
import { isAtLeast, type Severity } from './severity.ts';

/** Who is told when nothing more specific is said, and of what. */
export interface Routing {
  readonly destinations: readonly Destination[];
  readonly lowestSeverity: Severity;
}

/** Tags by which a service's owners decide for themselves. Public names. */
export const CHANNEL_TAG = 'slackwater:channel';
export const ALERTS_TAG = 'slackwater:alerts';

export type Route =
  | { readonly kind: 'tell'; readonly destinations: readonly Destination[] }
  | { readonly kind: 'silent'; readonly reason: QuietReason };

/** `slackwater:channel` replaces the Slack channel, `slackwater:alerts = off` silences; SNS hears what Slack hears. */
export function route(severity: Severity, tags: Readonly<Record<string, string>>, routing: Routing): Route {
  if (tags[ALERTS_TAG]?.trim().toLowerCase() === 'off') return { kind: 'silent', reason: 'muted' };
  if (severity === 'none') return { kind: 'silent', reason: 'benign' };
  if (!isAtLeast(severity, routing.lowestSeverity)) return { kind: 'silent', reason: 'below-severity' };
  const destinations = routing.destinations.map((destination) => redirected(destination, tags[CHANNEL_TAG]?.trim()));
  return destinations.length === 0 ? { kind: 'silent', reason: 'no-destination' } : { kind: 'tell', destinations };
}

function redirected(destination: Destination, channel: string | undefined): Destination {
  return channel && destination.kind === 'slack-channel' ? { kind: 'slack-channel', channel } : destination;
}
