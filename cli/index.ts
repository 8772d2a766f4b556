import { replay } from './replay.ts';
import { type Terminal, UsageError } from './terminal.ts';

interface Verb {
  readonly usage: string;
  readonly does: string;
  readonly run: (args: readonly string[], terminal: Terminal) => Promise<number>;
}

const VERBS: Readonly<Record<string, Verb>> = {
  replay: {
    usage: 'replay [FILE...] [--json]',
    does: 'Runs recorded events through the pipeline against an empty store; sends nothing, needs no AWS account.',
    run: replay,
  },
};

/** Exit codes: 0 done, 1 done but something was wrong with the input, 2 wrong usage or nothing could be read. */
export async function main(args: readonly string[], terminal: Terminal = standardTerminal()): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    terminal.out(helpText());
    return name === undefined ? 2 : 0;
  }
  const verb = VERBS[name];
  if (verb === undefined) {
    terminal.err(`slackwater: there is no command "${name}"; there is ${Object.keys(VERBS).join(', ')}`);
    return 2;
  }
  try {
    return await verb.run(rest, terminal);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    terminal.err(`slackwater ${name}: ${error.message}\nusage: slackwater ${verb.usage}`);
    return 2;
  }
}

function helpText(): string {
  const verbs = Object.values(VERBS).map(({ usage, does }) => `  slackwater ${usage}\n      ${does}`);
  return [
    'Slackwater: serverless operations for Amazon ECS.',
    '',
    ...verbs,
    '',
    'FILE is a path; "-" or none at all is standard input.',
  ].join('\n');
}

/** The real terminal. */
const standardTerminal = (): Terminal => ({
  out: (text) => process.stdout.write(`${text}\n`),
  err: (text) => process.stderr.write(`${text}\n`),
  stdin: process.stdin,
});
