import * as v from 'valibot';
import type { ChatAct } from '../../../shared/domain/chat/request.ts';
import { present } from '../../../shared/domain/present.ts';
import { lenient, list, shape, text } from '../../../shared/parse/schema.ts';
import { action, chosen } from './element.ts';
import { type Ignored, ignored, type Malformed, malformedBy } from './outcome.ts';

export type ActRead = Read | Ignored | Malformed;

interface Read {
  readonly status: 'read';
  readonly act: ChatAct;
  /** It was done in a modal. */
  readonly isInModal: boolean;
}

const CLICK = shape({
  // One, although it is a list.
  actions: v.pipe(list(action), v.minLength(1, 'an action')),
  container: lenient(shape({ message_ts: lenient(text) })),
  view: lenient(shape({ id: text, type: lenient(text) })),
});

const SUBMISSION = shape({
  view: shape({
    id: text,
    callback_id: v.string('a text'),
    private_metadata: v.optional(v.string('a text'), ''),
    // By block id, then by action id.
    state: shape({ values: v.record(v.string(), v.record(v.string(), chosen, 'a JSON object'), 'a JSON object') }),
  }),
});

const SHORTCUT = shape({ callback_id: text, message_ts: lenient(text) });

/** What was done, by the payload's type. https://docs.slack.dev/reference/interaction-payloads */
const READERS: Readonly<Record<string, (payload: unknown) => ActRead>> = {
  block_actions: readClick,
  view_submission: readSubmission,
  shortcut: readShortcut,
  message_action: readShortcut,
  view_closed: () => ignored('view-closed'),
};

export function readAct(type: string, payload: unknown): ActRead {
  const read = Object.hasOwn(READERS, type) ? READERS[type] : undefined;
  return read === undefined ? ignored('unknown-interaction') : read(payload);
}

function readClick(payload: unknown): ActRead {
  const { success, issues, output } = v.safeParse(CLICK, payload, { abortEarly: true });
  if (!success) return malformedBy(issues);
  const { actions, container, view } = output;
  const places = present({ messageTs: container?.message_ts, viewId: view?.id });
  return {
    status: 'read',
    act: { kind: 'click', actionId: actions[0]?.actionId ?? '', value: actions[0]?.chosen[0] ?? '', ...places },
    isInModal: view?.type === 'modal',
  };
}

function readSubmission(payload: unknown): ActRead {
  const { success, issues, output } = v.safeParse(SUBMISSION, payload, { abortEarly: true });
  if (!success) return malformedBy(issues);
  const { id, callback_id, private_metadata, state } = output.view;
  const values = Object.fromEntries(Object.values(state.values).flatMap((block) => Object.entries(block)));
  return {
    status: 'read',
    act: { kind: 'submission', callbackId: callback_id, metadata: private_metadata, values, viewId: id },
    isInModal: true,
  };
}

/** A shortcut is a button in a menu of Slack's. */
function readShortcut(payload: unknown): ActRead {
  const { success, issues, output } = v.safeParse(SHORTCUT, payload, { abortEarly: true });
  if (!success) return malformedBy(issues);
  const { callback_id, message_ts } = output;
  return {
    status: 'read',
    act: { kind: 'click', actionId: callback_id, value: '', ...present({ messageTs: message_ts }) },
    isInModal: false,
  };
}
