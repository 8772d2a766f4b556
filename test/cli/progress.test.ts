import { describe, expect, it } from 'vitest';
import { createProgress } from '../../cli/progress.ts';
import { type Instant, minutes, seconds } from '../../shared/domain/instant.ts';

/** What is said, each with its second. */
function aWait(isErrScreen = true) {
  let now: Instant = 0;
  const said: string[] = [];
  const progress = createProgress({
    isErrScreen,
    clock: () => now,
    err: (text) => said.push(`${now / 1_000} ${text}`),
  });
  return { said, progress, wait: (time: number) => (now += time) };
}

/** A number a second, for so many seconds. */
function countFor(length: number, { progress, wait }: ReturnType<typeof aWait>): void {
  for (let second = 1; second <= length; second += 1) {
    wait(seconds(1));
    progress.at(second * 10, 1_000);
  }
}

describe('progress', () => {
  it('is nothing where standard error is no screen', () => {
    const waiting = aWait(false);
    waiting.progress.start('reading the table');
    countFor(100, waiting);
    waiting.progress.end();
    expect(waiting.said).toEqual([]);
  });

  it('says at once what is waited for, and numbers less and less often', () => {
    const waiting = aWait();
    waiting.progress.start('reading the table');
    countFor(15, waiting);
    waiting.progress.end();
    expect(waiting.said).toEqual([
      '0 reading the table …',
      '2 reading the table: 20 of 1000 …',
      '6 reading the table: 60 of 1000 …',
      '14 reading the table: 140 of 1000 …',
      '15 reading the table: 150, done',
    ]);
  });

  it('leaves nobody without a sign for more than half a minute', () => {
    const waiting = aWait();
    waiting.progress.start('reading the table');
    countFor(minutes(10) / seconds(1), waiting);
    const at = waiting.said.map((line) => Number.parseInt(line, 10));
    const gaps = at.slice(1).map((second, index) => second - (at[index] ?? 0));
    expect(Math.max(...gaps)).toBe(30);
    expect(waiting.said.length).toBeLessThan(30);
  });

  it('has one line for what is quick, and begins anew with the next step', () => {
    const { said, progress, wait } = aWait();
    progress.start('one');
    progress.at(5);
    progress.end();
    wait(seconds(3));
    progress.start('two');
    progress.at(1);
    wait(seconds(2));
    progress.at(2);
    expect(said).toEqual(['0 one …', '3 two …', '5 two: 2 …']);
  });

  it('takes a label in one line, whatever is in it', () => {
    const { said, progress } = aWait();
    progress.start('asking about a\nb\u001B[2J');
    expect(said).toHaveLength(1);
    expect(said.join()).not.toContain('\n');
    expect(said.join()).not.toContain('\u001B');
  });
});
