import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { KEPT_IN } from '../../sandbox/estate/company.ts';
import { type SandboxOptions, TOKEN } from '../../sandbox/options.ts';
import { type Sandbox, startSandbox } from '../../sandbox/sandbox.ts';
import { readLibrary } from '../../sandbox/scenario/library.ts';
import { createPlayer, type Player } from '../../sandbox/scenario/player.ts';
import { OPENING, OPENING_MESSAGES } from '../../sandbox/scenario/scenarios.ts';

// The real bundles of dist/, so `npm run build` comes first; the processes, queues and servers are real as well.

const library = readLibrary(fileURLToPath(new URL('../../events', import.meta.url)));
const PATIENCE = 25_000;
const running: Sandbox[] = [];

async function start(options: SandboxOptions = {}): Promise<{ readonly sandbox: Sandbox; readonly player: Player }> {
  const sandbox = await startSandbox(options);
  running.push(sandbox);
  return { sandbox, player: createPlayer(sandbox, library) };
}

afterEach(async () => {
  await Promise.all(running.splice(0).map((sandbox) => sandbox[Symbol.asyncDispose]()));
});

const hasMessages = (sandbox: Sandbox, count: number): Promise<void> =>
  sandbox.waitUntil(`${count} messages`, () => sandbox.messages().length >= count, PATIENCE);

const hasEntry = (sandbox: Sandbox, kind: string): Promise<void> =>
  sandbox.waitUntil(kind, () => sandbox.journal.entries().some((entry) => entry.kind === kind), PATIENCE);

describe('a bad night', () => {
  it('makes three messages, one of them with a reply, and leaves the scale-in quiet', {
    timeout: PATIENCE,
  }, async () => {
    const { sandbox, player } = await start();
    await player.play(OPENING);
    await hasMessages(sandbox, OPENING_MESSAGES);
    await sandbox.settled();
    const [parents, replies] = [false, true].map((isReply) =>
      sandbox
        .messages()
        .filter(({ thread_ts }) => (thread_ts !== undefined) === isReply)
        .map(({ text }) => text),
    );
    expect(parents).toEqual([
      expect.stringMatching(/out of memory.*report-worker/i),
      expect.stringMatching(/deployment (failed|in trouble).*image.*checkout/i),
      expect.stringMatching(/retirement.*3 services/i),
    ]);
    expect(replies).toEqual([expect.stringMatching(/checkout.*circuit breaker/i)]);
  });

  it('says no secret anywhere: not in a message, a notification, a record or a log line', {
    timeout: PATIENCE,
  }, async () => {
    const { sandbox, player } = await start();
    await player.play(OPENING);
    await hasMessages(sandbox, OPENING_MESSAGES);
    const said = JSON.stringify([
      sandbox.messages(),
      sandbox.journal.entries(),
      await sandbox.records(),
      sandbox.logs(),
    ]);
    // The quoted log line is there, its password is not.
    expect(said).toContain('reports-db.harbor.internal');
    for (const secret of [...KEPT_IN, TOKEN]) expect(said).not.toContain(secret);
  });
});

describe('what AWS knows beyond the event', () => {
  const said = async (path: string): Promise<string> => {
    const { sandbox, player } = await start();
    await player.tell(path);
    await hasMessages(sandbox, 1);
    return JSON.stringify(sandbox.messages());
  };

  it.each([
    ['ecs/task-stopped-image-not-found', 'ECR has no tag 2.31.0 in checkout; the newest is 2.30.3'],
    ['ecs/task-stopped-image-pull-denied', 'only the permission is missing'],
    ['ecs/task-stopped-elb-health-check', 'got status 503. The load balancer says so of 2 of 3 targets now'],
    ['ecs/task-stopped-out-of-memory', 'Memory peaked at 97 % of 1024 MiB'],
  ])('is in the message about %s', { timeout: PATIENCE }, async (path, words) => {
    expect(await said(path)).toContain(words);
  });
});

describe('what goes wrong loses nothing', () => {
  it('a function killed in the middle of a batch: the event comes again and is told once', {
    timeout: PATIENCE,
  }, async () => {
    // The killed function holds its claim on the message until its deadline; then the reconciler may take over.
    const { sandbox, player } = await start({ visibilityTimeout: 1, functionTimeout: 7, scheduleInterval: 500 });
    sandbox.injectSlack({ kind: 'hanging' });
    await player.tell('ecs/task-stopped-out-of-memory');
    await hasEntry(sandbox, 'slack-refusal');
    expect(sandbox.kill('ecs-events')).toBe(true);
    sandbox.injectSlack(undefined);
    await hasMessages(sandbox, 1);
    await hasEntry(sandbox, 'decision');
    expect(sandbox.messages()).toHaveLength(1);
    const ended = sandbox.journal
      .entries()
      .filter((entry) => entry.kind === 'invocation' && entry.function === 'ecs-events');
    expect(ended).toMatchObject([{ failure: expect.stringContaining('SIGKILL') }, { events: 1 }]);
  });

  it('Slack is down: the message follows by itself, once', { timeout: PATIENCE }, async () => {
    const { sandbox, player } = await start({ scheduleInterval: 500 });
    sandbox.injectSlack({ kind: 'down' });
    await player.tell('ecs/task-stopped-image-not-found');
    await hasEntry(sandbox, 'decision');
    expect(sandbox.messages()).toEqual([]);
    sandbox.injectSlack(undefined);
    await hasMessages(sandbox, 1);
    expect(sandbox.messages()).toHaveLength(1);
  });

  it('the AWS reads are denied: the message comes without them', { timeout: PATIENCE }, async () => {
    const { sandbox, player } = await start();
    for (const action of ['ecs:DescribeTaskDefinition', 'ecs:DescribeServices', 'logs:GetLogEvents']) {
      sandbox.injectAws(action, { kind: 'denied' });
    }
    await player.tell('ecs/task-stopped-out-of-memory');
    await hasMessages(sandbox, 1);
    expect(JSON.stringify(sandbox.messages())).toContain('ecs:DescribeTaskDefinition');
  });
});
