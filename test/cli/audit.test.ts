import { describe, expect, it } from 'vitest';
import type { AuditEntry } from '../../shared/domain/chat/audit.ts';
import { auditEntry } from '../../shared/domain/chat/audit.ts';
import { aPlan } from '../support/plans.ts';
import { aLiveAccount } from './live-account.ts';
import { aPlanRecord, aPlanTable, NOW } from './plan-table.ts';
import { aStormTable } from './storm-table.ts';

const scene = aPlanTable();
aLiveAccount([]);
const PLAN = aPlan();
const RECORD = aPlanRecord(PLAN);
const { id, hash } = PLAN;

/** The newest first. */
const trailOf = async (slackwater: ReturnType<typeof scene>['slackwater'], ...args: readonly string[]) => {
  const { out } = await slackwater('audit', ...args, '--json');
  // The cast is true because the command prints entries alone.
  return out === '' ? [] : out.split('\n').map((line) => JSON.parse(line) as AuditEntry);
};

describe('slackwater audit', () => {
  it('lists who decided what, where and by which way', async () => {
    const { slackwater, audit } = scene();
    const entry = {
      at: NOW - 1,
      by: 'U0ADA',
      via: 'slack',
      action: 'approve',
      target: id,
      verdict: 'refused',
    } as const;
    await audit.append(auditEntry({ ...entry, channel: 'C0OPS', because: 'You do not have the right approve.' }));
    await slackwater('mute', 'harbor-prod', '--for', '1h');
    const { out, code } = await slackwater('audit');
    expect(out.split('\n')).toEqual([
      expect.stringMatching(/^2026-11-17 05:10 UTC ada \(cli\) mute harbor-prod done: mut-\w+: nobody is told of/),
      `2026-11-17 05:09 UTC U0ADA (slack, C0OPS) approve ${id} refused: You do not have the right approve.`,
    ]);
    expect(code).toBe(0);
    expect(await trailOf(slackwater, id)).toMatchObject([{ by: 'U0ADA', at: '2026-11-17T05:09:59.999Z' }]);
    expect(await trailOf(slackwater, '--limit', '1')).toMatchObject([{ by: 'ada' }]);
  });

  it('answers 1 where nothing is on record', async () => {
    expect(await scene().slackwater('audit', 'harbor-prod')).toEqual({
      code: 1,
      out: 'nothing is on record about harbor-prod',
      err: '',
    });
  });
});

