import { request } from 'node:http';
import type { ActionsBlock } from '@slack/types';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Chat } from '../../sandbox/chat/chat.ts';
import { createHarbour } from '../../sandbox/ecs/harbour.ts';
import { createSandboxEcs } from '../../sandbox/ecs/sandbox-ecs.ts';
import { createJournal } from '../../sandbox/journal.ts';
import { type Listening, serve } from '../../sandbox/loopback.ts';
import { createDesk } from '../../sandbox/page/desk.ts';
import { lookIn } from '../../sandbox/page/look.ts';
import { drawPanes, PANES, type Panes } from '../../sandbox/page/panes.ts';
import { startPage } from '../../sandbox/page/server.ts';
import { drawBlocks } from '../../sandbox/page/slack/blocks.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import type { OpenView, Screen } from '../../sandbox/slack/screens.ts';
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

const ADA = 'U0ADA';

/** A Slack in which one person sees something, and whatever anybody does is noted down. */
const aChat =
  (screen: Screen = { ephemerals: [], modals: [] }) =>
  (asked: string[]): Chat => {
    const note = async (what: string) => {
      asked.push(what);
      return { status: 200, body: '' };
    };
    return {
      screen: (person) => (person === ADA ? screen : { ephemerals: [], modals: [] }),
      click: (person, _, control, value = '') => note(`${person} clicks ${control} ${value}`.trim()),
      command: (person, text) => note(`${person} types ${text}`),
      submit: (person, { id }, answers) => note(`${person} submits ${id} ${JSON.stringify(answers)}`),
      openHome: (person) => note(`${person} looks home`),
      close: ({ id }) => void asked.push(`close ${id}`),
      knock: () => note('knock'),
    };
  };

const option = (value: string) => ({ value, text: { type: 'plain_text', text: `${value}!` } }) as const;

const MODAL: OpenView = {
  id: 'V1',
  type: 'modal',
  title: HOSTILE,
  callbackId: 'modal:mute',
  metadata: '',
  submit: 'Go',
  close: 'Cancel',
  blocks: [
    {
      type: 'input',
      label: { type: 'plain_text', text: 'Which' },
      element: { type: 'multi_static_select', action_id: 'which', options: [option('a'), option('b')] },
    },
    {
      type: 'input',
      label: { type: 'plain_text', text: 'Until' },
      element: { type: 'datetimepicker', action_id: 'until', initial_date_time: 1_795_000_000 },
    },
    {
      type: 'input',
      optional: true,
      label: { type: 'plain_text', text: 'Why' },
      element: { type: 'plain_text_input', action_id: 'why', max_length: 20 },
    },
  ],
};

