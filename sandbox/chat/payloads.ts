import type { Fields } from '../json-object.ts';
import { APP, type SlackPerson, TEAM } from '../slack/people.ts';
import type { OpenView } from '../slack/screens.ts';
import type { PostedMessage } from '../slack/workspace.ts';
import { answered, type Control } from './control.ts';

/** What every request of a person says. */
export interface Doing {
  readonly person: SlackPerson;
  readonly triggerId: string;
}

/** The form of a request: `payload` with JSON, or the fields of a command. https://docs.slack.dev/reference/interaction-payloads */
export const interaction = (payload: Fields): string =>
  new URLSearchParams({ payload: JSON.stringify(payload) }).toString();

const common = ({ person: { id, name }, triggerId }: Doing): Fields => ({
  user: { id, username: name.toLowerCase(), name: name.toLowerCase(), team_id: TEAM },
  api_app_id: APP,
  team: { id: TEAM, domain: 'sandbox' },
  enterprise: null,
  is_enterprise_install: false,
  trigger_id: triggerId,
});

/** https://docs.slack.dev/reference/interaction-payloads/block_actions-payload */
export const clickInMessage = (
  doing: Doing & { readonly responseUrl: string },
  { channel, ts, text, blocks }: PostedMessage,
  action: Fields,
): Fields => ({
  type: 'block_actions',
  ...common(doing),
  container: { type: 'message', message_ts: ts, channel_id: channel, is_ephemeral: false },
  channel: { id: channel, name: 'sandbox' },
  message: { type: 'message', ts, text, blocks },
  state: { values: {} },
  response_url: doing.responseUrl,
  actions: [action],
});

export const clickInView = (doing: Doing, { id, type }: OpenView, action: Fields): Fields => ({
  type: 'block_actions',
  ...common(doing),
  container: { type: 'view', view_id: id },
  view: { id, type, team_id: TEAM, state: { values: {} } },
  actions: [action],
});

export const actionOf = (control: Control, values: readonly string[], at: number): Fields => ({
  action_id: control.actionId,
  block_id: control.blockId,
  action_ts: (at / 1_000).toFixed(6),
  ...answered(control, values),
});

/** https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload */
export const submission = (doing: Doing, view: OpenView, answers: ReadonlyMap<Control, readonly string[]>): Fields => {
  const values: Record<string, Record<string, Fields>> = {};
  for (const [control, given] of answers) {
    values[control.blockId] = { ...values[control.blockId], [control.actionId]: answered(control, given) };
  }
  return {
    type: 'view_submission',
    ...common(doing),
    view: {
      id: view.id,
      type: 'modal',
      callback_id: view.callbackId,
      private_metadata: view.metadata,
      state: { values },
    },
    response_urls: [],
  };
};

/** https://docs.slack.dev/interactivity/implementing-slash-commands */
export const commandForm = (
  { person, triggerId, responseUrl }: Doing & { readonly responseUrl: string },
  { command, text, channel }: { readonly command: string; readonly text: string; readonly channel: string },
): string =>
  new URLSearchParams({
    team_id: TEAM,
    team_domain: 'sandbox',
    channel_id: channel,
    channel_name: 'sandbox',
    user_id: person.id,
    user_name: person.name.toLowerCase(),
    command,
    text,
    api_app_id: APP,
    is_enterprise_install: 'false',
    response_url: responseUrl,
    trigger_id: triggerId,
  }).toString();

/** https://docs.slack.dev/reference/events/app_home_opened */
export const homeOpened = (person: SlackPerson, eventId: string, at: number): string =>
  JSON.stringify({
    type: 'event_callback',
    team_id: TEAM,
    api_app_id: APP,
    event_id: eventId,
    event_time: Math.floor(at / 1_000),
    is_ext_shared_channel: false,
    event: { type: 'app_home_opened', user: person.id, tab: 'home', channel: 'D0SANDBOX' },
  });