describe('a decision about a plan', () => {
  it.each<readonly [string, readonly string[], Partial<AuditEntry>]>([
    [
      'plan approve',
      ['plan', 'approve', id, '--hash', hash],
      { action: 'approve', hash, because: `approved everything, as of hash ${hash}` },
    ],
    ['approve', ['approve', id, '--hash', hash], { action: 'approve', hash }],
    ['plan object', ['plan', 'object', id], { action: 'object' }],
    ['reject', ['reject', id], { action: 'object', because: 'objected: nothing more is started until they approve' }],
    ['plan pin', ['plan', 'pin', id, 'harbor-prod/checkout'], { action: 'pin' }],
    ['plan hand-over', ['plan', 'hand-over', id, 'harbor-prod/checkout'], { action: 'hand-over' }],
    ['plan run-now', ['plan', 'run-now', id, 'harbor-prod/checkout', '--hash', hash], { action: 'run-now', hash }],
  ])('by %s is on record once it is stored', async (_, args, expected) => {
    const { slackwater, keep, kept } = scene();
    await keep(RECORD);
    expect(await slackwater(...args)).toMatchObject({ code: 0 });
    expect(await trailOf(slackwater, id)).toMatchObject([
      { by: 'ada', via: 'cli', target: id, verdict: 'done', ...expected },
    ]);
    expect((await kept(RECORD)).version).toBe(2);
  });

  it('that was refused is on record with its reason', async () => {
    const { slackwater, keep } = scene();
    await keep(RECORD);
    expect(await slackwater('approve', id, '--hash', '0123456789')).toMatchObject({ code: 1 });
    expect(await trailOf(slackwater)).toMatchObject([
      { action: 'approve', hash: '0123456789', verdict: 'refused', because: expect.stringContaining('any more') },
    ]);
  });

  it('about what is over is on record too', async () => {
    const { slackwater, keep } = scene();
    const { dueAt: _, ...over } = RECORD;
    await keep(over);
    expect(await slackwater('reject', id)).toMatchObject({ code: 1 });
    expect(await trailOf(slackwater)).toMatchObject([
      { verdict: 'refused', because: expect.stringContaining('is over') },
    ]);
  });

  it('that was only shown is no decision', async () => {
    const { slackwater, keep } = scene();
    await keep(RECORD);
    expect(await slackwater('approve', id)).toMatchObject({ code: 2 });
    expect(await trailOf(slackwater)).toEqual([]);
  });

  it.each([
    [undefined, true],
    [false, false],
  ])('by who asked for it is told not to count, unless the configuration lets it: %s', async (approver, isTold) => {
    const { slackwater, keep, configure } = scene();
    if (approver !== undefined) await configure({ version: 1, redeploy: { approverIsNotRequester: approver } });
    await keep(aPlanRecord({ ...PLAN, occasion: 'request', requestedBy: 'ada' }));
    const told = 'ada asked for it, so somebody else has to approve it too.';
    expect((await slackwater('approve', id, '--hash', hash)).out.includes(told)).toBe(isTold);
    expect((await slackwater('approve', id, '--hash', hash, '--by', 'grace')).out).not.toContain(told);
  });
});

it('a request is on record under each of its services', async () => {
  const { slackwater } = scene();
  const asked = ['redeploy', 'harbor-prod/checkout', 'harbor-prod/ledger', '--reason', 'password=hunter2hunter2'];
  expect(await slackwater(...asked)).toMatchObject({ code: 0 });
  for (const target of ['harbor-prod/checkout', 'harbor-prod/ledger'])
    expect(await trailOf(slackwater, target)).toMatchObject([
      {
        by: 'ada',
        action: 'redeploy',
        target,
        verdict: 'done',
        because: expect.stringMatching(
          /^asked for pln-\w+, to be redeployed in its windows \(asked\): password=\[redacted\]$/,
        ),
      },
    ]);
});

it('a push of the configuration is on record', async () => {
  const { slackwater } = scene();
  await slackwater('config', 'push', 'infra/configuration.example.yaml');
  expect(await trailOf(slackwater, 'configuration')).toMatchObject([
    { by: 'ada', action: 'configure', verdict: 'done', because: 'pushed version 1' },
  ]);
});

describe('what is done to incidents', () => {
  const storm = aStormTable();

  it('and to a digest is on record once it is done', async () => {
    const { see, digest, slackwater } = storm();
    await see('api', 'batch', 'checkout', 'ledger');
    const { id: storming } = await digest();
    await slackwater('unfold', storming);
    expect(await trailOf(slackwater, storming)).toEqual([]);
    await slackwater('unfold', storming, '--yes', '--by', 'grace');
    expect(await trailOf(slackwater, storming)).toMatchObject([
      { by: 'grace', action: 'unfold', verdict: 'done', because: 'unfolded 2 of 2' },
    ]);
  });

  it('is on record under what they are about, also where somebody had taken it before', async () => {
    const { see, slackwater } = storm();
    await see('checkout');
    await slackwater('ack', 'harbor-prod/checkout');
    await slackwater('ack', 'harbor-prod/checkout', '--by', 'grace');
    const trail = await trailOf(slackwater, 'harbor-prod/checkout');
    expect(trail.map(({ by, action, verdict }) => `${by} ${action} ${verdict}`).toSorted()).toEqual([
      'ada acknowledge done',
      'grace acknowledge refused',
    ]);
    expect(trail.map(({ because }) => because)).toContainEqual(expect.stringMatching(/^inc-.*: acknowledged by ada$/));
  });
});
