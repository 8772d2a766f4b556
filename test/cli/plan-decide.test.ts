import { describe, expect, it } from 'vitest';
import { found } from '../../shared/domain/facts.ts';
import { hours } from '../../shared/domain/instant.ts';
import { serviceArn } from '../../shared/domain/place.ts';
import type { PlanRecord } from '../../shared/domain/plan/plan-record.ts';
import { anImage, aPlan, aService, aSituation, DIGEST, OTHER_DIGEST } from '../support/plans.ts';
import { run } from './command.ts';
import { aPlanRecord, aPlanTable, NOW } from './plan-table.ts';

const scene = aPlanTable();

/** Of checkout the tag stands for another image by now. */
const PLAN = aPlan([
  aSituation({ images: found([{ ...anImage, latest: found({ digest: OTHER_DIGEST }) }]) }),
  aSituation({ at: aService('ledger') }),
]);
const RECORD = aPlanRecord(PLAN);
const { id, hash } = PLAN;
const ACTS = `Slackwater acts on it within a minute; "slackwater plan show ${id}" tells what becomes of it.`;

const kept = (): Promise<PlanRecord> => scene().kept(RECORD);

describe('slackwater plan approve', () => {
  it('agrees to the plan that was shown, and has it looked at at once', async () => {
    const { keep, slackwater } = scene();
    await keep(RECORD);
    expect(await slackwater('plan', 'approve', id, '--hash', hash)).toEqual({
      code: 0,
      out: `${id}: ada approved everything, as of hash ${hash}\n${ACTS}`,
      err: '',
    });
    expect(await kept()).toMatchObject({
      dueAt: NOW,
      plan: { approvals: [{ by: 'ada', at: NOW }] },
      log: [{ at: NOW, by: 'ada', text: `approved everything, as of hash ${hash}` }],
    });
  });

  it('agrees to some services, by the beginning of the id and the name of --by', async () => {
    const { keep, slackwater } = scene();
    await keep(RECORD);
    const { code } = await slackwater(
      'plan',
      'approve',
      id.slice(0, 7),
      'harbor-prod/ledger',
      '--hash',
      hash,
      '--by',
      'grace\u001b[31m\nhopper',
    );
    expect(code).toBe(0);
    const [approval] = (await kept()).plan?.approvals ?? [];
    expect(approval?.by).toBe('grace hopper');
    expect(Object.keys(approval?.services ?? {})).toEqual([serviceArn(aService('ledger'))]);
  });

  it('without a hash shows what would be agreed to, with both digests, and asks for it', async () => {
    const { keep, slackwater } = scene();
    await keep(RECORD);
    const { out, err, code } = await slackwater('plan', 'approve', id);
    expect(out.split('\n\n')).toHaveLength(2);
    expect(out).toContain('harbor-prod/checkout  ASK  4 of 4 tasks are on the old revision.');
    expect(out).toContain('    opening   2026-11-18 22:00 UTC to 2026-11-19 02:00 UTC (nights), last start');
    expect(out).toContain(`    runs      app ${DIGEST}`);
    expect(out).toContain(
      `    ask       image-changed: app runs ${DIGEST.slice(0, 19)}; checkout:stable is now ${OTHER_DIGEST.slice(0, 19)}`,
    );
    expect(err).toBe(
      `slackwater plan approve: nothing was decided; to agree to this, run it again with --hash ${hash}`,
    );
    expect(code).toBe(2);
    expect(await kept()).toMatchObject({ version: 1, log: [] });
  });

  it('shows some services when some are named', async () => {
    const { keep, slackwater } = scene();
    await keep(RECORD);
    const { out } = await slackwater('plan', 'approve', id, 'harbor-prod/ledger');
    expect(out).toMatch(/^harbor-prod\/ledger /);
    expect(out).not.toContain('checkout  ASK');
  });

  it('is refused once the plan is another, with what it is now and what has happened', async () => {
    const { keep, slackwater } = scene();
    const text = 'harbor-prod/checkout: It is not what was approved any more.';
    await keep({ ...RECORD, log: [{ at: NOW, by: 'slackwater', text }] });
    const { out, err, code } = await slackwater('plan', 'approve', id, '--hash', '0123456789');
    expect(err).toBe(
      `slackwater plan approve: ${id} is not what 0123456789 stands for any more: its hash is ${hash} now.`,
    );
    expect(out).toContain('image-changed: app runs');
    expect(out).toContain(`Its log says last:\n    2026-11-17 05:10 UTC  slackwater: ${text}`);
    expect(code).toBe(1);
    expect((await kept()).plan?.approvals).toEqual([]);
  });

  it('decides again when somebody has decided meanwhile, and keeps both', async () => {
    const { keep, slackwater, before } = scene();
    await keep(RECORD);
    let saves = 0;
    before(async (operation) => {
      if (operation === 'PutItem' && saves++ === 0)
        await slackwater('plan', 'approve', id, '--hash', hash, '--by', 'grace');
    });
    expect(await slackwater('plan', 'approve', id, '--hash', hash)).toMatchObject({ code: 0 });
    expect((await kept()).plan?.approvals.map(({ by }) => by)).toEqual(['grace', 'ada']);
  });

  it('is refused when a look changes the plan before it is saved', async () => {
    const { keep, slackwater, before, plans } = scene();
    await keep(RECORD);
    let saves = 0;
    before(async (operation) => {
      if (operation !== 'PutItem' || saves++ > 0) return;
      await plans.save({ ...(await kept()), plan: { ...PLAN, hash: 'ffffffffff' } }, NOW);
    });
    expect(await slackwater('plan', 'approve', id, '--hash', hash)).toMatchObject({
      code: 1,
      err: expect.stringContaining('its hash is ffffffffff now'),
    });
  });

  it('gives up when the plan changes each time', async () => {
    const { keep, slackwater, before, plans } = scene();
    await keep(RECORD);
    before(async (operation) => {
      if (operation === 'PutItem') await plans.save(await kept(), NOW);
    });
    expect(await slackwater('plan', 'object', id)).toMatchObject({
      code: 2,
      err: expect.stringContaining('was changed by others during each of 8 attempts; run it again'),
    });
  });
});

