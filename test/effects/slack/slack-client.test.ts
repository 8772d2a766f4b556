import type { Socket } from 'node:net';
import { fc } from '@fast-check/vitest';
import { afterEach, describe, expect, it } from 'vitest';
import { createSlackClient, postToWebhook } from '../../../shared/effects/slack/slack-client.ts';
import type { SlackMessage } from '../../../shared/render/message.ts';
import { answering, type Loopback, type Respond, startLoopback } from '../loopback.ts';

const TOKEN = 'xoxb-1111-2222-abcdefghij';
const MESSAGE: SlackMessage = {
  text: 'Out of memory · checkout',
  blocks: [{ type: 'section', text: { type: 'plain_text', text: 'naïve · 🔴' } }],
};
const RECEIPT = { channel: 'C0OPS', ts: '1763712345.000100' };
const DONE = JSON.stringify({ ok: true, ...RECEIPT, message: {} });

let server: Loopback | undefined;
afterEach(() => server?.close());

async function slackThat(respond: Respond, timeout = 5_000) {
  server = await startLoopback(respond);
  const api = createSlackClient({ token: TOKEN, apiUrl: `${server.url}api`, timeout });
  return { ...api, webhookUrl: `${server.url}services/T0/B0/s3cr3tPath`, received: server.received };
}

const error = (code: string) => JSON.stringify({ ok: false, error: code });

describe('a call of the Web API', () => {
  it('posts to the channel as the bot, without unfurling links, and keeps the receipt', async () => {
    const slack = await slackThat(answering(200, DONE));
    expect(await slack.post('#ops', MESSAGE)).toEqual({ status: 'delivered', receipt: RECEIPT });
    expect(slack.received).toMatchObject([
      {
        path: '/api/chat.postMessage',
        headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json; charset=utf-8' },
        body: { channel: '#ops', ...MESSAGE, unfurl_links: false, unfurl_media: false },
      },
    ]);
  });

  it('edits the message that the receipt names', async () => {
    const slack = await slackThat(answering(200, DONE));
    expect(await slack.edit(RECEIPT, MESSAGE)).toEqual({ status: 'delivered', receipt: RECEIPT });
    expect(slack.received).toMatchObject([{ path: '/api/chat.update', body: { ...RECEIPT, ...MESSAGE } }]);
  });

  it('counts as delivered without a receipt when Slack says ok and names no message', async () => {
    const slack = await slackThat(answering(200, '{"ok":true}'));
    expect(await slack.post('C0OPS', MESSAGE)).toEqual({ status: 'delivered' });
  });

  it('refuses an API URL that is not http, without repeating it', () => {
    expect(() => createSlackClient({ token: TOKEN, apiUrl: 'ftp://u:pw@h/' })).toThrow(/^the URL of the Slack API is/);
  });
});

describe('what Slack answers to a call', () => {
  it.each([
    [
      '429 with a wait is deferred by it',
      429,
      error('ratelimited'),
      { 'retry-after': '30' },
      'deferred',
      'ratelimited',
      30_000,
    ],
    ['429 without a wait is deferred', 429, 'slow down', {}, 'deferred', 'ratelimited', undefined],
    [
      '429 with a wait of days is deferred by an hour',
      429,
      '',
      { 'retry-after': '999999' },
      'deferred',
      'ratelimited',
      3_600_000,
    ],
    [
      '429 with a wait nobody can read is deferred',
      429,
      '',
      { 'retry-after': 'soon' },
      'deferred',
      'ratelimited',
      undefined,
    ],
    ['500 is deferred', 500, '', {}, 'deferred', 'http_500', undefined],
    ['503 with a wait is deferred by it', 503, error('x_y'), { 'retry-after': '7' }, 'deferred', 'http_503', 7_000],
    ['ok with a status of failure is not delivered', 502, DONE, {}, 'deferred', 'http_502', undefined],
    ['ok with 404 is not delivered', 404, DONE, {}, 'deferred', 'http_404', undefined],
    ['a page of a proxy is deferred', 200, '<html>Sign in</html>', {}, 'deferred', 'unreadable_answer', undefined],
    ['nothing is deferred', 200, '', {}, 'deferred', 'unreadable_answer', undefined],
    ['null is deferred', 200, 'null', {}, 'deferred', 'unreadable_answer', undefined],
    ['ok in another type is not delivered', 200, '{"ok":"true"}', {}, 'deferred', 'unreadable_answer', undefined],
    ['a proxy that forbids is deferred', 403, '<html>', {}, 'deferred', 'http_403', undefined],
    ['a redirect is refused, not followed', 302, '', { location: '/elsewhere' }, 'refused', 'redirected', undefined],
    ['an error that nobody has seen yet is deferred', 200, error('brand_new'), {}, 'deferred', 'brand_new', undefined],
    ...[
      'ratelimited',
      'message_limit_exceeded',
      'internal_error',
      'fatal_error',
      'service_unavailable',
      'request_timeout',
    ].map((code) => [`${code} is deferred`, 200, error(code), {}, 'deferred', code, undefined] as const),
    ...[
      'invalid_auth',
      'token_revoked',
      'account_inactive',
      'missing_scope',
      'channel_not_found',
      'not_in_channel',
      'is_archived',
    ].map(
      (code) => [`${code} is blocked until it is mended`, 200, error(code), {}, 'blocked', code, undefined] as const,
    ),
    ...['invalid_blocks', 'msg_too_long', 'message_not_found', 'cant_update_message', 'edit_window_closed'].map(
      (code) => [`${code} is refused`, 200, error(code), {}, 'refused', code, undefined] as const,
    ),
  ] as const)('%s', async (_sentence, code, text, headers, status, failure, retryAfter) => {
    const slack = await slackThat(answering(code, text, headers));
    const expected = { status, failure, ...(retryAfter !== undefined && { retryAfter }) };
    expect(await slack.edit(RECEIPT, MESSAGE)).toEqual(expected);
    expect(slack.received).toHaveLength(1);
  });
});

