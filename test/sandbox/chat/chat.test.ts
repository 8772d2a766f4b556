import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { signed } from '../../../sandbox/chat/signature.ts';
import { isObject } from '../../../sandbox/json-object.ts';
import { SIGNING_SECRET } from '../../../sandbox/options.ts';
import { type Sandbox, startSandbox } from '../../../sandbox/sandbox.ts';
import { readLibrary } from '../../../sandbox/scenario/library.ts';
import { createPlayer } from '../../../sandbox/scenario/player.ts';
import type { PostedMessage } from '../../../sandbox/slack/workspace.ts';
import { eventWith } from '../../support/event-files.ts';
import { aPort, MINUTE, nights, type Port, TONIGHT } from '../../support/port.ts';

// The real bundles of dist/: a click goes in by the Function URL, and what people see comes out of the fake Slack.

const PATIENCE = 60_000;
const [ADA, BOB, GUEST, BOT] = ['U0ADA', 'U0BOB', 'U0GUEST', 'U0BOT'];
const RIGHTS = { rights: [{ may: ['approve', 'redeploy', 'roll-back', 'run-now'], who: ['S0HARBOUR'] }] };
const OUT_OF_MEMORY = 'ecs/task-stopped-out-of-memory';

/** A plan for two services, which waits to be approved. */
async function aPlan(): Promise<Port> {
  const port = await aPort({ piers: 2 });
  await port.configure({ windows: [nights()], chat: RIGHTS });
  await port.notice();
  return port;
}

function parentIn({ messages }: Pick<Sandbox, 'messages'>): PostedMessage {
  const parent = messages().find(({ thread_ts }) => thread_ts === undefined);
  if (parent === undefined) throw new Error('there is no message');
  return parent;
}

/** The texts that this person alone was shown, once everything has been dealt with. */
async function whispersTo(person: string, sandbox: Sandbox): Promise<readonly string[]> {
  await sandbox.settled();
  return sandbox.slack.screen(person).ephemerals.map(({ text }) => text);
}

/** What is kept of what people decided: who, what, and whether it was done. */
const auditOf = async (sandbox: Sandbox): Promise<readonly string[]> =>
  (await sandbox.records())
    .flatMap(({ entry }) => (isObject(entry) && entry['via'] === 'slack' ? [entry] : []))
    .map(({ by, action, verdict }) => [by, action, verdict].join(' '))
    .toSorted();

describe('a plan in Slack', () => {
  it('runs in its window when somebody who may approves it by its button', { timeout: PATIENCE }, async () => {
    await using port = await aPlan();
    const { sandbox } = port;
    await sandbox.slack.click(ADA, parentIn(sandbox), 'Approve plan');
    expect(await whispersTo(ADA, sandbox)).toEqual([expect.stringContaining('approved everything')]);
    await port.leapTo(TONIGHT - MINUTE);
    await port.advanceTo(TONIGHT + 25 * MINUTE);
    expect(await port.stages()).toEqual({ 'pier-001': 'done', 'pier-002': 'done' });
    expect(port.deployed()).toEqual(['pier-001', 'pier-002']);
  });

  it('does not move for a guest or a bot, each of whom is told why alone', { timeout: PATIENCE }, async () => {
    await using port = await aPlan();
    const { sandbox } = port;
    for (const person of [GUEST, BOT]) await sandbox.slack.click(person, parentIn(sandbox), 'act:approve');
    expect(await whispersTo(GUEST, sandbox)).toEqual(['A guest may do nothing here.']);
    expect(await whispersTo(BOT, sandbox)).toEqual(['A bot may do nothing here.']);
    expect(sandbox.slack.screen(ADA).ephemerals).toEqual([]);
    expect((await port.plan()).plan?.approvals).toEqual([]);
    expect(await auditOf(sandbox)).toEqual([`${BOT} approve refused`, `${GUEST} approve refused`]);
  });

  it('is approved once by two clicks of one person', { timeout: PATIENCE }, async () => {
    await using port = await aPlan();
    const { sandbox } = port;
    const message = parentIn(sandbox);
    await Promise.all([1, 2].map(() => sandbox.slack.click(BOB, message, 'act:approve')));
    await sandbox.settled();
    expect((await port.plan()).plan?.approvals).toMatchObject([{ by: BOB }]);
    expect((await auditOf(sandbox)).filter((line) => line.endsWith('done'))).toEqual([`${BOB} approve done`]);
  });

  it('is put forward in a modal, which says what it comes to', { timeout: PATIENCE }, async () => {
    await using port = await aPlan();
    const { sandbox } = port;
    await sandbox.slack.click(ADA, parentIn(sandbox), 'Run now…');
    const [reading] = sandbox.slack.screen(ADA).modals;
    expect(JSON.stringify(reading?.blocks)).toContain('Reading');
    await sandbox.settled();
    const [asking] = sandbox.slack.screen(ADA).modals;
    expect(asking).toMatchObject({ id: reading?.id, submit: expect.any(String) });
    expect(JSON.stringify(asking?.blocks)).toContain('pier-001');
  });
});

