import { request } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createHarbour } from '../../sandbox/ecs/harbour.ts';
import { createSandboxEcs } from '../../sandbox/ecs/sandbox-ecs.ts';
import { createJournal } from '../../sandbox/journal.ts';
import { type Listening, serve } from '../../sandbox/loopback.ts';
import { startPage } from '../../sandbox/page/server.ts';
import { drawBlocks } from '../../sandbox/page/slack-message.ts';
import { drawPanes } from '../../sandbox/page/view.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import type { PostedMessage } from '../../sandbox/slack/workspace.ts';

const HOSTILE = '<script>alert(1)</script><img src=x onerror=alert(1)>';

const aMessage = (text: string, edits = 0): PostedMessage => ({
  channel: 'C1',
  ts: '1.000001',
  text,
  blocks: [{ type: 'section', text: { type: 'mrkdwn', text } }],
  isFromWebhook: false,
  earlier: Array.from({ length: edits }, () => ({ text: 'earlier', blocks: [] })),
  edits,
});

/** A sandbox that runs nothing and remembers what it was asked. */
function aSandbox(messages: readonly PostedMessage[] = []): { readonly sandbox: Sandbox; readonly asked: string[] } {
  const asked: string[] = [];
  const sandbox: Sandbox = {
    clock: { now: () => 0, advance: async () => undefined, leap: async () => undefined },
    ecs: createSandboxEcs(createHarbour(() => 0)),
    putEvent: async () => [],
    putEvents: async () => undefined,
    batchingWindow: 0,
    journal: createJournal(),
    logs: () => [],
    messages: () => messages,
    records: async () => [],
    functions: ['ecs-events'],
    invoke: async (name) => {
      asked.push(`invoke ${name}`);
      return { status: 'returned', payload: undefined };
    },
    kill: (name) => {
      asked.push(`kill ${name}`);
      return true;
    },
    slackFault: () => undefined,
    injectSlack: (fault) => void asked.push(`slack ${fault?.kind ?? 'well'}`),
    killAtRandom: () => undefined,
    limitSlack: () => undefined,
    injectDatabase: () => undefined,
    injectAws: () => undefined,
    settled: async () => undefined,
    deadLetters: async () => 0,
    usage: () => ({ functions: {}, database: {}, slack: {}, notifications: 0, queueRequests: 0 }),
    waitUntil: async () => undefined,
    places: [],
    [Symbol.asyncDispose]: async () => undefined,
  };
  return { sandbox, asked };
}

describe('what the page draws', () => {
  it('makes no HTML of what a message says', () => {
    const drawn = drawPanes(aSandbox([aMessage(HOSTILE)]).sandbox).messages;
    expect(drawn).not.toMatch(/<script|<img/i);
    expect(drawn).toContain('&lt;script&gt;');
  });

  it('makes no HTML of what the log says', () => {
    const { sandbox } = aSandbox();
    sandbox.journal.append({ kind: 'remark', text: HOSTILE });
    sandbox.journal.append({ kind: 'notification', subject: HOSTILE, message: HOSTILE });
    const { log, notifications } = drawPanes(sandbox);
    expect(`${log}${notifications}`).not.toMatch(/<script|<img/i);
  });

  it('links only to web pages', () => {
    const text = '<javascript:alert(1)|one> <https://example.com/|two>';
    const drawn = drawBlocks({ blocks: [{ type: 'section', text: { type: 'mrkdwn', text } }] });
    expect(drawn).toContain('href="https://example.com/"');
    expect(drawn).not.toContain('javascript:');
  });

  it('gives a date token as a time that the browser can put into its own zone', () => {
    const text = '<!date^1700000000^{date_short} {time}|2023-11-14 22:13 UTC>';
    const drawn = drawBlocks({ blocks: [{ type: 'section', text: { type: 'mrkdwn', text } }] });
    expect(drawn).toMatch(/<time dateTime="2023-11-14T22:13:20.000Z"[^>]*>2023-11-14 22:13 UTC<\/time>/i);
  });

  it('counts the edits', () => {
    expect(drawPanes(aSandbox([aMessage('x')]).sandbox).messages).not.toContain('edited');
    expect(drawPanes(aSandbox([aMessage('x', 1)]).sandbox).messages).toContain('edited once');
    expect(drawPanes(aSandbox([aMessage('x', 3)]).sandbox).messages).toContain('edited 3 times');
  });

  it('puts replies under their message, and says which the channel shows too', () => {
    const reply: PostedMessage = { ...aMessage('reply'), ts: '1.000003', thread_ts: '1.000001', broadcast: true };
    const drawn = drawPanes(aSandbox([aMessage('first'), { ...aMessage('second'), ts: '1.000002' }, reply]).sandbox);
    const order = [...drawn.messages.matchAll(/<article class="([a-z ]+)"/g)].map(([, name]) => name);
    expect(order).toEqual(['message', 'message', 'message reply']);
    expect(drawn.messages.indexOf('second')).toBeLessThan(drawn.messages.indexOf('first'));
    expect(drawn.messages).toContain('also sent to the channel');
  });

  it('shows whom an event concerned and why nothing came of it', () => {
    const { sandbox } = aSandbox();
    sandbox.journal.append({ kind: 'event', eventId: 'e', title: 'ECS Task State Change', rules: [] });
    expect(drawPanes(sandbox).log).toContain('no rule wants it');
  });
});

