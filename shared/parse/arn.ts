import type {
  ClusterRef,
  Place,
  ServiceRef,
  TaskArn,
  TaskDefinitionArn,
  TaskDefinitionRef,
  TaskRef,
} from '../domain/place.ts';

/** Any ARN, split at its first five colons. Region and account are empty where a service leaves them out. */
export interface Arn extends Place {
  readonly service: string;
  readonly resource: string;
}

/** One deployment of a service; its id is not the `ecs-svc/…` id. */
export interface ServiceDeploymentRef extends ServiceRef {
  readonly serviceDeploymentId: string;
}

const ARN = /^arn:([^:\s]+):([^:\s]+):([^:\s]*):([^:\s]*):(\S+)$/;

/** Partition, service, Region, account and resource of `text`, or `undefined` when it is not an ARN. */
export function parseArn(text: string): Arn | undefined {
  const [, partition, service, region, account, resource] = ARN.exec(text) ?? [];
  if (!partition || !service || region === undefined || account === undefined || !resource) return undefined;
  return { partition, service, region, account, resource };
}

/** `cluster/CLUSTER`, or `undefined` for anything else. */
export function parseClusterArn(text: string): ClusterRef | undefined {
  const found = ecsResource(text, 'cluster');
  const [cluster, ...rest] = found?.names ?? [];
  return found && cluster && rest.length === 0 ? { ...found.place, cluster } : undefined;
}

/**
 * `service/CLUSTER/SERVICE`, or the short `service/SERVICE` of before 2019 when the caller knows the cluster's name
 * from elsewhere; `undefined` for anything else.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-account-settings.html#ecs-resource-ids
 */
export function parseServiceArn(text: string, cluster?: string): ServiceRef | undefined {
  const found = clusterResource(text, 'service', cluster);
  return found && { ...found.cluster, service: found.name };
}

/** `task/CLUSTER/ID`, or the short `task/ID` with a known cluster; see {@link parseServiceArn}. */
export function parseTaskArn(text: string, cluster?: string): TaskRef | undefined {
  const found = clusterResource(text, 'task', cluster);
  // The cast is true because the text has just been read as a task ARN.
  return found && { ...found.cluster, taskId: found.name, arn: text as TaskArn };
}

/** `container-instance/CLUSTER/ID`; see {@link parseServiceArn}. */
export function parseContainerInstanceArn(text: string): (ClusterRef & { readonly id: string }) | undefined {
  const found = clusterResource(text, 'container-instance', undefined);
  return found && { ...found.cluster, id: found.name };
}

/** `task-definition/FAMILY:REVISION`, or `undefined` for anything else, a family without its revision included. */
export function parseTaskDefinitionArn(text: string): TaskDefinitionRef | undefined {
  const [name, ...rest] = ecsResource(text, 'task-definition')?.names ?? [];
  const [, family, revision] = /^([^:]+):(\d+)$/.exec(name ?? '') ?? [];
  if (!family || !revision || rest.length > 0) return undefined;
  // The cast is true because the text has just been read as a task definition ARN.
  return { family, revision: Number(revision), arn: text as TaskDefinitionArn };
}

/** `service-deployment/CLUSTER/SERVICE/ID`, or `undefined` for anything else. Ids may hold `-` and `_`. */
export function parseServiceDeploymentArn(text: string): ServiceDeploymentRef | undefined {
  const found = ecsResource(text, 'service-deployment');
  const [cluster, service, serviceDeploymentId, ...rest] = found?.names ?? [];
  if (!found || !cluster || !service || !serviceDeploymentId || rest.length > 0) return undefined;
  return { ...found.place, cluster, service, serviceDeploymentId };
}

/** The names after `TYPE/` in an ARN of Amazon ECS. */
function ecsResource(text: string, type: string): { place: Place; names: readonly string[] } | undefined {
  const arn = parseArn(text);
  if (arn?.service !== 'ecs' || !arn.region || !arn.account) return undefined;
  const [actual, ...names] = arn.resource.split('/');
  if (actual !== type || names.includes('')) return undefined;
  return { place: { partition: arn.partition, region: arn.region, account: arn.account }, names };
}

function clusterResource(
  text: string,
  type: string,
  knownCluster: string | undefined,
): { cluster: ClusterRef; name: string } | undefined {
  const found = ecsResource(text, type);
  if (!found || found.names.length > 2) return undefined;
  const [cluster, name] = found.names.length === 2 ? found.names : [knownCluster, found.names[0]];
  return cluster && name ? { cluster: { ...found.place, cluster }, name } : undefined;
}
