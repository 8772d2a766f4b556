import type { AnnouncedRecord } from '../domain/incident.ts';
import { plainCard } from './plain.ts';
import { recordCard } from './record-card.ts';

const TERMINAL_WIDTH = 100;

/** The record for a terminal of 100 columns: no colours, no control characters. */
export const renderText = (record: AnnouncedRecord): string => plainCard(recordCard(record), TERMINAL_WIDTH);
