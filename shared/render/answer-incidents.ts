import type { RichTextBlock } from '@slack/types';
import type { AnnouncedRecord } from '../domain/incident.ts';
import { utcMinute } from '../domain/utc.ts';
import { groupList } from './blocks.ts';
import { headline } from './excerpt.ts';
import { stageOf } from './incident-stage.ts';
import { plural } from './listing.ts';
import { recordCard } from './record-card.ts';

const TITLE_LIMIT = 120;

/** One line a record, the first `most` of them, in the order given; the rest is counted. */
export function recordList(title: string, records: readonly AnnouncedRecord[], most: number): RichTextBlock {
  const left = records.length - most;
  const entries = records.slice(0, most).map((record) => ({ term: titleOf(record), text: rowText(record) }));
  return groupList({ title, entries: left > 0 ? [...entries, { text: `and ${left} more` }] : entries });
}

/** As its message begins. */
function titleOf(record: AnnouncedRecord): string {
  const card = recordCard(record);
  return `${card.icon} ${headline(card, ' · ', TITLE_LIMIT)}`;
}

/** `inc-4f0c2a9d1e, acknowledged, 12 times since 2026-11-21 08:05 UTC, last 2026-11-21 09:40 UTC`. */
function rowText(record: AnnouncedRecord): string {
  const { id, firstSeen, lastSeen } = record;
  if (record.kind !== 'incident') return `${id}, since ${utcMinute(firstSeen)}`;
  const counted = `${plural(record.occurrences, 'time')} since ${utcMinute(firstSeen)}`;
  return `${id}, ${stageOf(record)}, ${counted}${lastSeen === firstSeen ? '' : `, last ${utcMinute(lastSeen)}`}`;
}
