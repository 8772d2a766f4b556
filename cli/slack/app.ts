/** What the Slack app of an installation is called and may do. */
export interface SlackApp {
  readonly name: string;
  /** The slash command, with its slash. */
  readonly command: string;
  /** Where Slack sends clicks, commands and events; absent: the app only tells. */
  readonly url?: string;
  /** Rights are given to user groups, so their members have to be asked for. */
  readonly usesGroups: boolean;
  /** Posts to public channels that the app was not invited to. */
  readonly postsAnywhere: boolean;
}

/** What each scope is for. https://docs.slack.dev/reference/scopes */
export const SCOPES = {
  'chat:write': 'posts and edits messages in channels that the app is in',
  'chat:write.public': 'posts to public channels that the app is not in',
  commands: 'has a slash command',
  'users:read': 'refuses guests, bots and people of other workspaces',
  'usergroups:read': 'knows who is in the user groups that rights are given to',
} as const;

export type Scope = keyof typeof SCOPES;

type AppUse = Pick<SlackApp, 'usesGroups' | 'postsAnywhere'> & { readonly hasEndpoint: boolean };

/** The scopes that are needed, and no other. */
export const scopesFor = ({ hasEndpoint, usesGroups, postsAnywhere }: AppUse): readonly Scope[] => [
  'chat:write',
  ...(postsAnywhere ? (['chat:write.public'] as const) : []),
  ...(hasEndpoint ? (['commands', 'users:read'] as const) : []),
  ...(usesGroups ? (['usergroups:read'] as const) : []),
];

/**
 * The manifest of the app, as Slack reads it in JSON or YAML. Without a URL there is nothing to click, to type or to open.
 * https://docs.slack.dev/reference/app-manifest
 */
export const manifestOf = (app: SlackApp): object => ({
  display_information: {
    name: app.name,
    description: 'Says why Amazon ECS tasks stop and deployments fail.',
    background_color: '#1b3a4b',
  },
  features: {
    // Nobody talks to it: the tab of messages would only take what nothing reads.
    ...(app.url && { app_home: { home_tab_enabled: true, messages_tab_enabled: false } }),
    bot_user: { display_name: app.name, always_online: true },
    ...(app.url && { slash_commands: [commandOf(app.command, app.url)] }),
  },
  oauth_config: { scopes: { bot: scopesFor({ ...app, hasEndpoint: app.url !== undefined }) } },
  settings: {
    ...(app.url && {
      event_subscriptions: { request_url: app.url, bot_events: ['app_home_opened'] },
      interactivity: { is_enabled: true, request_url: app.url },
    }),
    org_deploy_enabled: false,
    socket_mode_enabled: false,
    token_rotation_enabled: false,
  },
});

const commandOf = (command: string, url: string): object => ({
  command,
  url,
  description: 'Incidents, plans and windows of Amazon ECS',
  usage_hint: 'help',
  should_escape: false,
});
