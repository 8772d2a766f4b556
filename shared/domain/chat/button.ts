import { assertNever } from '../assert-never.ts';
import type { AnnouncedRecord, Fingerprint, Incident, Notice } from '../incident.ts';
import { shortHash } from '../short-hash.ts';

/** Everything that a button may ask for. */
export const CHAT_ACTIONS = [
  'acknowledge',
  'mute',
  'logs',
  'redeploy',
  'roll-back',
  'continue-hook',
  'roll-back-hook',
  'approve',
  'approve-some',
  'object',
  'change-window',
  'run-now',
  'hand-over',
  'pin',
  'retry',
  'unfold',
] as const;
export type ChatAction = (typeof CHAT_ACTIONS)[number];

/** What a click means: the action, the record it is about, and how that record stood when the button was shown. */
export interface Button {
  readonly action: ChatAction;
  readonly about: Fingerprint;
  /** What `bindOf` said of the record. When it says something else now, the click is out of date and changes nothing. */
  readonly bind: string;
  /** What the action needs beside the record, such as a hook's id. */
  readonly more?: string;
}

/** Slack refuses longer values. https://docs.slack.dev/reference/block-kit/block-elements/button-element */
export const BUTTON_VALUE_LIMIT = 2_000;

/** Buttons of messages of long ago may still be clicked; another version of the value is not understood. */
const VERSION = 1;

/** The button as an opaque text. It names things and grants nothing: rights and state are looked up at the click. */
export const buttonValue = ({ action, about, bind, more }: Button): string =>
  JSON.stringify([VERSION, action, about, bind, ...(more === undefined ? [] : [more])]);

/** The button of a value; `undefined` for whatever `buttonValue` has not made. */
export function readButtonValue(text: string): Button | undefined {
  const parts = text.length <= BUTTON_VALUE_LIMIT ? textsIn(text) : undefined;
  const [action, about, bind, more, ...rest] = parts ?? [];
  const known = CHAT_ACTIONS.find((one) => one === action);
  if (known === undefined || !about?.includes('|') || !bind || rest.length > 0) return undefined;
  // The cast is true of what was rendered here, and nothing is found under any other text.
  return { action: known, about: about as Fingerprint, bind, ...(more !== undefined && { more }) };
}

/** What stands behind the version, if all of it is text. */
function textsIn(text: string): readonly string[] | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (!Array.isArray(value) || value[0] !== VERSION) return undefined;
    const texts: readonly unknown[] = value.slice(1);
    return texts.every((one) => typeof one === 'string') ? texts : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Those that ask something first. Muting is one: the options of a menu would hold the record's name, and Slack takes 150
 * characters for an option. https://docs.slack.dev/reference/block-kit/composition-objects/option-object
 */
const WITH_MODAL: ReadonlySet<ChatAction> = new Set([
  'mute',
  'redeploy',
  'roll-back',
  'approve-some',
  'change-window',
  'run-now',
]);

/** The `action_id` in Slack: what begins with `modal:` has a modal opened for it before anybody knows what is in it. */
export const actionId = (action: ChatAction): string => `${WITH_MODAL.has(action) ? 'modal' : 'act'}:${action}`;

/**
 * How a record stands, as far as it decides which buttons it has and what they do. Counters and times are not in it, so
 * that a crash loop does not put its own buttons out of date.
 */
export const bindOf = (record: AnnouncedRecord): string =>
  `${record.id}.${shortHash(JSON.stringify(standingOf(record)))}`;

function standingOf(record: AnnouncedRecord): readonly unknown[] {
  switch (record.kind) {
    case 'incident':
      return standingOfIncident(record);
    case 'notice':
      return standingOfNotice(record);
    case 'digest':
      return [record.state];
    default:
      return assertNever(record);
  }
}

function standingOfIncident({ state, reopened, details }: Incident): readonly unknown[] {
  const { hook, deploymentFailed = false, rollback } = details;
  const taken = state.status === 'open' ? state.acknowledged : undefined;
  return [
    state.status,
    reopened,
    taken === undefined ? null : [taken.by, taken.at],
    hook === undefined ? null : [hook.id, hook.status],
    deploymentFailed,
    rollback !== undefined,
  ];
}

const standingOfNotice = ({ phase = '', plan }: Notice): readonly unknown[] =>
  plan === undefined ? [phase] : [plan.hash, plan.phase];
