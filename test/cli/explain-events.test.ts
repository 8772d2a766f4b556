import { describe, expect, it } from 'vitest';
import { eventFileText, eventIn } from '../support/event-files.ts';
import { objectsIn, pathOf } from './command.ts';
import { aLiveAccount } from './live-account.ts';

const OUT_OF_MEMORY = 'ecs/task-stopped-out-of-memory.json';
const { explain } = aLiveAccount([OUT_OF_MEMORY]);

describe('slackwater explain of an event from a file', () => {
  it('shows its message with what the account adds to it', async () => {
    const { out, err, code } = await explain(['-f', pathOf(OUT_OF_MEMORY)]);
    expect(out).toMatch(/^🔴 Out of memory · report-worker · harbor-prod\n/);
    expect(out).toContain('heap 961 MB of 1,024 MB');
    expect([err, code]).toEqual(['', 1]);
  });

  it('reads standard input, and every event of an SQS batch: a stop and the failure of its deployment are one', async () => {
    const { out } = await explain(['--json', '--file', '-'], { stdin: eventFileText('sqs/batch-of-two.json') });
    expect(objectsIn(out)).toMatchObject([{ cause: 'image/not-found', occurrences: 1 }]);
  });

  it('tells of two stops with one cause once', async () => {
    const first = eventIn(OUT_OF_MEMORY);
    const second = JSON.parse(JSON.stringify(first).replaceAll('a616d93e30fbad924e28ebbf8686d3a6', 'f'.repeat(32)));
    const { out } = await explain(['--json', '-f', '-'], {
      stdin: `${JSON.stringify(first)}\n${JSON.stringify(second)}`,
    });
    expect(objectsIn(out)).toMatchObject([{ cause: 'memory/container-oom', occurrences: 2 }]);
  });

  it.each([
    ['an expected stop', 'ecs/task-stopped-scaled-in.json', /nobody has to act/],
    ['a step of a task that has not stopped', 'ecs/task-running.json', /only its final stop counts/],
    ['a deployment that goes on', 'ecs/deployment-in-progress.json', /deployment in progress/],
    ['an event of another service', 'health/other-service-ec2.json', /./],
  ])('says why %s leads to no message, and answers 0', async (_, file, words) => {
    const { out, code } = await explain(['-f', pathOf(file)]);
    expect(out).toMatch(words);
    expect(code).toBe(0);
  });

  it('shows a retirement notice', async () => {
    const { out, code } = await explain(['-f', pathOf('health/retirement-services.json')]);
    expect(out).toMatch(/retire/i);
    expect(code).toBe(1);
  });

  it.each([
    ['an event that does not parse', '{"source":"aws.ecs"}', 'standard input: detail-type is not a text'],
    ['no event', '', 'standard input holds no event'],
    ['no JSON', 'nope', 'standard input: event is not'],
    [
      'events of several Regions',
      `${JSON.stringify(eventIn(OUT_OF_MEMORY))}\n${JSON.stringify(eventIn('ecs/task-stopped-in-china.json'))}`,
      'several Regions',
    ],
  ])('answers 2 for %s', async (_, stdin, words) => {
    const { out, err, code } = await explain(['-f', '-'], { stdin });
    expect(err).toContain(words);
    expect([out, code]).toEqual(['', 2]);
  });

  it('answers 2 for a file that is not there', async () => {
    const { err, code } = await explain(['-f', 'no-such-event.json']);
    expect(err).toContain('cannot read no-such-event.json (ENOENT)');
    expect(code).toBe(2);
  });
});
