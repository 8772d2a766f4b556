import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COMPANY } from '../../sandbox/estate/company.ts';
import { isObject } from '../../sandbox/json-object.ts';
import type { Member } from '../../sandbox/members/members.ts';
import { readLibrary } from '../../sandbox/scenario/library.ts';
import { retell } from '../../sandbox/scenario/retell.ts';
import type { PostedMessage } from '../../sandbox/slack/workspace.ts';
import { aPort, DEADLINE, HOUR, MINUTE, nights, type Port, TONIGHT } from '../support/port.ts';

// One installation for several accounts and Regions: the real bundles of dist/, and an AWS that lets nobody in but by a role.

const PATIENCE = 120_000;
const ADA = 'U0ADA';
const PAYMENTS = '222233334444';
const CRASH = 'ecs/task-stopped-out-of-memory';
const library = readLibrary(fileURLToPath(new URL('../../events', import.meta.url)));

const eventOf = (path: string, now: number): unknown => retell(library.find((one) => one.path === path)?.event, now);

const parents = ({ sandbox }: Port): readonly PostedMessage[] =>
  sandbox.messages().filter(({ thread_ts }) => thread_ts === undefined);

const textOf = (message: PostedMessage | undefined): string => JSON.stringify(message);

describe('a crash of the same service in four places', () => {
  const FOUR = [
    `${COMPANY.account}, eu-west-1`,
    `${COMPANY.account}, us-east-1`,
    `${PAYMENTS}, eu-west-1`,
    `${PAYMENTS}, us-east-1`,
  ];
  let port: Port;
  let members: readonly Member[];

  beforeAll(async () => {
    port = await aPort({
      channels: ['C0PAYMENTS'],
      members: [
        { account: COMPANY.account, region: 'us-east-1' },
        { account: PAYMENTS, region: 'eu-west-1' },
        { account: PAYMENTS, region: 'us-east-1' },
        { account: '333344445555', region: 'eu-west-1', roles: [] },
      ],
    });
    const { sandbox } = port;
    members = sandbox.members;
    await port.configure({
      accounts: [{ id: PAYMENTS, name: 'payments-prod', regions: ['eu-west-1', 'us-east-1'] }],
      routes: [{ name: 'payments', when: { accounts: [PAYMENTS] }, to: [{ slack: 'C0PAYMENTS' }] }],
    });
    await sandbox.clock.advance(2 * MINUTE);
    const crash = eventOf(CRASH, sandbox.clock.now());
    await sandbox.putEvents([crash, ...members.map(({ here }) => here(crash))]);
    await sandbox.settled();
  }, PATIENCE);
  afterAll(() => port[Symbol.asyncDispose]());

  it('is an incident in each, with what was read there', async () => {
    const told = parents(port).map(textOf);
    expect(told).toHaveLength(5);
    for (const place of FOUR) {
      const [account = '', region = ''] = place.split(', ');
      const here = told.filter((text) => text.includes(`${region} · account ${account}`));
      // One, with the line of its log, and nothing that could not be read.
      expect(here).toEqual([expect.stringContaining('reports-db.harbor.internal')]);
      expect(here[0]).not.toContain('Not available');
    }
    for (const { calls } of members.slice(0, 3))
      expect(calls).toEqual(
        expect.arrayContaining(['ecs:DescribeTaskDefinition', 'ecs:DescribeServices', 'logs:GetLogEvents']),
      );
  });

  it('is told where the account is routed to, under its name', () => {
    const inPayments = parents(port).filter(({ channel }) => channel === 'C0PAYMENTS');
    expect(inPayments).toHaveLength(2);
    for (const message of inPayments) expect(textOf(message)).toContain(`account ${PAYMENTS} (payments-prod)`);
  });

  it('is told without what could not be read where nobody is let in, and says what to deploy', () => {
    const message = parents(port)
      .map(textOf)
      .find((text) => text.includes('account 333344445555'));
    expect(message).toContain('does not let this installation in by its role slackwater-member');
    expect(message).toContain('deploy infra/member.yaml there');
    expect(members[3]?.calls).toEqual([]);
  });

  it('is found in every place by people, who are asked which one they mean', async () => {
    const { sandbox } = port;
    const asked = async (words: string): Promise<string> => {
      const before = sandbox.slack.screen(ADA).ephemerals.length;
      await sandbox.slack.command(ADA, words);
      await sandbox.settled();
      return JSON.stringify(sandbox.slack.screen(ADA).ephemerals.slice(before));
    };
    expect(await asked('status')).toContain('5 problems are open');
    const which = await asked('status harbor-prod/report-worker');
    expect(which).toContain('There are several services called report-worker');
    expect(which).toContain(`${PAYMENTS}/us-east-1/harbor-prod/report-worker`);
    expect(await asked(`status ${PAYMENTS}/us-east-1/harbor-prod/report-worker`)).toContain('ECS runs 1 of 2 tasks');
  });
});

