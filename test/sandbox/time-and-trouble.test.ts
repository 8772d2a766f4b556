import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import type { SandboxOptions } from '../../sandbox/options.ts';
import { type Sandbox, startSandbox } from '../../sandbox/sandbox.ts';
import { readLibrary } from '../../sandbox/scenario/library.ts';
import { createPlayer } from '../../sandbox/scenario/player.ts';
import { pour } from '../../sandbox/scenario/pour.ts';
import { storm } from '../../sandbox/scenario/storms.ts';

// The real bundles of dist/, so `npm run build` comes first. What the functions decide is tested elsewhere: here it only
// matters that time passes for them, that trouble reaches them, and that nothing is lost on the way.

const library = readLibrary(fileURLToPath(new URL('../../events', import.meta.url)));
const PATIENCE = 40_000;
const MINUTE = 60_000;
const running: Sandbox[] = [];

async function start(options: SandboxOptions = {}): Promise<Sandbox> {
  const sandbox = await startSandbox(options);
  running.push(sandbox);
  return sandbox;
}

afterEach(async () => {
  await Promise.all(running.splice(0).map((sandbox) => sandbox[Symbol.asyncDispose]()));
});

const tell = (sandbox: Sandbox, path: string): Promise<void> => createPlayer(sandbox, library).tell(path);
const reconciles = (sandbox: Sandbox): number => sandbox.usage().functions['reconcile']?.invocations ?? 0;

describe('time', () => {
  it('passes for functions, schedules, Slack and the journal', { timeout: PATIENCE }, async () => {
    const startsAt = Date.UTC(2031, 2, 30);
    const sandbox = await start({ startsAt });
    await sandbox.clock.advance(30 * MINUTE);
    expect(reconciles(sandbox)).toBe(30);
    await tell(sandbox, 'ecs/task-stopped-out-of-memory');
    await sandbox.settled();
    const [message] = sandbox.messages();
    const instants = [Number(message?.ts) * 1_000, sandbox.journal.entries().at(-1)?.at ?? 0];
    for (const instant of instants) {
      expect(instant).toBeGreaterThanOrEqual(startsAt + 30 * MINUTE);
      expect(instant).toBeLessThan(startsAt + 31 * MINUTE);
    }
    // The functions log the time as they see it.
    expect(
      sandbox
        .logs()
        .filter((line) => line.includes('"decision"'))
        .join(''),
    ).toContain('2031-03-30T00:3');
  });
});

describe('settling', () => {
  it('means that every event is decided on and told, and that nothing was given up', {
    timeout: PATIENCE,
  }, async () => {
    const sandbox = await start();
    await tell(sandbox, 'ecs/task-stopped-image-not-found');
    await tell(sandbox, 'health/retirement-services');
    await sandbox.settled();
    expect(sandbox.messages()).toHaveLength(2);
    expect(sandbox.usage()).toMatchObject({
      functions: { 'ecs-events': { invocations: 1 }, 'retirement-notice': { invocations: 1 } },
      slack: { 'chat.postMessage': 2 },
      notifications: 2,
    });
    expect(await sandbox.deadLetters()).toBe(0);
  });

  it('is given up in words when somebody hangs', { timeout: PATIENCE }, async () => {
    const sandbox = await start();
    sandbox.injectSlack({ kind: 'hanging' });
    await tell(sandbox, 'ecs/task-stopped-image-not-found');
    await expect(sandbox.settled(500)).rejects.toThrow(/: [1-9]\d* messages are left in the queues/);
  });
});

describe('trouble', () => {
  it('of half an hour in Slack ends with one message', { timeout: PATIENCE }, async () => {
    const sandbox = await start();
    sandbox.injectSlack({ kind: 'down' });
    await tell(sandbox, 'ecs/task-stopped-image-not-found');
    await sandbox.settled();
    await sandbox.clock.advance(30 * MINUTE);
    expect(sandbox.messages()).toEqual([]);
    sandbox.injectSlack(undefined);
    await sandbox.clock.advance(60 * MINUTE);
    expect(sandbox.messages()).toHaveLength(1);
  });

  it('of every kind at once loses no problem', { timeout: PATIENCE }, async () => {
    const sandbox = await start({ concurrency: 2, visibilityTimeout: 1 });
    sandbox.injectSlack({ kind: 'unreliable', seed: 5, share: 0.2 });
    sandbox.injectDatabase({ seed: 6, share: 0.05 });
    sandbox.killAtRandom({ seed: 7, probability: 0.1, functions: ['ecs-events'] });
    await pour(sandbox, storm({ services: 4, stops: 60, seed: 8, at: sandbox.clock.now(), span: 10_000 }));
    sandbox.killAtRandom(undefined);
    sandbox.injectDatabase(undefined);
    sandbox.injectSlack(undefined);
    await sandbox.clock.advance(60 * MINUTE);
    expect(await sandbox.deadLetters()).toBe(0);
    const [records, said] = [JSON.stringify(await sandbox.records()), JSON.stringify(sandbox.messages())];
    for (const name of ['barge-001', 'barge-002', 'barge-003', 'barge-004']) {
      expect(records).toContain(name);
      expect(said).toContain(name);
    }
    expect(Object.values(sandbox.usage().database).some(({ throttled }) => throttled > 0)).toBe(true);
  });
});
