import type { ElasticLoadBalancingV2Client, TargetHealthDescription } from '@aws-sdk/client-elastic-load-balancing-v2';
import { found, type Gathered, type TargetHealthFacts } from '../../domain/facts.ts';
import { seconds } from '../../domain/instant.ts';
import type { Place } from '../../domain/place.ts';
import { present } from '../../domain/present.ts';
import { type Budget, budgetOf } from '../budget.ts';
import { gathered, type Question } from '../gathered.ts';
import type { At } from '../places/clients-at.ts';
import type { ReadClients } from '../read-clients.ts';

/** Health check and targets, the first 20 of them, of a target group that a service at this place uses. Never throws. */
export type TargetHealthReader = (targetGroupArn: string, at: Place) => Promise<Gathered<TargetHealthFacts>>;

const TIMEOUT = seconds(3);
const TARGETS_KEPT = 20;

/** `budget` is the time of one call, 3 seconds unless given. */
export function createTargetHealthReader(deps: {
  readonly clientsAt: At<Pick<ReadClients, 'loadBalancing'>>;
  readonly budget?: Budget;
}): TargetHealthReader {
  const { clientsAt, budget = budgetOf(TIMEOUT) } = deps;
  return (arn, at) => {
    const question: Question = {
      action: 'elasticloadbalancing:DescribeTargetHealth',
      notFound: `the target group ${nameOf(arn)} does not exist any more`,
    };
    return gathered(question, budget(), async (abortSignal) =>
      found(await readTargetHealth(await clientsAt(at).loadBalancing(), arn, abortSignal)),
    );
  };
}

async function readTargetHealth(
  client: ElasticLoadBalancingV2Client,
  arn: string,
  abortSignal: AbortSignal,
): Promise<TargetHealthFacts> {
  const [healthCheck, targets] = await Promise.all([
    readHealthCheck(client, arn, abortSignal),
    readTargets(client, arn, abortSignal),
  ]);
  return { targetGroup: nameOf(arn), ...healthCheck, targets };
}

async function readHealthCheck(client: ElasticLoadBalancingV2Client, arn: string, abortSignal: AbortSignal) {
  // Comes with the client.
  const { DescribeTargetGroupsCommand } = await import('@aws-sdk/client-elastic-load-balancing-v2');
  const { TargetGroups } = await client.send(new DescribeTargetGroupsCommand({ TargetGroupArns: [arn] }), {
    abortSignal,
  });
  const group = TargetGroups?.[0];
  return present({
    protocol: group?.HealthCheckProtocol,
    port: group?.HealthCheckPort,
    path: group?.HealthCheckPath,
    matcher: group?.Matcher?.HttpCode ?? group?.Matcher?.GrpcCode,
    timeout: group?.HealthCheckTimeoutSeconds,
    interval: group?.HealthCheckIntervalSeconds,
    healthyThreshold: group?.HealthyThresholdCount,
    unhealthyThreshold: group?.UnhealthyThresholdCount,
  });
}

async function readTargets(client: ElasticLoadBalancingV2Client, arn: string, abortSignal: AbortSignal) {
  const { DescribeTargetHealthCommand } = await import('@aws-sdk/client-elastic-load-balancing-v2');
  const { TargetHealthDescriptions } = await client.send(new DescribeTargetHealthCommand({ TargetGroupArn: arn }), {
    abortSignal,
  });
  return (TargetHealthDescriptions ?? []).slice(0, TARGETS_KEPT).map(targetOf);
}

const targetOf = ({ Target, TargetHealth }: TargetHealthDescription) =>
  present({
    id: Target?.Id ?? '',
    port: Target?.Port,
    state: TargetHealth?.State ?? 'unknown',
    reason: TargetHealth?.Reason,
    description: TargetHealth?.Description,
  });

/** `targetgroup/NAME/ID`. */
const nameOf = (arn: string): string => /targetgroup\/([^/]+)\//.exec(arn)?.[1] ?? arn;
