import type { ModalView } from '@slack/types';

/** What goes back over HTTP. https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html#urls-payloads */
export interface HttpAnswer {
  readonly statusCode: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Slack shows nothing. */
export const EMPTY: HttpAnswer = { statusCode: 200, body: '' };

export const plain = (statusCode: number, sentence: string): HttpAnswer => ({
  statusCode,
  headers: { 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff' },
  body: sentence,
});

const json = (body: object): HttpAnswer => ({
  statusCode: 200,
  headers: { 'content-type': 'application/json; charset=utf-8' },
  body: JSON.stringify(body),
});

/** Shown under the command to the one who gave it. */
export const ephemeral = (text: string): HttpAnswer => json({ response_type: 'ephemeral', text });

/** Puts another view in the place of the modal that was submitted. */
export const instead = (view: ModalView): HttpAnswer => json({ response_action: 'update', view });
