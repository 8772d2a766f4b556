import * as fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { serviceArn } from '../../../../shared/domain/place.ts';
import { live } from '../../../support/plan-lives.ts';
import { BEGINS, world } from '../../../support/plan-worlds.ts';
import { DELIVERED } from '../../../support/plans.ts';

// Some seconds where the machine is busy.
vi.setConfig({ testTimeout: 60_000 });

describe('whatever happens to a plan', () => {
  const lives = { numRuns: 60, seed: 20261117 };

  it('starts nothing outside a window, unapproved, over budget, twice, or where somebody else is at work', () => {
    const count = { deploy: 0, 'replace-task': 0, 'run-task': 0, 'stop-task': 0 };
    fc.assert(
      fc.property(world, (given) => {
        const { starts } = live(given);
        for (const { how } of starts) count[how] += 1;
        expect(starts.filter(({ wrong }) => wrong.length > 0)).toEqual([]);
      }),
      lives,
    );
    // Or the law would hold of nothing.
    expect(Math.min(...Object.values(count))).toBeGreaterThan(5);
  });

  it('ends every service and task by name, and calls none done that is not', () => {
    const ends = new Set<string>();
    fc.assert(
      fc.property(world, (given) => {
        const { plan, truth, copies, at } = live(given);
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
        for (const { taskId, run } of plan.tasks) {
          if (run.kind !== 'ended') throw new Error(`${taskId} is still ${run.kind}`);
          ends.add(`task ${run.end}`);
          const { copy } = copies.look(at).find((one) => one.taskId === taskId) ?? {};
          expect(run.end !== 'done' || copy?.lastStatus === 'RUNNING').toBe(true);
        }
      }),
      lives,
    );
    expect([...ends].sort()).toEqual(
      expect.arrayContaining(['done', 'handed-over', 'skipped', 'task done', 'task handed-over']),
    );
  });

  it('tells before the deadline of everything that AWS will have to replace, or to stop', () => {
    fc.assert(
      fc.property(world, (given) => {
        const { plan, news } = live(given);
        const early = news.filter(({ seen }) => seen <= BEGINS);
        for (const { at, run } of plan.services) {
          if (run.stage.kind !== 'ended' || (run.stage.end !== 'handed-over' && run.stage.end !== 'escalated'))
            continue;
          const told = early.filter((one) =>
            one.kind === 'handing-over' ? one.at?.service === at.service : one.text.includes(at.service),
          );
          expect(told).not.toEqual([]);
        }
        for (const { taskId, run } of plan.tasks) {
          if (run.kind !== 'ended' || run.end === 'done' || run.end === 'skipped') continue;
          expect(early.filter(({ text }) => text.includes(taskId))).not.toEqual([]);
        }
      }),
      lives,
    );
  });
});
