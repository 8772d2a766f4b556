import { parseArgs } from 'node:util';
import { OPENING, SCENARIOS, type Scenario } from './scenario/scenarios.ts';

export interface Command {
  readonly port: number;
  /** Play, print and exit. */
  readonly once: boolean;
  /** Played at the start. */
  readonly scenario?: Scenario;
}

const DEFAULT_PORT = 4680;

export const USAGE = `Runs Slackwater whole on this machine: no AWS account, nothing beyond loopback.

  npm start -- [options]

  --port NUMBER   port of the page (default ${DEFAULT_PORT}; another one if it is taken)
  --scenario NAME play another scenario than "${OPENING.id}" at the start: ${SCENARIOS.slice(1)
    .map(({ id }) => id)
    .join(', ')}
  --once          play the scenario, print what came of it and exit: 0 as expected, 1 otherwise
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
        scenario: { type: 'string' },
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
    if (values['no-scenario']) {
      const playing = values.once ? '--once' : values.scenario !== undefined ? '--scenario' : undefined;
      return playing === undefined
        ? { status: 'command', command: { port, once: false } }
        : { status: 'wrong', problem: `${playing} plays a scenario, so it does not go with --no-scenario` };
    }
    const scenario = SCENARIOS.find(({ id }) => id === (values.scenario ?? OPENING.id));
    return scenario === undefined
      ? { status: 'wrong', problem: `there is no scenario "${values.scenario}"` }
      : { status: 'command', command: { port, once: values.once, scenario } };
  } catch (error) {
    // parseArgs says in words which option it does not know.
    return { status: 'wrong', problem: error instanceof Error ? error.message : String(error) };
  }
}
