import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createJournal, type Journal, waitUntil } from '../../sandbox/journal.ts';
import { type SlackServer, startSlack } from '../../sandbox/slack/server.ts';

const TOKEN = 'xoxb-sandbox-test';
let slack: SlackServer;
let journal: Journal;

beforeEach(async () => {
  journal = createJournal();
  slack = await startSlack({ token: TOKEN, channels: ['C1'], journal, now: () => 1_700_000_000_000 });
});
afterEach(() => slack[Symbol.asyncDispose]());

const call = (method: string, body: object, token: string | undefined = TOKEN): Promise<Response> =>
  fetch(`${slack.apiUrl}${method}`, {
    method: 'POST',
    headers: token === '' ? {} : { authorization: `Bearer ${token}` },
    body: JSON.stringify(body),
  });
const answerOf = async (method: string, body: object, token?: string): Promise<unknown> =>
  (await call(method, body, token)).json();

const section = (text: string): object => ({ type: 'section', text: { type: 'mrkdwn', text } });
const header = (text: string): object => ({ type: 'header', text: { type: 'plain_text', text } });

describe('posting', () => {
  it('answers channel and ts, and the message is there', async () => {
    const answer = await answerOf('chat.postMessage', { channel: 'C1', text: 'ahoy', blocks: [section('ahoy')] });
    expect(answer).toEqual({ ok: true, channel: 'C1', ts: '1700000000.000001' });
    expect(slack.workspace.messages()).toMatchObject([{ text: 'ahoy', ts: '1700000000.000001', earlier: [] }]);
  });

  it.each<[string, string, object, string | undefined]>([
    ['no token', 'not_authed', { channel: 'C1', text: 'x' }, ''],
    ['a wrong token', 'invalid_auth', { channel: 'C1', text: 'x' }, 'xoxb-other'],
    ['an unknown channel', 'channel_not_found', { channel: 'C2', text: 'x' }, TOKEN],
    ['no text', 'no_text', { channel: 'C1' }, TOKEN],
    ['51 blocks', 'invalid_blocks', { channel: 'C1', text: 'x', blocks: Array(51).fill(section('x')) }, TOKEN],
    ['a section of 3,001', 'invalid_blocks', { channel: 'C1', text: 'x', blocks: [section('x'.repeat(3_001))] }, TOKEN],
    ['an empty section', 'invalid_blocks', { channel: 'C1', text: 'x', blocks: [section('')] }, TOKEN],
    ['a header of 151', 'invalid_blocks', { channel: 'C1', text: 'x', blocks: [header('x'.repeat(151))] }, TOKEN],
    ['an unknown block', 'invalid_blocks', { channel: 'C1', text: 'x', blocks: [{ type: 'sections' }] }, TOKEN],
  ])('refuses %s with %s', async (_, error, body, token) => {
    expect(await answerOf('chat.postMessage', body, token)).toMatchObject({ ok: false, error });
    expect(slack.workspace.messages()).toEqual([]);
  });

  it('takes what is exactly at the limits', async () => {
    const blocks = [header('x'.repeat(150)), ...Array(49).fill(section('x'.repeat(3_000)))];
    expect(await answerOf('chat.postMessage', { channel: 'C1', text: 'x', blocks })).toMatchObject({ ok: true });
  });
});

describe('editing', () => {
  it('replaces the content and keeps what was there', async () => {
    await call('chat.postMessage', { channel: 'C1', text: 'one' });
    await call('chat.update', { channel: 'C1', ts: '1700000000.000001', text: 'two' });
    const [message] = slack.workspace.messages();
    expect(message).toMatchObject({ text: 'two', earlier: [{ text: 'one', blocks: [] }] });
  });

  it('refuses a message that is not there', async () => {
    const answer = await answerOf('chat.update', { channel: 'C1', ts: '1.000001', text: 'two' });
    expect(answer).toMatchObject({ ok: false, error: 'message_not_found' });
  });
});

