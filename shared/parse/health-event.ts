import * as v from 'valibot';
import type { Parsed } from '../domain/parsed.ts';
import { present } from '../domain/present.ts';
import { type Arn, parseArn } from './arn.ts';
import { envelopeOf, parserOf, type Surroundings } from './event.ts';
import { parseHealthEntities } from './health-entity.ts';
import { ignored, parsed } from './outcome.ts';
import { healthInstant, lenient, lenientList, shape, text, textOf } from './schema.ts';

// Texts in AWS's schema, "2" and "true"; read as the number and the boolean they might have been.
const page = v.fallback(v.pipe(v.unknown(), v.transform(pageNumber)), 1);
const flag = v.fallback(v.pipe(v.unknown(), v.transform(isTrue)), false);

// Required is what names the notice and its kind. Older samples lack page, totalPages, backupEvent,
// affectedAccount and statusCode; some lack lastUpdatedTime.
const DETAIL = shape({
  eventArn: textOf('an AWS Health event ARN', parseHealthEventArn),
  service: text,
  eventTypeCode: text,
  eventTypeCategory: text,
  eventRegion: lenient(text),
  affectedAccount: lenient(text),
  statusCode: lenient(text),
  communicationId: lenient(text),
  page,
  totalPages: page,
  backupEvent: flag,
  startTime: lenient(healthInstant),
  endTime: lenient(healthInstant),
  lastUpdatedTime: lenient(healthInstant),
  eventDescription: lenientList(shape({ language: lenient(text), latestDescription: text })),
  eventMetadata: lenient(shape({ truncated: flag })),
  affectedEntities: lenientList(shape({ entityValue: text, status: lenient(text) })),
});

type Detail = v.InferOutput<typeof DETAIL>;

/**
 * Reads `AWS Health Event`, one page of it.
 *
 * AWS sends every account-specific notice to the Region concerned and a copy marked `backupEvent` to a second Region.
 * The copy is ignored: who is told in the Region concerned has the notice already. An installation that shall hear of
 * Regions without any stack reads by {@link parseHealthEventOrCopy}.
 *
 * @see https://docs.aws.amazon.com/health/latest/ug/aws-health-events-eventbridge-schema.html
 * @see https://docs.aws.amazon.com/health/latest/ug/choosing-a-region.html
 */
export const parseHealthEvent = parserOf(DETAIL, (detail, event): Parsed => {
  if (detail.service !== 'ECS') return ignored('not-ecs', `the notice is about ${detail.service}`, event.id);
  if (detail.backupEvent) return ignored('backup-copy', 'the Region concerned is sent this notice as well', event.id);
  return noticeOf(detail, event);
});

/** The same, with copies. They name the Region concerned as the notice itself does, so that both are one record. */
export const parseHealthEventOrCopy = parserOf(
  DETAIL,
  (detail, event): Parsed =>
    detail.service === 'ECS'
      ? noticeOf(detail, event)
      : ignored('not-ecs', `the notice is about ${detail.service}`, event.id),
);

function noticeOf(detail: Detail, event: Surroundings): Parsed {
  const { partition } = detail.eventArn;
  const affected = {
    partition,
    region: detail.eventRegion ?? (detail.eventArn.region || event.region),
    account: detail.affectedAccount ?? event.account,
  };
  return parsed({
    kind: 'health-notified',
    envelope: envelopeOf(event, partition),
    eventArn: detail.eventArn.whole,
    typeCode: detail.eventTypeCode,
    category: detail.eventTypeCategory,
    page: detail.page,
    totalPages: detail.totalPages,
    isBackupCopy: detail.backupEvent,
    isTruncated: detail.eventMetadata?.truncated ?? false,
    affected,
    ...present({
      status: detail.statusCode,
      communicationId: detail.communicationId,
      startsAt: detail.startTime,
      endsAt: detail.endTime,
      updatedAt: detail.lastUpdatedTime,
    }),
    description: descriptionIn(detail.eventDescription),
    entities: parseHealthEntities(detail.affectedEntities, event.resources, affected),
  });
}

function parseHealthEventArn(whole: string): (Arn & { readonly whole: string }) | undefined {
  const arn = parseArn(whole);
  return arn?.service === 'health' && arn.resource.startsWith('event/') ? { ...arn, whole } : undefined;
}

/** A page that cannot be read is the first and only one. */
function pageNumber(raw: unknown): number {
  const digits = typeof raw === 'number' ? String(raw) : raw;
  return typeof digits === 'string' && /^[1-9]\d{0,5}$/.test(digits) ? Number(digits) : 1;
}

function isTrue(raw: unknown): boolean {
  return raw === true || raw === 'true';
}

/** The English text if there is one. Health writes line breaks as a backslash and an `n`. */
function descriptionIn(texts: Detail['eventDescription']): string {
  const english = texts.find(({ language }) => language?.startsWith('en'));
  return ((english ?? texts[0])?.latestDescription ?? '').replaceAll('\\n', '\n');
}
