import { selects } from '../selector.ts';
import type { PlaceSelector } from '../windows/maintenance.ts';

/** What a person may be allowed to do. Public names. */
export const RIGHT_NAMES = [
  'acknowledge',
  'mute',
  'freeze',
  'approve',
  'object',
  'run-now',
  'hand-over',
  'pin',
  'lift-freeze',
  'redeploy',
  'roll-back',
  'continue-hook',
] as const;
export type RightName = (typeof RIGHT_NAMES)[number];

/** One rule of the configuration: these people may do this, there and from here. */
export interface Right {
  readonly may: readonly RightName[];
  /** Ids of Slack users (`U…`, `W…`) and of user groups (`S…`). */
  readonly who: readonly string[];
  /** Absent: everywhere. */
  readonly where?: PlaceSelector;
  /** Ids of the Slack channels in which it is done; absent: in any, and outside of channels too. */
  readonly channels?: readonly string[];
}

/** What an installation decides about people in Slack. */
export interface ChatPolicy {
  readonly rights: readonly Right[];
}

/** Until somebody says otherwise; {@link FOR_EVERYBODY} holds then. */
export const DEFAULT_CHAT: ChatPolicy = { rights: [] };

/** What changes no service is for everybody in a channel, until the configuration says whose it is. */
const FOR_EVERYBODY: readonly RightName[] = ['acknowledge', 'mute'];

/** Somebody in Slack, by ids alone. Whatever could not be found out about a person counts as the worse. */
export interface Person {
  readonly id: string;
  /** The user groups that they belong to; `unknown`: that could not be read, so they belong to none. */
  readonly groups: readonly string[] | 'unknown';
  readonly isBot: boolean;
  /** Of one channel or of several. */
  readonly isGuest: boolean;
  /** At home in another workspace, by Slack Connect. */
  readonly isForeign: boolean;
}

/** What something is done to. What is absent is not known, or all of them are meant: no rule that asks for it is for that. */
export interface RightSubject {
  readonly account?: string;
  readonly region?: string;
  readonly cluster?: string;
  readonly service?: string;
  readonly tags?: Readonly<Record<string, string>>;
}

export interface RightQuestion {
  readonly right: RightName;
  readonly person: Person;
  /** Everything that it would be done to; none: everything there is. */
  readonly subjects: readonly RightSubject[];
  /** Where it is done; absent: outside of channels, as in the app's home. */
  readonly channel?: string;
}

/** `because` is a sentence for the person, who may see it, and for the audit trail. */
export type Allowed = { readonly allowed: true } | { readonly allowed: false; readonly because: string };

/**
 * Whether somebody may do something to all of `subjects`, each by any of the rules; without a rule nobody may. A rule names
 * people by their own id or by a group, and a group whose members are unknown has none. Bots, guests and people of other
 * workspaces may nothing, whatever the rules say.
 */
export function mayDo(question: RightQuestion, { rights }: ChatPolicy): Allowed {
  const { right, person, subjects, channel } = question;
  const stranger = strangerText(person);
  if (stranger !== undefined) return refused(`${stranger} may do nothing here.`);
  const about = rights.filter(({ may }) => may.includes(right));
  if (about.length === 0 && FOR_EVERYBODY.includes(right)) return isShared(channel) ? ALLOWED : refused(ALONE);
  const own = about.filter(({ who }) => isAmong(person, who));
  if (own.length === 0) return refused(notNamed(question, about));
  const here = own.filter(
    ({ channels }) => channels === undefined || (channel !== undefined && channels.includes(channel)),
  );
  if (here.length === 0) return refused(`You have the right ${right} in other channels, not in this place.`);
  const missing = (subjects.length === 0 ? [{}] : subjects).find(
    (subject) => !here.some(({ where = {} }) => isWithin(subject, where)),
  );
  return missing === undefined ? ALLOWED : refused(`You do not have the right ${right} for ${subjectText(missing)}.`);
}

/** The user groups whose members decide about `right`: only these have to be looked up. */
export const groupsNamed = (right: RightName, { rights }: ChatPolicy): readonly string[] => [
  ...new Set(rights.filter(({ may }) => may.includes(right)).flatMap(({ who }) => who.filter(isGroup))),
];

const ALLOWED: Allowed = { allowed: true };
const refused = (because: string): Allowed => ({ allowed: false, because });

const ALONE = 'Whoever is in a channel may do this there, and this was not done in a channel.';

function strangerText({ isBot, isForeign, isGuest }: Person): string | undefined {
  if (isBot) return 'A bot';
  if (isForeign) return 'Somebody of another workspace';
  return isGuest ? 'A guest' : undefined;
}

/** Others see what is done there; a conversation with the app alone (`D…`) is none. */
const isShared = (channel: string | undefined): boolean => channel !== undefined && /^[CG]/.test(channel);

const isGroup = (id: string): boolean => id.startsWith('S');

const isAmong = ({ id, groups }: Person, who: readonly string[]): boolean =>
  who.some((one) => (isGroup(one) ? groups !== 'unknown' && groups.includes(one) : one === id));

function notNamed({ right, person }: RightQuestion, about: readonly Right[]): string {
  if (about.length === 0) return `Nobody has the right ${right}: the configuration gives it to nobody.`;
  const isUnread = person.groups === 'unknown' && about.some(({ who }) => who.some(isGroup));
  return isUnread
    ? `Slack did not say whether you are in a group that has the right ${right}: try again in a minute.`
    : `You do not have the right ${right}.`;
}

const isWithin = ({ account, region, cluster, service, tags = {} }: RightSubject, where: PlaceSelector): boolean =>
  selects(where, {
    // Neither of these two is a field of a place selector.
    kind: 'notice',
    severity: 'none',
    // No pattern but `*` fits what is empty.
    account: account ?? '',
    region: region ?? '',
    clusters: cluster === undefined ? [] : [cluster],
    services: service === undefined ? [] : [service],
    tags,
  });

/** `harbor-prod/checkout`, `everything in harbor-prod`. */
function subjectText({ cluster, service, region, account }: RightSubject): string {
  if (cluster !== undefined && service !== undefined) return `${cluster}/${service}`;
  const place = cluster ?? region ?? account;
  return place === undefined ? 'everything' : `everything in ${place}`;
}
