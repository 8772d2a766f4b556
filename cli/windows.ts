import { parseArgs } from 'node:util';
import { type Terminal, UsageError, understood } from './terminal.ts';
import { checkWindows } from './windows-check.ts';
import { explainWindows } from './windows-explain.ts';
import { exportWindows } from './windows-export.ts';
import { type Given, readMaintenance } from './windows-given.ts';
import { listWindows } from './windows-list.ts';

const ACTIONS = { list: listWindows, explain: explainWindows, check: checkWindows, export: exportWindows };

const OPTIONS = {
  config: { type: 'string' },
  service: { type: 'string' },
  select: { type: 'string', multiple: true },
  from: { type: 'string' },
  days: { type: 'string' },
  at: { type: 'string' },
  json: { type: 'boolean' },
  'wait-days': { type: 'string' },
  expected: { type: 'string' },
  'event-windows': { type: 'boolean' },
  window: { type: 'string' },
  target: { type: 'string', multiple: true },
} as const;

/** Besides `config`, which all of them take. */
const OPTIONS_OF: Readonly<Record<keyof typeof ACTIONS, readonly string[]>> = {
  list: ['service', 'select', 'from', 'days', 'json'],
  explain: ['service', 'select', 'at'],
  check: ['from', 'wait-days', 'expected', 'event-windows'],
  export: ['from', 'json', 'window', 'target'],
};

/**
 * `slackwater windows [explain | check | export]`: when the windows of a configuration document open, from the document
 * alone. Answers 1 for a document with problems, and where there is nothing good to tell: no opening, not open at the
 * time, a warning, a window that cannot be exported.
 */
export async function windows(args: readonly string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = understood(() =>
    parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true }),
  );
  const [action = 'list', ...rest] = positionals;
  if (!isAction(action)) throw new UsageError('give one of explain, check, export, or nothing');
  if (rest.length > 0) throw new UsageError('that is one argument too many');
  const foreign = Object.keys(values).find((name) => name !== 'config' && !OPTIONS_OF[action].includes(name));
  if (foreign !== undefined) throw new UsageError(`--${foreign} is not for windows ${action}`);
  return run(action, values, terminal);
}

async function run(action: keyof typeof ACTIONS, given: Given, terminal: Terminal): Promise<number> {
  const read = await readMaintenance(given.config ?? '-', terminal);
  if (read.status === 'valid') return ACTIONS[action](read.maintenance, given, terminal);
  for (const problem of read.problems) terminal.err(problem);
  return 1;
}

const isAction = (name: string): name is keyof typeof ACTIONS => Object.hasOwn(ACTIONS, name);
