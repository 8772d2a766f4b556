import * as v from 'valibot';
import type { ChatAction } from '../../shared/domain/chat/button.ts';
import { type Button, buttonValue, readButtonValue } from '../../shared/domain/chat/button.ts';
import { present } from '../../shared/domain/present.ts';
import { parseJson } from '../../shared/parse/json.ts';
import { lenient, shape, text, wholeNumber } from '../../shared/parse/schema.ts';

/** What a modal brings back when it is submitted. Slack keeps it and nobody can change it, but it may be old. */
export interface ModalState {
  /** What it was opened for, bound to how that stood when it was shown. */
  readonly button?: Button;
  /** The service of a modal that is about no record: `harbor-prod/checkout`. */
  readonly service?: string;
  readonly channel?: string;
  /** Of what was shown. */
  readonly hash?: string;
  /** What was chosen and is still to be confirmed. */
  readonly chosen?: readonly string[];
  readonly length?: number;
  /** In the person's own words. */
  readonly reason?: string;
  /** When it was worked out what is shown. */
  readonly at?: number;
}

const STATE = shape({
  button: lenient(text),
  service: lenient(text),
  channel: lenient(text),
  hash: lenient(text),
  chosen: lenient(v.array(v.string())),
  length: lenient(wholeNumber),
  reason: lenient(text),
  at: lenient(wholeNumber),
});

/** The state as `private_metadata`, which takes 3,000 characters. https://docs.slack.dev/surfaces/modals */
export const metadataOf = ({ button, ...state }: ModalState): string =>
  JSON.stringify({ ...state, ...(button && { button: buttonValue(button) }) });

/** The state of `metadata`; `undefined` for what no modal of this version has. */
export function readMetadata(metadata: string): ModalState | undefined {
  const { success, output } = v.safeParse(STATE, parseJson(metadata));
  if (!success) return undefined;
  const { button: value, ...state } = output;
  const button = value === undefined ? undefined : readButtonValue(value);
  return { ...present(state), ...(button && { button }) };
}

/** The `callback_id`, by which the endpoint names a modal too. */
export const callbackOf = (action: ChatAction): string => `modal:${action}`;
