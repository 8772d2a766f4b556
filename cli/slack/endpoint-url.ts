import { requireCredentials, required } from '../account.ts';
import { createCliClients } from '../clients.ts';
import { readStack, SLACK_ENDPOINT_OUTPUT } from '../stack-read.ts';
import { AccountError, type Terminal, UsageError } from '../terminal.ts';

/**
 * Where the stack listens to Slack. Throws a UsageError without a Region, and an AccountError for a stack that is not there
 * or has no endpoint.
 */
export async function endpointOfStack(
  name: string,
  region: string | undefined,
  { environment }: Terminal,
): Promise<string> {
  const where = region ?? environment['AWS_REGION'] ?? environment['AWS_DEFAULT_REGION'];
  if (!where) throw new UsageError('give the Region of the stack with --region, or set AWS_REGION');
  const clients = createCliClients(where, environment);
  await requireCredentials(() => clients.ecs.config.credentials());
  const { outputs } = required(await readStack(name, clients));
  const url = outputs[SLACK_ENDPOINT_OUTPUT];
  if (url !== undefined) return url;
  throw new AccountError(`stack ${name} has no output ${SLACK_ENDPOINT_OUTPUT}, so it does not listen to Slack`);
}
