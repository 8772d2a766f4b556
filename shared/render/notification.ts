import type { Digest } from '../domain/digest.ts';
import type { AnnouncedRecord, Incident, Notice } from '../domain/incident.ts';
import type { TimelineReason } from '../domain/reasons.ts';
import { serviceOf } from '../domain/subject.ts';
import { cutToBytes } from './byte-limit.ts';
import type { Card } from './card.ts';
import { type Change, changeLine, changeOf, changeWord } from './change.ts';
import { oneLine, shorten } from './escape.ts';
import { headline } from './excerpt.ts';
import type { Notification } from './message.ts';
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
 * "At most 262,144 bytes", counted with all parts of the attributes, which here are at most 6 × 256 characters and their
 * names: 16 KiB is more than they can take.
 * https://docs.aws.amazon.com/sns/latest/api/API_Publish.html,
 * https://docs.aws.amazon.com/sns/latest/api/API_MessageAttributeValue.html
 */
const MESSAGE_LIMIT = (256 - 16) * 1_024;
const DESTINATION_LIMIT = 300;

interface About {
  /** What the topic is told now; without it the record as it stands. */
  readonly news?: TimelineReason;
  /** The destination that did not take the message, and why: `slack-channel:C0123ABCD: channel_not_found`. */
  readonly insteadOf?: string;
}

/**
 * The record for SNS: a subject of printable ASCII that begins with what changed, and plain text that a mail client
 * wraps. Deterministic, and within SNS's size whatever the record holds; what is too long is cut visibly.
 */
export function renderNotification(record: AnnouncedRecord, { news, insteadOf }: About = {}): Notification {
  const card = recordCard(record);
  const change = changeOf(record, news);
  const paragraphs = [
    changeLine(record, news) ?? [],
    insteadOf === undefined ? [] : insteadOfLine(insteadOf),
    plainCard(card, Number.POSITIVE_INFINITY),
  ].flat();
  const mark = `\n\n… cut here: the rest of ${oneLine(record.id)} is too long for one notification`;
  return {
    subject: subjectOf(card, changeWord(record, news)),
    message: cutToBytes(paragraphs.join('\n\n'), MESSAGE_LIMIT, mark),
    attributes: attributesOf(record, change),
  };
}

/** The change takes the place of the state that it led to. */
function subjectOf(card: Card, word: string | undefined): string {
  const state = word?.toUpperCase() ?? card.state;
  const { state: _, ...rest } = card;
  const text = headline({ ...rest, ...(state !== undefined && { state }) }, ' - ', SUBJECT_LIMIT);
  return shorten(toAscii(text), SUBJECT_LIMIT);
}

const insteadOfLine = (insteadOf: string): string =>
  `Slack did not take this message (${shorten(oneLine(insteadOf), DESTINATION_LIMIT)}), so it is told here.`;

/** An ellipsis becomes one dot, so that the length stays; other characters outside of ASCII a question mark. */
const toAscii = (text: string): string => text.replaceAll('…', '.').replace(/[^ -~]/gu, '?');

function attributesOf(record: AnnouncedRecord, change: Change): Notification['attributes'] {
  const values = subjectsOf(record);
  const { kind, severity } = record;
  return {
    kind,
    change,
    severity,
    cause: values.cause,
    cluster: attribute(values.cluster),
    service: attribute(values.service),
  };
}

type Subjects = Readonly<Record<'cause' | 'cluster' | 'service', string>>;

function subjectsOf(record: AnnouncedRecord): Subjects {
  switch (record.kind) {
    case 'incident':
      return incidentAttributes(record);
    case 'notice':
      return noticeAttributes(record);
    case 'digest':
      return digestAttributes(record);
  }
}

/** What many services share is about all that it took with it; each is listed as `cluster/service`. */
function incidentAttributes({ subject, diagnosis, services = [] }: Incident): Subjects {
  const listed = services.map((name) => name.split('/'));
  return {
    cause: diagnosis.cause,
    cluster: subject.at.cluster ?? theOne(listed.flatMap(([cluster, service]) => (service && cluster) || [])),
    service: serviceOf(subject) ?? theOne(listed.map((parts) => parts.at(-1) ?? '')),
  };
}

const digestAttributes = ({ entries }: Digest): Subjects => ({
  cause: theOne(entries.map(({ cause }) => cause)),
  cluster: theOne(entries.map(({ cluster }) => cluster)),
  service: theOne(entries.map(({ name }) => name)),
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
