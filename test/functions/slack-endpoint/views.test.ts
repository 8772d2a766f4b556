import { afterEach, describe, expect, it } from 'vitest';
import { createBotToken } from '../../../functions/slack-endpoint/bot-token.ts';
import { readingView } from '../../../functions/slack-endpoint/modal.ts';
import { createViews } from '../../../functions/slack-endpoint/views.ts';
import { type Instant, minutes } from '../../../shared/domain/instant.ts';
import { answering, type Loopback, type Respond, startLoopback } from '../../effects/loopback.ts';
import { NOON } from './from-slack.ts';

const left = (): number => 500;
const VIEW = readingView({ callbackId: 'modal:run-now', metadata: 'nonce-1' });

let slack: Loopback | undefined;
afterEach(() => slack?.close());

const viewsOn = async (respond: Respond) => {
  slack = await startLoopback(respond);
  return createViews({ token: async () => 'xoxb-test', apiUrl: `${slack.url}api/` });
};

describe('a modal', () => {
  it.each([
    [false, '/api/views.open'],
    [true, '/api/views.push'],
  ])('is opened, on top of another: %s', async (isOnTop, path) => {
    const views = await viewsOn(answering(200, '{"ok":true,"view":{"id":"V0NEW","type":"modal"}}'));
    const shown = await views.open({ triggerId: '1.2.3', view: VIEW, isOnTop }, left);
    expect(shown).toEqual({ status: 'shown', viewId: 'V0NEW' });
    expect(slack?.received).toMatchObject([
      { path, headers: { authorization: 'Bearer xoxb-test' }, body: { trigger_id: '1.2.3', view: VIEW } },
    ]);
  });

  it('is replaced', async () => {
    const views = await viewsOn(answering(200, '{"ok":true,"view":{"id":"V0NEW"}}'));
    await views.replace('V0NEW', VIEW, left);
    expect(slack?.received).toMatchObject([{ path: '/api/views.update', body: { view_id: 'V0NEW', view: VIEW } }]);
  });

  it.each([
    ['Slack refuses', answering(200, '{"ok":false,"error":"expired_trigger_id"}'), 'expired_trigger_id'],
    ['Slack refuses in odd words', answering(200, '{"ok":false,"error":"<&>"}'), 'http_200'],
    ['Slack is down', answering(503, 'upstream'), 'http_503'],
    ['Slack hangs up', (request) => request.socket.destroy(), 'connection_failed'],
  ] satisfies readonly (readonly [string, Respond, string])[])('does not show when %s', async (_, respond, name) => {
    const views = await viewsOn(respond);
    const shown = await views.open({ triggerId: '1.2.3', view: VIEW, isOnTop: false }, left);
    expect(shown).toEqual({ status: 'failed', name });
  });
});

describe('the bot token', () => {
  it('is read again after five minutes', async () => {
    let now: Instant = NOON;
    let reads = 0;
    const token = createBotToken(
      async () => {
        reads += 1;
        return `xoxb-${reads}`;
      },
      () => now,
    );
    expect([await token(left), await token(left)]).toEqual(['xoxb-1', 'xoxb-1']);
    now += minutes(5);
    expect(await token(left)).toBe('xoxb-2');
  });

  it('is not a webhook, which is not repeated in the error', async () => {
    const token = createBotToken(
      async () => 'https://hooks.slack.example/services/T0/B0/secret',
      () => NOON,
    );
    await expect(token(left)).rejects.toMatchObject({
      code: 'credential-malformed',
      message: 'the Slack credential is a webhook, which can open no modal',
    });
  });
});
