import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Now } from '../clock.ts';
import { type LogLine, readLines } from './log-line.ts';
import { failed, type InvokeOutcome } from './outcome.ts';
import type { Runtime } from './runtime.ts';
import { type RuntimeApi, startRuntimeApi } from './runtime-api.ts';

/** A function as the template describes it, with its bundle on disk. */
export interface FunctionSpec {
  readonly name: string;
  readonly arn: string;
  /** The ARN that it is told it was invoked by; the same unless given. */
  readonly invokedArn?: string;
  /** Folder that holds the bundle. */
  readonly taskRoot: string;
  /** `file.export`, as in the template. */
  readonly handler: string;
  /** Milliseconds. */
  readonly timeout: number;
  /** MB; told to the function, not enforced. */
  readonly memory: number;
  /** Most environments at the same time, where the template reserves them. */
  readonly reservedConcurrency?: number;
  /** The whole environment: nothing of the developer's own, least of all credentials, reaches a function. */
  readonly environment: Readonly<Record<string, string>>;
}

/** One execution environment: one process with its own Runtime API, used until it dies. */
export interface Environment extends AsyncDisposable {
  readonly invoke: (event: unknown) => Promise<InvokeOutcome>;
  readonly isAlive: () => boolean;
  readonly kill: () => void;
}

/** Lambda gives INIT ten seconds. https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html */
const INIT_TIMEOUT = 10_000;

export interface EnvironmentDeps {
  readonly runtime: Runtime;
  readonly onLine: (line: LogLine) => void;
  /** The time that the process follows, and the file by which it does; real time when absent. */
  readonly clock?: { readonly now: Now; readonly file: string };
}

const CLOCK_PRELOAD = new URL('clock-preload.mjs', import.meta.url).href;

/** Starts the process. A process that cannot start shows as the outcome of the first invocation. */
export async function startEnvironment(spec: FunctionSpec, deps: EnvironmentDeps): Promise<Environment> {
  const { runtime, onLine, clock } = deps;
  const now = clock?.now ?? Date.now;
  const api = await startRuntimeApi();
  const child = spawn(process.execPath, ['--import', CLOCK_PRELOAD, runtime.entry], {
    env: { ...environmentOf(spec, api.address), ...(clock && { SANDBOX_CLOCK: clock.file }) },
    cwd: spec.taskRoot,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  readLines(child.stdout, onLine);
  readLines(child.stderr, onLine);
  const exited = exitOf(child);
  return {
    invoke: (event) => invokeIn({ spec, api, child, exited, now }, event),
    isAlive: () => child.exitCode === null && child.signalCode === null,
    kill: () => void child.kill('SIGKILL'),
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGKILL');
      await exited;
      await api[Symbol.asyncDispose]();
    },
  };
}

interface Parts {
  readonly spec: FunctionSpec;
  readonly api: RuntimeApi;
  readonly child: ChildProcess;
  readonly exited: Promise<string>;
  readonly now: Now;
}

async function invokeIn({ spec, api, child, exited, now }: Parts, event: unknown): Promise<InvokeOutcome> {
  const crashed = exited.then((how) => failed('crashed', 'Runtime.ExitError', `the process ended: ${how}`));
  const initialised = await withTimeout(INIT_TIMEOUT, [api.initialised, crashed], () =>
    failed('init-failed', 'Sandbox.Timedout', `no sign of life within ${INIT_TIMEOUT} ms`),
  );
  const outcome =
    initialised ??
    (await withTimeout(
      spec.timeout,
      [api.invoke({ event, functionArn: spec.invokedArn ?? spec.arn, deadline: now() + spec.timeout }), crashed],
      () => failed('timed-out', 'Sandbox.Timedout', `Task timed out after ${spec.timeout} ms`),
    ));
  if (outcome.status === 'failed' && outcome.cause !== 'thrown') {
    child.kill('SIGKILL');
    await exited;
  }
  return outcome;
}

async function withTimeout<Value>(
  milliseconds: number,
  racers: readonly Promise<Value>[],
  late: () => Value,
): Promise<Value> {
  const { promise, resolve } = Promise.withResolvers<Value>();
  const timer = setTimeout(() => resolve(late()), milliseconds);
  try {
    return await Promise.race([...racers, promise]);
  } finally {
    clearTimeout(timer);
  }
}

/** Settles once, in words. A program that cannot be started at all ends with an `error` and no `exit`. */
async function exitOf(child: ChildProcess): Promise<string> {
  try {
    await once(child, 'exit');
    return child.signalCode === null ? `exit code ${child.exitCode}` : `signal ${child.signalCode}`;
  } catch (error) {
    return String(error);
  }
}

const environmentOf = (spec: FunctionSpec, api: string): Record<string, string> => ({
  TZ: ':UTC',
  ...spec.environment,
  _HANDLER: spec.handler,
  LAMBDA_TASK_ROOT: spec.taskRoot,
  AWS_LAMBDA_RUNTIME_API: api,
  AWS_LAMBDA_FUNCTION_NAME: spec.name,
  AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(spec.memory),
  AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${spec.name}`,
  AWS_LAMBDA_LOG_STREAM_NAME: 'sandbox',
  AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
  AWS_LAMBDA_LOG_FORMAT: 'JSON',
});
