import { describe, expect, it } from 'vitest';
import type { Queue } from '../../sandbox/messaging/queue.ts';
import { objectsIn, run } from './command.ts';
import { aBroker, failedInvocation, MISSED_RUN, OUT_OF_MEMORY, RETIREMENT, UNDELIVERED } from './dlq-broker.ts';

const { queues } = aBroker();

const redrive = (...args: readonly string[]) => run(['dlq', 'redrive', ...args], { environment: process.env });

/** Everything that can be received now. */
async function bodiesIn(queue: Queue): Promise<readonly string[]> {
  const batch = await queue.take(10);
  return batch.length === 0 ? [] : [...batch.map(({ body }) => body), ...(await bodiesIn(queue))];
}

describe('slackwater dlq redrive', () => {
  it('changes nothing without --yes, and says what it would do', async () => {
    const { events, undelivered } = queues();
    await undelivered.send(OUT_OF_MEMORY, UNDELIVERED);
    const { out, code } = await redrive('--queue', undelivered.url, '--to', events.url);
    expect(out).toMatch(
      /^would send [\w-]{36} \(ECS Task State Change, harbor-prod\/report-worker, .+\) -> EcsEvents-\d+$/m,
    );
    expect(out).toContain('would send 1, would drop 0, would keep 0; nothing was changed, --yes does it');
    expect(code).toBe(0);
    expect(await bodiesIn(undelivered)).toEqual([OUT_OF_MEMORY]);
    expect(await events.length()).toBe(0);
  });

  it('sends each ECS event as it was, and deletes it', async () => {
    const { events, undelivered } = queues();
    const bodies = Array.from({ length: 25 }, (_, index) =>
      OUT_OF_MEMORY.replace('137f58ad', String(index).padStart(8, '0')),
    );
    for (const body of bodies) await undelivered.send(body, UNDELIVERED);
    const { out, code } = await redrive('--queue', undelivered.url, '--to', events.url, '--yes');
    expect(out).toContain('sent 25, dropped 0, kept 0');
    expect(code).toBe(0);
    expect((await bodiesIn(events)).toSorted()).toEqual(bodies.toSorted());
    expect(await undelivered.length()).toBe(0);
  });

  it('keeps what it cannot deliver, drops what is done anyway, and answers 1', async () => {
    const { events, undelivered } = queues();
    const kept = [failedInvocation(RETIREMENT), RETIREMENT, 'not json', '{"source":"my.app","detail-type":"Order"}'];
    for (const body of kept) await undelivered.send(body);
    await undelivered.send('{}', MISSED_RUN);
    await undelivered.send(OUT_OF_MEMORY, UNDELIVERED);
    const { out, code } = await redrive('--queue', undelivered.url, '--to', events.url, '--yes');
    expect(out).toContain('sent 1, dropped 1, kept 4');
    expect(out).toMatch(/^kept .+ \(not an EventBridge event\): it is no EventBridge event$/m);
    expect(out).toMatch(
      /: this command cannot invoke its function; run this, then delete it with --drop:\naws lambda invoke /,
    );
    expect(code).toBe(1);
    expect((await bodiesIn(undelivered)).toSorted()).toEqual(kept.toSorted());
    expect(await bodiesIn(events)).toEqual([OUT_OF_MEMORY]);
  });

  it('takes the messages that are named, by their own id or the event’s, and leaves the others', async () => {
    const { events, undelivered } = queues();
    const other = OUT_OF_MEMORY.replace('137f58ad', 'aaaaaaaa');
    const third = OUT_OF_MEMORY.replace('137f58ad', 'bbbbbbbb');
    for (const body of [OUT_OF_MEMORY, other, third]) await undelivered.send(body, UNDELIVERED);
    const listed = objectsIn(
      (await run(['dlq', 'list', '--queue', undelivered.url, '--json'], { environment: process.env })).out,
    );
    const eventOf = (body: string) => String(Reflect.get(JSON.parse(body) as object, 'id'));
    const id = String(listed.find(({ event }) => event === eventOf(other))?.['id']);
    const args = ['--queue', undelivered.url, '--to', events.url, '--id', eventOf(OUT_OF_MEMORY), '--id', id, '--yes'];
    const { out, code } = await redrive(...args);
    expect(out).toContain('sent 2, dropped 0, kept 0');
    expect(code).toBe(0);
    expect((await bodiesIn(events)).toSorted()).toEqual([OUT_OF_MEMORY, other].toSorted());
    expect(await bodiesIn(undelivered)).toEqual([third]);
  });

  it('says which of the named messages are not there', async () => {
    const { events, undelivered } = queues();
    await undelivered.send(OUT_OF_MEMORY, UNDELIVERED);
    const { out, code } = await redrive('--queue', undelivered.url, '--to', events.url, '--id', 'gone', '--yes');
    expect(out).toContain('not found: gone; somebody else may be reading it, so look again in a minute');
    expect(code).toBe(1);
    expect(await bodiesIn(undelivered)).toEqual([OUT_OF_MEMORY]);
  });

  it('deletes what was seen to by hand, with --drop, --id and --yes only', async () => {
    const { undelivered } = queues();
    await undelivered.send(failedInvocation(RETIREMENT));
    const id = String(Reflect.get(JSON.parse(RETIREMENT) as object, 'id'));
    const would = await redrive('--queue', undelivered.url, '--id', id, '--drop');
    expect(would.out).toContain('would drop 1');
    expect(await undelivered.length()).toBe(1);
    const did = await redrive('--queue', undelivered.url, '--id', id, '--drop', '--yes');
    expect(did.out).toContain('sent 0, dropped 1, kept 0');
    expect(did.code).toBe(0);
    expect(await undelivered.length()).toBe(0);
  });
});
