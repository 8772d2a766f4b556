import { describe, expect, it } from 'vitest';
import { found } from '../../../shared/domain/facts.ts';
import { hours, minutes, seconds } from '../../../shared/domain/instant.ts';
import { serviceArn } from '../../../shared/domain/place.ts';
import { shortHash } from '../../../shared/domain/short-hash.ts';
import { modalProblems } from '../../support/modal-limits.ts';
import { aNotice, anImage, aService, aSituation, DEADLINE, DELIVERED, OTHER_DIGEST } from '../../support/plans.ts';
import { ADA, aWorker, BOB, CHANNEL, textOf, withPlan } from './worker.ts';

const value = (service: string): string => shortHash(serviceArn(aService(service)));
const NAMES = ['checkout', 'ledger'];
const TWO = NAMES.map((name) => aSituation({ at: aService(name) }));
const ABOUT_TWO = { notice: aNotice({ entities: NAMES.map((name) => ({ kind: 'service', at: aService(name) })) }) };
const CHECKOUT = { services: [value('checkout')] };

describe('Approve some', () => {
  it('shows what is asked with both digests, and approves what was chosen', async () => {
    const worker = aWorker();
    const moved = aSituation({ images: found([{ ...anImage, latest: found({ digest: OTHER_DIGEST }) }]) });
    const { notice, record } = await withPlan(worker, [moved, TWO[1] ?? moved], ABOUT_TWO);
    await worker.click('approve-some', notice);
    expect(modalProblems(worker.modal())).toEqual([]);
    expect(textOf(worker)).toContain('sha256:111111111111');
    expect(textOf(worker)).toContain('sha256:222222222222');
    expect(await worker.submit(CHECKOUT)).toMatchObject({ decision: 'done' });
    expect(Object.keys((await record()).plan?.approvals[0]?.services ?? {})).toEqual([serviceArn(aService())]);
  });

  it('offers only what the person may approve', async () => {
    const worker = aWorker({ rights: [{ may: ['approve'], who: [ADA], where: { services: ['ledger'] } }] });
    const { notice } = await withPlan(worker, TWO, ABOUT_TWO);
    await worker.click('approve-some', notice);
    expect(textOf(worker)).toContain('harbor-prod/ledger');
    expect(textOf(worker)).not.toContain('harbor-prod/checkout');
  });

  it('says in the modal who has no right at all, and notes it', async () => {
    const worker = aWorker({ rights: [] });
    const { notice } = await withPlan(worker);
    await worker.click('approve-some', notice);
    expect(textOf(worker)).toContain('Nobody has the right approve');
    expect(await worker.trail()).toMatchObject([{ verdict: 'refused' }]);
  });

  it('fits into a modal for as many services as a notice may name', async () => {
    const worker = aWorker();
    const names = Array.from({ length: 130 }, (_, index) => `service-${index}-${'x'.repeat(200)}`);
    const entities = names.map((name) => ({ kind: 'service', at: aService(name) }) as const);
    const { notice } = await withPlan(
      worker,
      names.map((name) => aSituation({ at: aService(name) })),
      {
        notice: aNotice({ entities }),
      },
    );
    for (const action of ['approve-some', 'run-now', 'change-window'] as const) {
      await worker.click(action, notice);
      expect(modalProblems(worker.modal())).toEqual([]);
    }
    const values = { services: names.slice(0, 100).map(value), hours: ['4'] };
    await worker.click('run-now', notice);
    await worker.submit(values);
    expect(modalProblems(worker.modal())).toEqual([]);
  });
});

