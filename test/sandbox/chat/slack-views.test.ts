import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createJournal } from '../../../sandbox/journal.ts';
import { type SlackServer, startSlack } from '../../../sandbox/slack/server.ts';

const TOKEN = 'xoxb-sandbox-test';
const ADA = 'U0ADA';
const MINUTE = 60_000;

let slack: SlackServer;
let now = 0;

beforeEach(async () => {
  now = 1_795_000_000_000;
  slack = await startSlack({ token: TOKEN, channels: ['C1'], journal: createJournal(), now: () => now });
});
afterEach(() => slack[Symbol.asyncDispose]());

const post = (url: string, body: object): Promise<Response> =>
  fetch(url, { method: 'POST', headers: { authorization: `Bearer ${TOKEN}` }, body: JSON.stringify(body) });
const call = async (method: string, body: object): Promise<unknown> =>
  (await post(`${slack.apiUrl}${method}`, body)).json();
const read = async (method: string, fields: Record<string, string>): Promise<unknown> =>
  (
    await fetch(`${slack.apiUrl}${method}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${TOKEN}` },
      body: new URLSearchParams(fields),
    })
  ).json();

const plain = (text: string) => ({ type: 'plain_text', text });
const modal = (title: string, more: object = {}) => ({
  type: 'modal',
  title: plain(title),
  blocks: [{ type: 'section', text: plain('x') }],
  ...more,
});
const open = (triggerId: string, view: object = modal('One')): Promise<unknown> =>
  call('views.open', { trigger_id: triggerId, view });
const titles = (): readonly string[] => slack.screens.of(ADA).modals.map(({ title }) => title);

describe('a modal', () => {
  it('is opened by a trigger, once, and replaced by its id', async () => {
    const trigger = slack.triggerFor(ADA);
    expect(await open(trigger)).toMatchObject({ ok: true, view: { id: 'V000001' } });
    expect(await open(trigger)).toMatchObject({ ok: false, error: 'exchanged_trigger_id' });
    expect(await call('views.update', { view_id: 'V000001', view: modal('Two') })).toMatchObject({ ok: true });
    expect(await call('views.update', { view_id: 'V000009', view: modal('Two') })).toMatchObject({
      error: 'not_found',
    });
    expect(titles()).toEqual(['Two']);
  });

  it('is not opened by a trigger that is old or of nobody', async () => {
    const trigger = slack.triggerFor(ADA);
    now += MINUTE;
    expect(await open(trigger)).toMatchObject({ error: 'expired_trigger_id' });
    expect(await open('12345.678')).toMatchObject({ error: 'invalid_trigger_id' });
  });

  it('is one of three at the most, and closes with what is above it', async () => {
    for (const title of ['One', 'Two', 'Three']) await open(slack.triggerFor(ADA), modal(title));
    expect(await open(slack.triggerFor(ADA))).toMatchObject({ error: 'push_limit_reached' });
    slack.screens.close('V000002');
    expect(titles()).toEqual(['One']);
  });

  it.each([
    ['a title of 25 characters', modal('x'.repeat(25))],
    ['an input without a submit', modal('x', { blocks: [{ type: 'input', label: plain('x'), element: {} }] })],
    ['a state of 3,001 characters', modal('x', { private_metadata: 'x'.repeat(3_001) })],
    ['101 blocks', modal('x', { blocks: Array.from({ length: 101 }, () => ({ type: 'divider' })) })],
    ['a home tab', { ...modal('x'), type: 'home' }],
    [
      'an option of 76 characters',
      modal('x', {
        submit: plain('Go'),
        blocks: [
          { type: 'input', label: plain('x'), element: { options: [{ text: plain('x'.repeat(76)), value: 'x' }] } },
        ],
      }),
    ],
  ])('is refused with %s', async (_, view) => {
    expect(await open(slack.triggerFor(ADA), view)).toMatchObject({ ok: false, error: 'invalid_arguments' });
    expect(titles()).toEqual([]);
  });
});

describe('what one person is shown', () => {
  it('is an answer by its URL: five times, within half an hour, without a token', async () => {
    const url = slack.responseUrlFor({ person: ADA, channel: 'C1' });
    const statuses: number[] = [];
    for (let count = 0; count < 6; count += 1) statuses.push((await post(url, { text: `${count}` })).status);
    expect(statuses).toEqual([200, 200, 200, 200, 200, 404]);
    expect(slack.screens.of(ADA).ephemerals).toHaveLength(5);
    const late = slack.responseUrlFor({ person: ADA, channel: 'C1' });
    now += 31 * MINUTE;
    expect((await post(late, { text: 'late' })).status).toBe(404);
  });

  it('is an ephemeral message of a channel, and a home tab', async () => {
    expect(await call('chat.postEphemeral', { channel: 'C1', user: ADA, text: 'psst' })).toMatchObject({ ok: true });
    const view = { type: 'home', blocks: [{ type: 'divider' }] };
    expect(await call('views.publish', { user_id: ADA, view })).toMatchObject({ ok: true });
    expect(slack.screens.of(ADA)).toMatchObject({ ephemerals: [{ text: 'psst' }], home: { type: 'home' } });
    expect(slack.workspace.messages()).toEqual([]);
    expect(await call('views.publish', { user_id: 'U0NOBODY', view })).toMatchObject({ error: 'user_not_found' });
  });
});

describe('who somebody is', () => {
  it.each([
    [ADA, { is_owner: true, is_restricted: false, is_bot: false }],
    ['U0GUEST', { is_owner: false, is_restricted: true, is_bot: false }],
    ['U0BOT', { is_owner: false, is_restricted: false, is_bot: true }],
  ])('is asked by a form: %s', async (user, expected) => {
    expect(await read('users.info', { user })).toMatchObject({ ok: true, user: { id: user, ...expected } });
  });

  it('is what the groups and the token say as well', async () => {
    expect(await read('usergroups.users.list', { usergroup: 'S0HARBOUR' })).toMatchObject({ users: [ADA, 'U0BOB'] });
    expect(await read('usergroups.users.list', { usergroup: 'S0' })).toMatchObject({ error: 'no_such_subteam' });
    expect(await read('users.info', { user: 'U0' })).toMatchObject({ error: 'user_not_found' });
    const response = await post(`${slack.apiUrl}auth.test`, {});
    expect(response.headers.get('x-oauth-scopes')).toContain('chat:write');
  });
});
