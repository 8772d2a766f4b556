import { describe, expect, it } from 'vitest';
import { hours } from '../../shared/domain/instant.ts';
import type { Plan } from '../../shared/domain/plan/plan.ts';
import { aPlan, aService, aSituation, DELIVERED } from '../support/plans.ts';
import { objectsIn, run } from './command.ts';
import { aPlanRecord, aPlanTable, NOW } from './plan-table.ts';

const scene = aPlanTable();

describe('slackwater plan list', () => {
  it('tells one line a plan, the newest first, and answers 1 while one is not over', async () => {
    const { keep, slackwater } = scene();
    const plan = aPlan([aSituation(), aSituation({ at: aService('ledger'), tasks: [] })]);
    // The casts are true enough for a test: ids are text.
    const { dueAt: _, ...over } = aPlanRecord(plan, {
      id: 'pln-0000000001' as Plan['id'],
      madeAt: DELIVERED - hours(1),
    });
    const { plan: __, ...seed } = aPlanRecord(plan, { id: 'pln-0000000002' as Plan['id'], madeAt: NOW });
    await keep(aPlanRecord(plan), over, seed);
    expect(await slackwater('plan', 'list')).toEqual({
      code: 1,
      out: [
        '2 not over, 1 over',
        'pln-0000000002  planned  since 2026-11-17 05:10 UTC; nobody has looked at its services yet',
        `${plan.id}  planned  retirement in 111122223333, eu-west-1, AWS begins 2026-11-24 10:00 UTC: 1 ask, 1 skipped`,
        'pln-0000000001  over  retirement in 111122223333, eu-west-1, AWS begins 2026-11-24 10:00 UTC: 1 ask, 1 skipped',
      ].join('\n'),
      err: '',
    });
  });

  it('gives one object a line with --json', async () => {
    const { keep, slackwater } = scene();
    const plan = aPlan();
    await keep(aPlanRecord(plan));
    expect(objectsIn((await slackwater('plan', 'list', '--json')).out)).toEqual([
      {
        plan: plan.id,
        occasion: 'retirement',
        account: '111122223333',
        region: 'eu-west-1',
        phase: 'planned',
        deadline: '2026-11-24T10:00:00.000Z',
        madeAt: '2026-11-17T02:10:00.000Z',
        dueAt: '2026-11-17T06:10:00.000Z',
        hash: plan.hash,
        services: 1,
        counts: { ask: 1 },
        old: 4,
        of: 4,
      },
    ]);
  });

  it('answers 0 where there is none, or all are over', async () => {
    const { keep, slackwater } = scene();
    expect(await slackwater('plan', 'list')).toMatchObject({ code: 0, out: '0 not over' });
    const { dueAt: _, ...over } = aPlanRecord(aPlan());
    await keep(over);
    expect(await slackwater('plan', 'list')).toMatchObject({ code: 0 });
  });
});

describe('slackwater plan answers 2', () => {
  it.each([
    ['without a table', ['list'], "give the name of Slackwater's table with --table"],
    ['without a Region', ['list', '--table', 'records'], '--region'],
    [
      'for a table that is not there',
      ['list', '--table', 'nothing', '--region', 'eu-west-1'],
      'table nothing: dynamodb:Query failed',
    ],
    ['for two plans', ['show', 'pln-1', 'pln-2', '--table', 'records'], 'give one plan at a time'],
    ['for something else than a plan', ['show', 'PLN-1', '--table', 'records'], '"PLN-1" is not the id of a plan'],
    ['for an argument too many', ['list', 'pln-1', '--table', 'records'], 'Unexpected argument'],
  ])('%s', async (_, args, problem) => {
    const environment = { ...process.env, AWS_REGION: undefined };
    const { code, err } = await run(['plan', ...args], { environment });
    expect(err).toContain(problem);
    expect(code).toBe(2);
  });
});
