import { afterEach, describe, expect, it } from 'vitest';
import { type Announcement, untold } from '../../shared/domain/announcement.ts';
import type { Destination } from '../../shared/domain/destination.ts';
import { AdapterError } from '../../shared/effects/adapter-error.ts';
import { createAnnouncer } from '../../shared/effects/announce.ts';
import { createSlackAccess, type SlackAccess } from '../../shared/effects/slack/slack-access.ts';
import type { SlackCredential } from '../../shared/effects/slack/slack-credential.ts';
import { anIncident, SEEN_AT } from '../support/records.ts';
import { answering, type Loopback, startLoopback } from './loopback.ts';

const CHANNEL: Destination = { kind: 'slack-channel', channel: 'C0OPS' };
const WEBHOOK: Destination = { kind: 'slack-webhook' };
const TOPIC: Destination = { kind: 'sns-topic', topicArn: 'arn:aws:sns:eu-west-1:111122223333:alerts' };
const RECEIPT = { channel: 'C0OPS', ts: '1.2' };

const told = (receipt?: typeof RECEIPT): Announcement => ({
  status: 'told',
  destination: CHANNEL,
  revision: 1,
  said: 1,
  at: SEEN_AT,
  attempts: 0,
  notBefore: SEEN_AT,
  ...(receipt && { receipt }),
});

/** An announcer that notes what is sent instead of sending it. */
function announcing(slack: () => Promise<SlackAccess>) {
  const sent: unknown[] = [];
  const announce = createAnnouncer({
    slack,
    topic: {
      publish: async (topicArn, { subject }) => {
        sent.push(['publish', topicArn, subject]);
        return { status: 'delivered' };
      },
    },
    renderSlack: (record) => ({ text: `about ${record.id}`, blocks: [] }),
    renderReply: (_, news, { mentions = [] } = {}) => ({
      text: [...news.map(({ text }) => text), ...mentions.map((id) => `@${id}`)].join(),
      blocks: [],
    }),
    renderNotification: (record, { news = '', insteadOf = '' } = {}) => ({
      subject: ['about', record.id, news, insteadOf].join(' ').trim(),
      message: '',
      attributes: { severity: '', cause: '', cluster: '', service: '', kind: '', change: '' },
    }),
  });
  return { announce, sent };
}

const access = {
  bot: (sent: unknown[]): SlackAccess => ({
    kind: 'bot',
    post: async (channel, { text }) => {
      sent.push(['post', channel, text]);
      return { status: 'delivered', receipt: RECEIPT };
    },
    edit: async ({ ts }, { text }) => {
      sent.push(['edit', ts, text]);
      return { status: 'delivered' };
    },
    reply: async ({ ts }, { text }, { broadcast }) => {
      sent.push(['reply', ts, text, broadcast]);
      return { status: 'delivered' };
    },
  }),
  webhook: (sent: unknown[]): SlackAccess => ({
    kind: 'webhook',
    post: async ({ text }) => {
      sent.push(['webhook', text]);
      return { status: 'delivered' };
    },
  }),
  none: (): SlackAccess => ({ kind: 'none' }),
};

const about = 'about inc-4f0c2a9d1e';
const notMade: Readonly<Record<string, 'refused' | 'blocked'>> = {
  no_slack_credential: 'blocked',
  not_editable: 'refused',
};
const refused = (failure: string) => ({ status: notMade[failure], failure });

