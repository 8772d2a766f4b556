import { DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { DescribeServicesCommand, type Service } from '@aws-sdk/client-ecs';
import {
  DescribeTargetGroupAttributesCommand,
  DescribeTargetHealthCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { beforeEach, describe, expect, it } from 'vitest';
import { found, missing } from '../../../shared/domain/facts.ts';
import { minutes } from '../../../shared/domain/instant.ts';
import { awsError } from '../failing.ts';
import { aService, cloudFormation, cloudWatch, ecs, elb, GROUP, plainWorld, readActive } from './world.ts';

beforeEach(plainWorld);

const given = (overrides: Service) => ecs.on(DescribeServicesCommand).resolves({ services: [aService(overrides)] });

/** States of the targets, by the group. */
const targets = (groups: Readonly<Record<string, readonly string[]>>) =>
  elb.on(DescribeTargetHealthCommand).callsFake(({ TargetGroupArn }: { TargetGroupArn: string }) => ({
    TargetHealthDescriptions: groups[TargetGroupArn]?.map((State) => ({ TargetHealth: { State } })),
  }));

describe('targets', () => {
  it.each([
    ['all healthy', ['healthy', 'healthy'], { healthy: 2, total: 2 }],
    ['one not yet healthy', ['healthy', 'initial'], { healthy: 1, total: 2 }],
    ['one unhealthy', ['healthy', 'unhealthy'], { healthy: 1, total: 2 }],
    ['one whose health is not checked', ['healthy', 'unavailable'], { healthy: 1, total: 2 }],
    ['one that leaves, which counts no more', ['healthy', 'draining', 'unhealthy.draining'], { healthy: 1, total: 1 }],
    ['none that any load balancer uses', ['unused'], { healthy: 0, total: 0 }],
  ])('are %s', async (_what, states, expected) => {
    targets({ [GROUP]: states });
    expect((await readActive()).targets).toEqual(found(expected));
  });

  it('are those of all groups, of blue/green of both', async () => {
    const both = {
      targetGroupArn: `${GROUP}-blue`,
      advancedConfiguration: { alternateTargetGroupArn: `${GROUP}-green` },
    };
    given({ loadBalancers: [{ targetGroupArn: GROUP }, both] });
    targets({ [GROUP]: ['healthy', 'unhealthy'], [`${GROUP}-blue`]: ['unused'], [`${GROUP}-green`]: ['healthy'] });
    expect((await readActive()).targets).toEqual(found({ healthy: 2, total: 3 }));
  });

  it('do not apply without a load balancer', async () => {
    given({ loadBalancers: [] });
    const { targets: none, durations } = await readActive();
    expect(none).toEqual(missing('not-applicable', 'it has no load balancer'));
    expect(durations).not.toHaveProperty('deregistrationDelay');
    expect(elb.calls()).toHaveLength(0);
  });

  it('are not known as soon as one group is not', async () => {
    given({ loadBalancers: [{ targetGroupArn: GROUP }, { targetGroupArn: `${GROUP}-gone` }] });
    elb
      .on(DescribeTargetHealthCommand, { TargetGroupArn: `${GROUP}-gone` })
      .rejects(awsError('TargetGroupNotFoundException'));
    expect((await readActive()).targets).toEqual(
      missing('not-found', 'the target group checkout-web does not exist any more'),
    );
  });

  it('are drained as long as the slowest group says, as far as that is known', async () => {
    given({
      loadBalancers: [
        { targetGroupArn: GROUP },
        { targetGroupArn: `${GROUP}-slow` },
        { targetGroupArn: `${GROUP}-denied` },
      ],
    });
    elb
      .on(DescribeTargetGroupAttributesCommand, { TargetGroupArn: `${GROUP}-slow` })
      .resolves({ Attributes: [{ Key: 'deregistration_delay.timeout_seconds', Value: '300' }] })
      .on(DescribeTargetGroupAttributesCommand, { TargetGroupArn: `${GROUP}-denied` })
      .rejects(awsError('AccessDenied'));
    expect((await readActive()).durations.deregistrationDelay).toBe(minutes(5));
  });
});

describe('deployment alarms', () => {
  const withAlarms = (enable: boolean, ...alarmNames: string[]) =>
    given({ deploymentConfiguration: { alarms: { enable, rollback: true, alarmNames } } });

  it('are told with their states, composite ones too, and one that does not exist', async () => {
    withAlarms(true, 'latency', 'all', 'deleted');
    cloudWatch.on(DescribeAlarmsCommand).resolves({
      MetricAlarms: [{ AlarmName: 'latency', StateValue: 'ALARM', Period: 300, EvaluationPeriods: 3 }],
      CompositeAlarms: [{ AlarmName: 'all', StateValue: 'OK' }],
    });
    const { alarms, durations } = await readActive();
    expect(alarms).toEqual(
      found([
        { name: 'latency', state: 'ALARM' },
        { name: 'all', state: 'OK' },
        { name: 'deleted', state: 'NOT_FOUND' },
      ]),
    );
    expect(durations.alarmBake).toBe(minutes(15));
    expect(cloudWatch.commandCalls(DescribeAlarmsCommand)[0]?.args[0].input).toEqual({
      AlarmTypes: ['MetricAlarm', 'CompositeAlarm'],
      AlarmNames: ['latency', 'all', 'deleted'],
      MaxRecords: 100,
    });
  });

  it('are asked for over all pages', async () => {
    withAlarms(true, 'a', 'b');
    cloudWatch
      .on(DescribeAlarmsCommand)
      .resolvesOnce({ MetricAlarms: [{ AlarmName: 'a', StateValue: 'OK' }], NextToken: '2' })
      .resolves({ MetricAlarms: [{ AlarmName: 'b', StateValue: 'OK' }] });
    expect((await readActive()).alarms).toMatchObject({ value: [{ state: 'OK' }, { state: 'OK' }] });
  });

  it.each([
    ['are switched off', () => withAlarms(false, 'latency')],
    ['are none', () => withAlarms(true)],
  ])('do not apply when they %s', async (_what, prepare) => {
    prepare();
    expect((await readActive()).alarms).toEqual(missing('not-applicable', 'it has no deployment alarms'));
  });
});

describe('the stack that owns a service', () => {
  it('is asked for by its id', async () => {
    await readActive();
    expect(cloudFormation.commandCalls(DescribeStacksCommand)[0]?.args[0].input).toEqual({ StackName: 'arn:stack' });
  });

  it('is asked for by its name where the id is not told', async () => {
    given({ tags: [{ key: 'aws:cloudformation:stack-name', value: 'shop' }] });
    await readActive();
    expect(cloudFormation.commandCalls(DescribeStacksCommand)[0]?.args[0].input).toEqual({ StackName: 'shop' });
  });

  it('is none without its tags', async () => {
    given({ tags: [] });
    expect((await readActive()).stack).toEqual(missing('not-applicable', 'no CloudFormation stack made it'));
  });

  it('is none when it was deleted and left the service behind', async () => {
    cloudFormation.on(DescribeStacksCommand).rejects(awsError('ValidationError'));
    expect((await readActive()).stack).toMatchObject({ reason: 'not-applicable' });
  });

  it('is not known when it may not be asked for', async () => {
    cloudFormation.on(DescribeStacksCommand).rejects(awsError('AccessDenied'));
    expect((await readActive()).stack).toEqual(
      missing('denied', 'cloudformation:DescribeStacks is not allowed for this function'),
    );
  });
});
