import { describe, expect, it, vi } from 'vitest';
import { createClock } from '../../../sandbox/clock.ts';
import { createJobs, PageError } from '../../../sandbox/page/time/jobs.ts';
import { createPace, FAST, jump } from '../../../sandbox/page/time/pace.ts';

const MINUTE = 60_000;

/** A clock that notes how it is moved. */
function aClock(now = 0) {
  const moves: number[] = [];
  let isHeld = false;
  return {
    moves,
    now: () => now,
    advance: async (milliseconds: number): Promise<void> => {
      moves.push(milliseconds);
      now += milliseconds;
    },
    hold: () => {
      isHeld = true;
    },
    release: () => {
      isHeld = false;
    },
    isHeld: () => isHeld,
  };
}

describe('a clock that somebody holds', () => {
  it('stands still, can be moved, and runs on from there', () => {
    using clock = createClock(0);
    clock.hold();
    const held = clock.now();
    expect([clock.isHeld(), clock.now()]).toEqual([true, held]);
    clock.moveTo(held + MINUTE);
    expect(clock.now()).toBe(held + MINUTE);
    clock.moveTo(held);
    expect(clock.now()).toBe(held + MINUTE);
    clock.release();
    expect(clock.isHeld()).toBe(false);
    expect(clock.now() - held - MINUTE).toBeLessThan(MINUTE);
  });
});

describe('the pace', () => {
  it('holds the clock and lets it go', () => {
    const clock = aClock();
    const pace = createPace(clock);
    expect(pace.speed()).toBe('real');
    pace.set('held');
    expect([pace.speed(), clock.isHeld()]).toEqual(['held', true]);
    clock.release();
    expect(pace.speed()).toBe('real');
    pace.set('real');
    expect(clock.isHeld()).toBe(false);
    expect(clock.moves).toEqual([]);
  });

  it('advances a fast clock in steps of sixty times real time, until it is stopped', async () => {
    const clock = aClock();
    const pace = createPace(clock);
    pace.set('fast');
    await vi.waitUntil(() => clock.moves.length > 0);
    await pace.stop();
    expect(new Set(clock.moves)).toEqual(new Set([250 * FAST]));
    expect(clock.isHeld()).toBe(true);
  });
});

describe('a jump', () => {
  it('comes to the instant exactly, in steps, and tells how far it is', async () => {
    const clock = aClock();
    const told: number[] = [];
    await jump(clock, 12 * MINUTE, (done) => void told.push(done), new AbortController().signal);
    expect(clock.moves).toEqual([5 * MINUTE, 5 * MINUTE, 2 * MINUTE]);
    expect(told.at(-1)).toBe(1);
    expect(told).toEqual(told.toSorted((a, b) => a - b));
  });

  it('stops between two steps when it is told to', async () => {
    const clock = aClock();
    const stopping = new AbortController();
    await jump(clock, 60 * MINUTE, () => stopping.abort(), stopping.signal);
    expect(clock.now()).toBe(5 * MINUTE);
  });
});

describe('jobs', () => {
  it('are one at a time, say how far they are, and are over at the end', async () => {
    const jobs = createJobs(() => undefined);
    const goOn = Promise.withResolvers<void>();
    jobs.start('A storm', async (report) => {
      report(0.5);
      await goOn.promise;
    });
    expect(jobs.current()).toEqual({ title: 'A storm', done: 0.5, isStopping: false });
    expect(() => jobs.start('Another', async () => undefined)).toThrow(PageError);
    goOn.resolve();
    await jobs.idle();
    expect([jobs.current(), jobs.failure()]).toEqual([undefined, undefined]);
  });

  it('tell why one failed, until the next begins', async () => {
    const jobs = createJobs(() => undefined);
    jobs.start('A storm', () => Promise.reject(new Error('no wind')));
    await jobs.idle();
    expect(jobs.failure()).toBe('A storm: no wind');
    jobs.start('Another', async () => undefined);
    expect(jobs.failure()).toBeUndefined();
  });

  it('are told when somebody stops them', async () => {
    const jobs = createJobs(() => undefined);
    jobs.start(
      'A storm',
      (_, stopping) => new Promise((resolve) => stopping.addEventListener('abort', () => resolve())),
    );
    jobs.stop();
    expect(jobs.current()?.isStopping).toBe(true);
    await jobs.idle();
    expect(jobs.current()).toBeUndefined();
  });
});
