import type { Delivery, Receipt } from '../../domain/announcement.ts';
import type { Answer } from '../http-post.ts';

/**
 * Answers that stay the same until somebody mends the channel or the credential. The message is tried again now and
 * then, because once it is mended everything that waited is told. Errors of
 * https://docs.slack.dev/reference/methods/chat.postMessage and
 * https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks
 */
const BLOCKED: ReadonlySet<string> = new Set([
  // The channel.
  'action_prohibited',
  'channel_is_archived',
  'channel_not_found',
  'is_archived',
  'is_inactive',
  'messages_tab_disabled',
  'no_active_hooks',
  'no_service',
  'no_team',
  'not_in_channel',
  'posting_to_general_channel_denied',
  'restricted_action',
  'restricted_action_non_threadable_channel',
  'restricted_action_read_only_channel',
  'restricted_action_thread_only_channel',
  'team_disabled',
  'user_is_restricted',
  'user_not_found',
  // The credential.
  'access_denied',
  'account_inactive',
  'ekm_access_denied',
  'enterprise_is_restricted',
  'invalid_auth',
  'invalid_token',
  'missing_scope',
  'no_permission',
  'not_allowed_token_type',
  'not_authed',
  'org_login_required',
  'team_access_not_granted',
  'token_expired',
  'token_revoked',
  'two_factor_setup_required',
]);

/** Answers to this very message: it will never be taken. Everything in neither list is tried again. */
const REFUSED: ReadonlySet<string> = new Set([
  'block_mismatch',
  'cannot_reply_to_message',
  'invalid_arguments',
  'invalid_attachments',
  'invalid_blocks',
  'invalid_blocks_format',
  'invalid_payload',
  'msg_blocks_too_long',
  'msg_too_long',
  'no_text',
  'too_many_attachments',
  // The message to be edited. https://docs.slack.dev/reference/methods/chat.update
  'cant_update_message',
  'edit_window_closed',
  'message_not_found',
  'thread_not_found',
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
    return answerToError(said.code, retryAfter);
  }
  if (code >= 400) return deferred(`http_${code}`, retryAfter);
  if (said.kind === 'unreadable') return deferred('unreadable_answer', retryAfter);
  return { status: 'delivered', ...(said.receipt && { receipt: said.receipt }) };
}

function answerToError(failure: string, retryAfter: number | undefined): Delivery {
  if (BLOCKED.has(failure)) return { status: 'blocked', failure };
  return REFUSED.has(failure) ? { status: 'refused', failure } : deferred(failure, retryAfter);
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
