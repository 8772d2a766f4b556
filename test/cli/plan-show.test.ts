import { describe, expect, it } from 'vitest';
import { found } from '../../shared/domain/facts.ts';
import { hours, minutes } from '../../shared/domain/instant.ts';
import { serviceArn } from '../../shared/domain/place.ts';
import { approve, veto } from '../../shared/domain/plan/people/approval.ts';
import type { Plan } from '../../shared/domain/plan/plan.ts';
import type { Launch } from '../../shared/domain/plan/situation.ts';
import type { Run, Stage } from '../../shared/domain/plan/stage.ts';
import {
  anAllowance,
  anImage,
  aPlan,
  aService,
  aSituation,
  DELIVERED,
  DIGEST,
  night,
  OTHER_DIGEST,
} from '../support/plans.ts';
import { CLUSTER } from '../support/records.ts';
import { objectsIn } from './command.ts';
import { aPlanRecord, aPlanTable, NOW } from './plan-table.ts';

const scene = aPlanTable();

async function shown(plan: Plan, ...args: readonly string[]) {
  const { keep, slackwater } = scene();
  await keep(aPlanRecord(plan, { log: [{ at: NOW, by: 'ada', text: 'approved everything' }] }));
  return slackwater('plan', 'show', plan.id, ...args);
}

/** The plan with its only service somewhere on its way. */
const withRun = (stage: Stage, before: Partial<Run> = {}, plan = aPlan()): Plan => ({
  ...plan,
  services: plan.services.map((service) => ({ ...service, run: { failures: 0, ...before, stage } })),
});

const SLOT = { windows: ['nights'], opens: night(18), closes: night(18) + hours(4), cutoff: night(18) + hours(3) };
const FLIGHT = { startedAt: SLOT.opens, slot: SLOT, fence: 1, revision: 'checkout:42', digests: {}, known: [] };

