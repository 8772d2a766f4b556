import {
  DescribeMaintenanceWindowExecutionsCommand,
  DescribeMaintenanceWindowScheduleCommand,
  GetMaintenanceWindowCommand,
  SSMClient,
} from '@aws-sdk/client-ssm';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { awsError } from '../effects/failing.ts';
import { run } from './command.ts';

const NIGHTS =
  '{ name: nights, zone: America/New_York, opens: { weekly: { days: [tue], start: "20:00" } }, end: "06:00" }';
const PROD =
  '{ name: prod, zone: UTC, opens: { weekly: { days: [wed], start: "00:00" } }, duration: PT2H, select: { clusters: ["prod-*"] } }';
const FREEZE = '{ name: peak, zone: UTC, from: 2026-11-25T02:00, to: 2026-11-25T03:00, reason: launch }';

const aDocument = (windows: readonly string[], freezes: readonly string[] = []): string =>
  `version: 1\nwindows: [${windows.join(', ')}]\nfreezes: [${freezes.join(', ')}]`;

const windows = (args: string, stdin: string) => run(['windows', ...args.split(' ').filter(Boolean)], { stdin });

const from = '--from 2026-11-23T00:00:00Z --days 7';

describe('slackwater windows', () => {
  it('lists openings as JSON, in UTC and on the wall', async () => {
    const { out, err, code } = await windows(`--json ${from}`, aDocument([NIGHTS]));
    expect(JSON.parse(out)).toEqual([
      {
        window: 'nights',
        opens: '2026-11-25T01:00:00Z',
        closes: '2026-11-25T11:00:00Z',
        local: { opens: '2026-11-24T20:00:00-05:00', closes: '2026-11-25T06:00:00-05:00' },
        because: 'made by nights (tue 20:00 to 06:00, America/New_York)',
      },
    ]);
    expect([err, code]).toEqual(['', 0]);
  });

  it('names the freeze that cut an opening, and what it took', async () => {
    const { out } = await windows(from, aDocument([NIGHTS], [FREEZE]));
    expect(out.split('\n').map((line) => line.replace(/ America.*= /, ' = '))).toEqual([
      'open    Tue 2026-11-24 20:00-05:00 to Tue 2026-11-24 21:00-05:00 = 2026-11-25T01:00:00Z to 2026-11-25T02:00:00Z, 1 h; made by nights (tue 20:00 to 06:00, America/New_York); cut by freeze peak (2026-11-25 02:00 to 2026-11-25 03:00, UTC: launch)',
      expect.stringMatching(/^frozen {2}Tue 2026-11-24 21:00-05:00 .*, 1 h; /),
      expect.stringMatching(/^open {4}Tue 2026-11-24 22:00-05:00 .*, 8 h; .* cut by freeze peak/),
    ]);
  });

  it('merges windows for the same services, and only those', async () => {
    const early = NIGHTS.replace('nights', 'early').replace('20:00', '18:00');
    const { out } = await windows(`--json ${from}`, aDocument([NIGHTS, early, PROD]));
    expect(JSON.parse(out)).toMatchObject([
      { window: 'early+nights', opens: '2026-11-24T23:00:00Z', closes: '2026-11-25T11:00:00Z' },
      { window: 'prod', opens: '2026-11-25T00:00:00Z', closes: '2026-11-25T02:00:00Z' },
    ]);
    expect(JSON.parse(out)[0].because).toMatch(/^made by early \(.*\); merged with nights \(.*\)$/);
  });

  it.each([
    ['--service prod-eu/api', ['prod']],
    ['--service lab/api', ['nights']],
    ['--select cluster=prod-eu', ['prod']],
    ['--service prod-eu/api --select tag:slackwater:window=nights', ['nights']],
  ])('shows what holds for %s', async (asked, expected) => {
    const { out } = await windows(`--json ${from} ${asked}`, aDocument([NIGHTS, PROD]));
    expect(JSON.parse(out).map(({ window }: { window: string }) => window)).toEqual(expected);
  });

  it('answers 1 when nothing opens', async () => {
    expect(await windows(from, aDocument([]))).toMatchObject({ code: 1, out: 'nothing opens' });
    expect(await windows(`--json ${from}`, aDocument([]))).toMatchObject({ code: 1, out: '[]' });
  });

  it('begins now when it is not told when', async () => {
    const { out } = await windows('--json --days 2', aDocument([PROD]));
    expect(JSON.parse(out)).toMatchObject([{ opens: '2026-11-18T00:00:00Z' }]);
  });

  it('says what it cannot know', async () => {
    const ssm = '{ name: remote, zone: UTC, opens: { ssm: { id: mw-0123456789abcdef0 } } }';
    const partial = FREEZE.replace('reason', 'select: { clusters: [lab] }, reason');
    const { err } = await windows(from, aDocument([ssm, NIGHTS], [partial]));
    expect(err).toContain('remote opens when AWS Systems Manager says');
    expect(err).toContain('freeze peak may hold for some of these services only');
  });

  it('answers 1 with every problem of the document', async () => {
    const { err, code } = await windows(from, aDocument([NIGHTS.replace('America/New_York', 'EST')]));
    expect(err).toContain('windows[0].zone: expected a zone of the tz database by its area and city');
    expect(code).toBe(1);
  });
});

