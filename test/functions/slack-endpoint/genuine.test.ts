import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Instant, minutes, seconds } from '../../../shared/domain/instant.ts';
import { anEndpoint } from './endpoint.ts';
import {
  aClick,
  aCommand,
  aForm,
  aHomeOpened,
  aSubmission,
  fromSlack,
  NOON,
  SECRET,
  signatureOf,
  TEAM,
} from './from-slack.ts';

const idOf = (body: string, at: Instant = NOON): string =>
  createHash('sha256')
    .update(signatureOf(body, at, SECRET).slice(3))
    .digest('hex');

describe('what people do in Slack is handed to the worker', () => {
  it('a command, with an empty answer', async () => {
    const { send, handed, verdict, calls } = anEndpoint();
    const body = aCommand({ text: ' status  checkout ', enterprise_id: 'E0OCEAN' });
    expect(await send(fromSlack(body))).toEqual({ statusCode: 200, body: '' });
    expect(verdict()).toBe('handed: asked');
    expect(handed()).toEqual([
      {
        kind: 'command',
        id: idOf(body),
        at: NOON,
        team: TEAM,
        enterprise: 'E0OCEAN',
        user: { id: 'U0ADA' },
        channel: 'C0OPS',
        responseUrl: 'https://hooks.slack.example/commands/1',
        command: '/ecsops',
        text: 'status  checkout',
      },
    ]);
    expect(calls.at(-1)?.path).toBe('/2015-03-31/functions/worker/invocations');
  });

  it('a click, with an empty answer', async () => {
    const { send, handed, views } = anEndpoint();
    const body = aForm(aClick());
    expect(await send(fromSlack(body))).toEqual({ statusCode: 200, body: '' });
    expect(handed()).toEqual([
      {
        kind: 'click',
        id: idOf(body),
        at: NOON,
        team: TEAM,
        user: { id: 'U0ADA', team: TEAM },
        channel: 'C0OPS',
        responseUrl: 'https://hooks.slack.example/actions/1',
        actionId: 'approve',
        value: 'nonce-1',
        messageTs: '1795435200.000100',
      },
    ]);
    expect(views).toEqual([]);
  });

  it('a submission, whose modal says that the work has begun', async () => {
    const { send, handed } = anEndpoint();
    const answer = await send(fromSlack(aForm(aSubmission())));
    expect(handed()).toMatchObject([
      {
        kind: 'submission',
        callbackId: 'modal:approve-some',
        metadata: 'nonce-1',
        values: { chosen: ['checkout', 'billing'], reason: ['Größe 🚢'], until: [] },
        viewId: 'V0MODAL',
      },
    ]);
    expect(JSON.parse(answer.body)).toMatchObject({
      response_action: 'update',
      view: { type: 'modal', callback_id: 'modal:approve-some', private_metadata: 'nonce-1' },
    });
    expect(answer.headers).toMatchObject({ 'content-type': 'application/json; charset=utf-8' });
  });

  it('an opened home tab, under an id that its repetitions share', async () => {
    const { send, handed } = anEndpoint();
    await send(fromSlack(JSON.stringify(aHomeOpened({}, { is_ext_shared_channel: false }))));
    expect(handed()).toEqual([
      {
        kind: 'home-opened',
        id: createHash('sha256').update('Ev0HOME1').digest('hex'),
        at: NOON,
        team: TEAM,
        user: { id: 'U0ADA' },
        isExternallyShared: false,
      },
    ]);
  });

  it.each([
    ['a global shortcut', { type: 'shortcut', callback_id: 'plans' }, { actionId: 'plans', value: '' }],
    [
      'a shortcut on a message',
      { type: 'message_action', callback_id: 'plans', message_ts: '1.2' },
      { actionId: 'plans', messageTs: '1.2' },
    ],
  ])('%s, as a click', async (_, payload, expected) => {
    const { send, handed } = anEndpoint();
    await send(fromSlack(aForm(aClick({}, payload))));
    expect(handed()).toMatchObject([{ kind: 'click', ...expected }]);
  });

  it.each([
    [{ type: 'static_select', value: undefined, selected_option: { value: '4h' } }, '4h'],
    [{ type: 'overflow', value: undefined, selected_option: { value: 'runbook' } }, 'runbook'],
    [{ type: 'users_select', value: undefined, selected_user: 'U0BOB' }, 'U0BOB'],
    [{ type: 'datepicker', value: undefined, selected_date: '2026-11-25' }, '2026-11-25'],
    [{ type: 'datetimepicker', value: undefined, selected_date_time: 1_795_435_200 }, '1795435200'],
    [{ type: 'button', value: undefined }, ''],
  ])('what was chosen in %j is its value', async (action, value) => {
    const { send, handed } = anEndpoint();
    await send(fromSlack(aForm(aClick(action))));
    expect(handed()).toMatchObject([{ value }]);
  });

  it('by the team of the person where the app is installed for an organisation', async () => {
    const { send, handed } = anEndpoint();
    await send(fromSlack(aForm(aClick({}, { team: null, enterprise: { id: 'E0OCEAN' } }))));
    expect(handed()).toMatchObject([{ team: TEAM, enterprise: 'E0OCEAN' }]);
  });
});

