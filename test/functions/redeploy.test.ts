import { expect, it } from 'vitest';
import { playEcs } from '../../cli/plan/ecs.ts';
import { createHandler, type Deps } from '../../functions/redeploy/handler.ts';
import { missing } from '../../shared/domain/facts.ts';
import type { Notice } from '../../shared/domain/incident.ts';
import { hours, type Instant, minutes } from '../../shared/domain/instant.ts';
import { approve } from '../../shared/domain/plan/people/approval.ts';
import { newPlanRecord, type PlanRecord, planIdOf } from '../../shared/domain/plan/plan-record.ts';
import type { PlanStep, StepOutcome } from '../../shared/domain/plan/step.ts';
import { createMemoryLockStore } from '../../shared/effects/stores/memory-lock-store.ts';
import { noActions } from '../support/actions.ts';
import { POLICY } from '../support/observations.ts';
import { aPipeline } from '../support/pipeline.ts';
import { aNotice, DEADLINE, DELIVERED, night } from '../support/plans.ts';
import { aPlayedService } from '../support/play.ts';

const NOT_READ = missing('denied', 'not read in this test');
const NOTICE: Notice = aNotice({
  version: 0,
  announcements: [
    { status: 'untold', destination: { kind: 'slack-channel', channel: 'C0OPS' }, attempts: 0, notBefore: 0 },
  ],
});
const ID = planIdOf(NOTICE.fingerprint);
const OPENS = night(18);

/** The function over stores in memory and an ECS that is played; `answer` is what comes of a step instead of doing it. */
async function aRedeployment(
  answer: (step: PlanStep, now: Instant) => StepOutcome | 'kill' | undefined = () => undefined,
) {
  const pipeline = aPipeline();
  const ecs = playEcs([aPlayedService()], { boundary: DELIVERED, deadline: DEADLINE });
  const locks = createMemoryLockStore();
  const taken: string[] = [];
  const { deps } = pipeline;
  const handler = createHandler({
    ...deps,
    ...noActions(),
    locks,
    tz: '2026a',
    maintenanceOf: async ({ maintenance }) => maintenance,
    reader: {
      services: async (refs) =>
        ecs.look(deps.clock()).filter(({ at }) => refs.some(({ service }) => service === at.service)),
      tasks: async () => [],
      account: async () => ({ waitPeriod: NOT_READ, eventWindows: NOT_READ, matching: NOT_READ }),
    },
    take: async (_, step) => {
      taken.push(step.kind);
      const now = deps.clock();
      const instead = answer(step, now);
      if (instead === 'kill') throw new Error('killed before it could do anything');
      if (instead !== undefined) return instead;
      if (step.kind === 'lock')
        return (await locks.take(step.lock, now)) === 'taken' ? { status: 'done' } : { status: 'skipped', because: '' };
      if (step.kind === 'unlock') await locks.release(step, now);
      if (step.kind === 'deploy') ecs.deploy(step.at, now);
      return { status: 'done' };
    },
  } satisfies Deps);
  pipeline.at(DELIVERED);
  await deps.store.save(NOTICE, DELIVERED);
  await deps.plans.save(newPlanRecord(NOTICE.fingerprint, DELIVERED), DELIVERED);
  const run = async (from: Instant, to: Instant = from, every = minutes(1)): Promise<void> => {
    for (let now = from; now <= to; now += every) {
      pipeline.at(now);
      await handler({}, pipeline.context);
    }
  };
  const record = async (): Promise<PlanRecord> => {
    const found = await deps.plans.load(ID);
    if (found === undefined) throw new Error('the plan is gone');
    return found;
  };
  const notice = async (): Promise<Notice> => {
    const found = await deps.store.load(NOTICE.fingerprint);
    if (found?.kind !== 'notice') throw new Error('the notice is gone');
    return found;
  };
  const agree = async (now: Instant): Promise<void> => {
    const before = await record();
    const plan = before.plan && approve(before.plan, { by: 'ada', hash: before.plan.hash }, now);
    if (plan === undefined || plan === 'changed') throw new Error('there is nothing to approve');
    await deps.plans.save({ ...before, plan, dueAt: now }, now);
  };
  const stage = async () => (await record()).plan?.services[0]?.run.stage;
  return { ...pipeline, ecs, taken, run, record, notice, agree, stage };
}

const count = (taken: readonly string[], kind: string): number => taken.filter((one) => one === kind).length;

it('makes the plan of a notice within a minute and puts it into its message', async () => {
  const { run, record, notice, told } = await aRedeployment();
  await run(DELIVERED);
  expect((await record()).plan).toMatchObject({ id: ID, deadline: DEADLINE });
  expect((await notice()).plan).toMatchObject({ id: ID, phase: 'planned', counts: { ask: 1 } });
  expect(told.map(({ step }) => step)).toEqual(['post']);
});

