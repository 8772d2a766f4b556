import type { Delivery, Receipt } from '../../domain/announcement.ts';
import { seconds } from '../../domain/instant.ts';
import type { SlackMessage } from '../../render/message.ts';
import { postJson } from '../http-post.ts';
import { readApiAnswer, readWebhookAnswer } from './slack-answer.ts';

export interface SlackClient {
  /** Posts to a channel, by its id or name. The receipt names the message for a later edit. */
  readonly post: (channel: string, message: SlackMessage) => Promise<Delivery>;
  /** Puts `message` in the place of the one that the receipt names. */
  readonly edit: (receipt: Receipt, message: SlackMessage) => Promise<Delivery>;
  /** Posts into the thread of the message that the receipt names; `broadcast` shows it in the channel too. */
  readonly reply: (
    receipt: Receipt,
    message: SlackMessage,
    options: { readonly broadcast: boolean },
  ) => Promise<Delivery>;
}

const SLACK_API_URL = 'https://slack.com/api/';
/** How long a call to Slack may take, in milliseconds. */
const SLACK_TIMEOUT = seconds(5);

/** Links in a message are ours, and a preview of the console shows a login page. */
const NO_UNFURLING = { unfurl_links: false, unfurl_media: false };

/**
 * The methods of the Web API that keep one true message and its thread. Never throws for what Slack or the network answers; throws
 * a TypeError at once when `apiUrl` is not an http(s) URL.
 */
export function createSlackClient(deps: {
  readonly token: string;
  readonly apiUrl?: string;
  readonly timeout?: number;
}): SlackClient {
  const { token, apiUrl = SLACK_API_URL, timeout = SLACK_TIMEOUT } = deps;
  const base = httpUrl(apiUrl.endsWith('/') ? apiUrl : `${apiUrl}/`);
  if (base === undefined) throw new TypeError('the URL of the Slack API is not an http(s) URL');

  const call = async (method: string, body: object): Promise<Delivery> => {
    const headers = { authorization: `Bearer ${token}` };
    return readApiAnswer(await postJson({ url: new URL(method, base), headers, body, timeout }));
  };

  return {
    post: (channel, message) => call('chat.postMessage', { channel, ...message, ...NO_UNFURLING }),
    edit: ({ channel, ts }, message) => call('chat.update', { channel, ts, ...message }),
    reply: ({ channel, ts }, message, { broadcast }) =>
      call('chat.postMessage', {
        channel,
        thread_ts: ts,
        ...(broadcast && { reply_broadcast: true }),
        ...message,
        ...NO_UNFURLING,
      }),
  };
}

/** Posts to an incoming webhook. It gives no receipt, so the message cannot be edited. */
export async function postToWebhook(
  url: string,
  message: SlackMessage,
  timeout: number = SLACK_TIMEOUT,
): Promise<Delivery> {
  const parsed = httpUrl(url);
  if (parsed === undefined) return { status: 'refused', failure: 'invalid_webhook_url' };
  return readWebhookAnswer(await postJson({ url: parsed, body: { ...message, ...NO_UNFURLING }, timeout }));
}

/** `undefined` rather than the error of `new URL`, which repeats its input. */
function httpUrl(text: string): URL | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url !== undefined && /^https?:$/.test(url.protocol) ? url : undefined;
}
