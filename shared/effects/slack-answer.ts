import type { Delivery, Receipt } from '../domain/announcement.ts';
import type { Answer } from './http-post.ts';

/**
 * Answers that stay the same however often the message is sent; somebody has to change the channel or us. Everything
 * else is tried again: a refused credential too, because a revoked or rotated token is put right in one place and then
 * every message that waited is told; codes nobody has seen yet included: a message that is due forever can be found, one
 * given up for a code that meant "later" is lost. Errors of https://docs.slack.dev/reference/methods/chat.postMessage,
 * https://docs.slack.dev/reference/methods/chat.update and
 * https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks
 */
const PERMANENT: ReadonlySet<string> = new Set([
  // The channel.
  'action_prohibited',
  'cannot_reply_to_message',
  'channel_is_archived',
  'channel_not_found',
  'is_archived',
  'is_inactive',
  'messages_tab_disabled',
  'not_in_channel',
  'posting_to_general_channel_denied',
  'restricted_action',
  'restricted_action_non_threadable_channel',
  'restricted_action_read_only_channel',
  'restricted_action_thread_only_channel',
  'user_is_restricted',
  'user_not_found',
  // The message.
  'block_mismatch',
  'invalid_arguments',
  'invalid_attachments',
  'invalid_blocks',
  'invalid_blocks_format',
  'invalid_payload',
  'msg_blocks_too_long',
  'msg_too_long',
  'no_text',
  'too_many_attachments',
  // The message to be edited.
  'cant_update_message',
  'edit_window_closed',
  'message_not_found',
]);

/** What a body says: that the message is there, or an error, or nothing that can be understood. */
type Said =
  | { readonly kind: 'done'; readonly receipt?: Receipt }
  | { readonly kind: 'error'; readonly code: string }
  | { readonly kind: 'unreadable' };

/** What a call of the Web API came to: JSON with `ok`, and `error` when it is not. */
export const readApiAnswer = (answer: Answer): Delivery => readAnswer(answer, apiBody);

/** What an incoming webhook came to: plain text, where only `ok` means that the message is there. */
export const readWebhookAnswer = (answer: Answer): Delivery => readAnswer(answer, webhookBody);

function readAnswer(answer: Answer, understand: (text: string) => Said): Delivery {
  if (answer.status === 'unanswered') return { status: 'deferred', failure: answer.failure };
  const { code, retryAfter } = answer;
  if (code === 429) return deferred('ratelimited', retryAfter);
  if (code >= 500) return deferred(`http_${code}`, retryAfter);
  if (code >= 300 && code < 400) return { status: 'refused', failure: 'redirected' };
  const said = understand(answer.text);
  if (said.kind === 'error') {
    return PERMANENT.has(said.code) ? { status: 'refused', failure: said.code } : deferred(said.code, retryAfter);
  }
  if (code >= 400) return deferred(`http_${code}`, retryAfter);
  if (said.kind === 'unreadable') return deferred('unreadable_answer', retryAfter);
  return { status: 'delivered', ...(said.receipt && { receipt: said.receipt }) };
}

const deferred = (failure: string, retryAfter: number | undefined): Delivery => ({
  status: 'deferred',
  failure,
  ...(retryAfter !== undefined && { retryAfter }),
});

function apiBody(text: string): Said {
  const body = parseObject(text);
  if (body?.['ok'] !== true) return errorBody(body?.['error']);
  const { channel, ts } = body;
  return { kind: 'done', ...(typeof channel === 'string' && typeof ts === 'string' && { receipt: { channel, ts } }) };
}

const webhookBody = (text: string): Said => (text.trim() === 'ok' ? { kind: 'done' } : errorBody(text.trim()));

/** Only what looks like one of Slack's codes is repeated: a proxy's page, or an echo of the token, is not. */
const errorBody = (code: unknown): Said =>
  typeof code === 'string' && /^[a-z]+(_[a-z]+)*$/.test(code) && code.length >= 3 && code.length <= 60
    ? { kind: 'error', code }
    : { kind: 'unreadable' };

function parseObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    // True for every object that JSON has.
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
