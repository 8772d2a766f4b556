import { contentOf } from './content.ts';
import type { AnnouncedRecord } from './incident.ts';
import { isAtLeast } from './severity.ts';

/** Nothing more is expected of it. */
export const isOver = (record: AnnouncedRecord): boolean => contentOf(record).isFinal;

/** What is open first, then the worst, then what was seen last. */
export function worstFirst(a: AnnouncedRecord, b: AnnouncedRecord): number {
  if (isOver(a) !== isOver(b)) return isOver(a) ? 1 : -1;
  if (a.severity !== b.severity) return isAtLeast(a.severity, b.severity) ? -1 : 1;
  return b.lastSeen - a.lastSeen;
}
