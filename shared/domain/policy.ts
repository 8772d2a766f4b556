import type { KnownAccount } from './accounts.ts';
import { type ChatPolicy, DEFAULT_CHAT } from './chat/rights.ts';
import type { Destination } from './destination.ts';
import { hours, minutes } from './instant.ts';
import { DEFAULT_RUN_CONFIG, type RunConfig } from './plan/step.ts';
import type { Routing } from './routing.ts';
import type { Severity } from './severity.ts';
import { type Maintenance, NO_MAINTENANCE } from './windows/maintenance.ts';

/** Everything that an installation decides. */
export interface Policy {
  readonly routing: Routing;
  /** ARN of the topic that is told in Slack's place when Slack will not take a message. */
  readonly fallbackTopic?: string;
  /** More new incidents than these within this time (milliseconds) are one message. */
  readonly storm: { readonly incidents: number; readonly within: number };
  /** Milliseconds after which an open incident that nobody has acknowledged is told again; `undefined` is never. */
  readonly repeatAfter: number | undefined;
  /** An incident that was not seen for this long (milliseconds) is over. */
  readonly quietAfter: number;
  /** For this long (milliseconds) the evidence that an incident is over has to hold. */
  readonly holdDown: number;
  /** When tasks may be replaced, and when not. */
  readonly maintenance: Maintenance;
  /** Who has to agree to that, and what happens when nobody has. */
  readonly run: RunConfig;
  /** Who may do what in Slack. */
  readonly chat: ChatPolicy;
  /** Accounts beside the own one, and the own one where it has further Regions or a name. */
  readonly accounts: readonly KnownAccount[];
}

/** What a template's parameters say, which is enough without any document. */
export const defaultPolicy = (given: {
  readonly destinations: readonly Destination[];
  readonly lowestSeverity: Severity;
}): Policy => ({
  routing: { ...given, mentions: [], rules: [], quietHours: [], mutes: [] },
  ...fallbackOf(given.destinations),
  storm: { incidents: 10, within: minutes(5) },
  repeatAfter: hours(12),
  quietAfter: hours(6),
  holdDown: minutes(5),
  maintenance: NO_MAINTENANCE,
  run: DEFAULT_RUN_CONFIG,
  chat: DEFAULT_CHAT,
  accounts: [],
});

function fallbackOf(destinations: readonly Destination[]): Pick<Policy, 'fallbackTopic'> {
  const topic = destinations.find(({ kind }) => kind === 'sns-topic');
  return topic?.kind === 'sns-topic' ? { fallbackTopic: topic.topicArn } : {};
}

/** One thing that is wrong with a configuration document. */
export interface ConfigurationProblem {
  /** Of the key at fault: `routes[2].when.severity`; `document` for the whole. */
  readonly path: string;
  /** What was expected there, in words and without the value that came, which may be a secret. */
  readonly expected: string;
}

export type ParsedPolicy =
  | { readonly status: 'valid'; readonly policy: Policy }
  | { readonly status: 'invalid'; readonly problems: readonly ConfigurationProblem[] };

/** Reads a document; what it does not say is as `defaults` say. */
export type PolicyParser = (document: unknown, defaults: Policy) => ParsedPolicy;
