import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { seconds } from '../../../shared/domain/instant.ts';
import { AdapterError } from '../../../shared/effects/adapter-error.ts';
import { createSlackAnswers } from '../../../shared/effects/slack/slack-answers.ts';
import { createSlackMethods } from '../../../shared/effects/slack/slack-methods.ts';

const closings: (() => void)[] = [];
afterEach(() => {
  for (const close of closings.splice(0)) close();
});

type Reply = readonly [code: number, body: string, headers?: Readonly<Record<string, string>>];

const OK: Reply = [200, '{"ok":true}'];
const BUSY: Reply = [429, '', { 'retry-after': '3' }];

/** A Slack on loopback that gives these replies in turn, the last one for ever, and a clock that only pauses move. */
async function aSlack(...replies: readonly Reply[]) {
  const received: { readonly path: string; readonly type: string; readonly text: string }[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { url = '', headers } = request;
      received.push({ path: url, type: headers['content-type'] ?? '', text: Buffer.concat(chunks).toString() });
      const [code, body, extra] = replies[Math.min(received.length, replies.length) - 1] ?? OK;
      response.writeHead(code, extra).end(body);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closings.push(() => {
    server.closeAllConnections();
    server.close();
  });
  // True because the server listens on a port.
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`;
  let now = 0;
  const pauses: number[] = [];
  const patience = {
    clock: () => now,
    pause: async (milliseconds: number) => {
      pauses.push(milliseconds);
      now += milliseconds;
    },
  };
  const methods = createSlackMethods({ ...patience, token: async () => 'xoxb-1', apiUrl: url });
  return { received, pauses, url, patience, methods, answers: createSlackAnswers({ ...patience, methods }) };
}

describe('a method of the Web API', () => {
  it('that reads gets a form, and one that writes gets JSON', async () => {
    const { methods, received } = await aSlack();
    await methods.read('users.info', { user: 'U0ADA' });
    await methods.write('views.update', { view_id: 'V1' });
    expect(received).toMatchObject([
      { path: '/api/users.info', type: 'application/x-www-form-urlencoded', text: 'user=U0ADA' },
      { path: '/api/views.update', type: 'application/json; charset=utf-8', text: '{"view_id":"V1"}' },
    ]);
  });

  it('is tried again when Slack says when', async () => {
    const { methods, pauses, received } = await aSlack(BUSY, OK);
    expect(await methods.write('views.update', {})).toMatchObject({ status: 'ok' });
    expect(pauses).toEqual([seconds(3)]);
    expect(received).toHaveLength(2);
  });

  it('is given up when that would take longer than somebody waits', async () => {
    const { methods, pauses } = await aSlack(BUSY);
    expect(await methods.write('views.update', {})).toEqual({ status: 'failed', name: 'ratelimited' });
    expect(pauses).toEqual([seconds(3), seconds(3), seconds(3)]);
  });

  it.each([
    ["Slack's own word", [200, '{"ok":false,"error":"not_found"}'], 'not_found'],
    ['the status of what is no answer of Slack', [502, '<html>xoxb-1</html>'], 'http_502'],
    ['the status where the word looks like none', [200, '{"ok":false,"error":"xoxb-1 is wrong"}'], 'http_200'],
  ] as const)('fails with %s', async (_, reply, name) => {
    const { methods } = await aSlack(reply);
    expect(await methods.write('views.update', {})).toEqual({ status: 'failed', name });
  });

  it.each([
    ['there is none', async () => undefined],
    [
      'it cannot be read',
      async () => {
        throw new AdapterError({ code: 'credential-unreadable', message: 'denied', retryable: false });
      },
    ],
  ])('is not called without a token: %s', async (_, token) => {
    const { patience, url, received } = await aSlack();
    const methods = createSlackMethods({ ...patience, token, apiUrl: url });
    expect(await methods.read('users.info', {})).toEqual({ status: 'failed', name: 'no_bot_token' });
    expect(received).toEqual([]);
  });
});

describe('an answer', () => {
  it('at a response URL is for one person and replaces nothing', async () => {
    const { answers, received, url } = await aSlack([200, 'ok']);
    expect(await answers.respond(`${url}/response`, { text: 'Done.' })).toMatchObject({ status: 'ok' });
    expect(JSON.parse(received[0]?.text ?? '')).toEqual({
      response_type: 'ephemeral',
      replace_original: false,
      text: 'Done.',
    });
  });

  it.each(['', 'file:///etc/passwd', 'nowhere'])('goes nowhere for the URL "%s"', async (url) => {
    const { answers } = await aSlack();
    expect(await answers.respond(url, { text: 'Done.' })).toEqual({ status: 'failed', name: 'invalid_response_url' });
  });

  it('that Slack does not take any more fails by its status', async () => {
    const { answers, url } = await aSlack([404, 'used_url']);
    expect(await answers.respond(url, { text: 'Done.' })).toEqual({ status: 'failed', name: 'http_404' });
  });

  it('uses the method for its place', async () => {
    const { answers, received } = await aSlack();
    await answers.whisper({ channel: 'C0OPS', user: 'U0ADA' }, { text: 'Done.' });
    await answers.replaceModal('V1', { type: 'modal', title: { type: 'plain_text', text: 'T' }, blocks: [] });
    await answers.publishHome('U0ADA', { type: 'home', blocks: [] });
    expect(received.map(({ path }) => path)).toEqual([
      '/api/chat.postEphemeral',
      '/api/views.update',
      '/api/views.publish',
    ]);
  });
});