describe('slackwater plan show', () => {
  it('tells everything that is known of a plan', async () => {
    const moved = aSituation({ images: found([{ ...anImage, latest: found({ digest: OTHER_DIGEST }) }]) });
    const plan = aPlan([moved]);
    const { out, err, code } = await shown(plan);
    const [head, checkout, log] = out.split('\n\n');
    expect(head).toBe(
      [
        `${plan.id}  planned`,
        '    for       retirement in 111122223333, eu-west-1, AWS begins 2026-11-24 10:00 UTC',
        '    made      2026-11-17 02:10 UTC',
        '    old       tasks from before 2026-11-17 02:10 UTC (the delivery of the notice)',
        `    hash      ${plan.hash}, for --hash`,
        '    looks     again 2026-11-17 06:10 UTC',
      ].join('\n'),
    );
    expect(checkout).toBe(
      [
        'harbor-prod/checkout  ASK  4 of 4 tasks are on the old revision. Window nights opens 2026-11-18 22:00 UTC. app runs sha256:111111111111; checkout:stable is now sha256:222222222222. It would be released. Somebody has to approve.',
        `    deploys   checkout:42, ROLLING by ECS, mode approve, hash ${plan.services[0]?.hash}`,
        '    takes     10 min (history), so it has to begin by 2026-11-23 10:00 UTC',
        `    runs      app ${DIGEST}`,
        '    opening   2026-11-18 22:00 UTC to 2026-11-19 02:00 UTC (nights), last start 2026-11-19 01:30 UTC',
        '              2026-11-19 22:00 UTC to 2026-11-20 02:00 UTC (nights), last start 2026-11-20 01:30 UTC',
        '              2026-11-20 22:00 UTC to 2026-11-21 02:00 UTC (nights), last start 2026-11-21 01:30 UTC',
        '    ask       image-changed: app runs sha256:111111111111; checkout:stable is now sha256:222222222222. It would be released.',
        '    stage     waiting',
        '    looked    at 2026-11-17 02:10 UTC',
      ].join('\n'),
    );
    expect(log).toBe('Log\n    2026-11-17 05:10 UTC  ada: approved everything');
    expect([err, code]).toEqual(['', 0]);
  });

  it('counts the openings that it leaves out', async () => {
    const openings = [18, 19, 20, 21, 22].map((day) => ({
      windows: ['nights'],
      zone: 'UTC',
      opens: night(day),
      closes: night(day) + hours(4),
      cutoffs: ['derived'] as const,
      because: [],
    }));
    const { out } = await shown(aPlan([aSituation({ allowance: anAllowance({ openings }) })]));
    expect(out).toContain('last start 2026-11-21 01:30 UTC\n              and 2 more\n');
  });

  it('tells what can be done where no opening is left', async () => {
    const { out } = await shown(aPlan([aSituation({ allowance: anAllowance({ openings: [], hasWindows: false }) })]));
    expect(out).toContain('ESCALATED');
    expect(out).toContain('You can: run-now, add-window, hand-over.');
  });

  it.each<readonly [string, Plan, readonly string[]]>([
    [
      'waits in its open window',
      withRun({ kind: 'waiting', held: { key: 'targets', because: '3 of 4 targets are healthy.' } }),
      ['    stage     waiting, although the window is open: 3 of 4 targets are healthy.'],
    ],
    ['waits for a window', withRun({ kind: 'waiting', aim: SLOT }), ['    stage     waiting for 2026-11-18 22:00 UTC']],
    [
      'runs after a failure',
      withRun(
        { kind: 'running', deployment: 'ecs-svc/2', ...FLIGHT },
        { failures: 1, last: { end: 'rolled-back', at: night(17), slot: SLOT, deployment: 'ecs-svc/1' } },
      ),
      [
        '    stage     running, begun 2026-11-18 22:00 UTC, ecs-svc/2',
        '    attempts  1 failed; the last rolled-back 2026-11-17 22:00 UTC, ecs-svc/1',
      ],
    ],
    [
      'is left to AWS',
      withRun({ kind: 'handing-over', since: night(17), why: 'late' }),
      ['    stage     left alone since 2026-11-17 22:00 UTC (late), and watched'],
    ],
    [
      'is done',
      withRun({
        kind: 'ended',
        end: 'done',
        at: night(18) + minutes(20),
        because: 'All 4 tasks are new.',
        proof: {
          old: 0,
          running: 4,
          desired: 4,
          deployment: 'ecs-svc/2',
          took: minutes(20),
          changes: ['The image of app is now another.'],
        },
      }),
      [
        '    stage     done 2026-11-18 22:20 UTC: All 4 tasks are new.',
        '    proof     0 old, 4 of 4 tasks run, took 20 min, ecs-svc/2',
        '    changed   The image of app is now another.',
      ],
    ],
  ])('tells how far a service is that %s', async (_, plan, lines) => {
    expect((await shown(plan)).out).toContain(lines.join('\n'));
  });

  it('tells who agreed to which hash, who objects and what was ordered, in order', async () => {
    const { out } = await shown(DECIDED);
    const [, , , decided] = out.split('\n\n');
    const ledger = DECIDED.services.find(({ at }) => at.service === 'ledger')?.hash;
    expect(decided).toBe(
      [
        'Decided',
        `    2026-11-17 03:10 UTC  ada approved harbor-prod/checkout (0000000000, which is ${DECIDED.services[0]?.hash} now), harbor-prod/ledger (${ledger})`,
        '    2026-11-17 04:10 UTC  bob objects',
        `    2026-11-17 05:10 UTC  eve ordered to run now, until 2026-11-17 09:10 UTC: harbor-prod/ledger (${ledger})`,
        '    2026-11-17 05:10 UTC  eve ordered one task after the other for harbor-prod/checkout',
        '    2026-11-17 05:10 UTC  eve gave up arn:aws:ecs:eu-west-1:111122223333:service/harbor-prod/gone',
        '    2026-11-17 05:10 UTC  eve lifted freeze year-end',
      ].join('\n'),
    );
  });

  it('gives one object a line with --json', async () => {
    const plan = aPlan();
    const { out, code } = await shown(plan, '--json');
    expect(objectsIn(out)).toEqual([
      {
        kind: 'plan',
        plan: plan.id,
        occasion: 'retirement',
        account: '111122223333',
        region: 'eu-west-1',
        madeAt: '2026-11-17T02:10:00.000Z',
        deadline: '2026-11-24T10:00:00.000Z',
        boundary: '2026-11-17T02:10:00.000Z',
        boundaryFrom: 'delivery',
        hash: plan.hash,
        dueAt: '2026-11-17T06:10:00.000Z',
      },
      {
        kind: 'service',
        service: 'harbor-prod/checkout',
        verdict: 'ask',
        reason: 'needs-approval',
        because: expect.stringContaining('4 of 4 tasks'),
        old: 4,
        of: 4,
        controller: 'ECS',
        strategy: 'ROLLING',
        taskDefinition: 'checkout:42',
        digests: { app: DIGEST },
        mode: 'approve',
        oneByOne: false,
        expectedSeconds: 600,
        latestSafeStart: '2026-11-23T10:00:00.000Z',
        openings: [18, 19, 20].map((day) => ({
          windows: ['nights'],
          opens: iso(night(day)),
          cutoff: iso(night(day) + hours(3.5)),
          closes: iso(night(day) + hours(4)),
        })),
        checks: [],
        hash: plan.services[0]?.hash,
        stage: 'waiting',
        failures: 0,
        lookedAt: '2026-11-17T02:10:00.000Z',
      },
      { kind: 'log', at: '2026-11-17T05:10:00.000Z', by: 'ada', text: 'approved everything' },
    ]);
    expect(code).toBe(0);
  });

  it('has decisions and ends in the objects too', async () => {
    const done: Stage = {
      kind: 'ended',
      end: 'done',
      at: night(18),
      because: 'All is new.',
      proof: { old: 0, running: 4, desired: 4, took: minutes(20), changes: [] },
    };
    const objects = objectsIn((await shown(withRun(done, {}, DECIDED), '--json')).out);
    expect(objects).toContainEqual({ kind: 'objection', by: 'bob', at: '2026-11-17T04:10:00.000Z' });
    expect(objects).toContainEqual(expect.objectContaining({ kind: 'approval', by: 'ada' }));
    expect(objects).toContainEqual({
      kind: 'order',
      order: 'pin',
      by: 'eve',
      at: '2026-11-17T05:10:00.000Z',
      services: ['harbor-prod/checkout'],
    });
    expect(objects).toContainEqual(
      expect.objectContaining({
        kind: 'service',
        stage: 'ended',
        end: 'done',
        since: iso(night(18)),
        proof: { old: 0, running: 4, desired: 4, tookSeconds: 1_200, changes: [] },
      }),
    );
  });

  it.each([[[]], [['--json']]])('never shows what it takes to start a task again %j', async (args) => {
    const task = { lastStatus: 'RUNNING', group: 'family:nightly', tags: {}, launch: found(LAUNCH) };
    const plan = aPlan([], { tasks: [{ taskId: 'a616d93e30fb', cluster: CLUSTER, task }] });
    const started = { kind: 'started', order: 'start-then-stop', launch: LAUNCH, slot: SLOT } as const;
    const asked = { startedAt: SLOT.opens, askedAt: SLOT.opens, tries: 1, trouble: 'ECS has no capacity.' };
    const tasks = plan.tasks.map((one) => ({ ...one, run: { ...started, ...asked } }));
    const { out } = await shown({ ...plan, tasks }, ...args);
    expect(out).toContain('start-then-stop');
    expect(out).toContain('ECS has no capacity.');
    expect(out).toContain('a616d93e30fb');
    expect(out).not.toMatch(/hunter2|subnet-|nightly:7/);
  });

  it('prints nothing that a terminal would obey', async () => {
    const { keep, slackwater } = scene();
    const plan = withRun({ kind: 'ended', end: 'escalated', at: NOW, because: 'red\u001b[31m\u202e\nand more' });
    await keep(aPlanRecord(plan, { log: [{ at: NOW, by: 'a\u001b[31mda', text: 'line\nbreak\u202e' }] }));
    const { out } = await slackwater('plan', 'show', plan.id);
    expect(out).toContain('escalated 2026-11-17 05:10 UTC: red and more');
    expect(out).toContain('ada: line break');
  });

  it('tells of a plan that nobody has looked at yet', async () => {
    const { keep, slackwater } = scene();
    const { plan: _, ...seed } = aPlanRecord(aPlan());
    await keep(seed);
    expect((await slackwater('plan', 'show', seed.id)).out).toBe(
      `${seed.id}  planned\n    made      2026-11-17 02:10 UTC; nobody has looked at its services yet\n    looks     again 2026-11-17 06:10 UTC`,
    );
    expect(objectsIn((await slackwater('plan', 'show', seed.id, '--json')).out)).toEqual([
      { kind: 'plan', plan: seed.id, madeAt: '2026-11-17T02:10:00.000Z', dueAt: '2026-11-17T06:10:00.000Z' },
    ]);
  });

  it('answers 1 for a plan that there is not', async () => {
    expect(await scene().slackwater('plan', 'show', 'pln-00')).toEqual({
      code: 1,
      out: '',
      err: 'slackwater plan show: no plan is called pln-00: it was never made, or is not kept any more; "slackwater plan list" lists them',
    });
  });
});

