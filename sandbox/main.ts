import { fileURLToPath } from 'node:url';
import { type Command, parseCommandLine, USAGE } from './command-line.ts';
import type { PageDeps, Stage } from './page/desk.ts';
import { startPage } from './page/server.ts';
import { type Sandbox, startSandbox } from './sandbox.ts';
import { addFleet } from './scenario/acts.ts';
import { type Recorded, readLibrary } from './scenario/library.ts';
import { createPlayer, type Player } from './scenario/player.ts';
import { OPENING, OPENING_MESSAGES, type Scenario } from './scenario/scenarios.ts';
import { removeShellEnvironment, SHELL_ENVIRONMENT, writeShellEnvironment } from './shell-environment.ts';
import { lineOf, placesText } from './terminal.ts';

/** Seconds. Nobody watches for the template's three minutes until a killed batch comes again. */
const VISIBILITY_TIMEOUT = 10;
/** Milliseconds for the messages of the first scenario; a retry after a failed delivery fits in. */
const PATIENCE = 30_000;

const parsed = parseCommandLine(process.argv.slice(2));
if (parsed.status === 'help') console.log(USAGE);
else if (parsed.status === 'wrong') {
  console.error(`${parsed.problem}\n\n${USAGE}`);
  process.exitCode = 2;
} else {
  // Everything is stopped by then; the queue emulator's long-poll timers would hold the process for 20 s more.
  process.exit(await run(parsed.command).catch(complain));
}

/** Runs the sandbox until it is told to stop, or once; answers the exit code. */
async function run(command: Command): Promise<number> {
  const stopped = untilStopped();
  const library = readLibrary(fileURLToPath(new URL('../events', import.meta.url)));
  await using stages = createStages(library);
  const { sandbox, player } = await stages.start();
  console.log(placesText(sandbox.places));
  console.log(placesText([{ name: 'Redelivery after a crash', where: `in ${VISIBILITY_TIMEOUT} s (minutes in AWS)` }]));
  // With `await`, because leaving this function stops the sandbox.
  const { scenario } = command;
  if (command.once && scenario) {
    return await Promise.race([playOnce(sandbox, player, scenario), stopped.then(() => 1)]);
  }

  await using page = await startPage({ sandbox, library, player, port: command.port, restart: stages.restart });
  if (page.port !== command.port) console.log(`Port ${command.port} is taken; the page is on another one.`);
  console.log(
    placesText([{ name: 'Command line', where: `. ${SHELL_ENVIRONMENT} && npx slackwater doctor --stack slackwater` }]),
  );
  console.log(placesText([{ name: 'Page', where: page.url }]));
  if (scenario) await Promise.race([player.play(scenario).catch(complain), stopped]);
  console.log(`\nThe page is at ${page.url}. Ctrl-C stops everything.`);
  await stopped;
  return 0;
}

interface Stages extends AsyncDisposable {
  readonly start: () => Promise<Stage>;
  /** Another one; `retire` ends the one before. */
  readonly restart: NonNullable<PageDeps['restart']>;
}

/** Sandboxes, one after the other, each with the fleet and the configuration document and watched on the terminal. */
function createStages(library: readonly Recorded[]): Stages {
  const running = new Set<Sandbox>();
  const retire = async (sandbox: Sandbox): Promise<void> => {
    if (running.delete(sandbox)) await sandbox[Symbol.asyncDispose]();
  };
  const start = async (): Promise<Stage> => {
    const sandbox = await startSandbox({ visibilityTimeout: VISIBILITY_TIMEOUT });
    running.add(sandbox);
    writeShellEnvironment(sandbox.environment);
    addFleet(sandbox);
    await sandbox.configure(fileURLToPath(new URL('configuration.yaml', import.meta.url)));
    sandbox.journal.subscribe((entry) => {
      const line = lineOf(entry);
      if (line !== undefined) console.log(line);
    });
    return { sandbox, player: createPlayer(sandbox, library) };
  };
  return {
    start,
    restart: async () => {
      const before = [...running];
      const stage = await start();
      return { ...stage, retire: async () => void (await Promise.all(before.map(retire))) };
    },
    [Symbol.asyncDispose]: async () => {
      removeShellEnvironment();
      await Promise.all([...running].map(retire));
    },
  };
}

/** Only of the opening scenario is it known how many messages it has to make; of another, that it ends. */
async function playOnce(sandbox: Sandbox, player: Player, scenario: Scenario): Promise<number> {
  const expected = scenario === OPENING ? OPENING_MESSAGES : undefined;
  const failure = await player
    .play(scenario)
    .then(() => sandbox.waitUntil('the messages', () => sandbox.messages().length >= (expected ?? 0), PATIENCE))
    .catch(complain);
  const count = sandbox.messages().length;
  const wanted = expected === undefined ? '' : `, ${expected} expected`;
  console.log(`\n${count} messages${wanted}. ${scenario.expectation}`);
  return failure === undefined && count === (expected ?? count) ? 0 : 1;
}

/** The reason is enough, the stack is not. Answers the exit code for it. */
function complain(error: unknown): number {
  console.error(`\n${error instanceof Error ? error.message : String(error)}`);
  return 1;
}

function untilStopped(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  process.once('SIGINT', () => resolve());
  process.once('SIGTERM', () => resolve());
  // The reader of a pipe went away: `npm start | head`.
  process.stdout.on('error', () => resolve());
  return promise;
}
