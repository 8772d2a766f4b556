import { devNull } from 'node:os';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createConfigurationStore } from '../../shared/effects/stores/configuration-store.ts';
import { startLoopback } from '../effects/loopback.ts';
import { type LocalDynamoDB, startDynamoDB } from '../support/dynamodb.ts';
import { run } from './command.ts';

const EXAMPLE = 'infra/configuration.example.yaml';
const FIRST = 'version: 1\nquietAfterHours: 3\n';
const SECOND = '# The same in JSON.\n{"version": 1, "quietAfterHours": 4, "storm": {"incidents": 5}}';

let local: LocalDynamoDB;
let tableName: string;
let url: string;
beforeAll(async () => {
  local = await startDynamoDB();
  url = local.endpoint;
});
beforeEach(async () => {
  tableName = await local.createTable();
  const environment = {
    AWS_ENDPOINT_URL_DYNAMODB: url,
    AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'example',
    AWS_REGION: 'eu-west-1',
    AWS_PROFILE: undefined,
    AWS_CONFIG_FILE: devNull,
    USER: 'ada',
  };
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
});
afterEach(() => vi.unstubAllEnvs());
afterAll(() => local.close());

const onTable = (action: string, stdin = FIRST) =>
  run(['config', action, ...(action === 'show' ? [] : ['-']), '--table', tableName], {
    stdin,
    environment: process.env,
  });

describe('slackwater config validate', () => {
  it('finds nothing wrong with the example', async () => {
    expect(await run(['config', 'validate', EXAMPLE])).toMatchObject({ code: 0, out: `${EXAMPLE}: no problems` });
  });

  it.each([
    ['a mistyped key', 'version: 1\nrotues: []', 'standard input:2: rotues: expected one of the keys'],
    ['no YAML', 'version: 1\n  a: [', 'standard input:2:7: expected YAML or JSON: '],
    ['one key twice', 'version: 1\nversion: 1', 'standard input:2:1: expected YAML or JSON: Map keys must be unique'],
    ['an alias of nothing', 'version: *one', 'document: expected aliases that can be resolved'],
    ['a document inside of itself', 'version: 1\nroutes: &a [*a]', 'document: expected values that do not contain'],
    ['nothing', '', 'standard input: document: expected an object'],
    ['a tab', 'version: 1\nroutes:\n\t- name: a', 'standard input:3:1: expected YAML or JSON: Tabs are not allowed'],
    ['two documents', 'version: 1\n---\nversion: 1', 'standard input:2:1: expected YAML or JSON: a second document'],
    ['a wrong type', 'version: 1\nstorm:\n  minutes: soon', 'standard input:3: storm.minutes: expected a whole number'],
    [
      'a key behind an alias',
      'version: 1\nstorm: &s { minuets: 1 }',
      'standard input:2: storm.minuets: expected one of',
    ],
    ['a key in quotes', 'version: 1\n"storm of": 1', 'standard input:2: ["storm of"]: expected one of the keys'],
    [
      '200 KB',
      `version: 1\nmutes: [${'{ reason: "xxxxxxxx" }, '.repeat(9_000)}]`,
      'document: expected at most 100000 bytes',
    ],
  ])('answers 1 for %s and says where it is', async (_, stdin, problem) => {
    const { code, out } = await run(['config', 'validate', '-'], { stdin });
    expect(out).toContain(problem);
    expect(code).toBe(1);
  });

  it('refuses a text that would unfold without end', async () => {
    const bomb = Array.from({ length: 9 }, (_, index) => `a${index}: &a${index} [${`*a${index - 1},`.repeat(9)}]`);
    const { code, out } = await run(['config', 'validate', '-'], {
      stdin: bomb.join('\n').replace('*a-1,', '1,').replaceAll('*a-1,', ''),
    });
    expect(out).toContain('document: expected aliases that can be resolved');
    expect(code).toBe(1);
  });

  it('names every problem, one a line', async () => {
    const { out } = await run(['config', 'validate', '-'], { stdin: 'routes: [{ name: a }]\nholdDownMinutes: soon' });
    expect(out.split('\n')).toEqual([
      'standard input: version: expected the number 1',
      'standard input:1: routes[0].to: expected a list of destinations',
      'standard input:2: holdDownMinutes: expected a whole number from 0 to 60',
    ]);
  });
});

describe('slackwater config with a table', () => {
  it('shows, pushes and compares', async () => {
    expect(await onTable('show')).toMatchObject({ code: 1, err: expect.stringContaining('no document was pushed') });
    expect(await onTable('diff')).toMatchObject({ code: 1, out: '+ version: 1\n+ quietAfterHours: 3' });
    expect(await onTable('push')).toMatchObject({ code: 0, out: expect.stringContaining('pushed as version 1;') });
    expect(await onTable('diff')).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^no difference from version 1, pushed 2026-11-17 10:00 UTC by ada/),
    });
    expect(await onTable('push')).toMatchObject({ code: 0, out: expect.stringContaining('nothing to push') });
    expect((await onTable('push', SECOND)).out.split('\n')).toEqual([
      '  version: 1',
      '- quietAfterHours: 3',
      '+ quietAfterHours: 4',
      '+ storm:',
      '+   incidents: 5',
      'pushed as version 2; it holds everywhere within a minute',
    ]);
    const { out, err, code } = await onTable('show');
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/^# version 2, .*\nversion: 1\nquietAfterHours: 4\nstorm:\n {2}incidents: 5$/);
  });

  it('pushes nothing that has a problem', async () => {
    expect(await onTable('push', 'version: 3')).toMatchObject({
      code: 1,
      out: expect.stringContaining('version: expected'),
    });
    const { current } = await createConfigurationStore({ client: local.client, tableName }).load();
    expect(current).toBeUndefined();
  });

  it('does not overwrite what somebody else has pushed meanwhile', async () => {
    const other = await startLoopback((request, response) => {
      const isPut = request.headers['x-amz-target'] === 'DynamoDB_20120810.PutItem';
      const answer = isPut ? { __type: 'com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException' } : {};
      response.writeHead(isPut ? 400 : 200, { 'content-type': 'application/x-amz-json-1.0' });
      response.end(JSON.stringify(answer));
    });
    vi.stubEnv('AWS_ENDPOINT_URL_DYNAMODB', other.url);
    const { code, err } = await onTable('push');
    other.close();
    expect(err).toContain('somebody else has pushed meanwhile');
    expect(code).toBe(1);
  });
});

describe('slackwater config answers 2', () => {
  it.each([
    ['without an action', [], 'give one of validate, push, diff, show'],
    ['for an action that does not exist', ['constructor'], 'give one of'],
    ['without a file', ['validate'], 'give the file'],
    ['without a table', ['push', EXAMPLE], '--table'],
    ['for two files', ['validate', EXAMPLE, EXAMPLE], 'one argument too many'],
    ['for a file to show', ['show', EXAMPLE], 'one argument too many'],
    ['for a file that is not there', ['validate', 'no-such.yaml'], 'cannot read no-such.yaml (ENOENT)'],
    ['for a table that is not there', ['show', '--table', 'nothing'], 'ResourceNotFoundException'],
  ])('%s', async (_, args, problem) => {
    const { code, err } = await run(['config', ...args], { environment: process.env });
    expect(err).toContain(problem);
    expect(code).toBe(2);
  });

  it('without a Region', async () => {
    const { code, err } = await run(['config', 'show', '--table', 'records'], { environment: {} });
    expect(err).toContain('--region');
    expect(code).toBe(2);
  });
});
