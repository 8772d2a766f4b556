import { describe, expect, it } from 'vitest';
import { objectsIn, run } from './command.ts';
import { aBroker, failedInvocation, MISSED_RUN, OUT_OF_MEMORY, RETIREMENT, UNDELIVERED } from './dlq-broker.ts';

const { queues } = aBroker();

const list = (...args: readonly string[]) => run(['dlq', 'list', ...args], { environment: process.env });

describe('slackwater dlq list', () => {
  it('tells what is there, why, and what a redrive would do', async () => {
    const { undelivered } = queues();
    await undelivered.send(OUT_OF_MEMORY, UNDELIVERED);
    await undelivered.send(failedInvocation(RETIREMENT));
    await undelivered.send('{}', MISSED_RUN);
    const { out, err, code } = await list('--queue', undelivered.url);
    expect(err).toBe('');
    expect(code).toBe(1);
    expect(out.split('\n')[0]).toMatch(/^Undelivered-\d+: 3 messages$/);
    expect(out).toContain('ECS Task State Change, harbor-prod/report-worker, task a616d93e30fbad924e28ebbf8686d3a6');
    expect(out).toMatch(/ {4}message {2}[\w-]{36}, event [\w-]{36}\n/);
    expect(out).toMatch(/ {4}sent {5}20\d\d-\d\d-\d\d \d\d:\d\d UTC, received once\n/);
    expect(out).toContain(
      '    why      EventBridge could not hand it to queue slackwater-EcsEventsQueue: NO_PERMISSIONS',
    );
    expect(out).toContain('    redrive  sends it to the queue that --to names');
    expect(out).toContain(
      '    redrive  keeps it: this command cannot invoke its function; it prints what to run instead',
    );
    expect(out).toContain('    redrive  drops it: the reconciler runs every minute');
    expect(out).toContain('each count has grown by one');
  });

  it('gives everything back at once, and the count tells that it was looked at', async () => {
    const { undelivered } = queues();
    for (let count = 0; count < 25; count += 1) await undelivered.send(OUT_OF_MEMORY, UNDELIVERED);
    const first = await list('--queue', undelivered.url, '--json');
    const second = await list('--queue', undelivered.url, '--json');
    const idsIn = (out: string) => new Set(objectsIn(out).map(({ id }) => id));
    expect(idsIn(first.out).size).toBe(25);
    expect(idsIn(second.out)).toEqual(idsIn(first.out));
    expect(objectsIn(first.out).map(({ received }) => received)).toEqual(Array(25).fill(1));
    expect(objectsIn(second.out).map(({ received }) => received)).toEqual(Array(25).fill(2));
  });

  it('prints one object a message, with the command to run', async () => {
    const { undelivered } = queues();
    await undelivered.send(failedInvocation(RETIREMENT));
    const [line] = objectsIn((await list('--queue', undelivered.url, '--json')).out);
    expect(line).toMatchObject({
      queue: undelivered.url,
      received: 1,
      source: 'aws.health',
      detailType: 'AWS Health Event',
      subject: 'AWS_ECS_TASK_PATCHING_RETIREMENT',
      because: 'function slackwater-retirement-notice failed 3 times: AdapterError, the store did not answer',
      redrive: 'keep',
      redriveBecause: 'this command cannot invoke its function',
    });
    expect(line?.['run']).toMatch(/^aws lambda invoke --region eu-west-1 --function-name '/);
  });

  it('lists no more than it was asked for, and says that there is more', async () => {
    const { undelivered } = queues();
    for (let count = 0; count < 12; count += 1) await undelivered.send(OUT_OF_MEMORY);
    const { out } = await list('--queue', undelivered.url, '--limit', '5');
    expect(out).toContain(': 5 messages');
    expect(out).toContain('and about 7 more; --limit shows more at once');
    expect(objectsIn((await list('--queue', undelivered.url, '--json')).out)).toHaveLength(12);
  });

  it('lists several queues, and answers 0 when all are empty', async () => {
    const { events, undelivered } = queues();
    const { out, code } = await list('--queue', events.url, '--queue', undelivered.url);
    expect(out).toMatch(/^EcsEvents-\d+: empty\n\nUndelivered-\d+: empty\n$/);
    expect(code).toBe(0);
  });
});

describe('slackwater dlq, wrongly used', () => {
  it.each([
    [['dlq'], 'give one of list, redrive'],
    [['dlq', 'purge'], 'give one of list, redrive'],
    [['dlq', 'list'], "--queue is missing; expected the stack's output EcsEventsDeadLettersUrl or UndeliveredUrl: aws"],
    [['dlq', 'list', '--queue', 'Undelivered'], '--queue "Undelivered" is not the URL of a queue'],
    [['dlq', 'list', '--queue', 'https://sqs.eu-west-1.example/1/x'], 'is not the URL of a queue'],
    [
      ['dlq', 'list', '--queue', 'URL', '--limit', '0'],
      '--limit "0" is not a number of messages; expected 1 to 999999',
    ],
    [['dlq', 'list', '--queue', 'URL', '--limit', 'all'], '--limit "all" is not a number of messages'],
    [['dlq', 'redrive', '--queue', 'URL', '--queue', 'URL'], '--queue is given twice; expected one queue at a time'],
    [['dlq', 'redrive', '--queue', 'URL', '--drop'], '--drop deletes messages; expected --id for each of them'],
    [['dlq', 'redrive', '--queue', 'URL'], "--to is missing; expected the stack's output EcsEventsQueueUrl: aws"],
    [['dlq', 'redrive', '--queue', 'URL', '--to', 'URL'], '--to is the queue of --queue; expected another'],
    [['dlq', 'redrive', '--queue', 'URL', '--too', 'URL'], "Unknown option '--too'"],
  ])('%j: %s', async (args, expected) => {
    const { undelivered } = queues();
    const words = args.map((word) => (word === 'URL' ? undelivered.url : word));
    const { err, out, code } = await run(words, { environment: process.env });
    expect(err).toContain(expected);
    expect(err).toContain('usage: slackwater dlq list --queue URL');
    expect(out).toBe('');
    expect(code).toBe(2);
  });

  it('names the Region as what is missing when neither the URL nor the environment has one', async () => {
    const args = ['dlq', 'list', '--queue', 'http://127.0.0.1:1/000000000000/Undelivered'];
    const { err, code } = await run(args, { environment: {} });
    expect(err).toContain('--region is missing');
    expect(code).toBe(2);
  });

  it('says that a queue is not there', async () => {
    const { err, code } = await list('--queue', 'https://sqs.eu-west-1.amazonaws.com/111122223333/nowhere');
    expect(err).toBe('slackwater dlq: there is no queue nowhere in this account and Region');
    expect(code).toBe(2);
  });
});
