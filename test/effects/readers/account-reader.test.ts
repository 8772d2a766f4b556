import { DescribeInstanceEventWindowsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { ECSClient, ListAccountSettingsCommand } from '@aws-sdk/client-ecs';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { found, missing } from '../../../shared/domain/facts.ts';
import type { Place } from '../../../shared/domain/place.ts';
import { clientSettings } from '../../../shared/effects/clients.ts';
import { createPlannedClients } from '../../../shared/effects/planning-clients.ts';
import { createAccountReader } from '../../../shared/effects/readers/account-reader.ts';
import { aBudget, awsError, never } from '../failing.ts';

const ecs = mockClient(ECSClient);
const ec2 = mockClient(EC2Client);

const PLACE: Place = { partition: 'aws-us-gov', region: 'us-gov-west-1', account: '111122223333' };
const KEYS = { AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE', AWS_SECRET_ACCESS_KEY: 'example' };
const CLIENTS = createPlannedClients(clientSettings('us-gov-west-1', KEYS));
const read = (place = PLACE, budget = aBudget().budget) =>
  createAccountReader({ clientsAt: () => CLIENTS, budget })(place);

const settings = (values: Readonly<Record<string, string>>) =>
  ecs.on(ListAccountSettingsCommand).callsFake(({ name }: { name: string }) => ({
    settings: values[name] === undefined ? [] : [{ name, value: values[name] }],
  }));

beforeEach(() => {
  ecs.reset();
  ec2.reset();
  settings({ fargateTaskRetirementWaitPeriod: '7', fargateEventWindows: 'enabled' });
  ec2.on(DescribeInstanceEventWindowsCommand).resolves({ InstanceEventWindows: [] });
});

describe('what an account does about retirements', () => {
  it('is what is in effect, whoever set it', async () => {
    expect(await read()).toEqual({ waitPeriod: found(7), eventWindows: found(true), matching: found([]) });
    expect(ecs.commandCalls(ListAccountSettingsCommand).map(({ args }) => args[0].input)).toEqual([
      { name: 'fargateTaskRetirementWaitPeriod', effectiveSettings: true },
      { name: 'fargateEventWindows', effectiveSettings: true },
    ]);
  });

  it('is not the event windows where they are off', async () => {
    settings({ fargateTaskRetirementWaitPeriod: '0', fargateEventWindows: 'disabled' });
    expect(await read()).toEqual({
      waitPeriod: found(0),
      eventWindows: found(false),
      matching: missing('not-applicable', 'AWS does not use event windows here'),
    });
  });

  it.each([
    ['tells nothing', {}, 'not-found'],
    ['tells no number', { fargateTaskRetirementWaitPeriod: 'long' }, 'failed'],
  ])('is not known where ECS %s', async (_what, values, reason) => {
    settings(values);
    expect((await read()).waitPeriod).toMatchObject({ status: 'missing', reason });
  });

  it('is told as far as it could be read', async () => {
    ecs.on(ListAccountSettingsCommand).rejects(awsError('AccessDeniedException'));
    const denied = missing('denied', 'ecs:ListAccountSettings is not allowed for this function');
    expect(await read()).toEqual({ waitPeriod: denied, eventWindows: denied, matching: found([]) });
  });

  it('is not waited for longer than the call may take', async () => {
    ec2.on(DescribeInstanceEventWindowsCommand).callsFake(never);
    const { budget, spend } = aBudget();
    const asked = read(PLACE, budget);
    spend();
    expect((await asked).matching).toMatchObject({ reason: 'timeout' });
  });
});

describe('event windows', () => {
  const SERVICE = 'arn:aws-us-gov:ecs:us-gov-west-1:111122223333:service/harbor-prod/checkout';
  const TIMES = [
    { StartWeekDay: 'saturday', StartHour: 22, EndWeekDay: 'sunday', EndHour: 4 },
    { StartWeekDay: 'sunday', StartHour: 12, EndWeekDay: 'sunday', EndHour: 18 },
  ] as const;

  it('are those that Fargate tasks match, with what of it, over all pages', async () => {
    ec2
      .on(DescribeInstanceEventWindowsCommand)
      .resolvesOnce({
        InstanceEventWindows: [
          {
            Name: 'nights',
            TimeRanges: [...TIMES],
            AssociationTarget: { Tags: [{ Key: 'aws:ecs:fargateTask', Value: 'true' }] },
          },
          { Name: 'instances', TimeRanges: [...TIMES], AssociationTarget: { InstanceIds: ['i-1'] } },
          { Name: 'others', AssociationTarget: { Tags: [{ Key: 'team', Value: 'payments' }] } },
        ],
        NextToken: '2',
      })
      .resolves({
        InstanceEventWindows: [
          {
            InstanceEventWindowId: 'iew-1',
            CronExpression: '* 21-23 * * 2,3',
            AssociationTarget: { Tags: [{ Key: 'aws:ecs:serviceArn', Value: SERVICE }] },
          },
          {
            Name: 'leaving',
            State: 'deleting',
            AssociationTarget: { Tags: [{ Key: 'aws:ecs:fargateTask', Value: 'true' }] },
          },
        ],
      });
    expect((await read()).matching).toEqual(
      found([
        { name: 'nights', when: 'Sat 22:00-Sun 04:00 UTC, Sun 12:00-18:00 UTC', matches: ['all'] },
        { name: 'iew-1', when: 'cron * 21-23 * * 2,3 UTC', matches: [SERVICE] },
      ]),
    );
    const asked = ec2.commandCalls(DescribeInstanceEventWindowsCommand).map(({ args }) => args[0].input);
    expect(asked).toEqual([{ MaxResults: 500 }, { MaxResults: 500, NextToken: '2' }]);
  });
});
