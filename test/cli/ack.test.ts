import { describe, expect, it } from 'vitest';
import { minutes } from '../../shared/domain/instant.ts';
import { NOON } from '../support/observations.ts';
import { run } from './command.ts';
import { aStormTable } from './storm-table.ts';

const scene = aStormTable();

describe('slackwater ack', () => {
  it('takes an incident by its id, and the reconciler says so in its message and thread', async () => {
    const { see, incident, slackwater, reconcile, told } = scene();
    await see('checkout');
    const { id } = await incident('checkout');
    const { out, err, code } = await slackwater('ack', id);
    expect(out).toBe(
      `${id} (harbor-prod/checkout, memory/container-oom): acknowledged by ada\nMessages and threads in Slack say so within a minute or two.`,
    );
    expect([err, code]).toEqual(['', 0]);
    expect((await incident('checkout')).state).toEqual({ status: 'open', acknowledged: { by: 'ada', at: NOON } });
    await reconcile(NOON + minutes(1));
    expect(told.map(({ step }) => step)).toEqual(['post', 'edit', 'reply']);
    expect(told.at(-1)?.record.timeline.at(-1)).toMatchObject({ reason: 'step', text: 'acknowledged by ada' });
    await reconcile(NOON + minutes(2));
    expect(told).toHaveLength(3);
  });

  it('takes all open incidents of a service, by the name that --by says', async () => {
    const { see, incident, slackwater } = scene();
    await see('checkout', 'ledger');
    expect(await slackwater('ack', 'harbor-prod/ledger', '--by', '@grace\n\u001b[31m hopper')).toMatchObject({
      code: 0,
      out: expect.stringContaining('acknowledged by @grace hopper'),
    });
    expect((await incident('ledger')).state).toMatchObject({ acknowledged: { by: '@grace hopper' } });
    expect((await incident('checkout')).state).toEqual({ status: 'open' });
  });

  it('answers 1 for what somebody has taken before, and says who', async () => {
    const { see, incident, slackwater } = scene();
    await see('checkout');
    await slackwater('ack', 'harbor-prod/checkout', '--by', 'grace');
    const before = await incident('checkout');
    expect(await slackwater('ack', 'harbor-prod/checkout')).toMatchObject({
      code: 1,
      out: expect.stringContaining('not changed, acknowledged before by grace, 2026-11-20 12:00 UTC'),
    });
    expect(await incident('checkout')).toEqual(before);
  });

  it('takes what another has changed meanwhile as it is then', async () => {
    const { see, incident, slackwater, before } = scene();
    await see('checkout');
    let changes = 0;
    before(async (operation) => {
      if (operation !== 'PutItem' || changes++ > 0) return;
      scene().at(NOON + minutes(1));
      await see('checkout');
    });
    expect(await slackwater('ack', 'harbor-prod/checkout')).toMatchObject({ code: 0 });
    expect(await incident('checkout')).toMatchObject({ occurrences: 2, state: { acknowledged: { by: 'ada' } } });
  });

  it('leaves to the first of two who take it at once', async () => {
    const { see, incident, slackwater, before } = scene();
    await see('checkout');
    let changes = 0;
    before(async (operation) => {
      if (operation === 'PutItem' && changes++ === 0) await slackwater('ack', 'harbor-prod/checkout', '--by', 'grace');
    });
    expect(await slackwater('ack', 'harbor-prod/checkout')).toMatchObject({
      code: 1,
      out: expect.stringContaining('acknowledged before by grace'),
    });
    expect((await incident('checkout')).state).toMatchObject({ acknowledged: { by: 'grace' } });
  });

  it('answers 1 for what is over before it is saved', async () => {
    const { see, incident, store, slackwater, before } = scene();
    await see('checkout');
    let changes = 0;
    before(async (operation) => {
      if (operation !== 'PutItem' || changes++ > 0) return;
      await store.save(
        { ...(await incident('checkout')), state: { status: 'resolved', at: NOON, how: 'quiet' } },
        NOON,
      );
    });
    expect(await slackwater('ack', 'harbor-prod/checkout')).toMatchObject({
      code: 1,
      out: expect.stringContaining('not changed, it is over'),
    });
  });

  it('gives up when the record changes each time', async () => {
    const { see, incident, store, slackwater, before } = scene();
    await see('checkout');
    before(async (operation) => {
      if (operation === 'PutItem') await store.save(await incident('checkout'), NOON);
    });
    const { code, err } = await slackwater('ack', 'harbor-prod/checkout');
    expect(err).toContain('was changed by others during each of 8 attempts; run it again');
    expect(code).toBe(2);
  });

  it('says how to list what is open when nothing of that name is, and cleans the name', async () => {
    const { see, slackwater } = scene();
    await see('checkout');
    const { code, out, err } = await slackwater('ack', 'harbor-prod/\u001b[31mnothing\u202e\nat all');
    expect(err).toBe(
      'slackwater ack: nothing open is called harbor-prod/nothing at all: it is over, or it never was; "slackwater incidents" lists what is open',
    );
    expect([code, out]).toEqual([1, '']);
  });

  it.each([
    ['nothing to take', ['ack', '--table', 'records'], { USER: 'ada' }, 'give one ID or CLUSTER/SERVICE'],
    ['two names', ['ack', 'a', 'b', '--table', 'records'], { USER: 'ada' }, 'give one ID or CLUSTER/SERVICE'],
    ['nobody', ['ack', 'inc-1', '--table', 'records'], {}, 'say who has taken it with --by'],
    ['no table', ['ack', 'inc-1'], { USER: 'ada' }, '--table'],
    ['no Region', ['ack', 'inc-1', '--table', 'records'], { USER: 'ada' }, '--region'],
  ])('answers 2 for %s', async (_, args, environment, problem) => {
    const { code, err } = await run(args, { environment });
    expect(err).toContain(problem);
    expect(code).toBe(2);
  });

  it('answers 2 for a table that is not there', async () => {
    const { code, err } = await run(['ack', 'inc-1', '--table', 'no\u001b[31mthing'], { environment: process.env });
    expect(err).toContain('table nothing: dynamodb:Query failed (ValidationException)');
    expect(code).toBe(2);
  });
});
