import { deciding } from './plan/decide.ts';
import { list } from './plan/list.ts';
import { show } from './plan/show.ts';
import { simulate } from './plan/simulate-arguments.ts';
import { type Terminal, UsageError } from './terminal.ts';

type Action = (args: readonly string[], terminal: Terminal) => Promise<number>;

const ACTIONS: Readonly<Record<string, Action>> = {
  list,
  show,
  approve: deciding('approve'),
  object: deciding('object'),
  'run-now': deciding('run-now'),
  pin: deciding('pin'),
  'hand-over': deciding('hand-over'),
  'lift-freeze': deciding('lift-freeze'),
  simulate,
};

/** `slackwater plan list | show | …`: the plans that Slackwater keeps, what people decide about them, and how one would go. */
export async function plan(args: readonly string[], terminal: Terminal): Promise<number> {
  const [name = '', ...rest] = args;
  const action = Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined;
  if (action === undefined) throw new UsageError(`give one of ${Object.keys(ACTIONS).join(', ')}`);
  return action(rest, terminal);
}
