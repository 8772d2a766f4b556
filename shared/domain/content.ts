import type { Content } from './announcement.ts';
import { assertNever } from './assert-never.ts';
import type { AnnouncedRecord } from './incident.ts';

/** The part of a record that destinations are told of. */
export const contentOf = (record: AnnouncedRecord): Content => ({
  revision: record.revision,
  timeline: record.timeline,
  isFinal: isFinal(record),
});

/** Nothing more is expected of it, so that its message is brought up to date without waiting. */
function isFinal(record: AnnouncedRecord): boolean {
  switch (record.kind) {
    case 'incident':
      return record.state.status === 'resolved';
    case 'notice':
      return record.phase === 'closed' || record.plan?.phase === 'over';
    case 'digest':
      return record.state === 'over';
    default:
      return assertNever(record);
  }
}
