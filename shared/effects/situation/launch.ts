import type { NetworkInterface } from '@aws-sdk/client-ec2';
import type { Task } from '@aws-sdk/client-ecs';
import { found, type Gathered, missing } from '../../domain/facts.ts';
import type { ClusterRef } from '../../domain/place.ts';
import type { Launch } from '../../domain/plan/situation.ts';
import { present } from '../../domain/present.ts';
import type { Answers } from './answers.ts';
import { idOf } from './running-tasks.ts';
import { tagsOf } from './service-settings.ts';

/** GiB that every task of Fargate has: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-storage.html */
const DEFAULT_STORAGE = 20;

/** Id of the network interface of a task in a network of its own. */
export const interfaceOf = ({ attachments = [] }: Task): string | undefined =>
  attachments
    .find(({ type }) => type === 'ElasticNetworkInterface')
    ?.details?.find(({ name }) => name === 'networkInterfaceId')?.value;

/** What it takes to start the same task again. Missing rather than nearly the same. */
export function launchOf(task: Task, cluster: ClusterRef, interfaces: Answers<NetworkInterface>): Gathered<Launch> {
  const { taskArn, taskDefinitionArn, capacityProviderName, attachments = [] } = task;
  if (taskArn === undefined || taskDefinitionArn === undefined)
    return missing('failed', 'ECS does not tell its task definition');
  if (attachments.some(({ type }) => type === 'AmazonElasticBlockStorage'))
    return missing('failed', 'it has a volume of its own, and what is on that cannot be started again');
  const network = networkOf(interfaceOf(task), interfaces);
  if (network.status === 'missing') return network;
  return found(
    present({
      cluster,
      taskId: idOf(taskArn),
      taskDefinitionArn,
      group: task.group,
      capacityProvider: capacityProviderName,
      launchType: capacityProviderName === undefined ? task.launchType : undefined,
      platformVersion: task.platformVersion,
      enableExecuteCommand: task.enableExecuteCommand ?? false,
      tags: ownTags(task),
      overrides: task.overrides && { ...task.overrides },
      network: network.value,
      ephemeralStorage: storageOf(task),
    }),
  );
}

function networkOf(id: string | undefined, interfaces: Answers<NetworkInterface>): Gathered<Launch['network']> {
  if (id === undefined) return missing('failed', 'it has no network interface of its own');
  const answer = interfaces(id);
  if (answer.status === 'missing') return answer;
  const { SubnetId: subnet, Groups = [], Association } = answer.value;
  if (subnet === undefined) return missing('failed', 'Amazon EC2 does not tell its subnet');
  const securityGroups = Groups.flatMap(({ GroupId }) => GroupId ?? []);
  return found({ subnet, securityGroups, assignPublicIp: Association?.PublicIp !== undefined });
}

/** Those that AWS sets itself may not be asked for. */
const ownTags = (task: Task): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(tagsOf(task)).filter(([name]) => !name.startsWith('aws:')));

/** Only where it is more than every task has. */
function storageOf({ ephemeralStorage, fargateEphemeralStorage }: Task): number | undefined {
  const size = ephemeralStorage?.sizeInGiB ?? fargateEphemeralStorage?.sizeInGiB;
  return size === undefined || size <= DEFAULT_STORAGE ? undefined : size;
}
