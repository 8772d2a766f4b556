import * as v from 'valibot';
import { present } from '../../../shared/domain/present.ts';
import { lenient, shape, text } from '../../../shared/parse/schema.ts';
import { malformedBy, type PayloadRead } from './outcome.ts';

// https://docs.slack.dev/interactivity/implementing-slash-commands
const COMMAND = shape({
  command: text,
  text: v.optional(v.string(), ''),
  team_id: text,
  enterprise_id: lenient(text),
  user_id: text,
  channel_id: text,
  api_app_id: lenient(text),
  response_url: lenient(text),
  trigger_id: lenient(text),
});

/** The fields of a slash command's form. */
export function parseCommand(fields: unknown): PayloadRead {
  const { success, issues, output } = v.safeParse(COMMAND, fields, { abortEarly: true });
  if (!success) return malformedBy(issues);
  return {
    status: 'asked',
    sender: {
      team: output.team_id,
      user: { id: output.user_id },
      channel: output.channel_id,
      ...present({ enterprise: output.enterprise_id, responseUrl: output.response_url }),
    },
    act: { kind: 'command', command: output.command, text: output.text.trim() },
    isInModal: false,
    ...present({ appId: output.api_app_id, triggerId: output.trigger_id }),
  };
}
