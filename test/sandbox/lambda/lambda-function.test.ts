import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { createClock } from '../../../sandbox/clock.ts';
import type { FunctionSpec } from '../../../sandbox/lambda/environment.ts';
import { createFunction, type FunctionDeps, type LambdaFunction } from '../../../sandbox/lambda/lambda-function.ts';
import type { LogLine } from '../../../sandbox/lambda/log-line.ts';
import { createRandomKills } from '../../../sandbox/lambda/random-kills.ts';
import { chooseRuntime, ownRuntime, type Runtime } from '../../../sandbox/lambda/runtime.ts';

const BUNDLES = {
  tiny: new URL('../handlers/tiny/index.mjs', import.meta.url),
  broken: new URL('../handlers/broken/index.mjs', import.meta.url),
};

const running: LambdaFunction[] = [];

interface Started {
  readonly lambda: LambdaFunction;
  readonly lines: readonly LogLine[];
  /** Settles when the function writes its next line. */
  readonly nextLine: () => Promise<void>;
}

function start(
  runtime: Runtime,
  spec: Partial<FunctionSpec> & { readonly bundle?: keyof typeof BUNDLES } = {},
  deps: Partial<FunctionDeps> = {},
): Started {
  const lines: LogLine[] = [];
  let heard = Promise.withResolvers<void>();
  const { bundle = 'tiny', ...changes } = spec;
  const lambda = createFunction(
    {
      name: bundle,
      arn: `arn:aws:lambda:eu-west-1:000000000000:function:${bundle}`,
      taskRoot: dirname(fileURLToPath(BUNDLES[bundle])),
      handler: 'index.handler',
      timeout: 10_000,
      memory: 128,
      environment: { GREETING: 'ahoy' },
      ...changes,
    },
    {
      runtime,
      ...deps,
      onLine: (line) => {
        lines.push(line);
        heard.resolve();
        heard = Promise.withResolvers<void>();
      },
    },
  );
  running.push(lambda);
  return { lambda, lines, nextLine: () => heard.promise };
}

afterEach(async () => {
  await Promise.all(running.splice(0).map((lambda) => lambda[Symbol.asyncDispose]()));
});

describe.each([
  ['the runtime that was chosen for this machine', chooseRuntime()],
  ["the sandbox's own runtime loop", ownRuntime()],
])('a function under %s', (_, runtime) => {
  it('returns what its handler returns, one event after the other', async () => {
    const { lambda } = start(runtime);
    const outcomes = await Promise.all([1, 2, 3].map((value) => lambda.invoke({ way: 'answer', value })));
    expect(outcomes).toEqual([1, 2, 3].map((value) => ({ status: 'returned', payload: { value } })));
  });

  it('reports a thrown error and serves the next event in the same process', async () => {
    const { lambda } = start(runtime);
    const thrown = { status: 'failed', cause: 'thrown', errorType: 'TypeError', message: 'the handler threw' };
    expect(await lambda.invoke({ way: 'throw' })).toEqual(thrown);
    expect(await lambda.invoke({ way: 'answer', value: 1 })).toMatchObject({ status: 'returned' });
  });

  it('is killed at its deadline and starts again', async () => {
    const { lambda } = start(runtime, { timeout: 300 });
    expect(await lambda.invoke({ way: 'hang' })).toMatchObject({ status: 'failed', cause: 'timed-out' });
    expect(await lambda.invoke({ way: 'answer', value: 1 })).toMatchObject({ status: 'returned' });
  });

  it('reports a process that ended by itself and starts again', async () => {
    const { lambda } = start(runtime);
    const crashed = { status: 'failed', cause: 'crashed', message: 'the process ended: exit code 3' };
    expect(await lambda.invoke({ way: 'exit' })).toMatchObject(crashed);
    expect(await lambda.invoke({ way: 'answer', value: 1 })).toMatchObject({ status: 'returned' });
  });

  it('reports a process that was killed in the middle of an event', async () => {
    const { lambda, nextLine } = start(runtime);
    const outcome = lambda.invoke({ way: 'hang' });
    await nextLine();
    expect(lambda.kill()).toBe(true);
    expect(await outcome).toMatchObject({ cause: 'crashed', message: 'the process ended: signal SIGKILL' });
  });

  it('reports a module that does not load', async () => {
    const { lambda } = start(runtime, { bundle: 'broken' });
    const failure = { status: 'failed', cause: 'init-failed', message: expect.stringContaining('does not load') };
    expect(await lambda.invoke({})).toMatchObject(failure);
  });

  it('tells the handler its name and deadline, and nothing of the environment that the sandbox runs in', async () => {
    const { lambda } = start(runtime);
    const outcome = await lambda.invoke({ way: 'context' });
    expect(outcome).toMatchObject({ payload: { name: 'tiny', hasTime: true } });
    const { environment } = (outcome as { payload: { environment: string[] } }).payload;
    expect(environment).toContain('GREETING');
    expect(environment).not.toContain('HOME');
  });

  it('hands over the JSON that the function logs', async () => {
    const { lambda, lines, nextLine } = start(runtime);
    const heard = nextLine();
    await lambda.invoke({ way: 'answer', value: 1 });
    await heard;
    expect(lines.map((line) => line.fields)).toContainEqual({ decision: 'told', way: 'answer' });
  });
});

