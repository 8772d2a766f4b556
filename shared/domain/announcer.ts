import type { Delivery, Step } from './announcement.ts';
import type { Destination } from './destination.ts';
import type { AnnouncedRecord } from './incident.ts';

/** Tells one destination about a record. Never throws for what a destination answers; the answer is the delivery. */
export type Announcer = (record: AnnouncedRecord, destination: Destination, step: Step) => Promise<Delivery>;
