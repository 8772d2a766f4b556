import { describe, expect, it } from 'vitest';
import { eventFiles, eventFileText } from '../support/event-files.ts';
import { pathOf, run } from './command.ts';

async function replayJson(...files: readonly string[]): Promise<readonly Record<string, unknown>[]> {
  const { out } = await run(['replay', '--json', ...files.map(pathOf)]);
  return out.split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe('slackwater replay', () => {
  it.each(eventFiles)('gives a decision with a reason for every event of %s', async (file) => {
    for (const line of await replayJson(file)) {
      expect(line).toMatchObject({
        kind: expect.any(String),
        decision: expect.stringMatching(/^(told|quiet|ignored|malformed)$/),
        reason: expect.stringMatching(/^[a-z-]+$/),
        because: expect.stringMatching(/.{10}/),
      });
    }
  });

  it('shows what would be told, and where, and that the record is saved first', async () => {
    const [line] = await replayJson('ecs/task-stopped-out-of-memory.json');
    expect(line).toMatchObject({
      decision: 'told',
      reason: 'first',
      cause: 'memory/container-oom',
      confidence: 'certain',
      severity: 'high',
      incident: expect.stringMatching(/^inc-[0-9a-f]{10}$/),
      messages: [
        { destination: 'slack-channel:C0REPLAY', kind: 'post' },
        { destination: expect.stringContaining('sns-topic'), kind: 'post' },
      ],
      effects: [{ kind: 'save' }, { kind: 'post' }, { kind: 'post' }, { kind: 'save' }],
    });
  });

  it('remembers what the earlier events of one run did', async () => {
    const file = 'ecs/task-stopped-out-of-memory.json';
    expect((await replayJson(file, file)).map(({ reason }) => reason)).toEqual(['first', 'duplicate']);
  });

  it('says why a benign stop is quiet, and tells nobody', async () => {
    const [line] = await replayJson('ecs/task-stopped-scaled-in.json');
    expect(line).toMatchObject({ decision: 'quiet', reason: 'benign', messages: [], effects: [] });
  });

  it('reads standard input, and both events of an SQS batch', async () => {
    const { out, code } = await run(['replay', '--json'], { stdin: eventFileText('sqs/batch-of-two.json') });
    expect([out.split('\n').length, code]).toEqual([2, 0]);
  });

  it('prints the message for people', async () => {
    const { out } = await run(['replay', pathOf('ecs/task-stopped-out-of-memory.json')]);
    expect(out).toContain('TOLD (first)  harbor-prod/report-worker  memory/container-oom, certain, severity high');
    expect(out).toContain('🔴 Out of memory');
    expect(out).toMatch(/would save inc-\w+, then tell slack-channel:C0REPLAY/);
  });

  it('gives the same answer every time', async () => {
    expect(await replayJson(...eventFiles)).toEqual(await replayJson(...eventFiles));
  });

  it('goes on after a malformed event, names its field, and answers 1', async () => {
    const { out, code } = await run([
      'replay',
      pathOf('malformed/task-without-arn.json'),
      pathOf('ecs/task-stopped-scaled-in.json'),
    ]);
    expect(out).toContain('detail.taskArn');
    expect(out).toContain('QUIET (benign)');
    expect(code).toBe(1);
  });

  it.each([
    ['a file that is not there', ['replay', 'no-such-file.json'], 'no-such-file.json'],
    ['an option that does not exist', ['replay', '--loud'], '--loud'],
    ['no event at all', ['replay'], 'standard input holds no event'],
    ['a command that does not exist', ['repaly'], 'repaly'],
  ])('answers 2 for %s and says what is wrong', async (_, args, named) => {
    const { code, err } = await run(args);
    expect(code).toBe(2);
    expect(err).toContain(named);
  });

  it('helps', async () => {
    const { out, code } = await run(['--help']);
    expect(out).toContain('slackwater replay [FILE...] [--json]');
    expect(code).toBe(0);
  });
});
