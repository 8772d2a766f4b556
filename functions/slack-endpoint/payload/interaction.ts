import * as v from 'valibot';
import { present } from '../../../shared/domain/present.ts';
import { lenient, shape, text } from '../../../shared/parse/schema.ts';
import { readAct } from './act.ts';
import { malformed, malformedBy, type PayloadRead } from './outcome.ts';

const named = shape({ id: text });

// https://docs.slack.dev/reference/interaction-payloads
const INTERACTION = shape({
  type: text,
  user: shape({ id: text, team_id: lenient(text) }),
  // `null` where the app is installed for a whole organisation.
  team: lenient(named),
  enterprise: lenient(named),
  channel: lenient(named),
  api_app_id: lenient(text),
  response_url: lenient(text),
  trigger_id: lenient(text),
});

/** The `payload` of an interaction's form: a click, a modal that was submitted, a shortcut. */
export function parseInteraction(payload: unknown): PayloadRead {
  const { success, issues, output } = v.safeParse(INTERACTION, payload, { abortEarly: true });
  if (!success) return malformedBy(issues);
  const read = readAct(output.type, payload);
  if (read.status !== 'read') return read;
  const { user, enterprise, channel } = output;
  const team = output.team?.id ?? user.team_id ?? enterprise?.id;
  if (team === undefined) return malformed('team.id', 'a text');
  return {
    status: 'asked',
    sender: {
      team,
      user: { id: user.id, ...present({ team: user.team_id }) },
      ...present({ enterprise: enterprise?.id, channel: channel?.id, responseUrl: output.response_url }),
    },
    act: read.act,
    isInModal: read.isInModal,
    ...present({ appId: output.api_app_id, triggerId: output.trigger_id }),
  };
}
