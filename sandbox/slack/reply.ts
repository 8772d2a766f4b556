import type { Entry } from '../journal.ts';
import type { Fields } from '../json-object.ts';

/** What a method of the Web API comes to, and what the journal says of it. */
export type Reply =
  | {
      readonly ok: true;
      readonly body: Fields;
      readonly headers?: Readonly<Record<string, string>>;
      readonly entry?: Entry;
    }
  | Refusal;

/** `problems`: a sentence for each thing that Slack would not take. */
export interface Refusal {
  readonly ok: false;
  readonly error: string;
  readonly problems?: readonly string[];
}

export type Method = (body: Fields) => Reply;

export const refuse = (error: string, problems?: readonly string[]): Refusal => ({
  ok: false,
  error,
  ...(problems !== undefined && { problems }),
});

export const bodyOf = (reply: Reply): object =>
  reply.ok
    ? { ok: true, ...reply.body }
    : { ok: false, error: reply.error, response_metadata: { messages: reply.problems ?? [] } };
