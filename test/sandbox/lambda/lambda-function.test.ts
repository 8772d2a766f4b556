import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import type { FunctionSpec } from '../../../sandbox/lambda/environment.ts';
import { createFunction, type LambdaFunction } from '../../../sandbox/lambda/lambda-function.ts';
import type { LogLine } from '../../../sandbox/lambda/log-line.ts';
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
    runtime,
    (line) => {
      lines.push(line);
      heard.resolve();
      heard = Promise.withResolvers<void>();
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
