import { DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { ListServiceDeploymentsCommand } from '@aws-sdk/client-ecs';
import { GetCalendarStateCommand } from '@aws-sdk/client-ssm';
import { beforeEach, describe, expect, it } from 'vitest';
import { known } from '../../../shared/domain/facts.ts';
import type { Blocking } from '../../../shared/domain/plan/situation.ts';
import type { Blocker } from '../../../shared/domain/windows/maintenance.ts';
import { aWindow } from '../../support/maintenance.ts';
import { awsError } from '../failing.ts';
import { aDeployment, cloudFormation, cloudWatch, ecs, plainWorld, readActive, ssm } from './world.ts';

beforeEach(plainWorld);

const blocking = async (...blockers: readonly Blocker[]) =>
  known((await readActive({ maintenance: { windows: [aWindow({ blockers })], freezes: [] } })).blockers);

const alarmed = (StateValue: 'ALARM' | 'OK' | 'INSUFFICIENT_DATA') =>
  cloudWatch.on(DescribeAlarmsCommand).resolves({ MetricAlarms: [{ AlarmName: 'site-down', StateValue }] });
const ALARM: Blocker = { kind: 'alarm', name: 'site-down' };
const PREFIX: Blocker = { kind: 'alarm-prefix', prefix: 'payments-' };
const STACK: Blocker = { kind: 'stack-updating' };
const DEPLOYMENT: Blocker = { kind: 'deployment-in-progress' };
const CALENDAR = {
  kind: 'change-calendar',
  calendar: 'arn:aws-cn:ssm:cn-north-1:111122223333:document/releases',
} as const;

const stackIs = (StackStatus: 'UPDATE_COMPLETE' | 'UPDATE_IN_PROGRESS') =>
  cloudFormation
    .on(DescribeStacksCommand)
    .resolves({ Stacks: [{ StackName: 's', CreationTime: new Date(0), StackStatus }] });

/** A sentence, what may hold, what is so, and what is told. */
const HELD: readonly (readonly [string, Blocker, () => unknown, Blocking])[] = [
  ['by an alarm in ALARM', ALARM, () => alarmed('ALARM'), { name: 'alarm site-down', because: 'it is in ALARM.' }],
  ['by no alarm that is OK', ALARM, () => alarmed('OK'), { name: 'alarm site-down' }],
  [
    'by no alarm that has nothing to tell, as those of rare errors',
    ALARM,
    () => alarmed('INSUFFICIENT_DATA'),
    { name: 'alarm site-down' },
  ],
  [
    'by an alarm that does not exist',
    ALARM,
    () => cloudWatch.on(DescribeAlarmsCommand).resolves({}),
    { name: 'alarm site-down', because: 'AWS does not know it.' },
  ],
  [
    'by alarms that may not be asked',
    ALARM,
    () => cloudWatch.on(DescribeAlarmsCommand).rejects(awsError('AccessDenied')),
    { name: 'alarm site-down', because: 'cloudwatch:DescribeAlarms is not allowed for this function.' },
  ],
  [
    'by the first alarm with the prefix',
    PREFIX,
    () =>
      cloudWatch
        .on(DescribeAlarmsCommand, { AlarmNamePrefix: 'payments-', StateValue: 'ALARM' })
        .resolves({ MetricAlarms: [{ AlarmName: 'payments-5xx', StateValue: 'ALARM' }] }),
    { name: 'alarms payments-*', because: 'payments-5xx is in ALARM.' },
  ],
  ['by no alarm with the prefix', PREFIX, () => undefined, { name: 'alarms payments-*' }],
  [
    'by alarms that would be found by tags',
    { kind: 'alarm-tags', tags: { team: 'payments' } },
    () => undefined,
    { name: 'alarms with tags', because: 'alarms cannot be found by their tags yet.' },
  ],
  [
    'by its stack being updated',
    STACK,
    () => stackIs('UPDATE_IN_PROGRESS'),
    { name: 'the CloudFormation stack', because: 'it is UPDATE_IN_PROGRESS.' },
  ],
  ['by no stack at rest', STACK, () => stackIs('UPDATE_COMPLETE'), { name: 'the CloudFormation stack' }],
  [
    'by no stack that is gone',
    STACK,
    () => cloudFormation.on(DescribeStacksCommand).rejects(awsError('ValidationError')),
    { name: 'the CloudFormation stack' },
  ],
  [
    'by a deployment under way',
    DEPLOYMENT,
    () =>
      ecs
        .on(ListServiceDeploymentsCommand)
        .resolves({ serviceDeployments: [aDeployment(1, { status: 'IN_PROGRESS' })] }),
    { name: 'a deployment', because: 'one is IN_PROGRESS.' },
  ],
  ['by no deployment that is over', DEPLOYMENT, () => undefined, { name: 'a deployment' }],
  [
    'by a calendar that is closed',
    CALENDAR,
    () => ssm.on(GetCalendarStateCommand).resolves({ State: 'CLOSED' }),
    { name: 'change calendar releases', because: 'it is CLOSED.' },
  ],
  [
    'by no calendar that is open',
    CALENDAR,
    () => ssm.on(GetCalendarStateCommand).resolves({ State: 'OPEN' }),
    { name: 'change calendar releases' },
  ],
  [
    'by a calendar that cannot be read',
    CALENDAR,
    () => ssm.on(GetCalendarStateCommand).rejects(awsError('InvalidDocument')),
    { name: 'change calendar releases', because: 'ssm:GetCalendarState failed (InvalidDocument).' },
  ],
  [
    'by functions, which cannot be asked',
    { kind: 'function', arn: 'arn:aws-cn:lambda:cn-north-1:111122223333:function:may-we' },
    () => undefined,
    { name: 'function may-we', because: 'functions cannot be asked yet.' },
  ],
];

describe('a window is kept shut', () => {
  it.each(HELD)('%s', async (_what, blocker, prepare, expected) => {
    prepare();
    expect(await blocking(blocker)).toEqual([expected]);
  });

  it('by the blockers of every window of the service, each of them once', async () => {
    const windows = [
      aWindow({ name: 'a', blockers: [ALARM, STACK] }),
      aWindow({ name: 'b', blockers: [ALARM] }),
      aWindow({ name: 'elsewhere', blockers: [DEPLOYMENT], select: { services: ['cart'] } }),
    ];
    const { blockers } = await readActive({ maintenance: { windows, freezes: [] } });
    expect(known(blockers)?.map(({ name }) => name)).toEqual(['alarm site-down', 'the CloudFormation stack']);
  });

  it('by what the calendar says that is named', async () => {
    ssm.on(GetCalendarStateCommand).resolves({ State: 'OPEN' });
    expect(await blocking(CALENDAR)).toEqual([{ name: 'change calendar releases' }]);
    expect(ssm.commandCalls(GetCalendarStateCommand)[0]?.args[0].input).toEqual({ CalendarNames: [CALENDAR.calendar] });
  });
});