const iso = (at: number): string => new Date(at).toISOString();

const DECIDED: Plan = decidedPlan();

function decidedPlan(): Plan {
  const plan = aPlan([aSituation(), aSituation({ at: aService('ledger') })]);
  const [checkout = '', ledger = ''] = plan.services.map(({ at }) => serviceArn(at));
  const approved = approve(plan, { by: 'ada', hash: plan.hash }, DELIVERED + hours(1));
  if (approved === 'changed') throw new Error('it is what was shown');
  const asked = { hash: plan.services[1]?.hash ?? '', asks: [] };
  return {
    ...veto(approved, 'bob', DELIVERED + hours(2)),
    approvals: approved.approvals.map((one) => ({
      ...one,
      services: { ...one.services, [checkout]: { hash: '0000000000', asks: [] } },
    })),
    orders: [
      { kind: 'run-now', by: 'eve', at: NOW, until: NOW + hours(4), services: { [ledger]: asked } },
      { kind: 'pin', by: 'eve', at: NOW, services: [checkout] },
      { kind: 'hand-over', by: 'eve', at: NOW, services: [serviceArn(aService('gone'))] },
      { kind: 'lift-freeze', by: 'eve', at: NOW, freeze: 'year-end' },
    ],
  };
}

const LAUNCH: Launch = {
  cluster: CLUSTER,
  taskId: 'a616d93e30fb',
  taskDefinitionArn: 'arn:aws:ecs:eu-west-1:111122223333:task-definition/nightly:7',
  enableExecuteCommand: false,
  tags: {},
  overrides: { containerOverrides: [{ name: 'app', environment: [{ name: 'PASSWORD', value: 'hunter2' }] }] },
  network: { subnet: 'subnet-0a1b', securityGroups: [], assignPublicIp: false },
};
