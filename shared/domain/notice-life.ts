import { noticeFingerprint, recordId } from './fingerprint.ts';
import { type Notice, OBSERVED_LIMIT } from './incident.ts';
import type { Instant } from './instant.ts';
import type { Severity } from './severity.ts';
import { type AffectedEntity, type HealthNotified, TASK_RETIREMENT } from './signal.ts';
import { say } from './timeline.ts';

/** Longer texts of AWS Health are told in part; the rest is in the console. */
const DESCRIPTION_LIMIT = 4_000;

/** A notice of its first page or update to arrive, not yet announced to anybody. */
export function openNotice(signal: HealthNotified, version: number, now: Instant): Notice {
  const fingerprint = noticeFingerprint(signal.affected, signal.eventArn);
  const { at } = signal.envelope;
  return {
    kind: 'notice',
    id: recordId('ntc', fingerprint, at),
    fingerprint,
    severity: severityOf(signal),
    typeCode: signal.typeCode,
    category: signal.category,
    affected: signal.affected,
    eventArn: signal.eventArn,
    ...stateOf(signal),
    pages: { seen: [signal.page], total: signal.totalPages },
    entities: signal.entities,
    isTruncated: signal.isTruncated,
    revision: 1,
    version,
    firstSeen: at,
    lastSeen: at,
    observed: [observationKey(signal)],
    announcements: [],
    timeline: say([], { reason: 'first', text: signal.typeCode }, now),
  };
}

/** The notice with one more page or update. Pages come in any order, and each may come twice and from two Regions. */
export function mergeNotice(notice: Notice, signal: HealthNotified, now: Instant): Notice {
  const key = observationKey(signal);
  if (notice.observed.includes(key)) return notice;
  const { at } = signal.envelope;
  const isNewer = at >= notice.lastSeen;
  const isClosing = isNewer && signal.status === 'closed' && notice.phase !== 'closed';
  return {
    ...notice,
    ...(isNewer && stateOf(signal)),
    ...(isClosing && { timeline: say(notice.timeline, { reason: 'resolved', text: 'AWS closed the notice' }, now) }),
    pages: mergePages(notice.pages, signal),
    entities: mergeEntities(notice.entities, signal.entities, isNewer),
    isTruncated: notice.isTruncated || signal.isTruncated,
    revision: notice.revision + 1,
    firstSeen: Math.min(notice.firstSeen, at),
    lastSeen: Math.max(notice.lastSeen, at),
    observed: [...notice.observed, key].slice(-OBSERVED_LIMIT),
  };
}

/** AWS repeats a communication with the same id; an update of the notice has a new one. Each page has its own. */
const observationKey = (signal: HealthNotified): string =>
  `${signal.communicationId ?? signal.envelope.eventId}#${signal.page}`;

const stateOf = ({ status, startsAt, endsAt, description }: HealthNotified) => ({
  description: description.length > DESCRIPTION_LIMIT ? `${description.slice(0, DESCRIPTION_LIMIT)}…` : description,
  ...(status !== undefined && { phase: status }),
  ...(startsAt !== undefined && { startsAt }),
  ...(endsAt !== undefined && { endsAt }),
});

/** Retirements and issues want somebody's attention; a notice that is closed when it is first seen does not. */
function severityOf({ typeCode, category, status }: HealthNotified): Severity {
  if (status === 'closed') return 'none';
  if (typeCode === TASK_RETIREMENT) return 'medium';
  return category === 'issue' || category === 'investigation' ? 'high' : 'medium';
}

function mergePages(pages: Notice['pages'], { page, totalPages }: HealthNotified): Notice['pages'] {
  const seen = [...new Set([...pages.seen, page])].sort((a, b) => a - b);
  return { seen, total: Math.max(pages.total, totalPages) };
}

/** Every entity once; its status is that of the newer communication. */
function mergeEntities(
  before: readonly AffectedEntity[],
  added: readonly AffectedEntity[],
  isNewer: boolean,
): readonly AffectedEntity[] {
  const [older, newer] = isNewer ? [before, added] : [added, before];
  return [...new Map([...older, ...newer].map((entity) => [entityKey(entity), entity])).values()];
}

function entityKey(entity: AffectedEntity): string {
  switch (entity.kind) {
    case 'service':
      return `service/${entity.at.cluster}/${entity.at.service}`;
    case 'task':
      return `task/${entity.taskId}`;
    case 'unknown':
      return `unknown/${entity.value}`;
  }
}
