import { parseJson } from '../../../shared/parse/json.ts';
import { parseCommand } from './command.ts';
import { parseEvent } from './event.ts';
import { parseInteraction } from './interaction.ts';
import { malformed, type PayloadRead } from './outcome.ts';

/**
 * Reads the body of a genuine request. Slack sends events as JSON and everything else as a form, and a form never begins
 * with a brace. Never throws.
 */
export function parsePayload(body: string): PayloadRead {
  if (body.startsWith('{')) return parseEvent(parseJson(body));
  const form = new URLSearchParams(body);
  const payload = form.get('payload');
  if (payload !== null) return parseInteraction(parseJson(payload));
  if (form.has('command')) return parseCommand(Object.fromEntries(form));
  return malformed('body', 'a command, an interaction or an event');
}

/**
 * Now and then Slack tries the certificate of a command's URL, by GET or POST and not always signed. The answer is an
 * empty 200, which tells nobody anything. https://docs.slack.dev/interactivity/implementing-slash-commands
 */
export const isCertificateCheck = (form: string): boolean => /(?:^|&)ssl_check=1(?:&|$)/.test(form);
