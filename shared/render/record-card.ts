import type { AnnouncedRecord } from '../domain/incident.ts';
import type { Card } from './card.ts';
import { digestCard } from './digest-card.ts';
import { incidentCard } from './incident-card.ts';
import { noticeCard } from './notice-card.ts';

/** What a record says, wherever it is shown. */
export function recordCard(record: AnnouncedRecord): Card {
  switch (record.kind) {
    case 'incident':
      return incidentCard(record);
    case 'notice':
      return noticeCard(record);
    case 'digest':
      return digestCard(record);
  }
}
