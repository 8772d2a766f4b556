import type { MemberSpec } from './members/place.ts';
import type { SlackRateLimits } from './slack/rate-limits.ts';

/** What a sandbox can be told; everything has a default. */
export interface SandboxOptions {
  /** Folder with `template.yaml` and `dist/`. */
  readonly root?: string;
  /** Parameters of the template besides the Slack channel. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** Seconds until a message that was not dealt with comes again; the template's own time is minutes. */
  readonly visibilityTimeout?: number;
  /** Seconds until a function is killed, instead of the template's. */
  readonly functionTimeout?: number;
  /** Milliseconds of the sandbox's time between two runs of the scheduled functions, instead of the template's rate. */
  readonly scheduleInterval?: number;
  /** Milliseconds before the first retry of an asynchronous invocation. */
  readonly retryPause?: number;
  /** The first instant on the sandbox's clock, in milliseconds since 1970; the real one by default. */
  readonly startsAt?: number;
  /** Environments of each function, 1 by default, so that one event comes after the other; never more than the template allows. */
  readonly concurrency?: number;
  /** Channels of the workspace besides `CHANNEL`. */
  readonly channels?: readonly string[];
  /** So many services of an ECS that behaves, `pier-001` and on; none by default. `sandbox.ecs.add` adds others. */
  readonly piers?: number;
  /** Other accounts, and other Regions of the own one, whose stacks send their events here; none by default. */
  readonly members?: readonly MemberSpec[];
  /** None by default: a page that is clicked quickly should not have to wait. */
  readonly slackRateLimits?: SlackRateLimits;
}

/**
 * The channel that exists in the sandbox's workspace, what its requests are signed with, and the token that its API takes.
 * None is of any use outside.
 */
export const CHANNEL = 'C0SANDBOX';
export const SIGNING_SECRET = 'signing-sandbox-not-a-secret';
export const TOKEN = 'xoxb-sandbox-not-a-secret';
