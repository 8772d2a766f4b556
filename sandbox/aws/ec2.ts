import type { EventWindow } from '../ecs/account.ts';
import type { Harbour } from '../ecs/harbour.ts';
import type { Task } from '../ecs/task.ts';
import { tasksOf } from '../ecs/with-harbour.ts';
import { COMPANY } from '../estate/company.ts';
import type { Fields } from '../json-object.ts';
import { type Operations, refuse } from './operation.ts';
import { membersOf } from './query-protocol.ts';

/** Free addresses of a subnet that nobody has set. */
const MANY = 200;

/** Subnets, network interfaces and event windows. https://docs.aws.amazon.com/AWSEC2/latest/APIReference/Welcome.html */
export const ec2Operations = (harbour: Harbour): Operations => ({
  'ec2:DescribeSubnets': (input) => ({
    subnetSet: [...membersOf(input, 'SubnetId'), ...filtered(input, 'subnet-id')].map((subnetId) => ({
      subnetId,
      state: 'available',
      vpcId: 'vpc-0d1e2f3a4b5c60718',
      availableIpAddressCount: harbour.account().freeAddresses[subnetId] ?? MANY,
      ownerId: COMPANY.account,
    })),
  }),

  'ec2:DescribeNetworkInterfaces': (input) => {
    const named = membersOf(input, 'NetworkInterfaceId');
    const asked = [...named, ...filtered(input, 'network-interface-id')];
    const found = tasksOf(harbour).filter(
      ({ network, stop }) => stop === undefined && asked.includes(network.interfaceId),
    );
    const missing = named.find((id) => !found.some(({ network }) => network.interfaceId === id));
    return missing === undefined
      ? { networkInterfaceSet: found.map(interfaceOf) }
      : refuse('InvalidNetworkInterfaceID.NotFound', `The networkInterface ID '${missing}' does not exist`);
  },

  'ec2:DescribeInstanceEventWindows': (input: Fields) => {
    const asked = membersOf(input, 'InstanceEventWindowId');
    const windows = harbour.account().eventWindows.map(windowOf);
    return {
      instanceEventWindowSet: windows.filter(
        ({ instanceEventWindowId: id }) => asked.length === 0 || asked.includes(id),
      ),
    };
  },
});

/** The values of a filter; every other one is left out of account. */
function filtered(input: Fields, name: string): readonly string[] {
  const index = [1, 2, 3, 4, 5].find((it) => input[`Filter.${it}.Name`] === name);
  return index === undefined ? [] : membersOf(input, `Filter.${index}.Value`);
}

const interfaceOf = ({ network }: Task): object => ({
  networkInterfaceId: network.interfaceId,
  subnetId: network.subnet,
  vpcId: 'vpc-0d1e2f3a4b5c60718',
  ownerId: COMPANY.account,
  status: 'in-use',
  privateIpAddress: network.address,
  groupSet: network.securityGroups.map((groupId) => ({ groupId, groupName: `harbour-${groupId.slice(-4)}` })),
  ...(network.publicAddress !== undefined && { association: { publicIp: network.publicAddress, ipOwnerId: 'amazon' } }),
});

const windowOf = ({ name, timeRanges, cron, tags }: EventWindow, index: number) => ({
  instanceEventWindowId: `iew-0${String(index + 1).padStart(16, '0')}`,
  name,
  state: 'active',
  ...(cron !== undefined && { cronExpression: cron }),
  ...(timeRanges !== undefined && {
    timeRangeSet: timeRanges.map(({ startDay, startHour, endDay, endHour }) => ({
      startWeekDay: startDay,
      startHour,
      endWeekDay: endDay,
      endHour,
    })),
  }),
  associationTarget: { tagSet: Object.entries(tags).map(([key, value]) => ({ key, value })) },
});
