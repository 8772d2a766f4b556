import type { ClusterRef } from '../../domain/place.ts';

/** `arn:PARTITION:ecs:REGION:ACCOUNT:cluster/NAME`, as ECS tells it. */
export function clusterRefOf(arn: string): ClusterRef {
  const [, partition = '', , region = '', account = '', resource = ''] = arn.split(':');
  return { partition, region, account, cluster: resource.split('/').at(-1) ?? '' };
}
