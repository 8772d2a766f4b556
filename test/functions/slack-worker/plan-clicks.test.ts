import { describe, expect, it } from 'vitest';
import { hours, minutes } from '../../../shared/domain/instant.ts';
import { consentTo } from '../../../shared/domain/plan/people/approval.ts';
import { openRequest } from '../../../shared/domain/plan/people/request.ts';
import { POLICY } from '../../support/observations.ts';
import { aNotice, anAllowance, aService, aSituation, DELIVERED } from '../../support/plans.ts';
import { PLACE } from '../../support/records.ts';
import { ADA, aWorker, BOB, textOf, withPlan } from './worker.ts';

describe('a click on Approve', () => {
  it('approves the plan that the message shows, and has it acted on at once', async () => {
    const worker = aWorker();
    const { notice, record, plan } = await withPlan(worker);
    expect(await worker.click('approve', notice)).toMatchObject({ decision: 'done' });
    expect((await record()).plan?.approvals).toMatchObject([{ by: ADA }]);
    expect((await record()).log.at(-1)).toMatchObject({
      by: ADA,
      text: `approved everything, as of hash ${plan.hash}`,
    });
    expect(worker.woken()).toBe(1);
    expect(await worker.trail()).toEqual([{ by: ADA, action: 'approve', target: plan.id, verdict: 'done' }]);
  });

  it('has one effect when it is clicked twice', async () => {
    const worker = aWorker();
    const { notice, record } = await withPlan(worker);
    await worker.click('approve', notice);
    const { version } = await record();
    expect(await worker.click('approve', notice)).toMatchObject({ decision: 'refused' });
    expect((await record()).version).toBe(version);
    expect(worker.woken()).toBe(1);
  });

  it('counts both of two people who click at the same moment', async () => {
    const worker = aWorker();
    const { notice, record } = await withPlan(worker);
    await Promise.all([worker.click('approve', notice), worker.click('approve', notice, { by: BOB })]);
    expect((await record()).plan?.approvals.map(({ by }) => by).toSorted()).toEqual([ADA, BOB]);
  });

  it('is out of date for another plan than the one that was shown', async () => {
    const worker = aWorker();
    const { notice, record } = await withPlan(worker);
    expect(await worker.click('approve', notice, { bind: 'ntc-1.0' })).toMatchObject({ decision: 'refused' });
    expect((await record()).plan?.approvals).toEqual([]);
  });

  it('approves nothing while the plan has changed and the message does not show it yet', async () => {
    const worker = aWorker();
    const { notice, record } = await withPlan(worker);
    const before = await record();
    if (before.plan === undefined) throw new Error('there is no plan');
    await worker.deps.plans.save({ ...before, plan: { ...before.plan, hash: '0123456789' } }, DELIVERED);
    expect(await worker.click('approve', notice)).toMatchObject({ decision: 'refused' });
    expect((await record()).plan?.approvals).toEqual([]);
  });

  it('does not count for the one who asked for it', async () => {
    const worker = aWorker();
    const asked = {
      by: ADA,
      why: 'asked',
      services: [aService()],
      deadline: DELIVERED + hours(100),
      place: PLACE,
    } as const;
    const request = openRequest(asked, DELIVERED);
    const { notice, record } = await withPlan(worker, [aSituation()], { notice: request });
    expect(await worker.click('approve', notice)).toMatchObject({ decision: 'refused' });
    expect((await record()).plan?.approvals).toEqual([]);
    expect(await worker.click('approve', notice, { by: BOB })).toMatchObject({ decision: 'done' });
  });

  it('needs the right for every service of the plan', async () => {
    const elsewhere = { may: ['approve'], who: [ADA], where: { services: ['ledger'] } } as const;
    const worker = aWorker({ rights: [elsewhere] });
    const { notice, record } = await withPlan(worker);
    expect(await worker.click('approve', notice)).toMatchObject({ decision: 'refused' });
    expect(textOf(worker)).toContain('do not have the right approve for harbor-prod/checkout');
    expect((await record()).plan?.approvals).toEqual([]);
    expect(await worker.trail()).toMatchObject([{ action: 'approve', verdict: 'refused' }]);
  });
});

it('holds the plan back for who objects, until the same person approves', async () => {
  const worker = aWorker();
  const { notice, record } = await withPlan(worker);
  await worker.click('object', notice);
  expect((await record()).plan?.vetoes).toMatchObject([{ by: ADA }]);
  await worker.click('approve', notice);
  const { plan } = await record();
  const [service] = plan?.services ?? [];
  if (plan === undefined || service === undefined) throw new Error('there is no plan');
  expect(consentTo(service, plan, POLICY.run)).toMatchObject({ isGiven: true });
});

it('leaves to AWS what needs a decision, and nothing else', async () => {
  const worker = aWorker();
  const stuck = aSituation({ at: aService('ledger'), allowance: anAllowance({ openings: [], hasWindows: false }) });
  const given = {
    notice: aNotice({ entities: ['checkout', 'ledger'].map((name) => ({ kind: 'service', at: aService(name) })) }),
  };
  const { notice, record } = await withPlan(worker, [aSituation(), stuck], given);
  expect(await worker.click('hand-over', notice)).toMatchObject({ decision: 'done' });
  expect((await record()).plan?.orders).toMatchObject([
    { kind: 'hand-over', by: ADA, services: [expect.stringContaining('ledger')] },
  ]);
});

it('approves another attempt at what failed alone', async () => {
  const worker = aWorker();
  const { notice, record } = await withPlan(worker);
  expect(await worker.click('retry', notice)).toMatchObject({ decision: 'refused' });
  const before = await record();
  if (before.plan === undefined) throw new Error('there is no plan');
  const services = before.plan.services.map((service) => ({ ...service, run: { ...service.run, failures: 1 } }));
  await worker.deps.plans.save({ ...before, plan: { ...before.plan, services } }, DELIVERED);
  expect(await worker.click('retry', notice)).toMatchObject({ decision: 'done' });
  expect((await record()).plan?.approvals).toMatchObject([{ by: ADA }]);
});

it('says that a plan which is over has nothing to decide', async () => {
  const worker = aWorker();
  const { notice, record } = await withPlan(worker);
  const { dueAt: _, ...over } = await record();
  await worker.deps.plans.save(over, DELIVERED + minutes(1));
  await worker.click('approve', notice);
  expect(textOf(worker)).toContain('is over');
});
