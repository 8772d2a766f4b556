import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { createSlackFaults, MIXTURE, type Mishap } from '../../../sandbox/slack/faults.ts';

function met(seed: number, share: number, requests = 1_000): readonly (Mishap | undefined)[] {
  const faults = createSlackFaults();
  faults.inject({ kind: 'unreliable', seed, share });
  return Array.from({ length: requests }, () => faults.meet('C1'));
}

describe('an unreliable Slack', () => {
  test.prop([fc.integer()])('misbehaves the same way for the same seed', (seed) => {
    expect(met(seed, 0.3, 100)).toEqual(met(seed, 0.3, 100));
  });

  it('misbehaves as often as it was told to, in every way of the mixture', () => {
    const mishaps = met(7, 0.3).filter((mishap) => mishap !== undefined);
    expect(mishaps.length).toBeGreaterThan(250);
    expect(mishaps.length).toBeLessThan(350);
    expect(new Set(mishaps)).toEqual(new Set(MIXTURE));
  });

  it('never takes a message without saying so, unless it is asked to', () => {
    expect(MIXTURE.map(({ kind }) => kind)).not.toContain('lost-answer');
  });
});

describe('a channel that refuses', () => {
  it('refuses alone', () => {
    const faults = createSlackFaults();
    faults.inject({ kind: 'refusing', error: 'is_archived', channel: 'C1' });
    expect([faults.meet('C1')?.kind, faults.meet('C2')]).toEqual(['refusing', undefined]);
  });
});
