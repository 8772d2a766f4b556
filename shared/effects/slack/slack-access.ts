import type { Delivery } from '../../domain/announcement.ts';
import type { Instant } from '../../domain/instant.ts';
import type { SlackMessage } from '../../render/message.ts';
import type { CredentialReader } from './credential.ts';
import { createSlackClient, postToWebhook, type SlackClient } from './slack-client.ts';
import type { SlackCredential } from './slack-credential.ts';

/** What the credential of the moment lets us do in Slack. */
export type SlackAccess =
  | ({ readonly kind: 'bot' } & SlackClient)
  | { readonly kind: 'webhook'; readonly post: (message: SlackMessage) => Promise<Delivery> }
  | { readonly kind: 'none' };

/** Asks for the credential anew each time, so that a rotated token is used as soon as the reader knows it. */
export function createSlackAccess(deps: {
  readonly credentials: CredentialReader;
  readonly clock: () => Instant;
  readonly apiUrl?: string;
  readonly timeout?: number;
}): () => Promise<SlackAccess> {
  const { credentials, clock, ...options } = deps;
  return async () => accessBy(await credentials.read(clock()), options);
}

function accessBy(
  credential: SlackCredential,
  options: { readonly apiUrl?: string; readonly timeout?: number },
): SlackAccess {
  switch (credential.kind) {
    case 'bot-token':
      return { kind: 'bot', ...createSlackClient({ token: credential.token, ...options }) };
    case 'webhook':
      return { kind: 'webhook', post: (message) => postToWebhook(credential.url, message, options.timeout) };
    case 'none':
      return { kind: 'none' };
  }
}