describe('announcing', () => {
  it.each([
    ['posts to a channel as the bot', 'bot', CHANNEL, 'post', [], ['post', 'C0OPS', about], 'delivered'],
    [
      'edits what the bot posted',
      'bot',
      CHANNEL,
      'edit',
      [untold(WEBHOOK, 0), told(RECEIPT)],
      ['edit', '1.2', about],
      'delivered',
    ],
    [
      'posts to a channel by webhook when that is all there is',
      'webhook',
      CHANNEL,
      'post',
      [],
      ['webhook', about],
      'delivered',
    ],
    ['posts by webhook', 'webhook', WEBHOOK, 'post', [], ['webhook', about], 'delivered'],
    [
      'publishes to a topic without any Slack',
      'none',
      TOPIC,
      'post',
      [],
      ['publish', TOPIC.topicArn, about],
      'delivered',
    ],
    ['refuses a channel without a credential', 'none', CHANNEL, 'post', [], undefined, 'no_slack_credential'],
    [
      'refuses an edit without a credential',
      'none',
      CHANNEL,
      'edit',
      [told(RECEIPT)],
      undefined,
      'no_slack_credential',
    ],
    ['refuses a webhook without a credential', 'none', WEBHOOK, 'post', [], undefined, 'no_slack_credential'],
    ['refuses a webhook when only a token is there', 'bot', WEBHOOK, 'post', [], undefined, 'no_slack_credential'],
    ['refuses to edit what has no receipt', 'bot', CHANNEL, 'edit', [told()], undefined, 'not_editable'],
    ['refuses to edit by webhook', 'webhook', CHANNEL, 'edit', [told(RECEIPT)], undefined, 'not_editable'],
  ] as const)('%s', async (_sentence, kind, destination, step, announcements, sending, outcome) => {
    const { announce, sent } = announcing(async () => access[kind](sent));
    const delivery = await announce(anIncident({ announcements }), destination, step);
    expect(sent).toEqual(sending === undefined ? [] : [sending]);
    expect(delivery).toMatchObject(outcome === 'delivered' ? { status: 'delivered' } : refused(outcome));
  });

  it('waits while the credential cannot be read, and says why', async () => {
    const unreadable = new AdapterError({ code: 'credential-unreadable', message: 'throttled', retryable: true });
    const { announce } = announcing(() => Promise.reject(unreadable));
    const expected = { status: 'deferred', failure: 'credential-unreadable' };
    expect(await announce(anIncident(), CHANNEL, 'post')).toEqual(expected);
    expect(await announce(anIncident(), WEBHOOK, 'post')).toEqual(expected);
  });

  it('is blocked by a credential that somebody has to mend', async () => {
    const denied = new AdapterError({ code: 'credential-unreadable', message: 'denied', retryable: false });
    const { announce } = announcing(() => Promise.reject(denied));
    expect(await announce(anIncident(), CHANNEL, 'post')).toEqual({
      status: 'blocked',
      failure: 'credential-unreadable',
    });
  });

  it.each([
    ['every line of the thread that was not heard yet', ['first', 'many-more', 'step'], 'many-more,step', false],
    ['an escalation, to the channel too', ['first', 'worse'], 'worse', true],
    ['what somebody has to decide, and calls those in charge', ['first', 'summons'], 'summons,@S0OPS', true],
    ['nothing of what the message itself says', ['first', 'planned', 'notable'], 'notable', true],
    ['news that it is over, in the thread', ['first', 'resolved'], 'resolved', false],
  ] as const)('replies with %s', async (_, reasons, text, broadcast) => {
    const { announce, sent } = announcing(async () => access.bot(sent));
    const timeline = reasons.map((reason, index) => ({ n: index + 1, reason, at: SEEN_AT, text: reason }));
    const addressed = { ...told(RECEIPT), mentions: ['S0OPS'] };
    await announce(anIncident({ timeline, announcements: [addressed] }), CHANNEL, 'reply');
    expect(sent).toEqual([['reply', '1.2', text, broadcast]]);
  });

  it('tells a topic what changed, and in whose place it is told', async () => {
    const { announce, sent } = announcing(async () => access.none());
    const timeline = (['first', 'worse'] as const).map((reason, index) => ({
      n: index + 1,
      reason,
      at: SEEN_AT,
      text: reason,
    }));
    const insteadOf: Announcement = {
      status: 'told',
      destination: TOPIC,
      revision: 1,
      said: 1,
      at: SEEN_AT,
      attempts: 0,
      notBefore: SEEN_AT,
      insteadOf: 'slack-channel:C0OPS: is_archived',
    };
    await announce(anIncident({ timeline, announcements: [insteadOf] }), TOPIC, 'post');
    expect(sent).toEqual([['publish', TOPIC.topicArn, `${about} worse slack-channel:C0OPS: is_archived`]]);
  });

  it('does not hide a bug as a failed delivery', async () => {
    const { announce } = announcing(() => Promise.reject(new TypeError('a bug')));
    await expect(announce(anIncident(), CHANNEL, 'post')).rejects.toThrow('a bug');
  });
});

describe('access to Slack', () => {
  let server: Loopback | undefined;
  afterEach(() => server?.close());

  it('follows the credential of the moment', async () => {
    server = await startLoopback(answering(200, '{"ok":true,"channel":"C0OPS","ts":"1.2"}'));
    const webhook: SlackCredential = { kind: 'webhook', url: `${server.url}hook` };
    const credentials: SlackCredential[] = [{ kind: 'bot-token', token: 'xoxb-1' }, webhook, { kind: 'none' }];
    const asked: number[] = [];
    const slack = createSlackAccess({
      credentials: {
        read: async (now) => {
          asked.push(now);
          return credentials.shift() ?? { kind: 'none' };
        },
      },
      clock: () => SEEN_AT,
      apiUrl: server.url,
    });
    const { announce } = announcing(slack);
    expect(await announce(anIncident(), CHANNEL, 'post')).toEqual({ status: 'delivered', receipt: RECEIPT });
    await announce(anIncident(), CHANNEL, 'post');
    expect(await announce(anIncident(), CHANNEL, 'post')).toEqual(refused('no_slack_credential'));
    expect(server.received.map(({ path }) => path)).toEqual(['/chat.postMessage', '/hook']);
    expect(asked).toEqual([SEEN_AT, SEEN_AT, SEEN_AT]);
  });
});
