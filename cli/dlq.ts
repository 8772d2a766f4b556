import { list } from './dlq/list.ts';
import { redrive } from './dlq/redrive.ts';
import { type Terminal, UsageError } from './terminal.ts';

type Action = (args: readonly string[], terminal: Terminal) => Promise<number>;

const ACTIONS: Readonly<Record<string, Action>> = { list, redrive };

/** `slackwater dlq list | redrive`: what was not told because its delivery failed, and how it is told after all. */
export async function dlq(args: readonly string[], terminal: Terminal): Promise<number> {
  const [name = '', ...rest] = args;
  const action = Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined;
  if (action === undefined) throw new UsageError(`give one of ${Object.keys(ACTIONS).join(', ')}`);
  return action(rest, terminal);
}
