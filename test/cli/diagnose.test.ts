import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { objectsIn, run } from './command.ts';

const task = (id: unknown, input: unknown = { containers: [{ name: 'app', exitCode: 1 }] }) =>
  JSON.stringify({ id, kind: 'task', input });

/** The id that the answer to a line has to have. */
const idIn = (line: string): unknown => (line === 'nope' ? undefined : JSON.parse(line).id);

const outOfMemory = {
  containers: [{ exitCode: 137, reason: 'OutOfMemoryError: Container killed due to memory usage' }],
};

describe('slackwater diagnose', () => {
  it('answers a line with exactly the fields of the contract, in their order', async () => {
    const { out, code } = await run(['diagnose'], { stdin: task('r1', outOfMemory) });
    const [answer] = objectsIn(out);
    expect(Object.keys(answer ?? {})).toEqual(['id', 'cause', 'confidence', 'benign', 'summary', 'fix', 'evidence']);
    expect(answer).toMatchObject({
      id: 'r1',
      cause: 'memory/container-oom',
      confidence: 'certain',
      benign: false,
      summary: expect.stringMatching(/memory/),
      fix: expect.arrayContaining([expect.any(String)]),
      evidence: [{ field: 'containers[0].reason', text: 'OutOfMemoryError: Container killed due to memory usage' }],
    });
    expect(code).toBe(0);
  });

  it.each([
    ['a stopped task', { kind: 'task', input: outOfMemory }, 'memory/container-oom'],
    ['a service event', { kind: 'service', input: { message: 'RESOURCE:FARGATE' } }, 'capacity/fargate-unavailable'],
    [
      'a deployment',
      { kind: 'deployment', input: { reason: 'ECS deployment circuit breaker: tasks failed to start.' } },
      'deployment/tasks-failed-to-start',
    ],
    [
      'fields that nobody knows',
      { kind: 'task', input: { ...outOfMemory, mood: 'grim' }, label: 'x' },
      'memory/container-oom',
    ],
    ['a list that is null', { kind: 'task', input: { ...outOfMemory, attachments: null } }, 'memory/container-oom'],
    ['nothing but an empty input', { kind: 'task', input: {} }, 'platform/unspecified-failure'],
  ])('diagnoses %s', async (_, line, cause) => {
    const { out, code } = await run(['diagnose'], { stdin: JSON.stringify(line) });
    expect(objectsIn(out)).toMatchObject([{ cause }]);
    expect(code).toBe(0);
  });

  it.each([
    ['is not JSON', '{"id": 7', { error: 'line 1: not JSON' }],
    ['is no object', '["id"]', { error: 'line 1: not a JSON object' }],
    [
      'has no kind',
      '{"id": 7, "input": {}}',
      { id: 7, error: 'line 1: kind is not "task", "service" or "deployment"' },
    ],
    ['has an unknown kind', '{"kind": "cluster", "input": {}}', { error: expect.stringContaining('kind is not') }],
    ['has no input', '{"id": "a", "kind": "task"}', { id: 'a', error: 'line 1: input is not a JSON object' }],
    [
      'has containers that are no list',
      task(1, { containers: {} }),
      { id: 1, error: 'line 1: input.containers is not a list' },
    ],
    [
      'has a container that is no object',
      task(1, { containers: [{}, 'app'] }),
      { id: 1, error: 'line 1: input.containers[1] is not a JSON object' },
    ],
  ])('puts an error in the place of a line that %s', async (_, line, answer) => {
    const { out, code } = await run(['diagnose'], { stdin: `${line}\n${task('next')}\n` });
    const [first, second] = objectsIn(out);
    expect(first).toEqual(answer);
    expect(second).toMatchObject({ id: 'next', cause: 'app/exited-nonzero' });
    expect(code).toBe(1);
  });

  it('counts blank lines and answers nothing for them', async () => {
    const { out } = await run(['diagnose'], { stdin: `\n${task(1)}\r\n   \n\nnope\n` });
    expect(objectsIn(out)).toMatchObject([{ id: 1 }, { error: 'line 5: not JSON' }]);
  });

  it('gives one answer for each line that is not blank, in order, with the id as it was, of any type', async () => {
    const lines = fc.array(
      fc.oneof(
        fc.jsonValue().map((id) => task(id)),
        fc.constantFrom('', ' ', 'nope', '{"id":1}'),
      ),
    );
    const law = fc.asyncProperty(lines, async (given) => {
      const { out, code } = await run(['diagnose'], { stdin: given.join('\n') });
      const wanted = given.filter((line) => line.trim() !== '');
      const answers = objectsIn(out);
      expect(answers).toHaveLength(wanted.length);
      expect(answers.map((answer) => answer['id'])).toEqual(wanted.map(idIn));
      const isWrong = wanted.map((line) => !line.includes('"kind"'));
      expect(answers.map((answer) => 'error' in answer)).toEqual(isWrong);
      expect(code).toBe(isWrong.includes(true) ? 1 : 0);
    });
    await fc.assert(law, { numRuns: 50 });
  });

  it('reads a text that is cut anywhere, in the middle of a character or with a line separator in it, too', async () => {
    const bytes = Buffer.from(`${task('žluťoučký\u2028🐎')}\n${task(2)}`);
    const cut = fc.asyncProperty(fc.integer({ min: 0, max: bytes.length }), async (at) => {
      const { out } = await run(['diagnose'], { stdin: Readable.from([bytes.subarray(0, at), bytes.subarray(at)]) });
      expect(objectsIn(out)).toMatchObject([{ id: 'žluťoučký\u2028🐎' }, { id: 2 }]);
    });
    await fc.assert(cut, { numRuns: 30 });
  });

  it('keeps secrets out of everything that it quotes', async () => {
    const secret = 'hunter2-of-the-deep';
    const reason = `CannotStartContainerError: exec "/app": no such file; DB_PASSWORD=${secret} --token ${secret}9`;
    const { out } = await run(['diagnose'], { stdin: task(1, { stoppedReason: reason, containers: [{ reason }] }) });
    expect(out).toContain('CannotStartContainerError');
    expect(out).not.toContain(secret);
  });

  it('prints for people with --text, without control characters', async () => {
    const line = task('a\u001b[31m', {
      stopCode: 'EssentialContainerExited',
      containers: [{ name: 'app\u0007', exitCode: 3 }],
    });
    const { out, code } = await run(['diagnose', '--text'], { stdin: `${line}\nnope` });
    expect(out).toMatch(/^a: app\/exited-nonzero, certain\n {2}\S/);
    expect(out).toContain('  1. ');
    expect(out).toContain('line 2: not JSON');
    expect(out.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
    expect(code).toBe(1);
  });
});

describe('slackwater diagnose of much', () => {
  const COUNT = 10_000;

  it('answers 10,000 lines in order, and the first long before the last is read', async () => {
    let read = 0;
    let readAtFirstAnswer: number | undefined;
    function* lines() {
      for (; read < COUNT; read++) yield `${task(read)}\n`;
    }
    const { out } = await run(['diagnose'], {
      stdin: Readable.from(lines()),
      onOut: () => {
        readAtFirstAnswer ??= read;
      },
    });
    expect(objectsIn(out).map(({ id }) => id)).toEqual(Array.from({ length: COUNT }, (_, index) => index));
    expect(readAtFirstAnswer).toBeLessThan(100);
  });

  it('stops quietly, and reads no further, once nobody reads the answers', async () => {
    let read = 0;
    function* lines() {
      for (; ; read++) yield `${task(read)}\n`;
    }
    const reader = new AbortController();
    const { out, err, code } = await run(['diagnose'], {
      stdin: Readable.from(lines()),
      gone: reader.signal,
      onOut: (text) => text.includes('"id":2,') && reader.abort(),
    });
    expect([objectsIn(out).length, err, code]).toEqual([3, '', 0]);
    expect(read).toBeLessThan(100);
  });

  it('takes a pipe that breaks for such a reader', async () => {
    const script = "import { main } from './cli/index.ts'; process.exitCode = await main(['diagnose']);";
    const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
      cwd: fileURLToPath(new URL('../..', import.meta.url)),
    });
    let errors = '';
    child.stderr.on('data', (chunk) => (errors += String(chunk)));
    // Writing to a process that has ended fails, which is what this test is after.
    child.stdin.on('error', () => undefined);
    child.stdin.end(`${task('x')}\n`.repeat(COUNT));
    await once(child.stdout, 'data');
    child.stdout.destroy();
    const [code] = await once(child, 'close');
    expect([code, errors]).toEqual([0, '']);
  });
});

