import * as fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { createHandler } from '../../functions/redeploy/handler.ts';
import { refuse } from '../../functions/redeploy/watch-only.ts';
import { type ActionAsked, actionIdOf } from '../../shared/domain/chat/action-request.ts';
import type { DeploymentSeen } from '../../shared/domain/chat/action-step.ts';
import { found, missing } from '../../shared/domain/facts.ts';
import type { Incident } from '../../shared/domain/incident.ts';
import { type Instant, minutes } from '../../shared/domain/instant.ts';
import type { StepOutcome } from '../../shared/domain/plan/step.ts';
import { createMemoryActionStore } from '../../shared/effects/stores/memory-action-store.ts';
import { createMemoryAuditStore } from '../../shared/effects/stores/memory-audit-store.ts';
import { createMemoryLockStore } from '../../shared/effects/stores/memory-lock-store.ts';
import { ASKED, ASKED_AT, aDeploymentIncident, aHook, aWanted, HOOK_ID } from '../support/actions.ts';
import { aPipeline } from '../support/pipeline.ts';
import { someDetails } from '../support/records.ts';

/** ECS does it and answers, or one of the ways in which that goes wrong. */
type Call = 'done' | 'lost' | 'throttled' | 'denied' | 'killed-before' | 'killed-after';

const ANSWERS: Readonly<Record<Call, StepOutcome>> = {
  done: { status: 'done' },
  lost: { status: 'failed', because: 'It was not answered.', retryable: true },
  throttled: { status: 'failed', because: 'AWS was asked too often.', retryable: true },
  denied: { status: 'failed', because: 'Slackwater may not.', retryable: false },
  'killed-before': { status: 'done' },
  'killed-after': { status: 'done' },
};

const unused = () => Promise.reject(new Error('no plan is due'));

/** The function with one open incident of a deployment that waits at a hook; `calls` are what ECS does, in order. */
async function aRun(asked: ActionAsked = ASKED.continueHook, calls: readonly Call[] = ['done']) {
  const pipeline = aPipeline();
  const { deps } = pipeline;
  const actions = createMemoryActionStore();
  const audit = createMemoryAuditStore({ clock: deps.clock });
  const script = [...calls];
  let hook = 'AWAITING_ACTION';
  let status = 'IN_PROGRESS';
  const effected: string[] = [];
  const attempts: string[] = [];
  const act = async (): Promise<StepOutcome> => {
    const call = script.shift() ?? 'done';
    attempts.push(call);
    if (call === 'killed-before') throw new Error('killed');
    if (call === 'done' || call === 'lost' || call === 'killed-after') {
      effected.push(asked.kind);
      if (asked.kind !== 'roll-back') hook = asked.kind === 'continue-hook' ? 'SUCCEEDED' : 'FAILED';
      if (asked.kind !== 'continue-hook') status = 'ROLLBACK_REQUESTED';
    }
    if (call === 'killed-after') throw new Error('killed');
    return ANSWERS[call];
  };
  const look = async () => found<DeploymentSeen>({ status, hooks: [{ id: HOOK_ID, status: hook }] });
  const given = {
    ...deps,
    actions,
    audit,
    look,
    act,
    locks: createMemoryLockStore(),
    tz: '2026a',
    maintenanceOf: unused,
    reader: { services: unused, tasks: unused, account: unused },
    take: unused,
  };
  const handler = createHandler(given);
  const incident = aDeploymentIncident({ details: someDetails({ hook: aHook() }) });
  await deps.store.save(incident, ASKED_AT);
  await actions.save(aWanted(asked));
  const run = async (from: Instant, times = 1): Promise<void> => {
    for (let index = 0; index < times; index++) {
      pipeline.at(from + minutes(index));
      await handler({}, pipeline.context);
    }
  };
  const request = async () => actions.load(actionIdOf(asked));
  // The cast is true: the store holds nothing else under it.
  const told = async () => (await deps.store.load(incident.fingerprint)) as Incident;
  return { ...pipeline, run, request, told, audit, actions, effected, attempts, given };
}

