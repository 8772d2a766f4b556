import { describe, expect, it } from 'vitest';
import { openRedeployOf } from '../../../functions/slack-worker/redeploy.ts';
import { actionIdOf } from '../../../shared/domain/chat/action-request.ts';
import type { Details, Incident } from '../../../shared/domain/incident.ts';
import { hours, minutes } from '../../../shared/domain/instant.ts';
import { modalProblems } from '../../support/modal-limits.ts';
import { POLICY } from '../../support/observations.ts';
import { aService, aSituation, DELIVERED } from '../../support/plans.ts';
import { anIncident, CLUSTER, PLACE, someDetails } from '../../support/records.ts';
import { ADA, ALL_RIGHTS, aWorker, BOB, textOf, type Worker } from './worker.ts';

async function withIncident(worker: Worker, incident: Incident = anIncident()): Promise<Incident> {
  worker.at(DELIVERED);
  await worker.deps.store.save(incident, incident.lastSeen);
  return incident;
}

describe('Mute', () => {
  it('mutes the problem or the whole service for as long as was chosen', async () => {
    const worker = aWorker();
    const incident = await withIncident(worker);
    await worker.click('mute', incident);
    expect(modalProblems(worker.modal())).toEqual([]);
    await worker.submit({ minutes: ['30'], what: ['cause'], reason: ['load test'] });
    expect((await worker.deps.standing.load()).mutes).toMatchObject([
      {
        by: ADA,
        until: DELIVERED + minutes(30),
        reason: 'load test',
        when: { clusters: ['harbor-prod'], services: ['checkout'], causes: ['memory/container-oom'] },
      },
    ]);
    await worker.click('mute', incident);
    await worker.submit({ minutes: ['60'], what: ['all'] });
    expect((await worker.deps.standing.load()).mutes).toHaveLength(1);
  });

  it('is for everybody in the channel where no rule says otherwise', async () => {
    const worker = aWorker({ rights: [] });
    await worker.click('mute', await withIncident(worker));
    expect(await worker.submit({ minutes: ['60'], what: ['cause'] })).toMatchObject({ decision: 'done' });
  });

  it('refuses what is no length', async () => {
    const worker = aWorker();
    await worker.click('mute', await withIncident(worker));
    expect(await worker.submit({ minutes: ['soon'] })).toMatchObject({ decision: 'refused' });
    expect((await worker.deps.standing.load()).mutes).toEqual([]);
  });
});

describe('Redeploy', () => {
  const plansOf = (worker: Worker) => worker.deps.plans.list();

  it('shows preflight as it is now, and asks for it in its windows', async () => {
    const worker = aWorker({ situation: aSituation({ hasCircuitBreaker: false }) });
    await worker.click('redeploy', await withIncident(worker));
    expect(modalProblems(worker.modal())).toEqual([]);
    expect(textOf(worker)).toContain('circuit breaker');
    expect(await worker.submit({ when: ['window'], reason: ['a new secret'] })).toMatchObject({ decision: 'done' });
    const [plan] = await plansOf(worker);
    const notice = plan && (await worker.deps.store.load(plan.notice));
    expect(notice).toMatchObject({ request: { by: ADA, why: 'asked', reason: 'a new secret' } });
    expect(worker.told).toMatchObject([{ step: 'post' }]);
    expect(worker.woken()).toBe(1);
    expect(await worker.deps.plans.loadDue(worker.deps.clock(), 10)).toHaveLength(1);
  });

  it('asks once more before it is done at once, and needs the right to run now for that', async () => {
    const worker = aWorker();
    await worker.click('redeploy', await withIncident(worker));
    await worker.submit({ when: ['now'] });
    expect(modalProblems(worker.modal())).toEqual([]);
    expect(await plansOf(worker)).toEqual([]);
    expect(await worker.submit()).toMatchObject({ decision: 'done' });
    const [plan] = await plansOf(worker);
    expect(plan && (await worker.deps.store.load(plan.notice))).toMatchObject({
      startsAt: DELIVERED + hours(24),
      request: { now: true },
    });
    const lesser = aWorker({ rights: [{ may: ['redeploy'], who: [ADA] }] });
    await lesser.click('redeploy', await withIncident(lesser));
    expect(await lesser.submit({ when: ['now'] })).toMatchObject({ decision: 'refused' });
    expect(textOf(lesser)).toContain('run-now');
  });

  it('asks once where two people ask at the same time, and tells the other who was faster', async () => {
    const worker = aWorker();
    const incident = await withIncident(worker);
    await worker.click('redeploy', incident);
    const [ada, bob] = [ADA, BOB].map((by, index) => ({
      ...worker.submissionOf({ when: ['window'] }, by),
      viewId: `V0MODAL${index}`,
    }));
    await Promise.all([worker.ask(ada), worker.ask(bob)]);
    expect(await plansOf(worker)).toHaveLength(1);
    expect(JSON.stringify(worker.shown)).toMatch(/U0(ADA|BOB) asked for this/);
  });

  it('shows the service anew when it has changed meanwhile', async () => {
    let situation = aSituation();
    const worker = aWorker({ change: (deps) => ({ ...deps, reader: { services: async () => [situation] } }) });
    await worker.click('redeploy', await withIncident(worker));
    situation = aSituation({ revision: 'checkout:43' });
    await worker.submit({ when: ['window'] });
    expect(textOf(worker)).toContain('changed while you looked');
    expect(textOf(worker)).toContain('checkout:43');
    expect(await plansOf(worker)).toEqual([]);
  });

  it.each([
    ['an installation that may not change ECS', { mayRedeploy: false }, 'may not change ECS'],
    [
      'a service that is gone',
      { situation: { status: 'gone', at: aService(), because: 'ECS has none.' } },
      'ECS has none.',
    ],
    [
      'a service that ECS was not asked about',
      { situation: { status: 'unread', at: aService(), because: 'denied' } },
      'denied',
    ],
  ] as const)('offers nothing for %s', async (_, setting, words) => {
    const worker = aWorker({ rights: ALL_RIGHTS, ...setting });
    await worker.click('redeploy', await withIncident(worker));
    expect(textOf(worker)).toContain(words);
  });

  it('says how the command is used', async () => {
    const worker = aWorker();
    const request = worker.clickOf('redeploy', anIncident());
    const visit = { request, now: DELIVERED, deadline: DELIVERED + minutes(1), policy: POLICY, home: PLACE };
    expect(await openRedeployOf('checkout please', visit, worker.deps)).toMatchObject({ decision: 'refused' });
  });
});

