import * as v from 'valibot';
import type { Parsed } from '../domain/parsed.ts';
import { parseEvent } from './index.ts';
import { parseJson } from './json.ts';
import { malformed } from './outcome.ts';
import { shape, text } from './schema.ts';

/** What is read of a record that AWS Lambda receives from Amazon SQS. */
export interface QueueRecord {
  readonly messageId: string;
  readonly body: string;
}

/**
 * Reads the event in a record's body. EventBridge puts the event itself there, in a dead-letter queue too, where what
 * went wrong is in the message attributes; an SNS topic on the way wraps it once more.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html
 */
export function parseRecord({ messageId, body }: QueueRecord): { readonly messageId: string; readonly parsed: Parsed } {
  const opened = openBody(body);
  const parsed = opened.isJson ? parseEvent(opened.event) : malformed(opened.field, 'JSON');
  return { messageId, parsed };
}

type Opened =
  | { readonly isJson: true; readonly event: unknown }
  | { readonly isJson: false; readonly field: 'body' | 'body.Message' };

/** @see https://docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats.html */
const SNS_ENVELOPE = shape({ Type: v.literal('Notification'), Message: text });

function openBody(body: string): Opened {
  const outer = parseJson(body);
  if (outer === undefined) return { isJson: false, field: 'body' };
  const envelope = v.safeParse(SNS_ENVELOPE, outer);
  if (!envelope.success) return { isJson: true, event: outer };
  const inner = parseJson(envelope.output.Message);
  return inner === undefined ? { isJson: false, field: 'body.Message' } : { isJson: true, event: inner };
}

const BATCH = shape({ Records: v.array(shape({ body: v.string() })) });

/**
 * The raw events of a file, in order: one event, an array of events, an SQS batch (`Records`), or JSON Lines of any of
 * these. What is not JSON is kept as the text it is, so that it takes its place among the events as malformed.
 */
export function readEvents(fileText: string): readonly unknown[] {
  const whole = parseJson(fileText);
  if (whole !== undefined) return (Array.isArray(whole) ? whole : [whole]).flatMap(eventsOf);
  const lines = fileText.split('\n').filter((line) => line.trim() !== '');
  return lines.flatMap((line) => {
    const value = parseJson(line);
    return value === undefined ? line : eventsOf(value);
  });
}

function eventsOf(value: unknown): readonly unknown[] {
  const batch = v.safeParse(BATCH, value);
  if (!batch.success) return [value];
  return batch.output.Records.map(({ body }) => {
    const opened = openBody(body);
    return opened.isJson ? opened.event : body;
  });
}
