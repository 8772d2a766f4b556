import type { Context } from 'aws-lambda';
import type { Instant } from '../../shared/domain/instant.ts';
import type { ConfigurationProblem, Policy } from '../../shared/domain/policy.ts';
import { type DueDeps, settleDue } from './due.ts';
import { settleFinding, settleHealthy } from './findings.ts';
import type { Watch } from './watch.ts';

export interface Deps extends DueDeps {
  /** Who is told of what, as it is configured now. Never throws. */
  readonly policy: () => Promise<Policy>;
  /** Remembers a good configuration, or says what is wrong with the one that was pushed. */
  readonly checkConfiguration: () => Promise<readonly ConfigurationProblem[]>;
  /** Absent where the watchdogs are switched off. */
  readonly watch?: Watch;
  readonly health: Health;
}

/** What operators are told of Slackwater itself, by metrics and never through Slack. */
export interface Health {
  readonly badConfiguration: (problems: readonly ConfigurationProblem[]) => void;
  /** Milliseconds that the oldest message has been owed because a destination does not take it. */
  readonly deliveryDelay: (delay: number) => void;
  /** Services of all places that want tasks, once for each sweep. */
  readonly services: (count: number) => void;
}

/**
 * Brings the world in line with the record: whatever was recorded as to be told and is not told yet is told now, what is
 * over is closed, and what events never say is looked for. With nothing to do it costs one query and one read.
 */
export const createHandler =
  (deps: Deps) =>
  async (_event: unknown, context: Pick<Context, 'getRemainingTimeInMillis'>): Promise<void> => {
    const deadline = deps.clock() + context.getRemainingTimeInMillis();
    const invocation = { policy: await deps.policy(), deadline };
    const owed = await settleDue(invocation, deps);
    if (owed !== undefined) deps.health.deliveryDelay(deps.clock() - owed);
    await independently('configuration', checkConfiguration, deps);
    await independently('watchdogs', () => watchOver(deadline, deps, invocation.policy), deps);
  };

/** What one part of the work throws does not keep the others from being done. */
async function independently(name: string, work: (deps: Deps) => Promise<void>, deps: Deps): Promise<void> {
  try {
    await work(deps);
  } catch (error) {
    deps.reportFailure(name, error);
  }
}

async function checkConfiguration({ checkConfiguration: check, health }: Deps): Promise<void> {
  const problems = await check();
  if (problems.length > 0) health.badConfiguration(problems);
}

async function watchOver(deadline: Instant, deps: Deps, policy: Policy): Promise<void> {
  if (deps.watch === undefined) return;
  const { observations, healthy, services } = await deps.watch.step(policy.accounts);
  if (services !== undefined) deps.health.services(services);
  for (const finding of observations) await settleFinding(finding, { policy, deadline }, deps);
  for (const well of healthy) await settleHealthy(well, { policy, deadline }, deps);
}
