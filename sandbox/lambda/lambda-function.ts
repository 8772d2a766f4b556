import { type Environment, type FunctionSpec, startEnvironment } from './environment.ts';
import type { LogLine } from './log-line.ts';
import type { InvokeOutcome } from './outcome.ts';
import type { Runtime } from './runtime.ts';

export interface LambdaFunction extends AsyncDisposable {
  readonly name: string;
  /** Waits for its turn: the sandbox gives a function one environment, and an environment takes one event at a time. */
  readonly invoke: (event: unknown) => Promise<InvokeOutcome>;
  /** Kills the process, in the middle of an invocation if there is one. Answers whether there was a process. */
  readonly kill: () => boolean;
}

/** Starts no process before the first invocation, and a new one after each that died: a cold start, as in Lambda. */
export function createFunction(spec: FunctionSpec, runtime: Runtime, onLine: (line: LogLine) => void): LambdaFunction {
  let environment: Environment | undefined;
  let turn: Promise<unknown> = Promise.resolve();
  let isStopped = false;

  const warmEnvironment = async (): Promise<Environment> => {
    if (environment?.isAlive()) return environment;
    await environment?.[Symbol.asyncDispose]();
    environment = await startEnvironment(spec, runtime, onLine);
    if (isStopped) environment.kill();
    return environment;
  };
  const invokeNow = async (event: unknown): Promise<InvokeOutcome> => {
    if (isStopped) throw new Error(`${spec.name} is stopped`);
    return (await warmEnvironment()).invoke(event);
  };

  return {
    name: spec.name,
    invoke: (event) => {
      const outcome = turn.then(() => invokeNow(event));
      turn = outcome.catch(() => undefined);
      return outcome;
    },
    kill: () => {
      const wasAlive = environment?.isAlive() ?? false;
      environment?.kill();
      return wasAlive;
    },
    [Symbol.asyncDispose]: async () => {
      isStopped = true;
      environment?.kill();
      await turn;
      await environment?.[Symbol.asyncDispose]();
    },
  };
}
