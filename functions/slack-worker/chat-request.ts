import * as v from 'valibot';
import type { ChatRequest } from '../../shared/domain/chat/request.ts';
import { present } from '../../shared/domain/present.ts';
import { lenient, list, shape, text, wholeNumber } from '../../shared/parse/schema.ts';

const SENDER = {
  id: v.pipe(v.string('64 hexadecimal digits'), v.regex(/^[0-9a-f]{64}$/, '64 hexadecimal digits')),
  at: wholeNumber,
  team: text,
  enterprise: lenient(text),
  user: shape({ id: text, team: lenient(text) }),
  channel: lenient(text),
  isExternallyShared: lenient(v.boolean()),
  responseUrl: lenient(text),
};

const words = v.string('a text');

const REQUEST = v.variant(
  'kind',
  [
    shape({ ...SENDER, kind: v.literal('command'), command: text, text: words, viewId: lenient(text) }),
    shape({
      ...SENDER,
      kind: v.literal('click'),
      actionId: text,
      value: words,
      messageTs: lenient(text),
      viewId: lenient(text),
    }),
    shape({
      ...SENDER,
      kind: v.literal('submission'),
      callbackId: text,
      metadata: words,
      values: v.record(v.string(), list(words), 'a JSON object'),
      viewId: text,
    }),
    shape({ ...SENDER, kind: v.literal('home-opened') }),
  ],
  'a request of the endpoint',
);

export type RequestRead =
  | { readonly status: 'read'; readonly request: ChatRequest }
  /** `field` is a path; neither holds the value. */
  | { readonly status: 'malformed'; readonly field: string; readonly expected: string };

/** Reads the event that the endpoint hands over. Never throws. */
export function parseChatRequest(event: unknown): RequestRead {
  const { success, issues, output } = v.safeParse(REQUEST, event, { abortEarly: true });
  if (!success) {
    const [{ path, message }] = issues;
    const field = path?.map(({ key }) => String(key)).join('.') ?? 'event';
    return { status: 'malformed', field, expected: message };
  }
  // True because `present` leaves out what is undefined and nothing else.
  return { status: 'read', request: present({ ...output, user: present(output.user) }) as ChatRequest };
}
