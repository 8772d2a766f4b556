import { parseArgs } from 'node:util';
import type { Maintenance } from '../shared/domain/windows/maintenance.ts';
import { type Terminal, UsageError, understood } from './terminal.ts';
import { checkWindows } from './windows/check.ts';
import { explainWindows } from './windows/explain.ts';
import { exportWindows } from './windows/export.ts';
import { type Given, readMaintenance } from './windows/given.ts';
import { listWindows } from './windows/list.ts';
import { unknownOf } from './windows/text.ts';

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
  'with-aws': { type: 'boolean' },
  region: { type: 'string' },
} as const;

/** Besides `config`, which all of them take. */
const OPTIONS_OF: Readonly<Record<keyof typeof ACTIONS, readonly string[]>> = {
  list: ['service', 'select', 'from', 'days', 'json', 'with-aws', 'region'],
  explain: ['service', 'select', 'at', 'with-aws', 'region'],
  check: ['from', 'wait-days', 'expected', 'event-windows', 'with-aws', 'region'],
  export: ['from', 'json', 'window', 'target'],
};

/**
 * `slackwater windows [explain | check | export]`: when the windows of a configuration document open, from the document
 * alone unless somebody wants AWS Systems Manager asked. Answers 1 for a document with problems, and where there is nothing
 * good to tell: no opening, not open at the time, a warning, a window that cannot be exported.
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
  if (read.status === 'invalid') {
    for (const problem of read.problems) terminal.err(problem);
    return 1;
  }
  const maintenance = given['with-aws'] ? await asked(read.maintenance, given, terminal) : read.maintenance;
  // No window of Systems Manager is exported, known or not.
  const notes = action === 'export' ? [] : unknownOf(maintenance);
  for (const note of notes) terminal.err(`slackwater windows: ${note}`);
  return ACTIONS[action](maintenance, given, terminal);
}

/** Loads the AWS SDK, which nothing else here needs. */
async function asked(maintenance: Maintenance, given: Given, terminal: Terminal): Promise<Maintenance> {
  const { withSsmWindows } = await import('./windows/import.ts');
  return withSsmWindows(maintenance, given, terminal);
}

const isAction = (name: string): name is keyof typeof ACTIONS => Object.hasOwn(ACTIONS, name);
