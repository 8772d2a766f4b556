import { describe, expect, it } from 'vitest';
import { createActivity } from '../../sandbox/delivery/activity.ts';
import { untilSettled } from '../../sandbox/settled.ts';

const never = new Promise<void>(() => undefined);

describe('settling', () => {
  it('is at once where nothing is left', async () => {
    await expect(untilSettled(createActivity(), async () => 0, 1_000)).resolves.toBeUndefined();
  });

  it('waits for what is under way, and for the work that this leads to', async () => {
    const activity = createActivity();
    const done: string[] = [];
    const first = Promise.withResolvers<void>();
    const second = Promise.withResolvers<void>();
    void activity.during(
      first.promise.then(() => {
        done.push('first');
        void activity.during(second.promise.then(() => void done.push('second')));
      }),
    );
    const settled = untilSettled(activity, async () => 0, 5_000).then(() => done.push('settled'));
    first.resolve();
    await expect.poll(() => done).toContain('first');
    second.resolve();
    await settled;
    expect(done).toEqual(['first', 'second', 'settled']);
  });

  it('does not mind work that fails', async () => {
    const activity = createActivity();
    const work = activity.during(Promise.reject(new Error('the work fails')));
    await expect(work).rejects.toThrow('the work fails');
    await expect(untilSettled(activity, async () => 0, 1_000)).resolves.toBeUndefined();
  });

  it('waits until the queues are empty', async () => {
    const lengths = [2, 1, 0];
    await untilSettled(createActivity(), async () => lengths.shift() ?? 0, 5_000);
    expect(lengths).toEqual([]);
  });

  it.each([
    ['messages that nobody takes', createActivity(), 3, '3 messages are left in the queues, and nothing is under way'],
    ['work that hangs', busy(), 0, '0 messages are left in the queues, and an invocation is still under way'],
  ])('gives up in words: %s', async (_, activity, left, words) => {
    await expect(untilSettled(activity, async () => left, 30)).rejects.toThrow(words);
  });
});

function busy() {
  const activity = createActivity();
  void activity.during(never);
  return activity;
}
