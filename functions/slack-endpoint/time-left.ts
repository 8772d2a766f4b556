import { type Instant, seconds } from '../../shared/domain/instant.ts';

/** Milliseconds that the next call may take. */
export type TimeLeft = () => number;

/** Slack waits for three seconds, the way to it and a cold start included: the rest is left to them. */
const PATIENCE = seconds(2.2);
/** One slow call must not take what the next one needs. */
const LONGEST_CALL = seconds(1);

/** What is left of Slack's patience with a request that arrived at `arrived`; never nothing, so that a call ends by itself. */
export const timeLeft =
  (arrived: Instant, clock: () => Instant): TimeLeft =>
  () =>
    Math.max(1, Math.min(LONGEST_CALL, arrived + PATIENCE - clock()));
