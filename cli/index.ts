import { clean } from '../shared/render/escape.ts';
import { standardTerminal } from './standard-terminal.ts';
import { AccountError, type Terminal, UsageError } from './terminal.ts';
import { INSTALLATION } from './verbs/installation.ts';
import { PLANS } from './verbs/plans.ts';
import { TROUBLE } from './verbs/trouble.ts';
import type { Verb, Verbs } from './verbs/verb.ts';

const VERBS: Verbs = Object.fromEntries(
  Object.entries({ ...TROUBLE, ...PLANS, ...INSTALLATION }).toSorted(([one], [other]) => (one < other ? -1 : 1)),
);

const HELP: readonly (string | undefined)[] = ['help', '--help', '-h'];

/** Runs one command. Answers its exit code: 2 for wrong usage, and otherwise as the verb's `--help` says. */
export async function main(args: readonly string[], terminal: Terminal = standardTerminal()): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined || HELP.includes(name)) {
    terminal.out(overview());
    return name === undefined ? 2 : 0;
  }
  const verb = Object.hasOwn(VERBS, name) ? VERBS[name] : undefined;
  if (verb === undefined) {
    terminal.err(clean(`slackwater: there is no command "${name}"; there is ${Object.keys(VERBS).join(', ')}`));
    return 2;
  }
  if (rest.some((arg) => arg === '--help' || arg === '-h')) {
    terminal.out(helpOf(verb));
    return 0;
  }
  try {
    const run = await verb.load();
    return await run(rest, terminal);
  } catch (error) {
    if (!(error instanceof UsageError) && !(error instanceof AccountError)) throw error;
    const usage = error instanceof UsageError ? `\nusage: slackwater ${verb.usage}` : '';
    // The message may repeat what somebody typed or pasted.
    terminal.err(clean(`slackwater ${name}: ${error.message}${usage}`));
    return 2;
  }
}

const overview = (): string =>
  [
    'Slackwater: serverless operations for Amazon ECS.',
    '',
    ...Object.values(VERBS).map(({ usage, does }) => `  slackwater ${usage}\n      ${does}`),
    '',
    'FILE is a path; "-" or none at all is standard input. `slackwater COMMAND --help` tells more.',
  ].join('\n');

const helpOf = ({ usage, does, options, exits }: Verb): string =>
  [`slackwater ${usage}`, '', does, '', ...columns(options), '', 'Exit codes', ...columns(exits)].join('\n');

const columns = (rows: Readonly<Record<string, string>>): readonly string[] => {
  const width = Math.max(...Object.keys(rows).map((key) => key.length));
  return Object.entries(rows).map(([key, text]) => `  ${key.padEnd(width)}  ${text}`);
};

// The built file is a program too: `node dist/cli/index.mjs diagnose`.
if (import.meta.main) process.exitCode = await main(process.argv.slice(2));
