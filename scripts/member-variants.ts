import type { Pseudo } from '../sandbox/eventbridge/template.ts';

const HUB_ACCOUNT = '444455556666';

/** What infra/member.yaml has to be given, for a hub in another account and another Region of the same partition. */
export const memberParameters = (place: Pseudo): Readonly<Record<string, string>> => ({
  HubBusArn: busArn({ ...place, accountId: HUB_ACCOUNT, region: `${place.region}0` }),
  HubAccountId: HUB_ACCOUNT,
  OrganizationId: 'o-a1b2c3d4e5',
  RoleRegion: place.region,
});

/** Parameters that take every condition of infra/member.yaml both ways, for a stack at `place`. */
export function memberVariants(place: Pseudo): Readonly<Record<string, Readonly<Record<string, string>>>> {
  const member = memberParameters(place);
  return {
    'a member': member,
    'a member whose roles another Region creates': { ...member, RoleRegion: 'xx-other-1' },
    'the hub itself': { ...member, HubBusArn: busArn(place), HubAccountId: place.accountId },
    'a member with the least to read': {
      ...member,
      ReadContainerLogs: 'no',
      DeepChecks: 'no',
      Watchdogs: 'no',
      ForwardHealth: 'no',
    },
    'a member with the most to read and to do': {
      ...member,
      LookUpActors: 'yes',
      Redeployments: 'yes',
      RelaunchTasks: 'yes',
      BackupNotices: 'yes',
    },
    'a member that may be redeployed, with an alarm that is told and a boundary': {
      ...member,
      Redeployments: 'yes',
      AlarmTopicArn: `arn:${place.partition}:sns:${place.region}:${place.accountId}:operations`,
      PermissionsBoundary: `arn:${place.partition}:iam::${place.accountId}:policy/boundary`,
    },
  };
}

const busArn = ({ partition, region, accountId }: Pseudo): string =>
  `arn:${partition}:events:${region}:${accountId}:event-bus/slackwater`;