describe('a retirement that the organisation is told of', () => {
  /** As the delegated administrator hears of it: delivered here, about there. */
  const toTheHub = (notice: object): object => ({ ...notice, account: COMPANY.account, region: COMPANY.region });
  const HARBOUR = { cluster: 'harbour-north', service: 'pier-001' };

  const settings = (account: string, start: string) => ({
    ...nights({ name: `nights-${account}`, mode: 'auto', select: { accounts: [account] } }),
    opens: { weekly: { days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], start } },
  });

  it('is carried out there, with the role for it, in the window of that account', { timeout: PATIENCE }, async () => {
    await using port = await aPort({ piers: 1, members: [{ account: PAYMENTS, region: 'us-east-1' }] });
    const { sandbox } = port;
    const [payments] = sandbox.members;
    if (payments === undefined) throw new Error('there is no member');
    payments.ecs.add(HARBOUR);
    await port.configure({ windows: [settings(COMPANY.account, '22:00'), settings(PAYMENTS, '23:00')] });
    const at = sandbox.clock.now();
    await sandbox.putEvents(payments.ecs.notices({ startsAt: DEADLINE, boundary: at, at }).map(toTheHub));
    await sandbox.settled();
    await sandbox.clock.advance(2 * MINUTE);
    expect(port.told().message).toContain(PAYMENTS);
    await port.leapTo(TONIGHT - MINUTE);
    await port.advanceTo(TONIGHT + 10 * MINUTE);
    expect(payments.ecs.writes()).toEqual([]);
    await port.leapTo(TONIGHT + HOUR - MINUTE);
    await port.advanceTo(TONIGHT + HOUR + 25 * MINUTE);
    expect(await port.stages()).toEqual({ 'pier-001': 'done' });
    expect(payments.ecs.writes()).toMatchObject([
      { action: 'ecs:UpdateService', input: { cluster: `arn:aws:ecs:us-east-1:${PAYMENTS}:cluster/harbour-north` } },
    ]);
    expect(sandbox.ecs.writes()).toEqual([]);
    expect(payments.ecs.service('harbour-north', 'pier-001').older(at)).toBe(0);
  });

  it('is not carried out where the role for it is missing, and its plan says what to deploy', {
    timeout: PATIENCE,
  }, async () => {
    const member = { account: PAYMENTS, region: 'us-east-1', roles: ['read'] } as const;
    await using port = await aPort({ members: [member] });
    const { sandbox } = port;
    const [payments] = sandbox.members;
    if (payments === undefined) throw new Error('there is no member');
    payments.ecs.add(HARBOUR);
    await port.configure({ windows: [settings(PAYMENTS, '22:00')] });
    const at = sandbox.clock.now();
    await sandbox.putEvents(payments.ecs.notices({ startsAt: DEADLINE, boundary: at, at }));
    await sandbox.settled();
    await sandbox.clock.advance(2 * MINUTE);
    // Days before the window, while there is time to deploy it.
    expect(JSON.stringify(port.told())).toContain('deploy infra/member.yaml with Redeployments=yes there');
    await port.leapTo(TONIGHT - MINUTE);
    await port.advanceTo(TONIGHT + 10 * MINUTE);
    expect(payments.ecs.writes()).toEqual([]);
    expect(await port.stages()).not.toEqual({ 'pier-001': 'done' });
    expect(JSON.stringify(port.told())).toContain('deploy infra/member.yaml with Redeployments=yes there');
  });
});

describe('the watchdogs', () => {
  it('look at every place that is configured, also behind one that is shut', { timeout: PATIENCE }, async () => {
    await using port = await aPort({
      members: [
        { account: '333344445555', region: 'eu-west-1', roles: [] },
        { account: PAYMENTS, region: 'us-east-1' },
      ],
    });
    const { sandbox } = port;
    const [shut, payments] = sandbox.members;
    payments?.ecs.add({ cluster: 'harbour-north', service: 'pier-009', desired: 2, fails: 'exit' });
    await port.configure({
      accounts: [
        { id: '333344445555', regions: ['eu-west-1'] },
        { id: PAYMENTS, regions: ['us-east-1'] },
      ],
    });
    await sandbox.clock.advance(3 * MINUTE);
    expect(payments?.calls).toEqual(
      expect.arrayContaining(['ecs:ListClusters', 'ecs:ListServices', 'ecs:DescribeServices']),
    );
    expect(shut?.calls).toEqual([]);
    const failed = sandbox
      .logs()
      .map((line): unknown => (line.startsWith('{') ? JSON.parse(line) : undefined))
      .filter(isObject)
      .filter(({ message }) => message === 'the sweep of the services was not answered');
    expect(failed).toMatchObject([{ reason: 'denied', account: '333344445555', region: 'eu-west-1' }]);
  });
});
