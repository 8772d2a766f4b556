import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { createScheduler, intervalOf } from '../../../sandbox/delivery/scheduler.ts';

const START = Date.UTC(2026, 10, 17);
const MINUTE = 60_000;

/** A clock that stands still unless it is moved. */
function aClock() {
  let now = START;
  return {
    now: () => now,
    moveTo: (instant: number) => {
      now = Math.max(now, instant);
    },
  };
}

/** The runs of schedules with these intervals, as `name@milliseconds since the start`. */
function aScheduler(intervals: Readonly<Record<string, number>>, duration = 0) {
  const clock = aClock();
  const runs: string[] = [];
  const schedules = Object.entries(intervals).map(([name, interval]) => ({
    interval,
    run: async () => {
      runs.push(`${name}@${clock.now() - START}`);
      clock.moveTo(clock.now() + duration);
    },
  }));
  return { clock, runs, scheduler: createScheduler(schedules, clock) };
}

describe('advancing the clock', () => {
  it('runs once for every minute that passes, at that minute', async () => {
    const { scheduler, runs, clock } = aScheduler({ reconcile: MINUTE });
    await scheduler.advance(3 * MINUTE);
    expect(runs).toEqual(['reconcile@60000', 'reconcile@120000', 'reconcile@180000']);
    expect(clock.now()).toBe(START + 3 * MINUTE);
  });

  it('runs several schedules in the order of their times, then of the template', async () => {
    const { scheduler, runs } = aScheduler({ slow: 2 * MINUTE, quick: MINUTE });
    await scheduler.advance(2 * MINUTE);
    expect(runs).toEqual(['quick@60000', 'slow@120000', 'quick@120000']);
  });

  it('waits for one run before the next', async () => {
    const { scheduler, runs } = aScheduler({ reconcile: MINUTE }, 1.5 * MINUTE);
    await scheduler.advance(2 * MINUTE);
    expect(runs).toEqual(['reconcile@60000', 'reconcile@150000']);
  });

  it('takes two calls one after the other', async () => {
    const { scheduler, runs } = aScheduler({ reconcile: MINUTE });
    await Promise.all([scheduler.advance(MINUTE), scheduler.advance(MINUTE)]);
    expect(runs).toEqual(['reconcile@60000', 'reconcile@120000']);
  });

  it('goes on after a run that failed', async () => {
    const clock = aClock();
    let runs = 0;
    const run = async (): Promise<void> => {
      runs += 1;
      if (runs === 1) throw new Error('the first run fails');
    };
    const scheduler = createScheduler([{ interval: MINUTE, run }], clock);
    await expect(scheduler.advance(MINUTE)).rejects.toThrow('the first run fails');
    await scheduler.advance(MINUTE);
    expect(runs).toBe(2);
  });

  test.prop([fc.array(fc.integer({ min: 0, max: 10 * MINUTE }), { maxLength: 8 })])(
    'comes to the same whether time passes in one step or in several',
    async (steps) => {
      const whole = aScheduler({ reconcile: MINUTE, slow: 3 * MINUTE });
      const split = aScheduler({ reconcile: MINUTE, slow: 3 * MINUTE });
      await whole.scheduler.advance(steps.reduce((sum, step) => sum + step, 0));
      for (const step of steps) await split.scheduler.advance(step);
      expect(split.runs).toEqual(whole.runs);
    },
  );
});

describe('leaping', () => {
  it('runs once, at the end, whatever would have run in between', async () => {
    const { scheduler, runs, clock } = aScheduler({ reconcile: MINUTE, slow: 7 * MINUTE, daily: 1_440 * MINUTE });
    await scheduler.leap(10 * MINUTE);
    expect(runs).toEqual(['reconcile@600000', 'slow@600000']);
    expect(clock.now()).toBe(START + 10 * MINUTE);
  });

  it('goes on afterwards as if nothing had been missed', async () => {
    const { scheduler, runs } = aScheduler({ reconcile: MINUTE });
    await scheduler.leap(90_000);
    await scheduler.advance(MINUTE);
    expect(runs).toEqual(['reconcile@90000', 'reconcile@120000']);
  });
});

describe('what follows the clock by itself', () => {
  it('is told of the time that has passed before the next run, and at the end', async () => {
    const clock = aClock();
    const order: string[] = [];
    const told = (who: string) => async (): Promise<void> => void order.push(`${who}@${clock.now() - START}`);
    const scheduler = createScheduler([{ interval: MINUTE, run: told('run') }], clock, told('passing'));
    await scheduler.advance(1.5 * MINUTE);
    await scheduler.leap(MINUTE);
    expect(order).toEqual(['passing@60000', 'run@60000', 'passing@90000', 'passing@150000', 'run@150000']);
  });
});

describe('time that passes by itself', () => {
  it('runs what is due, once, however much was missed', async () => {
    const { clock, scheduler, runs } = aScheduler({ reconcile: 1 });
    const stopping = new AbortController();
    clock.moveTo(START + 100);
    const followed = scheduler.follow(stopping.signal);
    await expect.poll(() => runs.length).toBe(1);
    stopping.abort();
    await followed;
    expect(runs).toEqual(['reconcile@100']);
  });
});

describe('a rate', () => {
  it.each([
    ['rate(1 minute)', MINUTE],
    ['rate(15 minutes)', 15 * MINUTE],
    ['rate(1 hour)', 60 * MINUTE],
    ['rate(7 days)', 7 * 24 * 60 * MINUTE],
  ])('%s is %d ms', (expression, interval) => {
    expect(intervalOf(expression)).toBe(interval);
  });

  it.each(['cron(0 3 * * ? *)', 'rate(0 minutes)', 'rate(1 fortnight)', ''])('%s is refused', (expression) => {
    expect(() => intervalOf(expression)).toThrow(/rate\(…\)/);
  });
});