describe('Run now', () => {
  it('orders nothing before it was confirmed, and then what was confirmed', async () => {
    const worker = aWorker();
    const { notice, record } = await withPlan(worker, TWO, ABOUT_TWO);
    await worker.click('run-now', notice);
    await worker.submit({ ...CHECKOUT, hours: ['4'] });
    expect(modalProblems(worker.modal())).toEqual([]);
    expect((await record()).plan?.orders).toEqual([]);
    expect(await worker.submit()).toMatchObject({ decision: 'done' });
    expect((await record()).plan?.orders).toMatchObject([
      { kind: 'run-now', by: ADA, until: DELIVERED + hours(4), services: { [serviceArn(aService())]: {} } },
    ]);
    expect(worker.woken()).toBe(1);
  });

  it('orders once when it is confirmed twice', async () => {
    const worker = aWorker();
    const { notice, record } = await withPlan(worker);
    await worker.click('run-now', notice);
    await worker.submit({ ...CHECKOUT, hours: ['1'] });
    const [first, second] = [worker.submissionOf(), worker.submissionOf()];
    await Promise.all([worker.ask(first), worker.ask(second)]);
    expect((await record()).plan?.orders).toHaveLength(1);
    expect((await worker.trail()).map(({ verdict }) => verdict).toSorted()).toEqual(['done', 'refused']);
  });

  it('binds to what was shown', async () => {
    const worker = aWorker();
    const { notice, record } = await withPlan(worker);
    await worker.click('run-now', notice);
    await worker.submit({ ...CHECKOUT, hours: ['1'] });
    const before = await record();
    if (before.plan === undefined) throw new Error('there is no plan');
    await worker.deps.plans.save({ ...before, plan: { ...before.plan, hash: '0123456789' } }, DELIVERED);
    expect(await worker.submit()).toMatchObject({ decision: 'refused' });
    expect((await record()).plan?.orders).toEqual([]);
  });

  it('is confirmed by somebody who may', async () => {
    const worker = aWorker({ rights: [{ may: ['run-now'], who: [ADA] }] });
    const { notice, record } = await withPlan(worker);
    await worker.click('run-now', notice);
    await worker.submit({ ...CHECKOUT, hours: ['1'] });
    expect(await worker.submit({}, BOB)).toMatchObject({ decision: 'refused' });
    expect((await record()).plan?.orders).toEqual([]);
  });
});

describe('Change window', () => {
  const from = DELIVERED + hours(30);
  const given = (start: number) => ({ ...CHECKOUT, from: [String(start / seconds(1))], hours: ['2'] });

  it('opens one of its own at the time that was chosen', async () => {
    const worker = aWorker();
    const { notice, record } = await withPlan(worker);
    await worker.click('change-window', notice);
    expect(modalProblems(worker.modal())).toEqual([]);
    expect(await worker.submit(given(from))).toMatchObject({ decision: 'done' });
    expect((await record()).plan?.orders).toMatchObject([{ kind: 'run-now', at: from, until: from + hours(2) }]);
    expect(await record()).toMatchObject({ dueAt: DELIVERED, log: [{ at: DELIVERED, by: ADA }] });
  });

  it.each([
    ['a time that is over', DELIVERED - hours(2)],
    ['a time at which it has to be over already', DEADLINE],
  ])('refuses %s', async (_, start) => {
    const worker = aWorker();
    const { notice, record } = await withPlan(worker);
    await worker.click('change-window', notice);
    expect(await worker.submit(given(start - (start % seconds(1))))).toMatchObject({ decision: 'refused' });
    expect((await record()).plan?.orders).toEqual([]);
  });
});

it('answers in the channel of the click when the modal is closed by then', async () => {
  const open = aWorker();
  const { notice } = await withPlan(open);
  await open.click('approve-some', notice);
  const submission = open.submissionOf({ services: ['none'] });
  const closed = aWorker({ reply: 'failed' });
  await withPlan(closed);
  closed.at(DELIVERED + minutes(1));
  await closed.ask(submission);
  expect(closed.shown.map(({ to }) => to)).toEqual(['V0MODAL', CHANNEL]);
});

it('does not read a modal of another version', async () => {
  const worker = aWorker();
  await withPlan(worker);
  const submission = worker.submissionOf();
  expect(await worker.ask({ ...submission, callbackId: 'modal:approve-some', metadata: 'junk' })).toMatchObject({
    decision: 'refused',
  });
});
