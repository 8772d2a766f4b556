import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Runtime } from '../../sandbox/lambda/runtime.ts';
import { type RuntimeApi, startRuntimeApi } from '../../sandbox/lambda/runtime-api.ts';
import type { Measured, Spent } from './measured.ts';
import { processorTime, residentMemory } from './process-usage.ts';
import type { Quota } from './quota.ts';
import type { Target } from './target.ts';

/** Milliseconds for one process; what takes longer hangs. */
const PATIENCE = 60_000;

export interface Conditions {
  readonly runtime: Runtime;
  /** Further events after the first. */
  readonly warm: number;
  /** Holds the process from its first event on. */
  readonly quota?: Quota;
}

/** One cold start and what follows. @throws when the function fails, or answers what the target does not want. */
export async function execute(target: Target, { runtime, warm, quota }: Conditions): Promise<Measured> {
  await using api = await startRuntimeApi();
  const began = performance.now();
  const child = spawn(process.execPath, [runtime.entry], {
    env: { ...target.environment, ...runtimeEnvironment(target, api.address) },
    cwd: target.folder,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const running: Running = { target, api, ended: endOf(child), log: gather(child) };
  const hangs = setTimeout(() => child.kill('SIGKILL'), PATIENCE);
  try {
    const init = await initialised(running, began, child.pid ?? 0);
    quota?.hold(child.pid ?? 0);
    return { init, ...(await events(running, { warm, pid: child.pid ?? 0, before: init.cpu })) };
  } finally {
    clearTimeout(hangs);
    child.kill('SIGKILL');
    await running.ended.catch(() => undefined);
  }
}

interface Running {
  readonly target: Target;
  readonly api: RuntimeApi;
  /** Rejects when the process is over. */
  readonly ended: Promise<never>;
  readonly log: () => string;
}

async function initialised({ target, api, ended, log }: Running, began: number, pid: number): Promise<Spent> {
  const failure = await Promise.race([api.initialised, ended]);
  const wall = performance.now() - began;
  if (failure !== undefined) throw new Error(`${target.name} does not start: ${failure.message}\n${log()}`);
  return { wall, cpu: await processorTime(pid) };
}

async function events(
  running: Running,
  { warm, pid, before }: { readonly warm: number; readonly pid: number; readonly before: number },
): Promise<Omit<Measured, 'init'>> {
  const wall = await invoke(running);
  const afterFirst = await processorTime(pid);
  const logged = Buffer.byteLength(running.log());
  const times: number[] = [];
  while (times.length < warm) times.push(await invoke(running));
  const warmCpu = (await processorTime(pid)) - afterFirst;
  return {
    first: { wall, cpu: afterFirst - before },
    warm: times,
    warmCpu: warmCpu / Math.max(1, warm),
    resident: residentMemory(pid),
    logBytes: (Buffer.byteLength(running.log()) - logged) / Math.max(1, warm),
  };
}

/** Milliseconds from handing the event out to the answer. */
async function invoke({ target, api, ended, log }: Running): Promise<number> {
  const event = target.event();
  const began = performance.now();
  const invocation = { event, functionArn: arnOf(target), deadline: Date.now() + PATIENCE };
  const outcome = await Promise.race([api.invoke(invocation), ended]);
  const took = performance.now() - began;
  const isRight = outcome.status === 'returned' && target.wants(outcome.payload, log());
  if (!isRight) throw new Error(`${target.name} answered ${JSON.stringify(outcome)}\n${log()}`);
  return took;
}

async function endOf(child: ChildProcess): Promise<never> {
  await once(child, 'exit');
  throw new Error('the process ended, or hung');
}

const arnOf = ({ name }: Target): string =>
  `arn:aws:lambda:eu-west-1:111122223333:function:${name.replace(/\W/g, '-')}`;

/** Everything that the process has written so far. */
function gather(child: ChildProcess): () => string {
  const chunks: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => chunks.push(chunk));
  return () => Buffer.concat(chunks).toString();
}

const runtimeEnvironment = ({ name, folder }: Target, address: string): Record<string, string> => ({
  TZ: ':UTC',
  _HANDLER: 'index.handler',
  LAMBDA_TASK_ROOT: folder,
  AWS_LAMBDA_RUNTIME_API: address,
  AWS_LAMBDA_FUNCTION_NAME: name,
  AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '512',
  AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${name}`,
  AWS_LAMBDA_LOG_STREAM_NAME: 'bench',
  AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
  AWS_LAMBDA_LOG_FORMAT: 'JSON',
});
