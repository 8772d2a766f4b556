import type { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import type { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import type { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import type { ECRClient } from '@aws-sdk/client-ecr';
import { ECSClient } from '@aws-sdk/client-ecs';
import type { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { type ClientSettings, once, perRegion } from './clients.ts';

/** By which an account and Region is read. Those that only some events need are made, or loaded, when first asked for. */
export interface ReadClients {
  readonly ecs: ECSClient;
  readonly logsFor: (region: string) => Promise<CloudWatchLogsClient>;
  readonly ecrFor: (region: string) => Promise<ECRClient>;
  readonly loadBalancing: () => Promise<ElasticLoadBalancingV2Client>;
  readonly cloudWatch: () => Promise<CloudWatchClient>;
  readonly cloudTrail: () => Promise<CloudTrailClient>;
}

/** `settings` say which place, and whose keys. Endpoints are left to the SDK, as in clients.ts. */
export function createReadClients(settings: ClientSettings): ReadClients {
  return {
    ecs: new ECSClient(settings),
    logsFor: perRegion(async (where) => {
      const { CloudWatchLogsClient } = await import('@aws-sdk/client-cloudwatch-logs');
      return new CloudWatchLogsClient({ ...settings, region: where });
    }),
    ecrFor: perRegion(async (where) => {
      const { ECRClient } = await import('@aws-sdk/client-ecr');
      return new ECRClient({ ...settings, region: where });
    }),
    loadBalancing: once(async () => {
      const { ElasticLoadBalancingV2Client } = await import('@aws-sdk/client-elastic-load-balancing-v2');
      return new ElasticLoadBalancingV2Client(settings);
    }),
    cloudWatch: once(async () => new (await import('@aws-sdk/client-cloudwatch')).CloudWatchClient(settings)),
    cloudTrail: once(async () => new (await import('@aws-sdk/client-cloudtrail')).CloudTrailClient(settings)),
  };
}
