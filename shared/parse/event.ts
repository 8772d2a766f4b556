import * as v from 'valibot';
import type { Parsed } from '../domain/parsed.ts';
import type { Envelope } from '../domain/signal.ts';
import { malformedBy } from './outcome.ts';
import { isoInstant, lenient, lenientList, shape, text } from './schema.ts';

/** Reads one raw event of the detail-type it is registered for. */
export type Parser = (raw: unknown) => Parsed;

const ENVELOPE = {
  source: text,
  'detail-type': text,
  id: text,
  time: isoInstant,
  account: text,
  region: text,
  resources: lenientList(text),
};

/**
 * The fields around `detail`, the same in every event.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-events.html
 */
export type Surroundings = v.InferOutput<ReturnType<typeof shape<typeof ENVELOPE>>>;

/** A parser that checks the event against the shape of its `detail`, then reads a signal from it. */
export function parserOf<Detail>(
  detailSchema: v.GenericSchema<unknown, Detail>,
  interpret: (detail: Detail, event: Surroundings) => Parsed,
): Parser {
  const schema = shape({ ...ENVELOPE, detail: detailSchema });
  return (raw) => {
    const event = v.safeParse(schema, raw, { abortEarly: true });
    if (!event.success) return malformedBy(event.issues[0], eventIdOf(raw));
    return interpret(event.output.detail, event.output);
  };
}

/** An event does not name its partition; the ARNs in it do. */
export const envelopeOf = (event: Surroundings, partition: string): Envelope => ({
  eventId: event.id,
  at: event.time,
  source: event.source,
  detailType: event['detail-type'],
  place: { partition, region: event.region, account: event.account },
});

const IDENTIFIED = shape({ id: lenient(text) });

/** The id of an event that may be malformed. */
export function eventIdOf(raw: unknown): string | undefined {
  const event = v.safeParse(IDENTIFIED, raw);
  return event.success ? event.output.id : undefined;
}