describe('slackwater plan', () => {
  it('run-now without a hash shows what would be agreed to', async () => {
    const { keep, slackwater } = scene();
    await keep(RECORD);
    const { out, err, code } = await slackwater('plan', 'run-now', id, 'harbor-prod/checkout');
    expect(out).toContain('image-changed');
    expect(err).toContain(`run it again with --hash ${hash}`);
    expect(code).toBe(2);
  });

  it.each<readonly [string, readonly string[], string, object]>([
    ['object', [], 'objected: nothing more is started until they approve', { vetoes: [{ by: 'ada', at: NOW }] }],
    [
      'run-now',
      ['harbor-prod/checkout', '--hash', hash, '--for', '90m'],
      `ordered to run harbor-prod/checkout now, until 2026-11-17 06:40 UTC, as of hash ${hash}`,
      { orders: [{ kind: 'run-now', until: NOW + hours(1.5), services: { [serviceArn(aService())]: {} } }] },
    ],
    [
      'pin',
      [serviceArn(aService()), 'harbor-prod/checkout'],
      'ordered to replace harbor-prod/checkout one task after the other, by the same image',
      { orders: [{ kind: 'pin', services: [serviceArn(aService())] }] },
    ],
    [
      'hand-over',
      ['harbor-prod/checkout', 'harbor-prod/ledger'],
      'left harbor-prod/checkout, harbor-prod/ledger to AWS',
      { orders: [{ kind: 'hand-over', services: [serviceArn(aService()), serviceArn(aService('ledger'))] }] },
    ],
    [
      'lift-freeze',
      ['year-end'],
      'lifted freeze year-end for this plan, one of 2 who have to agree',
      { orders: [{ kind: 'lift-freeze', freeze: 'year-end' }] },
    ],
  ])('%s is kept with who decided it', async (verb, args, text, plan) => {
    const { keep, slackwater, configure } = scene();
    await keep(RECORD);
    await configure(FROZEN);
    const { out, err, code } = await slackwater('plan', verb, id, ...args);
    expect(err).toBe('');
    expect(out).toBe(`${id}: ada ${text}\n${ACTS}`);
    expect(code).toBe(0);
    expect(await kept()).toMatchObject({ dueAt: NOW, plan, log: [{ at: NOW, by: 'ada', text }] });
  });

  it.each([
    [
      'another may not lift the freeze',
      ['lift-freeze', id, 'year-end', '--by', 'bob'],
      'bob may not lift freeze year-end',
    ],
    ['nobody may lift it', ['lift-freeze', id, 'launch'], 'Nobody may lift freeze launch'],
    ['there is no such plan', ['object', 'pln-0000000000'], 'no plan is called pln-0000000000: it was never made'],
  ])('answers 1 where %s, and changes nothing', async (_, args, problem) => {
    const { keep, slackwater, configure } = scene();
    await keep(RECORD);
    await configure(FROZEN);
    const { err, code } = await slackwater('plan', ...args);
    expect(err).toContain(problem);
    expect(code).toBe(1);
    expect(await kept()).toMatchObject({ version: 1, log: [] });
  });

  it('answers 1 for a plan that is over', async () => {
    const { keep, slackwater } = scene();
    const { dueAt: _, ...over } = RECORD;
    await keep(over);
    expect(await slackwater('plan', 'object', id)).toMatchObject({
      code: 1,
      err: `slackwater plan object: ${id} is over: nothing is left to decide.`,
    });
  });

  it('asks which of two plans is meant by their common beginning', async () => {
    const { keep, slackwater } = scene();
    // The cast is true enough for a test: ids are text.
    const twin = { ...RECORD, id: `${id.slice(0, -1)}${id.endsWith('0') ? '1' : '0'}` as PlanRecord['id'] };
    await keep(RECORD, twin);
    const { err, code } = await slackwater('plan', 'object', id.slice(0, -1));
    expect(err).toContain('is the beginning of several plans; expected one of pln-');
    expect(code).toBe(2);
    expect(await slackwater('plan', 'object', id)).toMatchObject({ code: 0 });
  });

  it.each([
    ['a service that it does not have', ['pin', id, 'harbor-prod/web'], '"harbor-prod/web" is no service of'],
    [
      'a freeze that there is not',
      ['lift-freeze', id, 'easter'],
      '"easter" is no freeze of the configuration in force; it has year-end, launch',
    ],
  ])('answers 2 for %s, naming those that there are', async (_, args, problem) => {
    const { keep, slackwater, configure } = scene();
    await keep(RECORD);
    await configure(FROZEN);
    const { err, code } = await slackwater('plan', ...args);
    expect(err).toContain(problem);
    expect(code).toBe(2);
    expect(await kept()).toMatchObject({ version: 1 });
  });

  it.each([
    ['no plan', ['approve'], 'the plan is missing; expected one such as pln-4f0c2a9d1e'],
    ['something else than a plan', ['object', 'inc-4f0c2a9d1e'], '"inc-4f0c2a9d1e" is not the id of a plan'],
    ['no services', ['pin', id], 'the services are missing; expected CLUSTER/SERVICE'],
    ['services where there is no choice', ['object', id, 'harbor-prod/checkout'], 'that is one argument too many'],
    ['two freezes', ['lift-freeze', id, 'a', 'b'], 'expected the name of one freeze after the plan'],
    ['a hash that is none', ['approve', id, '--hash', 'latest'], '--hash takes ten digits such as 8e2b71c0aa'],
    ['a hash where nothing is shown', ['pin', id, 'a/b', '--hash', hash], '--hash goes with approve and run-now'],
    ['a duration where nothing runs', ['object', id, '--for', '4h'], '--for goes with run-now'],
    ['a duration that is none', ['run-now', id, 'a/b', '--for', 'long'], '--for takes a duration'],
    ['a duration of days', ['run-now', id, 'a/b', '--for', '25h'], '--for takes a duration from 15m to 24h'],
    ['an option of another verb', ['approve', id, '--notice', 'x'], "Unknown option '--notice'"],
    ['nobody', ['object', id, '--by', ' '], 'say who decides it with --by'],
    ['another verb', ['cancel', id], 'give one of list, show, approve'],
  ])('answers 2 for %s', async (_, args, problem) => {
    const { err, code } = await run(['plan', ...args, '--table', 'records'], { environment: { USER: 'ada' } });
    expect(err).toContain(problem);
    expect(code).toBe(2);
  });
});

const FROZEN = {
  version: 1,
  freezes: [
    {
      name: 'year-end',
      zone: 'UTC',
      yearly: { from: '12-20', to: '01-05' },
      reason: 'books close',
      override: { by: ['ada', 'grace'], votes: 2 },
    },
    { name: 'launch', zone: 'UTC', yearly: { from: '11-18', to: '11-20' }, reason: 'launch' },
  ],
};
