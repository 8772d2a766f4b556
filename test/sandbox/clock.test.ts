import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createClock } from '../../sandbox/clock.ts';

const ahead = (file: string): number => readFileSync(file).readDoubleLE(0);

describe("the sandbox's clock", () => {
  it('is real time until it is moved, and its file says by how much', () => {
    using clock = createClock();
    expect(ahead(clock.file)).toBe(0);
    clock.moveTo(Date.now() + 3_600_000);
    expect(clock.now() - Date.now()).toBe(ahead(clock.file));
    expect(Math.abs(ahead(clock.file) - 3_600_000)).toBeLessThan(1_000);
  });

  it('does not go back', () => {
    using clock = createClock();
    const before = ahead(clock.file);
    clock.moveTo(clock.now() - 60_000);
    expect(ahead(clock.file)).toBe(before);
  });

  it('may start in the past', () => {
    using clock = createClock(Date.UTC(2020, 0, 1));
    expect(new Date(clock.now()).getUTCFullYear()).toBe(2020);
  });

  it('leaves no file', () => {
    const clock = createClock();
    clock[Symbol.dispose]();
    expect(existsSync(clock.file)).toBe(false);
  });
});
