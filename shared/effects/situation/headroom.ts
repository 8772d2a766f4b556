import type { Service, TaskDefinition } from '@aws-sdk/client-ecs';
import { found, type Gathered, missing } from '../../domain/facts.ts';
import type { Headroom } from '../../domain/plan/situation.ts';
import type { Question } from '../gathered.ts';
import { type Answers, allOf, askInBatches } from './answers.ts';
import type { Reading } from './ask.ts';
import { extraTasks, subnetsOf, usesFargateOnDemand } from './service-settings.ts';
import { vcpuOf } from './task-definitions.ts';

/** Values of one filter: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Filter.html */
const SUBNETS_AT_ONCE = 200;

/** Addresses that are free, by the id of the subnet. By a filter, because an id that is gone fails a list of ids whole. */
export const countAddresses = (subnets: readonly string[], { clients, ask }: Reading): Promise<Answers<number>> =>
  askInBatches(subnets, { keyOf: (id) => id, size: SUBNETS_AT_ONCE }, (batch) => {
    const question: Question = { action: 'ec2:DescribeSubnets', notFound: 'the subnets do not exist any more' };
    return ask(question, async (abortSignal) => {
      const { DescribeSubnetsCommand } = await import('@aws-sdk/client-ec2');
      const client = await clients.ec2();
      const free = new Map<string, Gathered<number>>();
      let next: string | undefined;
      do {
        const command = new DescribeSubnetsCommand({
          Filters: [{ Name: 'subnet-id', Values: [...batch] }],
          ...(next !== undefined && { NextToken: next }),
        });
        const { Subnets = [], NextToken } = await client.send(command, { abortSignal });
        for (const { SubnetId = '', AvailableIpAddressCount = 0 } of Subnets)
          free.set(SubnetId, found(AvailableIpAddressCount));
        next = NextToken;
      } while (next !== undefined);
      return found(free);
    });
  });

interface Free {
  readonly addresses: Answers<number>;
  /** vCPU of the account's quota; asked for when first needed. */
  readonly vcpu: () => Promise<Gathered<number>>;
}

/** What the tasks that a deployment runs beside the others need, and what is free of it. */
export async function headroomOf(
  service: Service,
  definition: Gathered<TaskDefinition>,
  { addresses, vcpu }: Free,
): Promise<Gathered<readonly Headroom[]>> {
  const tasks = extraTasks(service);
  if (tasks === 0) return missing('not-applicable', 'its deployment starts no task before it stops one');
  return allOf([
    ...subnetRooms(service, tasks, addresses),
    ...(usesFargateOnDemand(service) ? [await vcpuRoom(tasks, definition, vcpu)] : []),
  ]);
}

/** Fargate spreads tasks over the subnets, so the fullest of them counts. */
function subnetRooms(service: Service, tasks: number, addresses: Answers<number>): readonly Gathered<Headroom>[] {
  const subnets = subnetsOf(service);
  return subnets.map((id) => {
    const free = addresses(id);
    if (free.status === 'missing') return free;
    return found({ what: `addresses in ${id}`, free: free.value, needed: Math.ceil(tasks / subnets.length) });
  });
}

async function vcpuRoom(
  tasks: number,
  definition: Gathered<TaskDefinition>,
  vcpu: Free['vcpu'],
): Promise<Gathered<Headroom>> {
  if (definition.status === 'missing') return definition;
  const each = vcpuOf(definition.value);
  if (each === undefined) return missing('not-found', 'the task definition does not say how many vCPU a task has');
  const free = await vcpu();
  return free.status === 'missing' ? free : found({ what: 'vCPU', free: free.value, needed: each * tasks });
}