describe('threads', () => {
  const parent = '1700000000.000001';
  const reply = (body: object): Promise<unknown> =>
    answerOf('chat.postMessage', { channel: 'C1', text: 'reply', thread_ts: parent, ...body });

  it('hold replies, which may be shown in the channel as well', async () => {
    await call('chat.postMessage', { channel: 'C1', text: 'parent' });
    await reply({});
    await reply({ reply_broadcast: true });
    expect(slack.workspace.messages()).toMatchObject([
      { ts: parent, edits: 0 },
      { thread_ts: parent, edits: 0 },
      { thread_ts: parent, broadcast: true },
    ]);
    expect(slack.workspace.messages()[0]).not.toHaveProperty('thread_ts');
    expect(slack.workspace.messages()[1]).not.toHaveProperty('broadcast');
  });

  it('are one level deep: a reply to a reply is one to its parent', async () => {
    await call('chat.postMessage', { channel: 'C1', text: 'parent' });
    await reply({});
    await reply({ thread_ts: '1700000000.000002' });
    expect(slack.workspace.messages()[2]).toMatchObject({ thread_ts: parent });
  });

  it('are edited like messages, and shown in the channel when the edit says so', async () => {
    await call('chat.postMessage', { channel: 'C1', text: 'parent' });
    await reply({});
    await call('chat.update', { channel: 'C1', ts: '1700000000.000002', text: 'edited', reply_broadcast: true });
    expect(slack.workspace.messages()[1]).toMatchObject({
      text: 'edited',
      edits: 1,
      broadcast: true,
      thread_ts: parent,
    });
  });

  it('need a message that is there', async () => {
    expect(await reply({})).toMatchObject({ ok: false, error: 'thread_not_found' });
    expect(slack.workspace.messages()).toEqual([]);
  });
});

describe('the incoming webhook', () => {
  it('answers ok in plain text', async () => {
    const response = await fetch(slack.webhookUrl, { method: 'POST', body: JSON.stringify({ text: 'ahoy' }) });
    expect([response.status, await response.text()]).toEqual([200, 'ok']);
    expect(slack.workspace.messages()).toMatchObject([{ text: 'ahoy', isFromWebhook: true }]);
  });
});

describe('faults', () => {
  it('says how long to wait when it is rate-limited', async () => {
    slack.inject({ kind: 'rate-limited', retryAfter: 7 });
    const response = await call('chat.postMessage', { channel: 'C1', text: 'x' });
    expect([response.status, response.headers.get('retry-after')]).toEqual([429, '7']);
  });

  it('answers 503 when it is down, and works again when it is not', async () => {
    slack.inject({ kind: 'down' });
    expect((await call('chat.postMessage', { channel: 'C1', text: 'x' })).status).toBe(503);
    slack.inject(undefined);
    expect(await answerOf('chat.postMessage', { channel: 'C1', text: 'x' })).toMatchObject({ ok: true });
  });

  it('refuses with HTTP 200 and its word for it', async () => {
    slack.inject({ kind: 'refusing', error: 'message_limit_exceeded' });
    const response = await call('chat.postMessage', { channel: 'C1', text: 'x' });
    expect([response.status, await response.json()]).toEqual([200, { ok: false, error: 'message_limit_exceeded' }]);
  });

  it('answers what is not JSON', async () => {
    slack.inject({ kind: 'garbage' });
    const response = await call('chat.postMessage', { channel: 'C1', text: 'x' });
    expect([response.status, await response.text()]).toEqual([200, expect.stringContaining('<!doctype html>')]);
  });

  it.each([
    ['reset', 0],
    ['lost-answer', 1],
  ] as const)('closes the connection: %s leaves %d messages', async (kind, count) => {
    slack.inject({ kind });
    await expect(call('chat.postMessage', { channel: 'C1', text: 'x' })).rejects.toThrow('fetch failed');
    expect(slack.workspace.messages()).toHaveLength(count);
  });

  it('limits posts by channel, with the wait in whole seconds', async () => {
    slack.limit({ posts: { perSecond: 0.25, burst: 1 }, edits: { perSecond: 1, burst: 1 } });
    expect(await answerOf('chat.postMessage', { channel: 'C1', text: 'x' })).toMatchObject({ ok: true });
    const response = await call('chat.postMessage', { channel: 'C1', text: 'x' });
    expect([response.status, response.headers.get('retry-after')]).toEqual([429, '4']);
    expect(slack.workspace.messages()).toHaveLength(1);
  });

  it('takes a request and never answers when it hangs', async () => {
    slack.inject({ kind: 'hanging' });
    const heard = waitUntil(journal, 'the request', () => journal.entries().length > 0, 5_000);
    // Only closing the server ends the request.
    const closed = heard.then(() => slack[Symbol.asyncDispose]());
    await expect(call('chat.postMessage', { channel: 'C1', text: 'x' })).rejects.toThrow('fetch failed');
    await closed;
  });
});
