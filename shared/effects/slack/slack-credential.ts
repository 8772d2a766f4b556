import { AdapterError } from '../adapter-error.ts';

/** What Slack is told with. A bot token can edit and reach every channel it is in; a webhook can do neither. */
export type SlackCredential =
  | { readonly kind: 'bot-token'; readonly token: string }
  | { readonly kind: 'webhook'; readonly url: string }
  | { readonly kind: 'none' };

/**
 * Reads `xoxb-…`, a webhook URL (https, or http on loopback), or JSON with either as `token` or `webhook`.
 * @throws AdapterError `credential-malformed`, which names `source` and never repeats the value
 */
export function parseSlackCredential(value: string, source: string): SlackCredential {
  const credential = plainCredential(value.trim()) ?? plainCredential(fieldOf(value));
  if (credential !== undefined) return credential;
  throw new AdapterError({
    code: 'credential-malformed',
    message: `${source} holds neither a bot token (xoxb-…) nor a webhook URL (https://…), plain or as JSON {"token"} or {"webhook"}`,
    retryable: false,
  });
}

function plainCredential(text: string): SlackCredential | undefined {
  if (/^xoxb-[\w-]+$/.test(text)) return { kind: 'bot-token', token: text };
  return isWebhookUrl(text) ? { kind: 'webhook', url: text } : undefined;
}

function isWebhookUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return protocol === 'https:' || (protocol === 'http:' && /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname));
}

/** The error of JSON.parse repeats its input, so it must not get out of here. */
function fieldOf(json: string): string {
  try {
    const value: unknown = JSON.parse(json);
    if (typeof value !== 'object' || value === null) return '';
    if ('token' in value && typeof value.token === 'string') return value.token.trim();
    return 'webhook' in value && typeof value.webhook === 'string' ? value.webhook.trim() : '';
  } catch {
    return '';
  }
}
