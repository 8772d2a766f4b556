import { parseArgs } from 'node:util';
import { stringify } from 'yaml';
import { utcMinute } from '../shared/domain/utc.ts';
import type { StoredDocument } from '../shared/effects/stores/configuration-item.ts';
import { parseJson } from '../shared/parse/json.ts';
import { type DocumentFile, problemsOf, problemText, readDocument } from './config/file.ts';
import { lineDifference } from './config/line-difference.ts';
import { openConfiguration } from './config/table.ts';
import { type Terminal, UsageError, understood } from './terminal.ts';

type Action = (given: Given, terminal: Terminal) => Promise<number>;

interface Given {
  readonly file?: string;
  readonly table?: string;
  readonly region?: string;
}

const ACTIONS: Readonly<Record<string, Action>> = { validate, push, diff, show };

/**
 * `slackwater config validate | push | diff | show`: checks the configuration document and keeps it in Slackwater's
 * table. Answers 0, or 1 when the document has problems, is not there, differs, or was pushed by somebody else meanwhile.
 */
export async function config(args: readonly string[], terminal: Terminal): Promise<number> {
  const options = { table: { type: 'string' }, region: { type: 'string' } } as const;
  const { values, positionals } = understood(() => parseArgs({ args: [...args], options, allowPositionals: true }));
  const [name = '', file, ...rest] = positionals;
  const action = Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined;
  if (action === undefined) throw new UsageError(`give one of ${Object.keys(ACTIONS).join(', ')}`);
  if (rest.length > 0 || (action === show && file !== undefined)) throw new UsageError('that is one argument too many');
  return action({ ...values, ...(file && { file }) }, terminal);
}

async function validate(given: Given, terminal: Terminal): Promise<number> {
  const read = await readDocument(fileOf(given), terminal);
  if (read.status === 'invalid') return refused(read, terminal);
  terminal.out(`${read.name}: no problems`);
  return 0;
}

async function push(given: Given, terminal: Terminal): Promise<number> {
  const read = await readDocument(fileOf(given), terminal);
  if (read.status === 'invalid') return refused(read, terminal);
  const table = await openConfiguration(tableOf(given), given.region, terminal);
  const stored = await table.load();
  if (stored?.document === JSON.stringify(read.document)) {
    terminal.out(`nothing to push: ${origin(stored)} is the same`);
    return 0;
  }
  for (const line of lineDifference(storedYaml(stored), yamlOf(read.document))) terminal.out(line);
  const version = stored?.version ?? 0;
  if ((await table.push(read.document, version, terminal.clock())) === 'conflict') {
    terminal.err('slackwater config: not pushed, somebody else has pushed meanwhile; look at it and push again');
    await table.writeDown('refused', 'somebody else had pushed meanwhile');
    return 1;
  }
  terminal.out(`pushed as version ${version + 1}; it holds everywhere within a minute`);
  await table.writeDown('done', `pushed version ${version + 1}`);
  return 0;
}

async function diff(given: Given, terminal: Terminal): Promise<number> {
  const read = await readDocument(fileOf(given), terminal);
  if (read.status === 'invalid') return refused(read, terminal);
  const stored = await (await openConfiguration(tableOf(given), given.region, terminal)).load();
  const lines = lineDifference(storedYaml(stored), yamlOf(read.document));
  if (lines.length === 0) terminal.out(`no difference from ${origin(stored)}`);
  for (const line of lines) terminal.out(line);
  return lines.length === 0 ? 0 : 1;
}

async function show(given: Given, terminal: Terminal): Promise<number> {
  const stored = await (await openConfiguration(tableOf(given), given.region, terminal)).load();
  if (stored === undefined) {
    terminal.err('slackwater config: no document was pushed; the parameters of the stack hold');
    return 1;
  }
  const problems = problemsOf(parseJson(stored.document));
  terminal.out(`# ${origin(stored)}\n${storedYaml(stored)}`);
  for (const problem of problems) terminal.err(`slackwater config: ${problemText(problem)}`);
  return problems.length > 0 ? 1 : 0;
}

const fileOf = ({ file }: Given): string => wanted(file, 'give the file of the configuration document');
const tableOf = ({ table }: Given): string => wanted(table, "give the name of Slackwater's table with --table");

function wanted(value: string | undefined, words: string): string {
  if (!value) throw new UsageError(words);
  return value;
}

function refused({ problems }: DocumentFile & { status: 'invalid' }, terminal: Terminal): 1 {
  for (const problem of problems) terminal.out(problem);
  return 1;
}

/** Empty for no document, and for a text that nothing here has written. */
function storedYaml(stored: StoredDocument | undefined): string {
  const document = stored && parseJson(stored.document);
  return document === undefined ? '' : yamlOf(document);
}

/** Long lines are not folded, so that a changed word is a changed line. */
const yamlOf = (document: unknown): string =>
  stringify(document, { lineWidth: 0, aliasDuplicateObjects: false }).trimEnd();

const origin = (stored: StoredDocument | undefined): string =>
  stored === undefined
    ? 'what is in the table'
    : `version ${stored.version}, pushed ${utcMinute(stored.pushedAt)}${stored.pushedBy ? ` by ${stored.pushedBy}` : ''}, sha256 ${stored.hash.slice(0, 12)}`;