it('does what was asked for at once, says so in the thread and the message, and notes it in the trail', async () => {
  const { run, request, told, audit, effected, outcomes, failures } = await aRun();
  await run(ASKED_AT);
  expect([effected, failures]).toEqual([['continue-hook'], []]);
  expect(await request()).toMatchObject({ status: 'done' });
  expect(await request()).not.toHaveProperty('dueAt');
  expect((await told()).timeline.map(({ text }) => text)).toEqual([
    'U0ADA asked to continue the deployment that waits at a hook: ECS goes on with the deployment.',
  ]);
  expect((await told()).details.hook).toMatchObject({ status: 'ended' });
  expect(await audit.listAbout('harbor-prod/checkout')).toMatchObject([
    { by: 'U0ADA', via: 'slackwater', action: 'continue-hook', verdict: 'done' },
  ]);
  expect(outcomes).toMatchObject([{ kind: 'action', subject: 'harbor-prod/checkout', decision: 'told' }]);
});

it('asks ECS for nothing that it shows as done', async () => {
  const { run, request, effected, attempts } = await aRun(ASKED.rollBack, ['lost']);
  await run(ASKED_AT, 3);
  expect([effected, attempts]).toEqual([['roll-back'], ['lost']]);
  expect(await request()).toMatchObject({ status: 'done', because: 'ECS rolls the deployment back.' });
});

it('asks again while ECS is too busy, and gives up when it is too late', async () => {
  const { run, request, effected, told } = await aRun(ASKED.rollBack, Array<Call>(30).fill('throttled'));
  await run(ASKED_AT, 5);
  expect(await request()).toMatchObject({ status: 'wanted', because: 'AWS was asked too often.' });
  expect((await told()).timeline).toEqual([]);
  await run(ASKED_AT + minutes(5), 10);
  expect(effected).toEqual([]);
  expect(await request()).toMatchObject({ status: 'refused', because: expect.stringContaining('It came too late') });
  expect((await told()).timeline).toHaveLength(1);
});

it('says why it was not done, and leaves the buttons where they are of use', async () => {
  const { run, told, audit } = await aRun(ASKED.continueHook, ['denied']);
  await run(ASKED_AT, 2);
  expect((await told()).timeline.at(-1)?.text).toContain('and it was not done: Slackwater may not.');
  expect((await told()).details.hook).toMatchObject({ status: 'waiting' });
  expect(await audit.listRecent(5)).toMatchObject([{ verdict: 'failed' }]);
});

it('does nothing where this installation may not change ECS', async () => {
  const { given, request, effected, context, at } = await aRun();
  at(ASKED_AT);
  await createHandler({ ...given, act: refuse })({}, context);
  expect(effected).toEqual([]);
  expect(await request()).toMatchObject({
    status: 'refused',
    because: 'This installation may not change ECS: its parameter Redeployments is no.',
  });
});

it('does not change what it cannot see', async () => {
  const { given, request, attempts, context, at } = await aRun();
  at(ASKED_AT);
  await createHandler({ ...given, look: async () => missing('denied', 'it is not allowed') })({}, context);
  expect(attempts).toEqual([]);
  expect(await request()).toMatchObject({ status: 'refused' });
});

it('does what was asked for although its incident is not kept any more', async () => {
  const { given, effected, failures, request, context, at } = await aRun();
  at(ASKED_AT);
  await createHandler({ ...given, store: { ...given.store, load: async () => undefined } })({}, context);
  expect([effected, failures]).toEqual([['continue-hook'], []]);
  expect(await request()).not.toHaveProperty('dueAt');
});

describe('whatever happens in between', () => {
  const call = fc.constantFrom<Call>('done', 'lost', 'throttled', 'killed-before', 'killed-after');
  const asked = fc.constantFrom(ASKED.rollBack, ASKED.continueHook, ASKED.rollBackHook);

  test('ECS does it at most once, and what is done or given up is said once', async () => {
    await fc.assert(
      fc.asyncProperty(asked, fc.array(call, { maxLength: 8 }), async (any, calls) => {
        const { run, request, effected, told, audit } = await aRun(any, calls);
        await run(ASKED_AT, 20);
        expect(effected.length).toBeLessThanOrEqual(1);
        expect(await request()).toMatchObject({ status: effected.length === 1 ? 'done' : 'refused' });
        expect((await told()).timeline).toHaveLength(1);
        expect(await audit.listRecent(9)).toHaveLength(1);
      }),
    );
  });

  test('of several runs at the same time one does it', async () => {
    const { given, context, effected, at, told } = await aRun();
    at(ASKED_AT);
    await Promise.all(Array.from({ length: 5 }, () => createHandler(given)({}, context)));
    expect(effected).toEqual(['continue-hook']);
    expect((await told()).timeline).toHaveLength(1);
  });
});
