import * as fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { serviceArn } from '../../../shared/domain/place.ts';
import { live } from '../../support/plan-lives.ts';
import { BEGINS, world } from '../../support/plan-worlds.ts';
import { DELIVERED } from '../../support/plans.ts';

// Some seconds where the machine is busy.
vi.setConfig({ testTimeout: 60_000 });

describe('whatever happens to a plan', () => {
  const lives = { numRuns: 60, seed: 20261117 };

  it('starts nothing outside a window, unapproved, over budget, twice, or where somebody else is at work', () => {
    let count = 0;
    fc.assert(
      fc.property(world, (given) => {
        const { starts } = live(given);
        count += starts.length;
        expect(starts.filter(({ wrong }) => wrong.length > 0)).toEqual([]);
      }),
      lives,
    );
    // Or the law would hold of nothing.
    expect(count).toBeGreaterThan(40);
  });

  it('ends every service by name, and calls none done that has an old task', () => {
    const ends = new Set<string>();
    fc.assert(
      fc.property(world, (given) => {
        const { plan, truth, at } = live(given);
        const now = truth.look(at);
        for (const { at: where, run } of plan.services) {
          const { stage } = run;
          if (stage.kind !== 'ended') throw new Error(`${where.service} is still ${stage.kind}`);
          ends.add(stage.end);
          if (stage.end === 'escalated') continue;
          const situation = now.find((one) => serviceArn(one.at) === serviceArn(where));
          const left = situation?.status === 'active' ? situation.tasks : [];
          expect(left.filter(({ createdAt = 0 }) => createdAt < DELIVERED)).toEqual([]);
        }
      }),
      lives,
    );
    expect([...ends].sort()).toEqual(expect.arrayContaining(['done', 'handed-over', 'skipped']));
  });

  it('tells before the deadline of every service that AWS will have to replace', () => {
    fc.assert(
      fc.property(world, (given) => {
        const { plan, news } = live(given);
        for (const { at, run } of plan.services) {
          if (run.stage.kind !== 'ended' || (run.stage.end !== 'handed-over' && run.stage.end !== 'escalated'))
            continue;
          const told = news.filter(
            (one) =>
              one.seen <= BEGINS &&
              (one.kind === 'handing-over' ? one.at?.service === at.service : one.text.includes(at.service)),
          );
          expect(told).not.toEqual([]);
        }
      }),
      lives,
    );
  });
});