it('looks again at the opening and not every minute before', async () => {
  const { run, record } = await aRedeployment();
  await run(DELIVERED, DELIVERED + minutes(5));
  const { version } = await record();
  await run(DELIVERED + minutes(6), DELIVERED + minutes(50));
  expect((await record()).version).toBe(version);
});

it('replaces what was approved in its window, once, and reports', async () => {
  const { run, agree, stage, taken, notice, failures } = await aRedeployment();
  await run(DELIVERED, DELIVERED + minutes(2));
  await agree(DELIVERED + minutes(3));
  await run(OPENS - minutes(5), OPENS + hours(1));
  expect(await stage()).toMatchObject({ kind: 'ended', end: 'done' });
  expect(count(taken, 'deploy')).toBe(1);
  expect((await notice()).plan).toMatchObject({ phase: 'over', counts: { done: 1 }, old: 0 });
  expect((await notice()).timeline.at(-1)).toMatchObject({ reason: 'resolved' });
  expect(failures).toEqual([]);
});

it('says with every look how far the plan is, in numbers of services', async () => {
  const { run, agree, outcomes } = await aRedeployment();
  await run(DELIVERED, DELIVERED + minutes(2));
  await agree(DELIVERED + minutes(3));
  await run(OPENS - minutes(5), OPENS + hours(1));
  const seen = outcomes.filter(({ kind }) => kind === 'plan').map(({ plan }) => plan);
  const none = { waiting: 0, running: 0, done: 0, failed: 0, left: 0 };
  expect(seen[0]).toEqual({ phase: 'planned', ...none, waiting: 1 });
  expect(seen).toContainEqual({ phase: 'under-way', ...none, running: 1 });
  expect(seen.at(-1)).toEqual({ phase: 'over', ...none, done: 1 });
});

it('uses a lock in the run that took it', async () => {
  const { run, agree, stage } = await aRedeployment();
  await run(DELIVERED, DELIVERED + minutes(2));
  await agree(DELIVERED + minutes(3));
  await run(OPENS);
  expect(await stage()).toMatchObject({ kind: 'starting' });
});

it('asks ECS once when it is killed after the answer and before it could note it', async () => {
  let ecs: ReturnType<typeof playEcs> | undefined;
  let isKilled = false;
  const play = await aRedeployment((step, now) => {
    if (step.kind !== 'deploy' || isKilled) return undefined;
    isKilled = true;
    ecs?.deploy(step.at, now);
    return 'kill';
  });
  ecs = play.ecs;
  await play.run(DELIVERED, DELIVERED + minutes(2));
  await play.agree(DELIVERED + minutes(3));
  await play.run(OPENS - minutes(5), OPENS + hours(1));
  expect(play.failures).toHaveLength(1);
  expect(count(play.taken, 'deploy')).toBe(1);
  expect(await play.stage()).toMatchObject({ kind: 'ended', end: 'done' });
});

it('tells once what it could not tell before it was killed', async () => {
  const play = await aRedeployment();
  await play.run(DELIVERED, DELIVERED + minutes(2));
  await play.agree(DELIVERED + minutes(3));
  await play.run(OPENS, OPENS + hours(1));
  const said = (await play.notice()).timeline.map(({ text }) => text);
  expect(new Set(said).size).toBe(said.length);
  const heard = (await play.notice()).plan?.heard ?? 0;
  expect((await play.record()).news.filter(({ n }) => n > heard)).toEqual([]);
});

it('ends the attempt with the words of AWS when it may not', async () => {
  const because = 'ecs:UpdateService is not allowed on checkout.';
  const play = await aRedeployment((step) =>
    step.kind === 'deploy' ? { status: 'failed', because, retryable: false } : undefined,
  );
  await play.run(DELIVERED, DELIVERED + minutes(2));
  await play.agree(DELIVERED + minutes(3));
  await play.run(OPENS, OPENS + minutes(10));
  expect(count(play.taken, 'deploy')).toBe(1);
  expect((await play.notice()).timeline.map(({ text }) => text).join('\n')).toContain(because);
});

it('lets a plan go whose notice is not kept any more', async () => {
  const play = await aRedeployment();
  await play.run(DELIVERED, DELIVERED + minutes(2));
  const later = DEADLINE + hours(24 * 60);
  const before = await play.record();
  await play.run(later);
  expect(before.dueAt).toBeDefined();
  expect((await play.record()).dueAt).toBeUndefined();
});

it('does nothing, and asks nobody, when no plan is due', async () => {
  const pipeline = aPipeline();
  const refuse = () => Promise.reject(new Error('asked'));
  const handler = createHandler({
    ...pipeline.deps,
    ...noActions(),
    policy: refuse,
    locks: createMemoryLockStore(),
    tz: '2026a',
    maintenanceOf: refuse,
    reader: { services: refuse, tasks: refuse, account: refuse },
    take: refuse,
  });
  await handler({}, pipeline.context);
  expect([pipeline.failures, pipeline.told, POLICY.run.votes]).toEqual([[], [], 1]);
});