describe('what Slack itself asks', () => {
  it('a challenge is answered with itself', async () => {
    const { send, called } = anEndpoint();
    const body = JSON.stringify({ type: 'url_verification', token: 'deprecated', challenge: '3eZbrw1aB10' });
    expect(await send(fromSlack(body))).toMatchObject({ statusCode: 200, body: '3eZbrw1aB10' });
    expect([called('dynamodb:PutItem'), called('lambda:InvokeFunction')]).toEqual([[], []]);
  });

  it.each([
    ['by GET', '', { method: 'GET', query: 'ssl_check=1&token=x' }],
    ['by POST', 'ssl_check=1&token=x', {}],
  ])('a try of the certificate %s is answered without a signature, and nothing else is done', async (_, body, sent) => {
    const { send, calls, verdict } = anEndpoint();
    const headers = { 'x-slack-signature': undefined };
    expect(await send(fromSlack(body, { ...sent, headers }))).toEqual({ statusCode: 200, body: '' });
    expect(verdict()).toBe('answered: certificate-check');
    expect(calls).toEqual([]);
  });
});

describe('what nobody here acts on gets an empty 200', () => {
  it.each([
    ['a modal that was closed', aForm(aClick({}, { type: 'view_closed' })), 'view-closed'],
    ['a question for options', aForm(aClick({}, { type: 'block_suggestion' })), 'unknown-interaction'],
    ['an interaction of next year', aForm(aClick({}, { type: 'telepathy' })), 'unknown-interaction'],
    ['one that is named like a method', aForm(aClick({}, { type: 'toString' })), 'unknown-interaction'],
    ['a message in a channel', JSON.stringify(aHomeOpened({ type: 'message' })), 'unknown-event'],
    ['a warning about rate limits', '{"type":"app_rate_limited"}', 'unknown-event'],
    ['the messages tab', JSON.stringify(aHomeOpened({ tab: 'messages' })), 'other-tab'],
  ])('%s', async (_, body, reason) => {
    const { send, verdict, called } = anEndpoint();
    expect(await send(fromSlack(body))).toEqual({ statusCode: 200, body: '' });
    expect(verdict()).toBe(`ignored: ${reason}`);
    expect(called('dynamodb:PutItem')).toEqual([]);
  });
});

describe('a genuine request is known as one', () => {
  it('whatever it says, plain or in base64, up to five minutes late or early', async () => {
    const texts = fc.string({ unit: 'grapheme', maxLength: 300 }).map((text) => text.trim());
    const times = fc.integer({ min: -300, max: 300 }).map((late) => NOON + seconds(late));
    await fc.assert(
      fc.asyncProperty(texts, times, fc.boolean(), async (text, at, isBase64) => {
        const { send, handed } = anEndpoint();
        await send(fromSlack(aCommand({ text }), { at, isBase64 }));
        expect(handed()).toMatchObject([{ kind: 'command', text, at }]);
      }),
    );
  });

  it('and never when any byte of it is another', async () => {
    const body = Buffer.from(aCommand({ text: 'freeze Größe 🚢' }));
    await fc.assert(
      fc.asyncProperty(fc.nat(body.length - 1), fc.integer({ min: 1, max: 255 }), async (index, change) => {
        const { send, verdict } = anEndpoint();
        const altered = Buffer.from(body);
        altered[index] = (altered[index] ?? 0) ^ change;
        const event = fromSlack(body.toString(), { isBase64: true });
        await send({ ...event, body: altered.toString('base64') });
        expect(verdict()).toBe('refused: forged');
      }),
    );
  });

  it('and no signature at all makes it fall over', async () => {
    const signatures = fc.oneof(fc.string(), fc.stringMatching(/^v0=[0-9a-fA-F]{0,80}$/));
    await fc.assert(
      fc.asyncProperty(signatures, async (signature) => {
        const { send } = anEndpoint();
        const answer = await send(fromSlack(aCommand(), { headers: { 'x-slack-signature': signature } }));
        expect(answer.statusCode).toBe(401);
      }),
    );
  });

  it('by the secret of before while it is rotated', async () => {
    const { send, verdict } = anEndpoint({ stored: [`new-secret-of-slack\n${SECRET}`] });
    await send(fromSlack(aCommand({ text: '1' })));
    await send(fromSlack(aCommand({ text: '2' }), { secret: 'new-secret-of-slack' }));
    expect(verdict()).toBe('handed: asked');
  });

  it('by a secret that was stored a moment ago, with one more look', async () => {
    const { send, at, verdict, called } = anEndpoint({ stored: [SECRET, 'new-secret-of-slack'] });
    await send(fromSlack(aCommand()));
    at(NOON + minutes(1));
    await send(fromSlack(aCommand(), { at: NOON + minutes(1), secret: 'new-secret-of-slack' }));
    expect(verdict()).toBe('handed: asked');
    expect(called('ssm:GetParameter')).toHaveLength(2);
  });

  it('and a flood of wrong signatures looks for the secret every ten seconds, no more', async () => {
    const { send, at, called } = anEndpoint();
    for (let second = 0; second <= 60; second += 1) {
      at(NOON + seconds(second));
      await send(fromSlack(aCommand(), { secret: 'wrong-secret' }));
    }
    expect(called('ssm:GetParameter')).toHaveLength(7);
  });
});