describe('slackwater diagnose of files', () => {
  const folder = mkdtempSync(join(tmpdir(), 'slackwater-'));
  const [first, second] = [join(folder, 'first.jsonl'), join(folder, 'second.jsonl')];
  beforeAll(() => {
    writeFileSync(first, `\ufeff${task(1)}\n${task(2)}\n`);
    writeFileSync(second, `${task(3)}\nnope`);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('reads them in turn, a byte order mark too, and names the file of a wrong line', async () => {
    const { out, code } = await run(['diagnose', first, second]);
    expect(objectsIn(out)).toMatchObject([{ id: 1 }, { id: 2 }, { id: 3 }, { error: `${second}, line 2: not JSON` }]);
    expect(code).toBe(1);
  });

  it('reads standard input among them as "-"', async () => {
    const { out } = await run(['diagnose', first, '-'], { stdin: task('last') });
    expect(objectsIn(out)).toMatchObject([{ id: 1 }, { id: 2 }, { id: 'last' }]);
  });

  it.each([
    ['a file that is not there', 'no-such.jsonl', 'cannot read no-such.jsonl (ENOENT)'],
    ['a folder', folder, 'EISDIR'],
    ['an option that does not exist', '--loud', '--loud'],
  ])('answers 2 for %s and says what is wrong', async (_, arg, named) => {
    const { code, err } = await run(['diagnose', arg]);
    expect(code).toBe(2);
    expect(err).toContain(named);
  });
});
