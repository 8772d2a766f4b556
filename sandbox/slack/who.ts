import { GROUPS, PEOPLE, TEAM, userObject } from './people.ts';
import { type Method, refuse } from './reply.ts';

/** What the sandbox's app may do, as the answers' header names it. */
const SCOPES = 'chat:write,commands,users:read,usergroups:read';

/** The methods that say who somebody is, the app itself among them. */
export const whoMethods: Readonly<Record<string, Method>> = {
  'users.info': ({ user }) => {
    const person = PEOPLE.find(({ id }) => id === user);
    return person === undefined ? refuse('user_not_found') : { ok: true, body: { user: userObject(person) } };
  },
  'usergroups.users.list': ({ usergroup }) => {
    const users = Object.entries(GROUPS).find(([id]) => id === usergroup)?.[1];
    return users === undefined ? refuse('no_such_subteam') : { ok: true, body: { users } };
  },
  // The app asks for no right to read channels.
  'conversations.info': () => refuse('missing_scope'),
  'auth.test': () => ({
    ok: true,
    body: {
      url: 'https://sandbox.slack.com/',
      team: 'Sandbox',
      team_id: TEAM,
      user: 'slackwater',
      user_id: 'U0SLACKWATER',
      bot_id: 'B0SANDBOX',
    },
    headers: { 'x-oauth-scopes': SCOPES },
  }),
};