/** A sandbox that runs nothing and remembers what it was asked. */
function aSandbox(
  messages: readonly PostedMessage[] = [],
  chat = aChat(),
): { readonly sandbox: Sandbox; readonly asked: string[] } {
  const asked: string[] = [];
  const sandbox: Sandbox = {
    clock: {
      now: () => 0,
      advance: async () => undefined,
      leap: async () => undefined,
      hold: () => void asked.push('hold'),
      release: () => void asked.push('release'),
      isHeld: () => false,
    },
    members: [],
    environment: {},
    survey: () => ({ services: [], standalone: [], vcpu: { used: 0, quota: 1 } }),
    ecs: createSandboxEcs(createHarbour(() => 0)),
    putEvent: async () => [],
    putEvents: async () => undefined,
    batchingWindow: 0,
    journal: createJournal(),
    logs: () => [],
    messages: () => messages,
    records: async () => [],
    configure: async (file) => void asked.push(`configure ${file}`),
    functions: ['ecs-events'],
    invoke: async (name) => {
      asked.push(`invoke ${name}`);
      return { status: 'returned', payload: undefined };
    },
    kill: (name) => {
      asked.push(`kill ${name}`);
      return true;
    },
    slack: chat(asked),
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

/** As the page shows it to Ada, or to somebody else. */
function panesOf(sandbox: Sandbox, viewer = ADA): Promise<Required<Panes>> {
  const desk = createDesk({
    sandbox,
    player: { tell: async () => undefined, play: async () => undefined },
    library: [],
    port: 0,
  });
  desk.become(viewer);
  // True: all of them are wanted.
  return drawPanes(desk, lookIn(new URLSearchParams())) as Promise<Required<Panes>>;
}

describe('what the page draws', () => {
  it('makes no HTML of what a message says', async () => {
    const drawn = (await panesOf(aSandbox([aMessage(HOSTILE)]).sandbox)).messages;
    expect(drawn).not.toMatch(/<script|<img/i);
    expect(drawn).toContain('&lt;script&gt;');
  });

  it('makes no HTML of what the log says', async () => {
    const { sandbox } = aSandbox();
    sandbox.journal.append({ kind: 'remark', text: HOSTILE });
    sandbox.journal.append({ kind: 'notification', subject: HOSTILE, message: HOSTILE });
    const { entries } = await panesOf(sandbox);
    expect(entries).toContain('&lt;script&gt;');
    expect(entries).not.toMatch(/<script|<img/i);
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

  it('counts the edits', async () => {
    expect((await panesOf(aSandbox([aMessage('x')]).sandbox)).messages).not.toContain('edited');
    expect((await panesOf(aSandbox([aMessage('x', 1)]).sandbox)).messages).toContain('edited once');
    expect((await panesOf(aSandbox([aMessage('x', 3)]).sandbox)).messages).toContain('edited 3 times');
  });

  it('puts replies under their message, and says which the channel shows too', async () => {
    const reply: PostedMessage = { ...aMessage('reply'), ts: '1.000003', thread_ts: '1.000001', broadcast: true };
    const drawn = await panesOf(
      aSandbox([aMessage('first'), { ...aMessage('second'), ts: '1.000002' }, reply]).sandbox,
    );
    const order = [...drawn.messages.matchAll(/<article [^>]*class="([a-z ]+)"/g)].map(([, name]) => name);
    expect(order).toEqual(['message', 'message', 'message reply']);
    expect(drawn.messages.indexOf('second')).toBeLessThan(drawn.messages.indexOf('first'));
    expect(drawn.messages).toContain('also sent to the channel');
  });

  it('shows whom an event concerned and why nothing came of it', async () => {
    const { sandbox } = aSandbox();
    sandbox.journal.append({ kind: 'event', eventId: 'e', title: 'ECS Task State Change', rules: [] });
    expect((await panesOf(sandbox)).entries).toContain('no rule wants it');
  });
});

describe('what the page draws of what people do', () => {
  const button = { type: 'button', action_id: 'act:go', text: { type: 'plain_text', text: HOSTILE } } as const;

  it('has a form for each button of a message, with what Slack asks first', async () => {
    const confirm = {
      title: { type: 'plain_text', text: 'Sure?' },
      text: { type: 'plain_text', text: 'It goes.' },
    } as const;
    const block: ActionsBlock = { type: 'actions', elements: [{ ...button, confirm }] };
    const drawn = (await panesOf(aSandbox([{ ...aMessage('x'), blocks: [block] }]).sandbox)).messages;
    expect(drawn).toMatch(/<form [^>]*action="\/chat\/click"[^>]*>/);
    expect(drawn).toContain('data-confirm="Sure?\n\nIt goes."');
    expect(drawn).toContain('name="control" value="act:go"');
    expect(drawn).not.toMatch(/<script|<img/i);
  });

  it('has a menu with a name for a choice, and a link for a link', async () => {
    const menu = {
      type: 'static_select' as const,
      action_id: 'act:for',
      placeholder: { type: 'plain_text' as const, text: 'How long' },
      options: [option('1h')],
    } satisfies ActionsBlock['elements'][number];
    const link = { ...button, url: 'https://example.com/' } as const;
    const wrong = { ...button, url: 'javascript:alert(1)' } as const;
    const block: ActionsBlock = { type: 'actions', elements: [menu, link, wrong] };
    const drawn = (await panesOf(aSandbox([{ ...aMessage('x'), blocks: [block] }]).sandbox)).messages;
    expect(drawn).toContain('aria-label="How long"');
    expect(drawn).toContain('<option value="1h">1h!</option>');
    expect(drawn).toContain('href="https://example.com/"');
    expect(drawn).not.toContain('javascript:');
  });

  it('shows an answer to the one whose it is', async () => {
    const { sandbox } = aSandbox([], aChat({ ephemerals: [{ channel: 'C1', text: HOSTILE, blocks: [] }], modals: [] }));
    expect((await panesOf(sandbox)).whispers).toContain('only Ada sees this');
    expect((await panesOf(sandbox)).whispers).not.toMatch(/<script|<img/i);
    expect((await panesOf(sandbox, 'U0BOB')).whispers).toBe('');
  });

  it('draws a modal as a dialog, whose fields have labels', async () => {
    const { modal } = await panesOf(aSandbox([], aChat({ ephemerals: [], modals: [MODAL] })).sandbox);
    expect(modal).toMatch(/^<dialog [^>]*aria-labelledby="modal-title"/);
    expect(modal).not.toMatch(/<script|<img/i);
    expect(modal).toContain('<legend>Which</legend>');
    expect(modal).toMatch(/<span>Until \(UTC\)<\/span><input [^>]*required=""[^>]*value="2026-11-18T11:06"/);
    expect(modal).toMatch(/<span>Why<\/span><input [^>]*type="text" maxLength="20" name="why"/);
  });
});

describe('the page server', () => {
  let page: Listening;
  let asked: string[];
  let sandbox: Sandbox;
  const told: string[] = [];

  beforeEach(async () => {
    const fake = aSandbox([aMessage('x')], aChat({ ephemerals: [], modals: [MODAL] }));
    ({ asked, sandbox } = fake);
    told.length = 0;
    const player = {
      tell: async (path: string) => void told.push(path),
      play: async ({ id }: { readonly id: string }) => void told.push(id),
    };
    page = await startPage({ sandbox, library: [], player, port: 0 });
  });
  afterEach(() => page[Symbol.asyncDispose]());

  const post = (path: string, headers: Record<string, string> = {}, form = ''): Promise<number> =>
    new Promise((resolve, reject) => {
      const sent = request(`${page.url}${path}`, { method: 'POST', headers }, (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      });
      sent.on('error', reject).end(form);
    });

  it('serves a page whose files are its own', async () => {
    const response = await fetch(page.url);
    const html = await response.text();
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    const files = [...html.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(([, path]) => path);
    expect(files).toEqual(expect.arrayContaining(['/base.css', '/theme.js', '/main.js', '/icon.svg']));
    for (const file of files) expect((await fetch(`${page.url}${file}`)).status).toBe(200);
    expect(html).not.toMatch(/(?:src|href)="https?:/);
    expect(html).not.toMatch(/ style="/);
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

  it.each([
    ['click', 'channel=C1&ts=1.000001&control=act:go', `${ADA} clicks act:go`],
    ['click', 'view=V1&control=act:for&value=1h', `${ADA} clicks act:for 1h`],
    ['command', 'text=status', `${ADA} types status`],
    ['home', '', `${ADA} looks home`],
    ['close', 'view=V1', 'close V1'],
    [
      'submit',
      'view=V1&which=a&which=b&until=2026-11-18T18:00&why=',
      `${ADA} submits V1 {"which":["a","b"],"until":["1795024800"],"why":[""]}`,
    ],
  ])('does in Slack what is asked by %s with %s', async (act, form, done) => {
    expect(await post(`/chat/${act}`, {}, form)).toBe(303);
    expect(asked).toEqual([done]);
  });

  it('is whom it is told to be', async () => {
    await post('/people/U0BOB');
    await post('/chat/command', {}, 'text=help');
    expect(asked).toEqual(['U0BOB types help']);
    expect(await post('/people/U0NOBODY')).toBe(400);
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

  it.each([
    ['an action that there is not', '/launch', '', 'the page has no action “launch”'],
    ['a name that every object has', '/constructor', '', 'the page has no action “constructor”'],
    ['a scenario that there is not', '/scenarios/none', '', 'there is no scenario “none”'],
    ['a speed that there is not', '/clock/warp', '', 'there is no speed “warp”, only held, real, fast'],
    ['a jump to an opening where no window opens', '/jump/opening', '', 'no window opens within sixty days'],
    ['a reset where nobody can start again', '/reset', '', 'this page cannot start its sandbox again'],
    ['an event that is no JSON', '/event', 'event={"source":', 'This is no JSON'],
  ])('says what is wrong with %s', async (_, path, form, words) => {
    const response = await fetch(`${page.url}${path}`, {
      method: 'POST',
      headers: { accept: 'application/json' },
      body: new URLSearchParams(form),
    });
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({ error: expect.stringContaining(words) });
    expect(asked).toEqual([]);
  });

  it('puts an event of one’s own on the bus, and says who took it', async () => {
    const event = JSON.stringify({ source: 'aws.ecs', 'detail-type': 'x', detail: {} });
    const response = await fetch(`${page.url}/event`, {
      method: 'POST',
      headers: { accept: 'application/json' },
      body: new URLSearchParams({ event }),
    });
    expect(await response.json()).toEqual({ said: 'It is on the bus, and no rule wants it.' });
  });

  it('holds and releases the clock', async () => {
    await post('/clock/held');
    await post('/clock/real');
    expect(asked).toEqual(['hold', 'release']);
  });

  it('sends only the panes that the browser does not show yet', async () => {
    const first = (await (await fetch(`${page.url}/panes`)).json()) as Record<string, { readonly stamp: string }>;
    const shown = Object.entries(first)
      .map(([id, { stamp }]) => `${id}=${stamp}`)
      .join('&');
    expect(Object.keys(first)).toEqual([...PANES]);
    const second = await (await fetch(`${page.url}/panes`, { headers: { 'x-shown': shown } })).json();
    expect(second).toEqual({});
    const third = await (await fetch(`${page.url}/panes?show=runs`, { headers: { 'x-shown': shown } })).json();
    expect(Object.keys(third as object)).toContain('filter');
  });

  it('tells everything of one line of the timeline, and says when it is forgotten', async () => {
    sandbox.journal.append({ kind: 'remark', text: HOSTILE });
    const response = await fetch(`${page.url}/entries/1`);
    expect(response.headers.get('content-type')).toContain('application/json');
    expect(await response.json()).toMatchObject({ kind: 'remark', text: HOSTILE });
    expect((await fetch(`${page.url}/entries/99`)).status).toBe(400);
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