describe('slackwater windows explain', () => {
  it.each([
    [
      '2026-11-25T01:00:00Z',
      0,
      ['open    Tue 2026-11-24 20:00', 'takes 30 min until Tue 2026-11-24 20:15', 'next    '],
    ],
    ['2026-11-25T02:30:00Z', 1, ['closed', 'frozen  until Wed 2026-11-25 03:00+00:00 by peak']],
    ['2026-11-25T11:00:00Z', 1, ['closed', 'next    Tue 2026-12-01 20:00-05:00', 'in 6 days']],
  ])('at %s answers %i', async (at, expected, words) => {
    const { out, code } = await windows(`explain --at ${at}`, aDocument([NIGHTS], [FREEZE]));
    for (const word of words) expect(out).toContain(word);
    expect(code).toBe(expected);
  });

  it('says which windows win for a service', async () => {
    const { out } = await windows('explain --at 2026-11-25T01:00Z --service prod-eu/api', aDocument([NIGHTS, PROD]));
    expect(out).toContain('windows of level cluster: prod, before nights');
    expect(out).toContain('open    Wed 2026-11-25 00:00+00:00');
  });

  it('answers 1 without any window', async () => {
    expect(await windows('explain', aDocument([]))).toMatchObject({ code: 1 });
  });
});

describe('slackwater windows check', () => {
  it.each([
    ['--wait-days 14', [NIGHTS], [], 0, 'no warnings'],
    ['', [NIGHTS], [], 1, 'AWS waits for 7 d'],
    ['--wait-days 0', [NIGHTS], [], 1, 'error: AWS waits for no day'],
    ['--wait-days 0 --event-windows', [NIGHTS], [], 0, 'no warnings'],
    ['--wait-days 14 --expected 6h', [NIGHTS], [], 1, 'an opening is 10 h long, and should be 12 h'],
    ['', [NIGHTS.replace('end: "06:00"', 'duration: 20m')], [], 1, 'no opening of nights is longer than its cutoff'],
    [
      '',
      [NIGHTS],
      [FREEZE.replace(/from.*, reason/, 'yearly: { from: "01-01", to: "12-31" }, reason')],
      1,
      'every opening of nights is frozen, by peak',
    ],
    [
      '',
      [NIGHTS.replace('weekly: { days: [tue], start: "20:00" }', 'cron: { expression: "0 2 31 2 *" }')],
      [],
      1,
      'nights never opens',
    ],
    ['', [], [], 0, 'there is no window'],
  ])('with "%s" tells what is wrong', async (args, some, freezes, expected, words) => {
    const { out, code } = await windows(`check ${args}`, aDocument(some, freezes));
    expect(out).toContain(words);
    expect(code).toBe(expected);
  });
});

