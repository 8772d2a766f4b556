import type { Person } from '../../domain/chat/rights.ts';
import { type Instant, minutes } from '../../domain/instant.ts';
import type { SlackMethods } from './slack-methods.ts';

/** Somebody as a request names them. */
export interface Sought {
  readonly id: string;
  /** Where they are at home, if the request says so. */
  readonly home?: string;
  /** The workspace in which they did something, and its organisation. */
  readonly team: string;
  readonly enterprise?: string;
}

/** `because` is a sentence for the person. */
export type FoundPerson =
  | { readonly status: 'known'; readonly person: Person }
  | { readonly status: 'unknown'; readonly because: string };

export interface SlackPeople {
  /** Who it is, and which of `groups` they are in. */
  readonly find: (sought: Sought, groups: readonly string[]) => Promise<FoundPerson>;
}

/** Who leaves a group has its rights for so long at the most. Failures are not remembered. */
const FRESH = minutes(5);

/**
 * Asks Slack who somebody is. What cannot be found out is unknown, which gives nobody a right. Needs the scopes
 * `users:read` and, where groups are asked for, `usergroups:read`.
 * https://docs.slack.dev/reference/methods/users.info
 * https://docs.slack.dev/reference/methods/usergroups.users.list
 */
export function createSlackPeople(deps: {
  readonly methods: SlackMethods;
  readonly clock: () => Instant;
}): SlackPeople {
  const { methods, clock } = deps;
  const remember = memory(clock);

  const profile = (id: string): Promise<Profile | string> =>
    remember(`user ${id}`, async () => {
      const reply = await methods.read('users.info', { user: id });
      return reply.status === 'ok' ? (profileIn(reply.body['user'], id) ?? 'unreadable_answer') : reply.name;
    });

  const members = (group: string, { team, enterprise }: Sought): Promise<readonly string[] | string> =>
    remember(`group ${group}`, async () => {
      const where = enterprise === undefined ? undefined : { team_id: team };
      const reply = await methods.read('usergroups.users.list', { usergroup: group, ...where });
      if (reply.status === 'failed') return reply.name;
      const { users } = reply.body;
      return Array.isArray(users) ? users.filter((one) => typeof one === 'string') : 'unreadable_answer';
    });

  return {
    find: async (sought, groups) => {
      const [found, ...lists] = await Promise.all([
        profile(sought.id),
        ...groups.map((group) => members(group, sought)),
      ]);
      if (typeof found === 'string')
        return { status: 'unknown', because: `Slack did not say who you are (${found}): try again in a minute.` };
      if (found.isDeactivated) return { status: 'unknown', because: 'Your account is deactivated.' };
      const isKnown = lists.every((list) => typeof list !== 'string');
      return {
        status: 'known',
        person: {
          id: sought.id,
          groups: isKnown ? groups.filter((_, index) => lists[index]?.includes(sought.id)) : 'unknown',
          isBot: found.isBot,
          isGuest: found.isGuest,
          isForeign: isForeign(found, sought),
        },
      };
    },
  };
}

interface Profile {
  readonly isDeactivated: boolean;
  readonly isBot: boolean;
  readonly isGuest: boolean;
  readonly isStranger: boolean;
  /** The workspace, the organisation, and the organisation's workspaces that they belong to. */
  readonly homes: readonly string[];
}

/** The fields of https://docs.slack.dev/reference/objects/user-object; `undefined` for what is no such object. */
function profileIn(user: unknown, id: string): Profile | undefined {
  const fields = objectOf(user);
  if (fields?.['id'] !== id) return undefined;
  const { enterprise_id, teams } = objectOf(fields['enterprise_user']) ?? {};
  const isTrue = (name: string): boolean => fields[name] === true;
  return {
    isDeactivated: isTrue('deleted'),
    isBot: isTrue('is_bot') || isTrue('is_workflow_bot') || id === 'USLACKBOT',
    isGuest: isTrue('is_restricted') || isTrue('is_ultra_restricted'),
    isStranger: isTrue('is_stranger'),
    homes: [fields['team_id'], enterprise_id, ...(Array.isArray(teams) ? teams : [])].filter(
      (home) => typeof home === 'string',
    ),
  };
}

/** In an organisation, people work in workspaces that are not their first one. */
function isForeign({ isStranger, homes }: Profile, { home, team, enterprise }: Sought): boolean {
  const here = enterprise === undefined ? [team] : [team, enterprise];
  if (isStranger || !homes.some((one) => here.includes(one))) return true;
  return home !== undefined && enterprise === undefined && home !== team;
}

// True for every object; what is in it is not known.
const objectOf = (value: unknown): Readonly<Record<string, unknown>> | undefined =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;

/** Remembers answers for a while; a text is Slack's word for a failure and asked for again. */
function memory(clock: () => Instant) {
  const known = new Map<string, { readonly value: unknown; readonly freshUntil: Instant }>();
  return async <Value extends object>(key: string, ask: () => Promise<Value | string>): Promise<Value | string> => {
    const now = clock();
    const held = known.get(key);
    // True because a key is always asked for in the same way.
    if (held !== undefined && now < held.freshUntil) return held.value as Value;
    const value = await ask();
    if (typeof value !== 'string') known.set(key, { value, freshUntil: now + FRESH });
    return value;
  };
}