/** A deployment of harbor-prod/checkout that starts then. */
function deploymentAt(now: number): unknown {
  const time = new Date(now).toISOString();
  return { ...eventWith('ecs/deployment-in-progress.json', { updatedAt: time }), time };
}

describe('commands', () => {
  it('mute a service until its next deployment, which then ends it', { timeout: PATIENCE }, async () => {
    await using sandbox = await startSandbox();
    await sandbox.slack.command(ADA, 'mute harbor-prod/checkout deployment');
    expect(await whispersTo(ADA, sandbox)).toEqual([expect.stringContaining('until its next deployment')]);
    // A minute later the mute holds everywhere; the deployment starts after it was set.
    await sandbox.clock.advance(MINUTE);
    await sandbox.putEvents([deploymentAt(sandbox.clock.now())]);
    await sandbox.settled();
    expect((await sandbox.records()).find(({ sk }) => sk === 'standing')).toMatchObject({ mutes: [] });
    expect(
      (await sandbox.records()).filter(({ entry }) => isObject(entry) && entry['via'] === 'slackwater'),
    ).toMatchObject([{ entry: { action: 'unmute', target: 'harbor-prod/checkout' } }]);
  });

  it('mute a service, and nobody is told of it', { timeout: PATIENCE }, async () => {
    await using sandbox = await startSandbox();
    const player = createPlayer(sandbox, readLibrary(fileURLToPath(new URL('../../../events', import.meta.url))));
    await sandbox.slack.command(ADA, 'mute harbor-prod/report-worker 2h "load test"');
    expect(await whispersTo(ADA, sandbox)).toEqual([expect.stringContaining('Nobody is told of')]);
    await player.tell(OUT_OF_MEMORY);
    await sandbox.settled();
    expect(sandbox.messages()).toEqual([]);
    await sandbox.slack.command(ADA, 'unmute harbor-prod/report-worker');
    await sandbox.settled();
    expect(await auditOf(sandbox)).toEqual([`${ADA} mute done`, `${ADA} unmute done`]);
  });

  it('answer what is, the asker alone', { timeout: PATIENCE }, async () => {
    await using sandbox = await startSandbox();
    for (const text of ['help', 'status', 'statsu']) await sandbox.slack.command(BOB, text);
    expect(await whispersTo(BOB, sandbox)).toEqual([
      expect.stringContaining('What can be asked here'),
      'Nothing is open.',
      expect.stringMatching(/There is no command “statsu”.*status/),
    ]);
    await sandbox.slack.command(GUEST, 'status');
    expect(await whispersTo(GUEST, sandbox)).toEqual([expect.stringContaining('Only members of this workspace')]);
  });

  it('open a modal at once, and the home tab shows what is open', { timeout: PATIENCE }, async () => {
    await using sandbox = await startSandbox({ piers: 1 });
    await sandbox.slack.openHome(ADA);
    await sandbox.settled();
    expect(JSON.stringify(sandbox.slack.screen(ADA).home?.blocks)).toContain('What is open');
    await sandbox.slack.command(ADA, 'redeploy harbour-north/pier-001');
    expect(sandbox.slack.screen(ADA).modals).toHaveLength(1);
  });
});

describe('the door', () => {
  it('refuses what Slack did not sign, what is old, and what comes a second time', { timeout: PATIENCE }, async () => {
    await using sandbox = await startSandbox();
    const body = new URLSearchParams({
      command: '/slackwater',
      text: 'help',
      team_id: 'T1',
      user_id: ADA,
      channel_id: 'C1',
    });
    const knock = (secret: string, at: number) =>
      sandbox.slack.knock(body.toString(), {
        'content-type': 'application/x-www-form-urlencoded',
        ...signed(body.toString(), secret, at),
      });
    const now = sandbox.clock.now();
    expect((await sandbox.slack.knock(body.toString(), {})).status).toBe(401);
    expect((await knock('a-guess-at-the-secret', now)).status).toBe(401);
    expect((await knock(SIGNING_SECRET, now - 6 * MINUTE)).status).toBe(401);
    await sandbox.settled();
    expect(sandbox.usage().functions['slack-worker']).toBeUndefined();
    expect((await knock(SIGNING_SECRET, now)).status).toBe(200);
    expect((await knock(SIGNING_SECRET, now)).status).toBe(200);
    await sandbox.settled();
    expect(sandbox.usage().functions['slack-worker']?.invocations).toBe(1);
    expect(sandbox.logs().join()).not.toContain(SIGNING_SECRET);
  });
});
