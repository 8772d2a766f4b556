/** An object with these properties and no other. */
const only = (properties: Readonly<Record<string, object>>, required: readonly string[] = []): object => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});

const text = (maxLength: number): object => ({ type: 'string', minLength: 1, maxLength });
const url = { type: 'string', pattern: '^https://', maxLength: 3_000 };
const boolean = { type: 'boolean' };

/**
 * What Slack takes, as far as an app of Slackwater has it: fields, lengths and forms of
 * https://docs.slack.dev/reference/app-manifest
 */
export const MANIFEST_SCHEMA: object = only(
  {
    _metadata: only({ major_version: { enum: [1, 2] }, minor_version: { type: 'integer' } }),
    display_information: only(
      {
        name: text(35),
        description: text(140),
        long_description: { type: 'string', minLength: 175, maxLength: 4_000 },
        background_color: { type: 'string', pattern: '^#([0-9a-fA-F]{3}){1,2}$' },
      },
      ['name'],
    ),
    features: only({
      app_home: only({
        home_tab_enabled: boolean,
        messages_tab_enabled: boolean,
        messages_tab_read_only_enabled: boolean,
      }),
      bot_user: only({ display_name: { type: 'string', pattern: '^[\\w. -]{1,80}$' }, always_online: boolean }, [
        'display_name',
      ]),
      slash_commands: {
        type: 'array',
        maxItems: 50,
        items: only(
          {
            command: { type: 'string', pattern: '^/', maxLength: 32 },
            url,
            description: text(2_000),
            usage_hint: text(1_000),
            should_escape: boolean,
          },
          ['command', 'description'],
        ),
      },
    }),
    oauth_config: only({
      scopes: only({ bot: { type: 'array', maxItems: 255, uniqueItems: true, items: { type: 'string' } } }),
    }),
    settings: only({
      event_subscriptions: only({
        request_url: url,
        bot_events: { type: 'array', maxItems: 100, items: { type: 'string' } },
      }),
      interactivity: only({ is_enabled: boolean, request_url: url }, ['is_enabled']),
      org_deploy_enabled: boolean,
      socket_mode_enabled: boolean,
      token_rotation_enabled: boolean,
    }),
  },
  ['display_information'],
);
