import { parseArgs } from 'node:util';

export interface Command {
  readonly port: number;
  /** Play, print and exit. */
  readonly once: boolean;
  readonly scenario: boolean;
}

const DEFAULT_PORT = 4680;

export const USAGE = `Runs Slackwater whole on this machine: no AWS account, nothing beyond loopback.

  npm start -- [options]

  --port NUMBER   port of the page (default ${DEFAULT_PORT}; another one if it is taken)
  --once          play the first scenario, print what came of it and exit: 0 as expected, 1 otherwise
  --no-scenario   start without playing anything
  --help          this text`;

/** The command, the text to print instead, or what is wrong with the arguments. */
export type Parsed =
  | { readonly status: 'command'; readonly command: Command }
  | { readonly status: 'help' }
  | { readonly status: 'wrong'; readonly problem: string };

export function parseCommandLine(args: readonly string[]): Parsed {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        port: { type: 'string', default: String(DEFAULT_PORT) },
        once: { type: 'boolean', default: false },
        'no-scenario': { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    if (values.help) return { status: 'help' };
    const port = Number(values.port);
    if (!/^\d+$/.test(values.port) || port > 65_535) {
      return { status: 'wrong', problem: `--port takes a number up to 65535, not "${values.port}"` };
    }
    if (values.once && values['no-scenario']) {
      return { status: 'wrong', problem: '--once plays a scenario, so it does not go with --no-scenario' };
    }
    return { status: 'command', command: { port, once: values.once, scenario: !values['no-scenario'] } };
  } catch (error) {
    // parseArgs says in words which option it does not know.
    return { status: 'wrong', problem: error instanceof Error ? error.message : String(error) };
  }
}
