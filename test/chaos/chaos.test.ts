import { describe, expect, it } from 'vitest';
import { createRandom } from '../../sandbox/random.ts';
import { hours, minutes } from '../../shared/domain/instant.ts';
import { audit, contradictions } from './audit.ts';
import { someTroubles } from './troubles.ts';
import { truthOf } from './truth.ts';
import { createWorld, START } from './world.ts';

const SEEDS = Array.from({ length: 25 }, (_, index) => index + 1);
const LAST_STEPS = 40;

const aWorld = (seed: number) => {
  const troubles = someTroubles(createRandom(seed), START);
  return { troubles, world: createWorld(seed, troubles) };
};

describe('half an hour without Slack, with throttles, duplicates, disorder and killed functions', () => {
  it.each(SEEDS)('loses nothing, repeats nothing and contradicts nothing, seed %i', async (seed) => {
    const { world, troubles } = aWorld(seed);
    for (const minute of [20, 45, 70, 115, 240]) {
      await world.advance(START + minutes(minute));
      tell(seed, await contradictions(world), world.steps);
    }
    await world.advance(START + hours(6));
    tell(seed, await audit(world, truthOf(troubles)), world.steps);
    expect(world.kills()).toBeGreaterThanOrEqual(8);
  });

  it('is as rough as that', async () => {
    const { world } = aWorld(1);
    await world.advance(START + hours(4));
    const records = await world.records();
    const happened = {
      killed: /is killed (before|after)/,
      throttled: /Throttling/,
      'put off by Slack': /post inc-\w+: deferred/,
      'folded and listed': /save digest#slack/,
      archived: /save .*\|closed#/,
    };
    const missing = Object.entries(happened).filter(([, sign]) => !world.steps.some((step) => sign.test(step)));
    expect(missing).toEqual([]);
    expect(world.posts.some(({ excuse }) => excuse === 'the answer was lost')).toBe(true);
    expect(records.some((record) => record.kind === 'incident' && record.reopened > 0)).toBe(true);
    expect(records.some(({ announcements }) => announcements.some(({ status }) => status === 'folded'))).toBe(true);
  });

  it('is the same again for the same seed, step by step', async () => {
    const [one, other] = [aWorld(7).world, aWorld(7).world];
    await one.advance(START + minutes(30));
    await other.advance(START + minutes(30));
    expect(one.steps.length).toBeGreaterThan(1_000);
    expect(other.steps).toEqual(one.steps);
  });
});

/** Fails with what is wrong, and with the last steps of whatever that is about. */
function tell(seed: number, wrong: readonly string[], steps: readonly string[]): void {
  if (wrong.length > 0) {
    const names = wrong.flatMap((sentence) => sentence.match(/(inc|dig)-[0-9a-f]+|barge-\d+|capacity#\w+/g) ?? []);
    const about = steps.filter((step) => names.some((name) => step.includes(name)));
    console.error(`seed ${seed}, the last steps:\n${about.slice(-LAST_STEPS).join('\n')}`);
  }
  expect(wrong).toEqual([]);
}
