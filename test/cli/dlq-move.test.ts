import { describe, expect, it } from 'vitest';
import { moveAll } from '../../cli/dlq/move.ts';
import { openDeadLetters } from '../../cli/dlq/queue.ts';
import { openSqs } from '../../cli/dlq/sqs.ts';
import { run } from './command.ts';
import { aBroker, OUT_OF_MEMORY, REGION } from './dlq-broker.ts';
import { type Answer, type Relay, refusal, startRelay } from './dlq-relay.ts';

const { queues, url } = aBroker();

interface Task {
  readonly Status: string;
  readonly StartedTimestamp: number;
  readonly ApproximateNumberOfMessagesMoved?: number;
  readonly ApproximateNumberOfMessagesToMove?: number;
  readonly FailureReason?: string;
}

const ok = (body: unknown): Answer => ({ status: 200, body });

const task = (Status: string, moved: number, StartedTimestamp = 2): Task => ({
  Status,
  StartedTimestamp,
  ApproximateNumberOfMessagesMoved: moved,
  ApproximateNumberOfMessagesToMove: 25,
});

/** SQS that knows the queues of a dead-letter queue, and answers each look at its tasks with the next of `looks`. */
async function aMover(sources: readonly string[], looks: readonly (Task | undefined)[]): Promise<Relay> {
  const left = [...looks];
  const relay = await startRelay(url(), (action) => {
    if (action === 'ListDeadLetterSourceQueues') return ok({ queueUrls: sources });
    if (action === 'StartMessageMoveTask') return ok({ TaskHandle: 'handle' });
    if (action !== 'ListMessageMoveTasks') return undefined;
    const look = left.shift();
    return ok({ Results: look === undefined ? [] : [look] });
  });
  process.env['AWS_ENDPOINT_URL_SQS'] = relay.url;
  return relay;
}

const redrive = (...args: readonly string[]) => run(['dlq', 'redrive', ...args], { environment: process.env });

describe('slackwater dlq redrive, of a queue’s own dead letters', () => {
  it('lets SQS move everything, and says how far it is', async () => {
    const { events, undelivered } = queues();
    await using relay = await aMover([events.url], [undefined, task('COMPLETED', 25)]);
    const { out, code } = await redrive('--queue', undelivered.url, '--yes');
    expect(out).toMatch(
      /^SQS moves the messages of Undelivered-\d+ to EcsEvents-\d+, and goes on if .+\n {2}moved 25 of 25$/,
    );
    expect(code).toBe(0);
    expect(relay.actions).toContain('StartMessageMoveTask');
    expect(relay.actions).not.toContain('ReceiveMessage');
  });

  it.each([
    [{ ...task('FAILED', 3), FailureReason: 'AccessDenied' }, 'moved 3 of 25, then SQS stopped (AccessDenied)'],
    [task('CANCELLED', 4), 'moved 4 of 25, then somebody cancelled it'],
  ])('answers 1 when SQS could not: %j', async (last, expected) => {
    const { events, undelivered } = queues();
    await using _ = await aMover([events.url], [undefined, last]);
    const { out, code } = await redrive('--queue', undelivered.url, '--yes');
    expect(out).toContain(expected);
    expect(code).toBe(1);
  });

  it('sends one by one what is named, whatever SQS could do', async () => {
    const { events, undelivered } = queues();
    await undelivered.send(OUT_OF_MEMORY);
    await using relay = await aMover([events.url], []);
    const id = String(Reflect.get(JSON.parse(OUT_OF_MEMORY) as object, 'id'));
    const { out, code } = await redrive('--queue', undelivered.url, '--id', id, '--yes');
    expect(out).toContain('sent 1, dropped 0, kept 0');
    expect(code).toBe(0);
    expect(relay.actions).not.toContain('StartMessageMoveTask');
    expect(await events.length()).toBe(1);
  });

  it('sends one by one, unreadable or not, where SQS has no such task', async () => {
    const { events, undelivered } = queues();
    await undelivered.send('not json');
    await using relay = await startRelay(url(), (action) => {
      if (action === 'ListDeadLetterSourceQueues') return ok({ queueUrls: [events.url] });
      return action === 'StartMessageMoveTask' ? refusal('UnsupportedOperation') : undefined;
    });
    process.env['AWS_ENDPOINT_URL_SQS'] = relay.url;
    const { out, code } = await redrive('--queue', undelivered.url, '--yes');
    expect(out).toContain('sent 1, dropped 0, kept 0');
    expect(code).toBe(0);
    expect(await undelivered.length()).toBe(0);
  });

  it('asks which queue, when several have their dead letters here', async () => {
    const { events, undelivered } = queues();
    await using _ = await aMover([events.url, `${events.url}-other`], []);
    const { err, code } = await redrive('--queue', undelivered.url, '--yes');
    expect(err).toMatch(
      /--to is missing; expected one of the queues of Undelivered-\d+: EcsEvents-\d+, EcsEvents-\d+-other/,
    );
    expect(code).toBe(2);
  });

  it('does not touch a queue that is at work', async () => {
    const { events, undelivered } = queues();
    await using relay = await startRelay(url(), (action) =>
      action === 'GetQueueAttributes' ? ok({ Attributes: { QueueArn: events.arn, RedrivePolicy: '{}' } }) : undefined,
    );
    process.env['AWS_ENDPOINT_URL_SQS'] = relay.url;
    const { err, code } = await redrive('--queue', events.url, '--to', undelivered.url, '--yes');
    expect(err).toContain('has a dead-letter queue and so is none itself');
    expect(code).toBe(2);
    expect(relay.actions).toEqual(['GetQueueAttributes']);
  });
});

describe('moveAll', () => {
  it.each([
    [
      'watches until SQS is done',
      [undefined, task('RUNNING', 0), task('RUNNING', 12), task('COMPLETED', 25)],
      ['  moved 0 of 25', '  moved 12 of 25', '  moved 25 of 25'],
      true,
    ],
    [
      'does not take an earlier task for its own',
      [task('COMPLETED', 7, 1), task('COMPLETED', 7, 1), task('COMPLETED', 25)],
      ['  moved 25 of 25'],
      true,
    ],
    [
      'watches the task that is under way already, and starts no second one',
      [task('RUNNING', 5), task('RUNNING', 9), task('COMPLETED', 25)],
      ['  moved 9 of 25', '  moved 25 of 25'],
      false,
    ],
  ])('%s', async (_, looks, expected, isStarted) => {
    const { events, undelivered } = queues();
    await using relay = await aMover([events.url], looks);
    const queue = await openDeadLetters(await openSqs(REGION), undelivered.url);
    const said: string[] = [];
    const to = { url: events.url, name: 'events', arn: events.arn };
    const moved = await moveAll(queue, to, { out: (text) => said.push(text), pause: async () => {} });
    expect(moved).toBe('moved');
    expect(said.slice(1)).toEqual(expected);
    expect(relay.actions.includes('StartMessageMoveTask')).toBe(isStarted);
  });
});
