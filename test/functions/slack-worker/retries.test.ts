import { expect, it } from 'vitest';
import type { Deps } from '../../../functions/slack-worker/handler.ts';
import { actionIdOf } from '../../../shared/domain/chat/action-request.ts';
import type { ChatRequest } from '../../../shared/domain/chat/request.ts';
import { DELIVERED } from '../../support/plans.ts';
import { anIncident, CLUSTER, someDetails } from '../../support/records.ts';
import { aWorker, textOf, type Worker, withPlan } from './worker.ts';

/** Where the function is killed: at its n-th read or write, which was done or not. */
interface Kill {
  at: number;
  isDone: boolean;
  seen: number;
}

const KILLED = new Error('killed');

/** Every read and write of the stores counts. */
function killing(kill: Kill): (deps: Deps) => Deps {
  const watched = <Store extends object>(store: Store): Store =>
    new Proxy(store, {
      get: (target, name) => {
        const method: unknown = Reflect.get(target, name);
        if (typeof method !== 'function') return method;
        return async (...given: unknown[]) => {
          kill.seen += 1;
          const isHere = kill.seen === kill.at;
          if (isHere && !kill.isDone) throw KILLED;
          const answer: unknown = await Reflect.apply(method, target, given);
          if (isHere) throw KILLED;
          return answer;
        };
      },
    });
  return ({ store, plans, actions, audit, turns, ...deps }) => ({
    ...deps,
    store: watched(store),
    plans: watched(plans),
    actions: watched(actions),
    audit: watched(audit),
    turns: watched(turns),
  });
}

/** Lets Lambda try again until it is answered. Says at how many points there was something to kill. */
async function everyKill(
  prepare: (worker: Worker) => Promise<ChatRequest>,
  check: (worker: Worker) => Promise<void>,
): Promise<number> {
  let points = 0;
  for (const isDone of [false, true]) {
    for (let at = 1; ; at++) {
      const kill: Kill = { at: 0, isDone, seen: 0 };
      const worker = aWorker({ change: killing(kill) });
      const request = await prepare(worker);
      kill.at = kill.seen + at;
      const first = await worker.ask(request).catch((error: unknown) => error);
      if (first !== KILLED) break;
      points += 1;
      await worker.ask(request);
      await worker.ask(request);
      await check(worker);
    }
  }
  return points;
}

it('approves once or not at all wherever it is killed, and says so', async () => {
  const points = await everyKill(
    async (worker) => worker.clickOf('approve', (await withPlan(worker)).notice),
    async (worker) => {
      const [record] = await worker.deps.plans.list();
      const decided = record?.log.filter(({ text }) => text.startsWith('approved')).length ?? 0;
      expect(decided).toBeLessThanOrEqual(1);
      expect(record?.plan?.approvals).toHaveLength(decided);
      const verdicts = (await worker.trail()).map(({ verdict }) => verdict);
      // What was not done is said to be perhaps not done.
      expect(verdicts).toContain(decided === 1 && verdicts.includes('done') ? 'done' : 'failed');
      expect(textOf(worker)).toContain('look whether it is done');
    },
  );
  expect(points).toBeGreaterThan(8);
});

it('takes an incident once wherever it is killed', async () => {
  const points = await everyKill(
    async (worker) => {
      worker.at(DELIVERED);
      await worker.deps.store.save(anIncident({ lastSeen: DELIVERED }), DELIVERED);
      return worker.clickOf('acknowledge', anIncident());
    },
    async (worker) => {
      const record = await worker.deps.store.load(anIncident().fingerprint);
      const said = record?.timeline.filter(({ text }) => text.startsWith('acknowledged')).length;
      expect(said).toBeLessThanOrEqual(1);
      expect(worker.shown.length).toBeGreaterThan(0);
    },
  );
  expect(points).toBeGreaterThan(5);
});

it('asks for the continuation of a hook once wherever it is killed', async () => {
  const deployment = 'arn:aws:ecs:eu-west-1:111122223333:service-deployment/harbor-prod/checkout/abc';
  const incident = anIncident({
    subject: { kind: 'deployment', at: CLUSTER, service: 'checkout' },
    details: someDetails({ hook: { id: 'hook-1', deployment, status: 'waiting' } }),
    lastSeen: DELIVERED,
  });
  const points = await everyKill(
    async (worker) => {
      worker.at(DELIVERED);
      await worker.deps.store.save(incident, DELIVERED);
      return worker.clickOf('continue-hook', incident, { more: 'hook-1' });
    },
    async (worker) => {
      const asked = await worker.deps.actions.load(actionIdOf({ kind: 'continue-hook', deployment, hookId: 'hook-1' }));
      expect(asked?.version ?? 1).toBe(1);
      expect(worker.shown.length).toBeGreaterThan(0);
    },
  );
  expect(points).toBeGreaterThan(6);
});

it('does what is asked when it was killed before it began', async () => {
  const kill: Kill = { at: 0, isDone: false, seen: 0 };
  const worker = aWorker({ change: killing(kill) });
  const { notice } = await withPlan(worker);
  const request = worker.clickOf('approve', notice);
  kill.at = kill.seen + 1;
  await expect(worker.ask(request)).rejects.toBe(KILLED);
  expect(textOf(worker)).toContain('tries again');
  expect(await worker.ask(request)).toMatchObject({ decision: 'done' });
});
