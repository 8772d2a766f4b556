import type { AnnouncedRecord } from '../domain/incident.ts';
import type { Card } from './card.ts';
import { incidentCard } from './incident-card.ts';
import { noticeCard } from './notice-card.ts';

/** What a record says, wherever it is shown. */
export const recordCard = (record: AnnouncedRecord): Card =>
  record.kind === 'incident' ? incidentCard(record) : noticeCard(record);