const DEPLOYMENT = 'arn:aws:ecs:eu-west-1:111122223333:service-deployment/harbor-prod/checkout/abc';

const aRollout = (details: Partial<Details>): Incident =>
  anIncident({
    subject: { kind: 'deployment', at: CLUSTER, service: 'checkout' },
    details: someDetails(details),
  });

describe('a hook', () => {
  const hook = { id: 'hook-1', deployment: DEPLOYMENT, status: 'waiting', expiresAt: DELIVERED + minutes(5) } as const;
  const id = actionIdOf({ kind: 'continue-hook', deployment: DEPLOYMENT, hookId: hook.id });

  it('is continued by a request that the one function which may is woken for', async () => {
    const worker = aWorker();
    const incident = await withIncident(worker, aRollout({ hook }));
    expect(await worker.click('continue-hook', incident, { more: hook.id })).toMatchObject({ decision: 'done' });
    expect(await worker.deps.actions.load(id)).toMatchObject({
      kind: 'continue-hook',
      status: 'wanted',
      by: ADA,
      notAfter: hook.expiresAt,
    });
    expect(worker.woken()).toBe(1);
  });

  it('is answered once: who rolls it back after somebody continued it hears so', async () => {
    const worker = aWorker();
    const incident = await withIncident(worker, aRollout({ hook }));
    await worker.click('continue-hook', incident, { more: hook.id });
    await worker.click('roll-back-hook', incident, { more: hook.id, by: BOB });
    expect(textOf(worker)).toContain(`${ADA} asked`);
    expect(await worker.deps.actions.load(id)).toMatchObject({ kind: 'continue-hook', by: ADA });
  });

  it.each([
    ['has expired', { ...hook, expiresAt: DELIVERED - 1 }, 'hook-1'],
    ['has ended', { ...hook, status: 'ended' }, 'hook-1'],
    ['is not the one of the button', hook, 'hook-0'],
  ] as const)('is not answered when it %s', async (_, now, more) => {
    const worker = aWorker();
    const incident = await withIncident(worker, aRollout({ hook: now }));
    expect(await worker.click('continue-hook', incident, { more })).toMatchObject({ decision: 'refused' });
    expect(await worker.deps.actions.load(id)).toBeUndefined();
    expect(await worker.trail()).toMatchObject([{ verdict: 'refused' }]);
  });
});

describe('Roll back', () => {
  const before = { id: 'arn:before', createdAt: DELIVERED - hours(9), status: 'SUCCESSFUL', revision: 'checkout:41' };
  const underWay = {
    id: DEPLOYMENT,
    createdAt: DELIVERED - minutes(9),
    status: 'IN_PROGRESS',
    revision: 'checkout:42',
  };
  const rolling = (status = 'IN_PROGRESS') => aSituation({ deployments: [before, { ...underWay, status }] });
  const id = actionIdOf({ kind: 'roll-back', deployment: DEPLOYMENT });

  it('shows what is stopped and what it returns to, and asks for that', async () => {
    const worker = aWorker({ situation: rolling() });
    await worker.click('roll-back', await withIncident(worker, aRollout({})));
    expect(modalProblems(worker.modal())).toEqual([]);
    expect(textOf(worker)).toContain('checkout:41');
    expect(await worker.submit()).toMatchObject({ decision: 'done' });
    expect(await worker.deps.actions.load(id)).toMatchObject({ kind: 'roll-back', status: 'wanted', by: ADA });
  });

  it.each([
    ['is over', 'SUCCESSFUL'],
    ['is being rolled back already', 'ROLLBACK_IN_PROGRESS'],
  ])('does nothing when the deployment %s by the time of the submission', async (_, status) => {
    let situation = rolling();
    const worker = aWorker({ change: (deps) => ({ ...deps, reader: { services: async () => [situation] } }) });
    await worker.click('roll-back', await withIncident(worker, aRollout({})));
    situation = rolling(status);
    expect(await worker.submit()).toMatchObject({ decision: 'refused' });
    expect(await worker.deps.actions.load(id)).toBeUndefined();
  });
});
