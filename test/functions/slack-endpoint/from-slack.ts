import { createHmac } from 'node:crypto';
import type { Instant } from '../../../shared/domain/instant.ts';

/** Noon, to the second, as Slack's timestamps are. */
export const NOON: Instant = Date.UTC(2026, 10, 23, 12);
export const SECRET = '8f742231b10e8888abcd99yyyzzz85a5';

export const TEAM = 'T0HARBOR';
export const APP = 'A0TIDES';

/** The fields of a slash command's form. */
export const aCommand = (overrides: Readonly<Record<string, string>> = {}): string =>
  String(
    new URLSearchParams({
      token: 'deprecated',
      team_id: TEAM,
      team_domain: 'harbor',
      channel_id: 'C0OPS',
      channel_name: 'ops',
      user_id: 'U0ADA',
      user_name: 'ada',
      command: '/ecsops',
      text: 'status checkout',
      api_app_id: APP,
      is_enterprise_install: 'false',
      response_url: 'https://hooks.slack.example/commands/1',
      trigger_id: '13345224609.738474920.8088930838d88f008e0',
      ...overrides,
    }),
  );

/** The form of an interaction. */
export const aForm = (payload: unknown): string => String(new URLSearchParams({ payload: JSON.stringify(payload) }));

const SENDER = {
  user: { id: 'U0ADA', username: 'ada', name: 'ada', team_id: TEAM },
  api_app_id: APP,
  token: 'deprecated',
  team: { id: TEAM, domain: 'harbor' },
  enterprise: null,
  is_enterprise_install: false,
  trigger_id: '12466734323.1395872398',
};

const BUTTON = { action_id: 'approve', block_id: 'plan', type: 'button', value: 'nonce-1', action_ts: '1548426417.84' };

export const aClick = (action: object = {}, overrides: object = {}): object => ({
  type: 'block_actions',
  ...SENDER,
  container: { type: 'message', message_ts: '1795435200.000100', channel_id: 'C0OPS', is_ephemeral: false },
  channel: { id: 'C0OPS', name: 'ops' },
  message: { ts: '1795435200.000100', text: '…' },
  response_url: 'https://hooks.slack.example/actions/1',
  actions: [{ ...BUTTON, ...action }],
  ...overrides,
});

export const aSubmission = (view: object = {}): object => ({
  type: 'view_submission',
  ...SENDER,
  view: {
    id: 'V0MODAL',
    type: 'modal',
    callback_id: 'modal:approve-some',
    private_metadata: 'nonce-1',
    state: {
      values: {
        services: {
          chosen: {
            type: 'multi_static_select',
            selected_options: [
              { text: {}, value: 'checkout' },
              { text: {}, value: 'billing' },
            ],
          },
        },
        reason: { reason: { type: 'plain_text_input', value: 'Größe 🚢' } },
        until: { until: { type: 'datepicker', selected_date: null } },
      },
    },
    ...view,
  },
});

export const aHomeOpened = (event: object = {}, overrides: object = {}): object => ({
  token: 'deprecated',
  team_id: TEAM,
  api_app_id: APP,
  type: 'event_callback',
  event_id: 'Ev0HOME1',
  event_time: 1_795_435_200,
  event: { type: 'app_home_opened', user: 'U0ADA', channel: 'D0ADA', tab: 'home', ...event },
  ...overrides,
});

/** Slack's signature of a body. */
export const signatureOf = (body: string | Buffer, at: Instant, secret: string): string =>
  `v0=${createHmac('sha256', secret)
    .update(`v0:${at / 1_000}:`)
    .update(body)
    .digest('hex')}`;

export interface Sent {
  readonly at?: Instant;
  readonly secret?: string;
  readonly isBase64?: boolean;
  /** In the place of, or beside, what Slack sends; `undefined` leaves a header out. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
  /** Arrives instead of what was signed. */
  readonly arrives?: string;
  readonly method?: string;
  readonly query?: string;
}

/** A request of Slack as a Function URL hands it over. */
export function fromSlack(body: string, sent: Sent = {}): object {
  const { at = NOON, secret = SECRET, isBase64 = false, headers = {}, arrives = body } = sent;
  const all = {
    'content-type': 'application/x-www-form-urlencoded',
    'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
    'x-slack-request-timestamp': String(at / 1_000),
    'x-slack-signature': signatureOf(body, at, secret),
    ...headers,
  };
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: '/',
    rawQueryString: sent.query ?? '',
    headers: Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)),
    requestContext: { http: { method: sent.method ?? 'POST', path: '/', protocol: 'HTTP/1.1', sourceIp: '192.0.2.1' } },
    body: isBase64 ? Buffer.from(arrives).toString('base64') : arrives,
    isBase64Encoded: isBase64,
  };
}
