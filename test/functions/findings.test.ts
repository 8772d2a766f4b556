import { expect, it } from 'vitest';
import { createHandler } from '../../functions/reconcile/handler.ts';
import type { WatchStep } from '../../functions/reconcile/watch.ts';
import { decideIncident } from '../../shared/domain/decide.ts';
import { incidentFingerprint } from '../../shared/domain/fingerprint.ts';
import { minutes } from '../../shared/domain/instant.ts';
import type { Observation } from '../../shared/domain/observation.ts';
import { settle } from '../../shared/effects/settle.ts';
import { anObservation, aStep, CHECKOUT, circumstances, HARBOR, NOON, POLICY } from '../support/observations.ts';
import { aPipeline } from '../support/pipeline.ts';

const NOTHING_RUNS: Observation = {
  ...aStep({
    key: 'watchdog#nothing-running#1',
    subject: CHECKOUT,
    diagnosis: { cause: 'deployment/tasks-failed-to-start', summary: 'Nothing of it runs.' },
    details: { desired: 2, running: 0 },
  }),
  holdsOn: true,
};

function aReconciler() {
  const pipeline = aPipeline();
  let step: WatchStep = { observations: [], healthy: [] };
  const measured: unknown[] = [];
  const handler = createHandler({
    ...pipeline.deps,
    checkConfiguration: async () => [{ path: 'routes[0]', expected: 'a name' }],
    health: {
      badConfiguration: (problems) => void measured.push(['bad configuration', problems.length]),
      deliveryDelay: (delay) => void measured.push(['delay', delay]),
      services: (count) => void measured.push(['services', count]),
    },
    watch: { step: async () => step },
  });
  return {
    ...pipeline,
    measured,
    run: async (at: number, next: Partial<WatchStep> = {}) => {
      pipeline.at(NOON + minutes(at));
      step = { observations: [], healthy: [], ...next };
      await handler({}, pipeline.context);
    },
  };
}

it('tells what a watchdog finds once, and is quiet when the next sweep finds it again', async () => {
  const { run, told, outcomes } = aReconciler();
  await run(0, { observations: [NOTHING_RUNS] });
  await run(15, { observations: [{ ...NOTHING_RUNS, at: NOON + minutes(15) }] });
  expect(told.map(({ step }) => step)).toEqual(['post']);
  expect(outcomes.map(({ decision, reason }) => `${decision}: ${reason}`)).toEqual([
    'told: first',
    'quiet: already-told',
  ]);
});

it('is not closed as quiet while every sweep finds it, and is resolved by the sweep that finds it well', async () => {
  const { run, store } = aReconciler();
  const { fingerprint } = NOTHING_RUNS;
  for (let at = 0; at <= 8 * 60; at += 15)
    await run(at, { observations: [{ ...NOTHING_RUNS, at: NOON + minutes(at) }] });
  expect(await store.load(fingerprint)).toMatchObject({ state: { status: 'open' }, occurrences: 1 });
  const recovery = { kind: 'steady-state', at: NOON + minutes(495) } as const;
  await run(495, { healthy: [{ service: { ...HARBOR, service: 'checkout' }, recovery }] });
  await run(500);
  expect(await store.load(fingerprint)).toMatchObject({ state: { status: 'resolved', how: 'recovered' } });
});

it('adds to what the service is in trouble with already, and calls: nothing of it runs', async () => {
  const { run, store, told, deps } = aReconciler();
  const loop = anObservation({ details: { desired: 2, running: 1 } });
  const invocation = { policy: POLICY, deadline: NOON + 30_000 };
  await settle(loop.fingerprint, undefined, () => decideIncident([loop], undefined, circumstances()), {
    ...deps,
    ...invocation,
  });
  await run(1, { observations: [{ ...NOTHING_RUNS, at: NOON + minutes(1) }] });
  expect(await store.load(loop.fingerprint)).toMatchObject({
    occurrences: 1,
    details: { running: 0 },
    diagnosis: { cause: 'memory/container-oom' },
  });
  expect(await store.load(incidentFingerprint(CHECKOUT, 'deployment/tasks-failed-to-start'))).toBeUndefined();
  expect(told.map(({ step }) => step)).toEqual(['post', 'edit', 'reply']);
});

it('tells operators of a bad configuration and of how many services there are, and goes on when one part fails', async () => {
  const { run, measured } = aReconciler();
  await run(0, { services: 12 });
  expect(measured).toEqual([
    ['bad configuration', 1],
    ['services', 12],
  ]);
});

it('goes on with the rest when the watchdogs cannot be asked', async () => {
  const pipeline = aPipeline();
  const broken = new Error('the table does not answer');
  const nothing = (): void => undefined;
  await createHandler({
    ...pipeline.deps,
    checkConfiguration: () => Promise.reject(broken),
    health: { badConfiguration: nothing, deliveryDelay: nothing, services: nothing },
    watch: { step: () => Promise.reject(broken) },
  })({}, pipeline.context);
  expect(pipeline.failures.map(({ subject }) => subject)).toEqual(['configuration', 'watchdogs']);
});
