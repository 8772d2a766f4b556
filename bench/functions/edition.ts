import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { Runtime } from '../../sandbox/lambda/runtime.ts';
import { gatherBundles } from './bundles.ts';
import { execute } from './execution.ts';
import type { Target } from './target.ts';
import { targetsAt } from './targets.ts';

/** One build of the functions, with AWS and Slack of its own, so that no build meets what another has written. */
export interface Edition extends AsyncDisposable {
  readonly targets: readonly Target[];
}

/** Events that open a problem which is known later, and let its message be sent. */
const PRIMING = 3;

/**
 * Takes the build of `built` to `folder`, starts the stubs, each answer `latency` milliseconds late, and puts the
 * problems on record that are known.
 */
export async function startEdition(of: {
  readonly built: string;
  readonly folder: string;
  readonly latency: number;
  readonly runtime: Runtime;
}): Promise<Edition> {
  await gatherBundles(of.built, of.folder);
  const stub = fork(new URL('stub.ts', import.meta.url), [String(of.latency)]);
  const targets = targetsAt({ bundles: of.folder, url: await urlOf(stub) }, 1);
  for (const target of targets.filter(({ isPrimed }) => isPrimed))
    await execute(target, { runtime: of.runtime, warm: PRIMING - 1 });
  stub.send('freeze');
  return {
    targets,
    [Symbol.asyncDispose]: async () => {
      stub.kill();
      await once(stub, 'exit');
    },
  };
}

async function urlOf(stub: ChildProcess): Promise<string> {
  // True: the stub sends one message, its URL.
  const [url] = (await once(stub, 'message')) as [string];
  return url;
}
