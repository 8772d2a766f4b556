import { type Instant, minutes } from '../../shared/domain/instant.ts';
import { AdapterError } from '../../shared/effects/adapter-error.ts';
import { parseSlackCredential } from '../../shared/effects/slack/slack-credential.ts';
import type { TimeLeft } from './time-left.ts';

/** A rotated token is picked up within this time. */
const FRESH_FOR = minutes(5);

/** The bot token behind the text that `fetch` reads. @throws AdapterError `credential-unreadable`, `credential-malformed` */
export function createBotToken(
  fetch: (left: TimeLeft) => Promise<string>,
  clock: () => Instant,
): (left: TimeLeft) => Promise<string> {
  let held: { readonly token: string; readonly freshUntil: Instant } | undefined;
  return async (left) => {
    if (held !== undefined && clock() < held.freshUntil) return held.token;
    const credential = parseSlackCredential(await fetch(left), 'the Slack credential');
    if (credential.kind !== 'bot-token') throw noToken();
    held = { token: credential.token, freshUntil: clock() + FRESH_FOR };
    return held.token;
  };
}

const noToken = (): AdapterError =>
  new AdapterError({
    code: 'credential-malformed',
    message: 'the Slack credential is a webhook, which can open no modal',
    retryable: false,
  });
