import { describe, expect, it } from 'vitest';
import type { Delivery } from '../../shared/domain/announcement.ts';
import { minutes } from '../../shared/domain/instant.ts';
import { NOON } from '../support/observations.ts';
import { aNotice } from '../support/records.ts';
import { objectsIn, run } from './command.ts';
import { aStormTable } from './storm-table.ts';

/** What every attempt to tell meets until a test says otherwise; the tests share one table server. */
let answer: Delivery | undefined;
const scene = aStormTable(() => answer);

const meeting = async (delivery: Delivery, work: () => Promise<void>): Promise<void> => {
  answer = delivery;
  try {
    await work();
  } finally {
    answer = undefined;
  }
};

describe('slackwater incidents', () => {
  it('says that nothing is open', async () => {
    expect(await scene().slackwater('incidents')).toEqual({ code: 0, out: '0 open', err: '' });
  });

  it('lists what is open, the worst first, and what each destination knows', async () => {
    const { see, store, incident, slackwater } = scene();
    await see('checkout', 'ledger');
    await store.save({ ...(await incident('checkout')), severity: 'low' }, NOON);
    const { out, err, code } = await slackwater('incidents');
    expect(out.split('\n\n')).toEqual([
      '2 open; the worst first',
      [
        '🔴 Out of memory · ledger · harbor-prod',
        `    incident  ${(await incident('ledger')).id}, open, high severity, memory/container-oom`,
        '    about     harbor-prod/ledger',
        '    seen      1 time since 2026-11-20 12:00 UTC, last 2026-11-20 12:00 UTC',
        '    told      slack-channel:C0OPS: told 2026-11-20 12:00 UTC',
      ].join('\n'),
      expect.stringContaining('checkout'),
    ]);
    expect([err, code]).toEqual(['', 1]);
  });

  it('tells since when a message is owed, and why', async () => {
    const { see, slackwater, at } = scene();
    await meeting({ status: 'deferred', failure: 'ratelimited' }, () => see('checkout'));
    at(NOON + minutes(3));
    expect((await slackwater('incidents')).out).toContain(
      'slack-channel:C0OPS: owed since 2026-11-20 12:00 UTC (ratelimited)',
    );
  });

  it('tells why a message was given up', async () => {
    const { see, slackwater } = scene();
    await meeting({ status: 'refused', failure: 'is_archived' }, () => see('checkout'));
    expect((await slackwater('incidents')).out).toContain(
      'slack-channel:C0OPS: abandoned 2026-11-20 12:00 UTC (is_archived)',
    );
  });

  it('tells which digest tells a problem, and lists the digest', async () => {
    const { see, slackwater, digest } = scene();
    await see('checkout', 'ledger', 'mail', 'web');
    const { out } = await slackwater('incidents');
    const { id } = await digest();
    expect(out.match(new RegExp(`folded into ${id}`, 'g'))).toHaveLength(2);
    expect(out).toContain(`digest    ${id}, storm, high severity`);
    expect(out).toContain('4 problems since');
  });

  it('shows who has taken an incident', async () => {
    const { see, slackwater } = scene();
    await see('checkout');
    await slackwater('ack', 'harbor-prod/checkout', '--by', 'grace');
    const { out } = await slackwater('incidents', '--json');
    expect(objectsIn(out)).toMatchObject([
      { state: 'acknowledged', acknowledgedBy: 'grace', acknowledgedAt: '2026-11-20T12:00:00.000Z' },
    ]);
  });

  it('gives one object a line with --json', async () => {
    const { see, incident, slackwater } = scene();
    await see('checkout');
    const { out, code } = await slackwater('incidents', '--json');
    expect(objectsIn(out)).toEqual([
      {
        kind: 'incident',
        id: (await incident('checkout')).id,
        state: 'open',
        severity: 'high',
        cause: 'memory/container-oom',
        subject: 'harbor-prod/checkout',
        title: '🔴 Out of memory · checkout · harbor-prod',
        firstSeen: '2026-11-20T12:00:00.000Z',
        lastSeen: '2026-11-20T12:00:00.000Z',
        count: 1,
        deliveries: [{ destination: 'slack-channel:C0OPS', state: 'told', since: '2026-11-20T12:00:00.000Z' }],
      },
    ]);
    expect(code).toBe(1);
  });

  it('lists one service with --service', async () => {
    const { see, slackwater } = scene();
    await see('checkout', 'ledger');
    const { out, code } = await slackwater('incidents', '--service', 'harbor-prod/ledger', '--json');
    expect(objectsIn(out)).toMatchObject([{ subject: 'harbor-prod/ledger' }]);
    expect(code).toBe(1);
    expect(await slackwater('incidents', '--service', 'harbor-prod/web')).toMatchObject({ code: 0, out: '0 open' });
  });

  it('lists what is over, and notices that were told, only with --all', async () => {
    const { see, incident, store, slackwater } = scene();
    await see('checkout');
    const { wakeAt: _, ...known } = await incident('checkout');
    await store.save({ ...known, state: { status: 'resolved', at: NOON, how: 'quiet' } }, NOON);
    await store.save(aNotice({ lastSeen: NOON }), NOON);
    expect(await slackwater('incidents')).toMatchObject({ code: 0, out: '0 open' });
    const { out, code } = await slackwater('incidents', '--all');
    expect(out).toMatch(
      /^1 open, 1 over; the worst first\n\n.*\n {4}notice {4}ntc-8e2b71c0aa, upcoming, medium severity/,
    );
    expect(out).toContain('about     111122223333, eu-west-1\n    seen      1 affected resource since');
    expect(out).toContain(`${known.id}, resolved, high severity`);
    expect(code).toBe(1);
    expect((await slackwater('incidents', '--all', '--service', 'harbor-prod/checkout')).code).toBe(0);
  });

  it.each([
    ['without a table', ['incidents'], "give the name of Slackwater's table with --table"],
    ['with an argument', ['incidents', 'checkout', '--table', 'records'], 'Unexpected argument'],
    ['with an empty service', ['incidents', '--service', '', '--table', 'records'], '--service is empty'],
    ['for a table that is not there', ['incidents', '--table', 'nothing'], 'table nothing: dynamodb:Query failed'],
  ])('answers 2 %s', async (_, args, problem) => {
    const { code, err } = await run(args, { environment: process.env });
    expect(err).toContain(problem);
    expect(code).toBe(2);
  });
});
