import type { AnnouncedRecord, Incident, Notice } from '../domain/incident.ts';
import { oneLine, shorten } from './escape.ts';
import { headline } from './excerpt.ts';
import type { Notification, NotificationAttribute } from './message.ts';
import { plainCard } from './plain.ts';
import { recordCard } from './record-card.ts';

/** "Less than 100 characters". https://docs.aws.amazon.com/sns/latest/api/API_Publish.html */
const SUBJECT_LIMIT = 99;
/** ECS names have at most 255 characters. */
const ATTRIBUTE_LIMIT = 256;

/** SNS refuses empty attributes, and a filter policy can ask for these words. */
const NOT_APPLICABLE = 'none';
const SEVERAL = 'several';

/**
 * The record for SNS: a subject of printable ASCII, and plain text that a mail client wraps. The card's own limits keep
 * message and attributes far below SNS's 256 KiB.
 */
export function renderNotification(record: AnnouncedRecord): Notification {
  const card = recordCard(record);
  return {
    subject: shorten(toAscii(headline(card, ' - ', SUBJECT_LIMIT)), SUBJECT_LIMIT),
    message: plainCard(card, Number.POSITIVE_INFINITY),
    attributes: attributesOf(record),
  };
}

/** An ellipsis becomes one dot, so that the length stays; other characters outside of ASCII a question mark. */
const toAscii = (text: string): string => text.replaceAll('…', '.').replace(/[^ -~]/gu, '?');

function attributesOf(record: AnnouncedRecord): Notification['attributes'] {
  const values = record.kind === 'incident' ? incidentAttributes(record) : noticeAttributes(record);
  const { kind, severity } = record;
  return {
    kind,
    severity,
    cause: values.cause,
    cluster: attribute(values.cluster),
    service: attribute(values.service),
  };
}

type Subjects = Readonly<Record<Exclude<NotificationAttribute, 'kind' | 'severity'>, string>>;

const incidentAttributes = ({ subject, diagnosis }: Incident): Subjects => ({
  cause: diagnosis.cause,
  cluster: subject.at.cluster,
  service: subject.kind === 'family' ? NOT_APPLICABLE : subject.service,
});

const noticeAttributes = ({ entities }: Notice): Subjects => ({
  cause: NOT_APPLICABLE,
  cluster: theOne(entities.flatMap(clusterOf)),
  service: theOne(entities.flatMap((entity) => (entity.kind === 'service' ? entity.at.service : []))),
});

function clusterOf(entity: Notice['entities'][number]): readonly string[] {
  if (entity.kind === 'service') return [entity.at.cluster];
  return entity.kind === 'task' && entity.cluster ? [entity.cluster.cluster] : [];
}

function theOne(names: readonly string[]): string {
  const [first, ...more] = new Set(names);
  if (first === undefined) return NOT_APPLICABLE;
  return more.length > 0 ? SEVERAL : first;
}

const attribute = (value: string): string => shorten(oneLine(value), ATTRIBUTE_LIMIT) || NOT_APPLICABLE;
