import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { ChangeMessageVisibilityCommand, SQSClient } from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import type { Queue } from '../../sandbox/messaging/queue.ts';
import { run } from './command.ts';
import { aBroker, environmentFor, OUT_OF_MEMORY, REGION, UNDELIVERED } from './dlq-broker.ts';
import { refusal, startRelay } from './dlq-relay.ts';

const { queues, url } = aBroker();

const bodies = Array.from({ length: 25 }, (_, index) =>
  OUT_OF_MEMORY.replace('137f58ad', String(index).padStart(8, '0')),
);

const fill = async ({ send }: Queue): Promise<void> => {
  for (const body of bodies) await send(body, UNDELIVERED);
};

async function bodiesIn(queue: Queue): Promise<readonly string[]> {
  const batch = await queue.take(10);
  return batch.length === 0 ? [] : [...batch.map(({ body }) => body), ...(await bodiesIn(queue))];
}

/** Messages held by somebody who is gone are there again once their minute is over. */
async function letTimeoutsRunOut({ url: QueueUrl }: Queue, receipts: readonly string[]): Promise<void> {
  const client = new SQSClient({ endpoint: url(), region: REGION });
  for (const ReceiptHandle of receipts)
    await client.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 0 }));
  client.destroy();
}

describe('slackwater dlq redrive, interrupted', () => {
  it('loses nothing when it is killed between a send and its delete, and the next run finishes', async () => {
    const { events, undelivered } = queues();
    await fill(undelivered);
    let child: ChildProcess | undefined;
    await using relay = await startRelay(url(), (action) => {
      if (action !== 'DeleteMessage') return undefined;
      child?.kill('SIGKILL');
      return refusal('InternalError');
    });
    const args = ['dlq', 'redrive', '--queue', undelivered.url, '--to', events.url, '--yes'];
    child = spawn(process.execPath, [fileURLToPath(new URL('../../cli/index.ts', import.meta.url)), ...args], {
      env: { ...process.env, ...environmentFor(relay.url) },
      stdio: 'ignore',
    });
    expect(await once(child, 'exit')).toEqual([null, 'SIGKILL']);
    expect(await events.length()).toBeGreaterThan(0);
    expect(await undelivered.length()).toBe(25);

    await letTimeoutsRunOut(undelivered, relay.receipts);
    const { out, code } = await run(args, { environment: process.env });
    expect(out).toContain('sent 25, dropped 0, kept 0');
    expect(code).toBe(0);
    expect(new Set(await bodiesIn(events))).toEqual(new Set(bodies));
    expect(await undelivered.length()).toBe(0);
  });

  it.each([
    ['sqs:SendMessage', 'SendMessage'],
    ['sqs:DeleteMessage', 'DeleteMessage'],
  ])('stops and deletes nothing when %s is denied', async (permission, denied) => {
    const { events, undelivered } = queues();
    await fill(undelivered);
    await using relay = await startRelay(url(), (action) => (action === denied ? refusal('AccessDenied') : undefined));
    process.env['AWS_ENDPOINT_URL_SQS'] = relay.url;
    const args = ['dlq', 'redrive', '--queue', undelivered.url, '--to', events.url, '--yes'];
    const { err, code } = await run(args, { environment: process.env });
    expect(err).toContain(`slackwater dlq: ${permission} is not allowed on `);
    expect(code).toBe(2);
    expect(await undelivered.length()).toBe(25);
    expect(relay.actions.filter((action) => action === 'ReceiveMessage')).toHaveLength(1);
  });
});
