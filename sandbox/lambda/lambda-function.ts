import type { Now } from '../clock.ts';
import { type Environment, type FunctionSpec, startEnvironment } from './environment.ts';
import type { LogLine } from './log-line.ts';
import type { InvokeOutcome } from './outcome.ts';
import type { RandomKills } from './random-kills.ts';
import type { Runtime } from './runtime.ts';
import { createSlots } from './slots.ts';

export interface LambdaFunction extends AsyncDisposable {
  readonly name: string;
  /** Waits for its turn when every environment is at work: each takes one event at a time. */
  readonly invoke: (event: unknown) => Promise<InvokeOutcome>;
  /** Kills a process, the one that has been at work longest if there is one. Answers whether there was a process. */
  readonly kill: () => boolean;
}

export interface FunctionDeps {
  readonly runtime: Runtime;
  readonly onLine: (line: LogLine) => void;
  /** Time for deadlines, and the file that the process follows it by; real time without one. */
  readonly clock?: { readonly now: Now; readonly file: string };
  /** Environments at the same time, 1 by default. */
  readonly concurrency?: number;
  /**
   * Told of every invocation's time in the function, INIT included, in milliseconds: what Lambda bills; and whether a
   * process had to be started for it.
   */
  readonly onBilled?: (milliseconds: number, isCold: boolean) => void;
  readonly kills?: RandomKills;
}

/** Starts no process before the first invocation, and a new one after each that died: a cold start, as in Lambda. */
export function createFunction(spec: FunctionSpec, deps: FunctionDeps): LambdaFunction {
  const slots = createSlots(deps.concurrency ?? 1);
  const environments = new Map<number, Environment>();
  let isStopped = false;

  const warmEnvironment = async (slot: number): Promise<Environment> => {
    const warm = environments.get(slot);
    if (warm?.isAlive()) return warm;
    await warm?.[Symbol.asyncDispose]();
    const cold = await startEnvironment(spec, deps);
    environments.set(slot, cold);
    if (isStopped) cold.kill();
    return cold;
  };
  const invokeIn = async (slot: number, event: unknown): Promise<InvokeOutcome> => {
    if (isStopped) throw new Error(`${spec.name} is stopped`);
    const began = performance.now();
    const isCold = environments.get(slot)?.isAlive() !== true;
    const environment = await warmEnvironment(slot);
    const unwatch = deps.kills?.watch(spec.name, environment.kill);
    try {
      return await environment.invoke(event);
    } finally {
      unwatch?.();
      deps.onBilled?.(performance.now() - began, isCold);
    }
  };

  return {
    name: spec.name,
    invoke: (event) => slots.use((slot) => invokeIn(slot, event)),
    kill: () => {
      const candidates = [...slots.inUse(), ...environments.keys()].map((slot) => environments.get(slot));
      const victim = candidates.find((environment) => environment?.isAlive());
      victim?.kill();
      return victim !== undefined;
    },
    [Symbol.asyncDispose]: async () => {
      isStopped = true;
      for (const environment of environments.values()) environment.kill();
      await slots.idle();
      await Promise.all([...environments.values()].map((environment) => environment[Symbol.asyncDispose]()));
    },
  };
}
