/** Somebody of the sandbox's workspace. */
export interface SlackPerson {
  readonly id: string;
  readonly name: string;
  /** What `users.info` says beside the name. */
  readonly is?: 'owner' | 'guest' | 'bot';
}

export const TEAM = 'T0SANDBOX';
export const APP = 'A0SANDBOX';

export const PEOPLE: readonly SlackPerson[] = [
  { id: 'U0ADA', name: 'Ada', is: 'owner' },
  { id: 'U0BOB', name: 'Bob' },
  { id: 'U0GUEST', name: 'Guest', is: 'guest' },
  { id: 'U0BOT', name: 'Robot', is: 'bot' },
];

/** User groups with their members. */
export const GROUPS: Readonly<Record<string, readonly string[]>> = { S0HARBOUR: ['U0ADA', 'U0BOB'] };

/** As `users.info` answers it. https://docs.slack.dev/reference/objects/user-object */
export const userObject = ({ id, name, is }: SlackPerson) => ({
  id,
  team_id: TEAM,
  name: name.toLowerCase(),
  real_name: name,
  deleted: false,
  is_admin: is === 'owner',
  is_owner: is === 'owner',
  is_bot: is === 'bot',
  is_restricted: is === 'guest',
  is_ultra_restricted: false,
});
