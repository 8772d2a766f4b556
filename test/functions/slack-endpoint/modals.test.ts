import { describe, expect, it } from 'vitest';
import { anEndpoint, failing } from './endpoint.ts';
import { aClick, aCommand, aForm, fromSlack } from './from-slack.ts';

const READING = { type: 'modal', blocks: [{ text: { text: 'Reading …' } }] };
const VIEW = { id: 'V0MODAL', type: 'modal' };

describe('a request that wants a modal', () => {
  it.each([
    [
      'a button',
      aForm(aClick({ action_id: 'modal:run-now' })),
      { triggerId: '12466734323.1395872398', isOnTop: false },
      { callback_id: 'modal:run-now', private_metadata: 'nonce-1' },
    ],
    [
      'a button in a modal, on top of it',
      aForm(aClick({ action_id: 'modal:run-now' }, { view: VIEW })),
      { isOnTop: true },
      { callback_id: 'modal:run-now' },
    ],
    [
      'a button in the home tab',
      aForm(aClick({ action_id: 'modal:plan' }, { view: { id: 'V0HOME', type: 'home' } })),
      { isOnTop: false },
      { callback_id: 'modal:plan' },
    ],
    [
      'the command redeploy',
      aCommand({ text: 'Redeploy  harbor-prod/checkout' }),
      { triggerId: '13345224609.738474920.8088930838d88f008e0' },
      { callback_id: 'modal:redeploy', private_metadata: 'harbor-prod/checkout' },
    ],
    ['the command redeploy alone', aCommand({ text: 'redeploy' }), {}, { private_metadata: '' }],
  ])('%s gets one at once, and the worker gets its id', async (_, body, opening, view) => {
    const { send, views, handed } = anEndpoint();
    expect(await send(fromSlack(body))).toEqual({ statusCode: 200, body: '' });
    expect(views).toMatchObject([{ ...opening, view: { ...READING, ...view } }]);
    expect(handed()).toMatchObject([{ viewId: 'V0OPENED' }]);
  });

  it('keeps to what Slack takes as metadata', async () => {
    const { send, views } = anEndpoint();
    await send(fromSlack(aCommand({ text: `redeploy ${'x'.repeat(4_000)}` })));
    expect(views).toMatchObject([{ view: { private_metadata: 'x'.repeat(3_000) } }]);
  });

  it('says why it gets none, and nothing is handed over', async () => {
    const { send, verdict, outcomes, handed } = anEndpoint({ view: { status: 'failed', name: 'expired_trigger_id' } });
    expect(await send(fromSlack(aForm(aClick({ action_id: 'modal:run-now' }))))).toMatchObject({ statusCode: 500 });
    expect(verdict()).toBe('failed: modal-not-opened');
    expect(outcomes).toMatchObject([{ because: 'Slack did not open it (expired_trigger_id)' }]);
    const answer = await send(fromSlack(aCommand({ text: 'redeploy checkout' })));
    expect(JSON.parse(answer.body)).toMatchObject({
      response_type: 'ephemeral',
      text: expect.stringContaining('nothing happened'),
    });
    expect(handed()).toEqual([]);
  });

  it('gets none without a trigger', async () => {
    const { send, verdict } = anEndpoint();
    await send(fromSlack(aForm(aClick({ action_id: 'modal:run-now' }, { trigger_id: undefined }))));
    expect(verdict()).toBe('failed: modal-not-opened');
  });

  it('does not go on reading when the worker cannot be reached', async () => {
    const { send, views } = anEndpoint({ aws: { 'lambda:InvokeFunction': failing('AccessDeniedException') } });
    await send(fromSlack(aForm(aClick({ action_id: 'modal:run-now' }))));
    expect(views[1]).toMatchObject({
      viewId: 'V0OPENED',
      view: { blocks: [{ text: { text: expect.stringContaining('nothing happened') } }] },
    });
  });

  it('is not one that was only clicked in a modal: the worker gets the id of that one', async () => {
    const { send, views, handed } = anEndpoint();
    await send(fromSlack(aForm(aClick({}, { view: VIEW }))));
    expect(views).toEqual([]);
    expect(handed()).toMatchObject([{ viewId: 'V0MODAL' }]);
  });
});