describe('what a webhook answers', () => {
  it.each([
    ['ok is delivered', 200, 'ok', { status: 'delivered' }],
    ['ok with a line break is delivered', 200, 'ok\n', { status: 'delivered' }],
    ['a webhook that was removed waits for a new one', 404, 'no_service', { status: 'blocked', failure: 'no_service' }],
    [
      'a payload that Slack cannot read is refused',
      400,
      'invalid_payload',
      { status: 'refused', failure: 'invalid_payload' },
    ],
    [
      'an archived channel is blocked until it is mended',
      410,
      'channel_is_archived',
      { status: 'blocked', failure: 'channel_is_archived' },
    ],
    ['an error of the server is deferred', 500, 'rollup_error', { status: 'deferred', failure: 'http_500' }],
    ['429 is deferred', 429, 'rate_limited', { status: 'deferred', failure: 'ratelimited' }],
    ['a page is deferred', 200, '<html>ok</html>', { status: 'deferred', failure: 'unreadable_answer' }],
    ['404 without a code is deferred', 404, 'Not Found', { status: 'deferred', failure: 'http_404' }],
    ['ok with 404 is not delivered', 404, 'ok', { status: 'deferred', failure: 'http_404' }],
  ])('%s', async (_sentence, code, text, expected) => {
    const slack = await slackThat(answering(code, text));
    expect(await postToWebhook(slack.webhookUrl, MESSAGE)).toEqual(expected);
    expect(slack.received).toMatchObject([
      { path: '/services/T0/B0/s3cr3tPath', body: { ...MESSAGE, unfurl_links: false, unfurl_media: false } },
    ]);
    expect(slack.received[0]?.headers).not.toHaveProperty('authorization');
  });

  it.each(['not a url', 'ftp://example.com/x', ''])('never comes from %o, which is refused', async (url) => {
    expect(await postToWebhook(url, MESSAGE)).toEqual({ status: 'refused', failure: 'invalid_webhook_url' });
  });
});

describe('the way to Slack', () => {
  const SHORT = 60;

  it.each<readonly [string, Respond]>([
    ['the server never answers', () => undefined],
    ['the answer stops half way', (_request, response) => void response.writeHead(200).write('{"ok":')],
  ])('is given up in time when %s', async (_what, respond) => {
    const slack = await slackThat(respond, SHORT);
    expect(await slack.post('C0OPS', MESSAGE)).toEqual({ status: 'deferred', failure: 'timeout' });
  });

  it.each<readonly [string, Respond]>([
    ['cuts the connection', (request) => request.socket.destroy()],
    ['cuts the answer', (request, response) => void response.writeHead(200).write('{', () => request.socket.destroy())],
    ['sends no HTTP', (request) => request.socket.end('\u0000garbage\r\n\r\n')],
    ['never stops talking', answering(200, ' '.repeat(2_000_000))],
  ])('is deferred when the server %s', async (_what, respond) => {
    const slack = await slackThat(respond);
    expect(await slack.post('C0OPS', MESSAGE)).toEqual({ status: 'deferred', failure: 'connection_failed' });
    expect(slack.received).toHaveLength(1);
  });

  it('is deferred when nobody listens', async () => {
    const slack = await slackThat(answering(200, DONE));
    server?.close();
    expect(await slack.post('C0OPS', MESSAGE)).toEqual({ status: 'deferred', failure: 'connection_failed' });
  });

  it('is one connection for calls one after the other', async () => {
    const sockets = new Set<Socket>();
    const slack = await slackThat((request, response) => {
      sockets.add(request.socket);
      response.end(DONE);
    });
    await slack.post('C0OPS', MESSAGE);
    await slack.post('C0OPS', MESSAGE);
    expect(sockets.size).toBe(1);
  });

  it('is taken again when the server had closed the idle connection', async () => {
    const used = new Set<Socket>();
    const slack = await slackThat((request, response) => {
      if (used.has(request.socket)) return request.socket.resetAndDestroy();
      used.add(request.socket);
      return response.end(DONE);
    });
    await slack.post('C0OPS', MESSAGE);
    expect(await slack.post('C0OPS', MESSAGE)).toEqual({ status: 'delivered', receipt: RECEIPT });
    expect(used.size).toBe(2);
  });
});

describe('the token and the webhook URL', () => {
  it('are in no failure, whatever the server makes of them', async () => {
    const codes = fc.constantFrom(200, 302, 400, 404, 429, 500);
    await fc.assert(
      fc.asyncProperty(fc.string(), codes, async (noise, code) => {
        const slack = await slackThat((request, response) => {
          const heard = `${request.headers.authorization ?? ''}${request.url ?? ''}`;
          response.writeHead(code).end(JSON.stringify({ ok: false, error: `${noise}${heard}` }));
        });
        const deliveries = [await slack.post('C0OPS', MESSAGE), await postToWebhook(slack.webhookUrl, MESSAGE)];
        server?.close();
        expect(JSON.stringify(deliveries)).not.toMatch(/xoxb|abcdefghij|s3cr3t/);
      }),
    );
  });

  it.each([TOKEN, `Bearer ${TOKEN}`, 's3cr3tPath', `no_${TOKEN}`])('are no code, even as %o', async (text) => {
    const slack = await slackThat(answering(200, error(text)));
    expect(await slack.post('C0OPS', MESSAGE)).toEqual({ status: 'deferred', failure: 'unreadable_answer' });
  });
});