describe('the page server', () => {
  let page: Listening;
  let asked: string[];
  const told: string[] = [];

  beforeEach(async () => {
    const fake = aSandbox();
    asked = fake.asked;
    told.length = 0;
    const player = {
      tell: async (path: string) => void told.push(path),
      play: async ({ id }: { readonly id: string }) => void told.push(id),
    };
    page = await startPage({ sandbox: fake.sandbox, library: [], player, port: 0 });
  });
  afterEach(() => page[Symbol.asyncDispose]());

  const post = (path: string, headers: Record<string, string> = {}): Promise<number> =>
    new Promise((resolve, reject) => {
      const sent = request(`${page.url}${path}`, { method: 'POST', headers }, (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      });
      sent.on('error', reject).end();
    });

  it('serves a page whose files are its own', async () => {
    const response = await fetch(page.url);
    const html = await response.text();
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    const files = [...html.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(([, path]) => path);
    expect(files).toEqual(['/page.css', '/page.js']);
    for (const file of files) expect((await fetch(`${page.url}${file}`)).status).toBe(200);
    expect(html).not.toMatch(/(?:src|href)="https?:/);
  });

  it.each([
    ['/kill/ecs-events', 'kill ecs-events'],
    ['/slack/down', 'slack down'],
    ['/slack/up', 'slack well'],
    ['/reconcile', 'invoke reconcile'],
  ])('%s does: %s', async (path, action) => {
    expect(await post(path)).toBe(303);
    expect(asked).toEqual([action]);
  });

  it('plays events and scenarios', async () => {
    await post('/events/ecs/task-running');
    await post('/scenarios/opening');
    expect(told).toEqual(['ecs/task-running', 'opening']);
  });

  it.each([
    ['another site', { 'sec-fetch-site': 'cross-site' }],
    ['a foreign name for loopback', { host: 'evil.example' }],
  ])('refuses %s', async (_, headers) => {
    expect(await post('/slack/down', headers)).toBe(403);
    expect(asked).toEqual([]);
  });

  it('answers an unknown action with an error', async () => {
    expect(await post('/launch')).toBe(500);
  });

  it('says over the feed that something changed', async () => {
    const feed = await fetch(`${page.url}/live`);
    const reader = feed.body?.pipeThrough(new TextDecoderStream()).getReader();
    expect(await reader?.read()).toEqual({ done: false, value: 'data: hello\n\n' });
    await reader?.cancel();
  });
});

describe('a port that is taken', () => {
  it('is replaced by a free one', async () => {
    await using first = await serve(() => undefined);
    await using second = await serve(() => undefined, first.port);
    expect(second.port).not.toBe(first.port);
  });
});
