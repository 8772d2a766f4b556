import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Installation, startInstallation } from './an-installation.ts';
import { awsProblem } from './aws-command.ts';
import { type DocumentedCommand, documentedCommands } from './documented-commands.ts';
import { pages } from './markdown.ts';

// Every command of README.md, CONTRIBUTING.md and docs/ is looked at here: those of Slackwater run against
// the sandbox, the others are checked by what they name. Where a page wants a new word, give it a row in STAND_INS or FORMS.

const PROJECT = fileURLToPath(new URL('../../', import.meta.url));

/** What the pages call things, by what they are called in the sandbox. */
const STAND_INS: readonly (readonly [RegExp, (here: Installation) => string | Promise<string>])[] = [
  [/^(slackwater-(records|restored)|NAME)$/, ({ table }) => table],
  [/^COMMAND$/, () => 'config'],
  [/^inc-[0-9a-f]+$/, ({ incident }) => incident],
  [/^dig-[0-9a-f]+$/, ({ digest }) => digest],
  [/^pln-[0-9a-f]{10}$/, ({ plan }) => plan],
  // The beginning of an id.
  [/^pln-[0-9a-f]{1,9}$/, ({ plan }) => plan.slice(0, 8)],
  // The hash of a plan, which decisions change.
  [/^8e2b71c0aa$/, ({ hash }) => hash()],
  [/^https:\/\/sqs\..*-EcsEventsQueue$/, ({ queue }) => queue('EcsEventsQueue')],
  [/^https:\/\/sqs\..*-EcsEventsDeadLetters$/, ({ queue }) => queue('EcsEventsDeadLetters')],
  [/^https:\/\/sqs\..*-Undelivered$/, ({ queue }) => queue('Undelivered')],
  // Files that a command writes.
  [/^[\w-]+\.jsonl$/, ({ newFile }) => newFile()],
];

/** Programs of others, and what the pages may ask of them. */
const FORMS: readonly RegExp[] = [
  /^\. \.sandbox\/environment$/,
  /^git (clone https:\/\/\S+|checkout \S+|tag v?\S+|pull|push( \S+)*|status)$/,
  /^gh attestation verify \S+ --repo \S+$/,
  /^sam deploy( --(guided|resolve-s3|no-execute-changeset)| --(config-file|config-env|template-file|stack-name|capabilities) \S+)*( --parameter-overrides( \w+=\S+)+)?$/,
  /^sam delete --stack-name \S+$/,
  /^terraform (init|plan|apply|fmt|validate|destroy)( -var \w+=\S+)*$/,
  /^(cd|mkdir -p|cat|cp|sort -u|jq -r|sha256sum --check( --quiet)?|unzip( -q| -d \S+)*) \S+( \S+)?$|^sort( -u)?$/,
];

/** The changelog names commands and shows none. */
const commands = pages.filter(({ path }) => path !== 'CHANGELOG.md').flatMap(documentedCommands);

const program = ({ words: [first = '', second = ''] }: DocumentedCommand): string =>
  second === 'slackwater' || first === 'slackwater' ? 'slackwater' : first;
const of = (...programs: readonly string[]) => commands.filter((command) => programs.includes(program(command)));
/** As the name of a test. */
const named = (some: readonly DocumentedCommand[]) =>
  some.map((command) => [`${command.at}: ${command.line}`, command] as const);

/** The arguments of `npx slackwater …` and of `slackwater …`. */
const argumentsOf = ({ words }: DocumentedCommand): readonly string[] => words.slice(words.indexOf('slackwater') + 1);

describe('slackwater', () => {
  let here: Installation;
  beforeAll(async () => {
    here = await startInstallation();
  }, 60_000);
  afterAll(() => here[Symbol.asyncDispose]());

  async function standIn(word: string): Promise<string> {
    const found = STAND_INS.find(([pattern]) => pattern.test(word));
    return found === undefined ? word : found[1](here);
  }

  /** What stands on several pages runs once. */
  const whole = of('slackwater').filter(
    ({ isWhole, line }, index, all) => isWhole && all.findIndex((other) => other.line === line) === index,
  );

  it.each(named(whole))('%s', async (_, command) => {
    const words = await Promise.all(argumentsOf(command).map(standIn));
    const { from, piped = '' } = command;
    const { code, out, err } = await here.type(
      words,
      from === undefined ? piped : readFileSync(`${PROJECT}${from}`, 'utf8'),
    );
    expect(err).toBe('');
    expect(out).not.toBe('');
    // 1 is an answer, as that something is wrong; 2 is wrong usage, or an account that refused.
    expect([0, 1]).toContain(code);
  });

  const partial = of('slackwater').filter(({ isWhole }) => !isWhole);

  it.each(named(partial))('has what %s names', async (_, command) => {
    const [verb = '', ...rest] = await Promise.all(argumentsOf(command).map(standIn));
    const { code, out } = await here.type([verb, '--help']);
    expect(code).toBe(0);
    const options = rest.filter((word) => word.startsWith('--') && word !== '--help');
    expect(options.filter((option) => !new RegExp(`^ .*${option}\\b`, 'm').test(out))).toEqual([]);
    const [action = ''] = rest;
    const isAction = /^[a-z][a-z-]+$/.test(action);
    expect(isAction ? out.split('\n')[0] : action).toContain(action);
  });
});

describe('npm, npx and node', () => {
  const { scripts } = JSON.parse(readFileSync(`${PROJECT}package.json`, 'utf8')) as {
    readonly scripts: Readonly<Record<string, string>>;
  };
  const OF_NPM = ['ci', 'install', 'sbom', 'version'];

  it.each(named(of('npm')))('has the script of %s', (_, { words }) => {
    const [, verb = '', script = ''] = words;
    const known = [...OF_NPM, ...Object.keys(scripts)];
    expect(known).toContain(verb === 'run' ? script : verb);
  });

  it.each(named(of('npx', 'node')))('has the files of %s', (_, { words }) => {
    const files = words.filter((word) => /^[\w.-]+\//.test(word));
    expect(files).not.toEqual([]);
    expect(files.filter((file) => !existsSync(`${PROJECT}${file}`))).toEqual([]);
  });
});

describe('aws', () => {
  it.each(named(of('aws')))('has the operation and the options of %s', async (_, { words }) => {
    expect(await awsProblem(words)).toBeUndefined();
  });
});

it('knows every other command', () => {
  const checked = ['slackwater', 'npm', 'npx', 'node', 'aws'];
  const others = commands.filter((command) => !checked.includes(program(command)));
  const unknown = others.filter(({ words }) => !FORMS.some((form) => form.test(words.join(' '))));
  expect(unknown.map(({ at, line }) => `${at}: ${line}`)).toEqual([]);
});