describe.each([
  ['the runtime that was chosen for this machine', chooseRuntime()],
  ["the sandbox's own runtime loop", ownRuntime()],
])('the clock of a function under %s', (_, runtime) => {
  it("is the sandbox's, also in a process that runs already", async () => {
    using clock = createClock(Date.UTC(2031, 2, 30, 1));
    const { lambda } = start(runtime, { timeout: 10_000 }, { clock });
    for (const days of [0, 40]) {
      clock.moveTo(clock.now() + days * 86_400_000);
      const before = clock.now();
      const outcome = await lambda.invoke({ way: 'clock' });
      const after = clock.now();
      const { payload } = outcome as { payload: Record<'now' | 'constructed' | 'remaining', number> };
      expect(payload).toMatchObject({ given: '1970-01-01T00:00:00.000Z', isOneDate: true });
      expect(payload).toMatchObject({ called: expect.stringContaining('2031') });
      for (const instant of [payload.now, payload.constructed]) {
        expect(instant).toBeGreaterThanOrEqual(before);
        expect(instant).toBeLessThanOrEqual(after);
      }
      expect(payload.remaining).toBeGreaterThan(0);
      expect(payload.remaining).toBeLessThanOrEqual(10_000);
    }
  });

  it('is real time when nobody gives one', async () => {
    const before = Date.now();
    const outcome = await start(runtime).lambda.invoke({ way: 'clock' });
    const { payload } = outcome as { payload: { now: number } };
    expect(payload.now).toBeGreaterThanOrEqual(before);
    expect(payload.now).toBeLessThanOrEqual(Date.now());
  });
});

describe('environments of one function', () => {
  const pidsOf = (outcomes: readonly object[]): readonly unknown[] =>
    outcomes.map((outcome) => ('payload' in outcome ? outcome.payload : outcome));

  it('work at the same time, each in a process of its own', async () => {
    const { lambda } = start(ownRuntime(), {}, { concurrency: 2 });
    const pids = pidsOf(await Promise.all([1, 2].map(() => lambda.invoke({ way: 'meet' }))));
    expect(new Set(pids).size).toBe(2);
  });

  it('are no more than were asked for, and the first is used when it is free', async () => {
    const { lambda } = start(ownRuntime(), {}, { concurrency: 2 });
    const crowd = pidsOf(await Promise.all([1, 2, 3, 4].map(() => lambda.invoke({ way: 'meet' }))));
    expect(new Set(crowd).size).toBe(2);
    const alone = pidsOf([await lambda.invoke({ way: 'process' }), await lambda.invoke({ way: 'process' })]);
    expect(new Set(alone).size).toBe(1);
  });
});

describe('random kills', () => {
  it('kill in the middle of the work, and spare everyone when they end', async () => {
    const killed: string[] = [];
    const kills = createRandomKills((name) => void killed.push(name));
    const { lambda } = start(ownRuntime(), {}, { kills });
    kills.plan({ seed: 1, probability: 1, functions: ['tiny'] });
    expect(await lambda.invoke({ way: 'hang' })).toMatchObject({ cause: 'crashed' });
    expect(killed).toEqual(['tiny']);
    kills.plan({ seed: 1, probability: 1, functions: ['another'] });
    expect(await lambda.invoke({ way: 'answer', value: 1 })).toMatchObject({ status: 'returned' });
    kills.plan(undefined);
    expect(await lambda.invoke({ way: 'answer', value: 1 })).toMatchObject({ status: 'returned' });
    expect(killed).toHaveLength(1);
  });
});

describe('a function that is stopped', () => {
  it('has no process left and refuses the next event', async () => {
    const { lambda } = start(ownRuntime());
    await lambda.invoke({ way: 'answer', value: 1 });
    await lambda[Symbol.asyncDispose]();
    expect(lambda.kill()).toBe(false);
    await expect(lambda.invoke({ way: 'answer', value: 2 })).rejects.toThrow('tiny is stopped');
  });

  it('does not wait for an event that hangs', async () => {
    const { lambda, nextLine } = start(ownRuntime());
    const outcome = lambda.invoke({ way: 'hang' });
    await nextLine();
    await lambda[Symbol.asyncDispose]();
    expect(await outcome).toMatchObject({ cause: 'crashed' });
  });
});
