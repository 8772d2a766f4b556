import { describe, expect, it } from 'vitest';
import { catchUp } from '../../shared/domain/decide.ts';
import type { Notice } from '../../shared/domain/incident.ts';
import { days, hours, minutes, seconds } from '../../shared/domain/instant.ts';
import { makePlan } from '../../shared/domain/plan/make-plan.ts';
import { newPlanRecord } from '../../shared/domain/plan/plan-record.ts';
import { defaultPolicy } from '../../shared/domain/policy.ts';
import { circumstances } from '../support/observations.ts';
import { aSituation } from '../support/plans.ts';
import { run } from './command.ts';
import { aLiveAccount } from './live-account.ts';
import { aPlanTable, NOW } from './plan-table.ts';

const scene = aPlanTable();
const { calls } = aLiveAccount([]);

/** The only request in the table, with its plan. */
async function asked() {
  const { plans, records } = scene();
  const [plan, ...others] = await plans.list();
  if (plan === undefined || others.length > 0) throw new Error('expected one plan');
  // True because a request is kept as a notice.
  return { plan, notice: (await records.load(plan.notice)) as Notice };
}

const nothingAsked = async (): Promise<void> => expect(await scene().plans.list()).toEqual([]);

describe('slackwater redeploy', () => {
  it('stores a request and a plan for it, which is looked at within a minute', async () => {
    const { slackwater } = scene();
    const { out, err, code } = await slackwater(
      'redeploy',
      'harbor-prod/checkout',
      'harbor-prod/ledger',
      'harbor-prod/checkout',
      '--reason',
      'new CA\nbundle, password=hunter2hunter2',
    );
    const { plan, notice } = await asked();
    expect(out).toBe(
      [
        '2 services to be redeployed in their windows, by 2026-11-24 05:10 UTC (asked):',
        '    harbor-prod/checkout',
        '    harbor-prod/ledger',
        `${plan.id}: asked for by ada`,
        `Slackwater looks at it within a minute or two; then "slackwater plan show ${plan.id}" tells how it goes.`,
      ].join('\n'),
    );
    expect([err, code]).toEqual(['', 0]);
    expect(plan).toEqual({ ...newPlanRecord(notice.fingerprint, NOW), version: 1, dueAt: NOW + seconds(15) });
    const at = { partition: 'aws', region: 'eu-west-1', account: '111122223333', cluster: 'harbor-prod' };
    expect(notice).toMatchObject({
      version: 1,
      startsAt: NOW + days(7),
      affected: { partition: 'aws', region: 'eu-west-1', account: '111122223333' },
      entities: [
        { kind: 'service', at: { ...at, service: 'checkout' } },
        { kind: 'service', at: { ...at, service: 'ledger' } },
      ],
      request: { by: 'ada', why: 'asked', reason: 'new CA bundle, password=[redacted]' },
    });
    expect(notice.request).not.toHaveProperty('now');
    expect(calls()).toContain('ecs:DescribeServices');
    expect(makePlan(notice, [aSituation()], { tasks: [], tz: '2026a', now: NOW })).toMatchObject({
      status: 'planned',
      plan: { id: plan.id, occasion: 'request', deadline: NOW + days(7) },
    });
  });

  it('is told by the reconciler, which alone knows whom', async () => {
    const { slackwater, records } = scene();
    await slackwater('redeploy', 'harbor-prod/checkout');
    const [due] = await records.loadDue(NOW, 10);
    if (due === undefined) throw new Error('expected the request to be due');
    const channel = { kind: 'slack-channel', channel: 'C0OPS' } as const;
    const policy = defaultPolicy({ destinations: [channel], lowestSeverity: 'low' });
    const told = catchUp(due, circumstances({ policy, now: NOW }));
    expect(told.effects).toEqual([{ kind: 'post', destination: channel }]);
    expect(told.verdicts).toMatchObject([{ outcome: 'told', reason: 'first' }]);
    expect(told.next).not.toHaveProperty('wakeAt');
    // Once only: what was addressed is told and edited as everything else.
    if (told.next === undefined) throw new Error('expected it to change');
    expect(catchUp(told.next, circumstances({ policy, now: NOW + seconds(1) })).effects).toEqual([]);
  });

  it('is quiet where nobody is told of so little, and is not due any more', async () => {
    const { slackwater, records } = scene();
    await slackwater('redeploy', 'harbor-prod/checkout');
    const { notice } = await asked();
    const policy = defaultPolicy({ destinations: [{ kind: 'slack-webhook' }], lowestSeverity: 'high' });
    const { next, effects } = catchUp(notice, circumstances({ policy, now: NOW }));
    expect(next).toMatchObject({ silence: 'below-severity', announcements: [] });
    expect(effects).toEqual([]);
    if (next !== undefined) await records.save(next, NOW);
    expect(await records.loadDue(NOW + days(1), 10)).toEqual([]);
  });

  it('takes a deadline, a kind of reason and a name', async () => {
    const { code } = await scene().slackwater(
      'redeploy',
      'harbor-prod/checkout',
      '--by-date',
      '2026-11-20T18:00:00Z',
      '--why',
      'secret-rotation',
      '--by',
      'grace',
    );
    expect(code).toBe(0);
    expect((await asked()).notice).toMatchObject({
      startsAt: Date.UTC(2026, 10, 20, 18),
      request: { by: 'grace', why: 'secret-rotation' },
    });
  });

  it('with --now only says what it would do, until --yes', async () => {
    const { slackwater } = scene();
    const { out, err, code } = await slackwater('redeploy', 'harbor-prod/checkout', '--now');
    expect(out).toBe(
      '1 service to be redeployed at once, whatever windows and freezes say, by 2026-11-18 05:10 UTC (asked):\n    harbor-prod/checkout',
    );
    expect(err).toBe('slackwater redeploy: nothing was asked for; if that is meant, run it again with --yes');
    expect(code).toBe(2);
    await nothingAsked();
    expect(await slackwater('redeploy', 'harbor-prod/checkout', '--now', '--yes')).toMatchObject({ code: 0 });
    expect((await asked()).notice).toMatchObject({ startsAt: NOW + hours(24), request: { now: true } });
  });

  it('stores the plan first, which ends where the request never came', async () => {
    const { slackwater, before, plans, records } = scene();
    let saves = 0;
    before(async (operation) => (operation === 'PutItem' && ++saves > 1 ? 'ValidationException' : undefined));
    expect(await slackwater('redeploy', 'harbor-prod/checkout')).toMatchObject({ code: 2 });
    const [seed] = await plans.list();
    expect(seed?.dueAt).toBe(NOW + seconds(15));
    expect(await records.loadDue(NOW + minutes(1), 10)).toEqual([]);
  });

  it.each([
    [
      'a service that ECS does not have',
      ['harbor-prod/chekout', 'harbor-prod/ledger'],
      'ECS has no active service harbor-prod/chekout in this account and Region',
    ],
    ['a cluster that ECS does not have', ['harbour/checkout'], 'ECS has no active service harbour/checkout'],
  ])('answers 2 for %s, naming it, and stores nothing', async (_, names, problem) => {
    const { out, err, code } = await scene().slackwater('redeploy', ...names);
    expect(err).toContain(problem);
    expect([out, code]).toEqual(['', 2]);
    await nothingAsked();
  });

  it.each([
    ['no service', [], 'the services are missing; expected CLUSTER/SERVICE'],
    [
      'a service without its cluster',
      ['checkout'],
      '"checkout" is not the name of a service; expected CLUSTER/SERVICE',
    ],
    ['a name that ECS cannot have', ['harbor-prod/check out'], '"harbor-prod/check out" is not the name of a service'],
    [
      'another reason',
      ['a/b', '--why', 'boredom'],
      '--why takes one of asked, secret-rotation, platform-version, not "boredom"',
    ],
    ['a time that is none', ['a/b', '--by-date', 'friday'], '--by-date takes an instant such as'],
    [
      'a time that has passed',
      ['a/b', '--by-date', '2026-11-16'],
      '--by-date takes an instant from an hour to 90 days from now',
    ],
    [
      'a time too far',
      ['a/b', '--by-date', '2027-11-16'],
      '--by-date takes an instant from an hour to 90 days from now',
    ],
    ['--yes alone', ['a/b', '--yes'], '--yes goes with --now'],
    ['nobody', ['a/b', '--by', ''], 'say who asks for it with --by'],
    ['an unknown option', ['a/b', '--force'], "Unknown option '--force'"],
  ])('answers 2 for %s', async (_, args, problem) => {
    const environment = { USER: 'ada', AWS_REGION: 'eu-west-1' };
    const { err, code } = await run(['redeploy', ...args, '--table', 'records'], { environment, clock: () => NOW });
    expect(err).toContain(problem);
    expect(code).toBe(2);
  });
});