describe('slackwater windows export', () => {
  const CLUSTER = 'arn:aws-cn:ecs:cn-north-1:111122223333:cluster/prod-cn';

  it('prints commands for the AWS CLI', async () => {
    const { out, code } = await windows('export', aDocument([NIGHTS]));
    expect(out.split('\n')).toEqual([
      expect.stringMatching(/^# nights: /),
      `ID=$(aws ec2 create-instance-event-window --query InstanceEventWindow.InstanceEventWindowId --output text --cli-input-json '{"Name":"slackwater-nights","TimeRanges":[{"StartWeekDay":"wednesday","StartHour":1,"EndWeekDay":"wednesday","EndHour":10}]}')`,
      `aws ec2 associate-instance-event-window --instance-event-window-id "$ID" --association-target '{"InstanceTags":[{"Key":"aws:ecs:fargateTask","Value":"true"}]}'`,
    ]);
    expect(code).toBe(0);
  });

  it('tags clusters and services by their ARNs', async () => {
    const weekend = PROD.replace('PT2H', 'PT6H');
    const service = CLUSTER.replace(':cluster/', ':service/').concat('/api');
    const { out } = await windows(
      `export --json --window prod --target ${CLUSTER} --target ${service}`,
      aDocument([NIGHTS, weekend]),
    );
    expect(JSON.parse(out)).toMatchObject([
      {
        window: 'prod',
        create: { Name: 'slackwater-prod', TimeRanges: [{ StartHour: 0, EndHour: 6 }] },
        associate: {
          InstanceTags: [
            { Key: 'aws:ecs:clusterArn', Value: CLUSTER },
            { Key: 'aws:ecs:serviceArn', Value: service },
          ],
        },
      },
    ]);
  });

  it.each([
    [
      'too short',
      `export --window prod --target ${CLUSTER}`,
      'prod cannot be exported: it has fewer than 4 whole hours',
    ],
    ['for some clusters, which nobody has named', 'export', 'prod is not for everything'],
  ])('answers 1 for a window that is %s', async (_, args, words) => {
    const { err, code } = await windows(args, aDocument([NIGHTS, PROD]));
    expect(err).toContain(words);
    expect(code).toBe(1);
  });
});

describe('slackwater windows --with-aws', () => {
  const REMOTE = '{ name: remote, zone: Europe/Prague, opens: { ssm: { id: mw-0123456789abcdef0 } } }';
  const environment = { AWS_REGION: 'eu-west-1', AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE', AWS_SECRET_ACCESS_KEY: 'example' };
  const ssm = mockClient(SSMClient);
  beforeEach(() => {
    ssm.reset();
    ssm.on(GetMaintenanceWindowCommand).resolves({ Enabled: true, Duration: 4, Cutoff: 1 });
    ssm.on(DescribeMaintenanceWindowExecutionsCommand).resolves({});
    ssm
      .on(DescribeMaintenanceWindowScheduleCommand)
      .resolves({ ScheduledWindowExecutions: [{ ExecutionTime: '2026-11-24T22:00Z' }] });
  });
  afterAll(() => ssm.restore());
  const withAws = (args: string, some: readonly string[] = [REMOTE]) =>
    run(['windows', ...args.split(' ').filter(Boolean), '--with-aws'], { stdin: aDocument(some), environment });

  it('lists what AWS Systems Manager opens', async () => {
    const { out, err, code } = await withAws(`--json ${from}`);
    expect(JSON.parse(out)).toEqual([
      {
        window: 'remote',
        opens: '2026-11-24T22:00:00Z',
        closes: '2026-11-25T02:00:00Z',
        local: { opens: '2026-11-24T23:00:00+01:00', closes: '2026-11-25T03:00:00+01:00' },
        because: 'made by remote (maintenance window mw-0123456789abcdef0 of AWS Systems Manager)',
      },
    ]);
    expect([err, code]).toEqual(['', 0]);
  });

  it.each([
    ['explain --at 2026-11-25T00:00:00Z', 0, 'until Wed 2026-11-25 02:00+01:00'],
    ['check', 1, 'no opening from 2026-11-25T02:00:00Z to 2027-12-22T10:00:00Z'],
    ['check --from 2026-11-26', 1, 'remote does not open before 2027-12-22T10:00:00Z'],
  ])('is for %s too', async (args, expected, words) => {
    const { out, err, code } = await withAws(args);
    expect(out).toContain(words);
    expect([err, code]).toEqual(['', expected]);
  });

  it('says what AWS refused', async () => {
    ssm.on(DescribeMaintenanceWindowScheduleCommand).rejects(awsError('AccessDeniedException'));
    const { out, err, code } = await withAws(from);
    expect(err).toContain('remote: ssm:DescribeMaintenanceWindowSchedule is not allowed for these credentials');
    expect([out, code]).toEqual(['nothing opens', 1]);
  });

  it('says how far it was told', async () => {
    const { err } = await withAws('--from 2027-12-01 --days 60');
    expect(err).toBe('slackwater windows: what remote opens from 2027-12-22T10:00:00Z on is not known');
  });

  it('asks nobody about windows of the document', async () => {
    expect(await withAws(from, [NIGHTS])).toMatchObject({ code: 0, err: '' });
    expect(ssm.calls()).toHaveLength(0);
  });

  it('answers 2 without a Region', async () => {
    const { err, code } = await run(['windows', '--with-aws'], { stdin: aDocument([REMOTE]), environment: {} });
    expect(err).toContain('give the Region of the maintenance windows with --region');
    expect(code).toBe(2);
  });

  it.each(['', 'explain', 'check'])('is what is needed, says windows %s without it', async (action) => {
    const { err } = await windows(action, aDocument([REMOTE]));
    expect(err).toContain('remote opens when AWS Systems Manager says, which is not known here; --with-aws asks it');
  });
});

describe('slackwater windows answers 2', () => {
  it.each([
    ['for an action that does not exist', 'constructor', 'give one of explain, check, export'],
    ['for two actions', 'check export', 'one argument too many'],
    ['for an option of another action', 'check --days 3', '--days is not for windows check'],
    ['for asking about what is not exported', 'export --with-aws', '--with-aws is not for windows export'],
    ['for a time without a zone', '--from 2026-11-25T01:00:00', '--from takes an instant'],
    ['for days in words', '--days some', '--days takes a whole number'],
    ['for a service without its cluster', '--service api', '--service takes CLUSTER/SERVICE'],
    ['for an unknown field', '--select colour=red', '--select takes account='],
    ['for a duration in words', 'check --expected long', '--expected takes a duration'],
    ['for a window that is not there', 'export --window no', 'the document has no such window'],
    ['for a target by its name', 'export --target prod', '--target takes the ARN'],
  ])('%s', async (_, args, words) => {
    const { err, code } = await windows(args, aDocument([NIGHTS]));
    expect(err).toContain(words);
    expect(code).toBe(2);
  });

  it('where the document asks for what was not said', async () => {
    const here = NIGHTS.replace('end:', 'select: { regions: [eu-west-1] }, end:');
    const { err, code } = await windows('--service lab/api', aDocument([here]));
    expect(err).toContain('give --select region=');
    expect(code).toBe(2);
    expect(await windows(`--service lab/api --select region=eu-west-1 ${from}`, aDocument([here]))).toMatchObject({
      code: 0,
    });
  });
});
