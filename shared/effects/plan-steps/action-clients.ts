import type { CodeDeployClient } from '@aws-sdk/client-codedeploy';
import { ECSClient } from '@aws-sdk/client-ecs';
import { seconds } from '../../domain/instant.ts';
import type { ClientSettings } from '../clients.ts';

/** The clients that change something. */
export interface ActionClients {
  readonly ecs: ECSClient;
  /** Loaded when first asked for: few services are deployed by CodeDeploy. */
  readonly codeDeploy: () => Promise<CodeDeployClient>;
}

/** Milliseconds for an answer. Longer than for reads: what has no answer is not known to be done or not. */
export const ANSWER = seconds(6);

/**
 * Makes the clients of a place, by the `settings` of those that read. Each call is one attempt, because UpdateService and CreateDeployment have no
 * token against repetition: an attempt without an answer may have started a deployment, which the next would replace. The
 * next look at the services decides instead. `maxAttempts` can be set for a client alone and not for a command, so these are
 * clients of their own. A connection that was kept since the last run may be dead by now, which looks like no answer; so
 * none is kept.
 */
export function createActionClients(usual: ClientSettings): ActionClients {
  const fresh = { keepAlive: false };
  const settings = {
    ...usual,
    maxAttempts: 1,
    requestHandler: { ...usual.requestHandler, requestTimeout: ANSWER, httpAgent: fresh, httpsAgent: fresh },
  };
  let codeDeploy: Promise<CodeDeployClient> | undefined;
  const load = async () => new (await import('@aws-sdk/client-codedeploy')).CodeDeployClient(settings);
  return { ecs: new ECSClient(settings), codeDeploy: () => (codeDeploy ??= load()) };
}
