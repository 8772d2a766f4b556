import { assertNever } from '../domain/assert-never.ts';
import type { AnnouncedRecord } from '../domain/incident.ts';
import type { CardButton } from './button.ts';
import { digestButtons } from './digest-buttons.ts';
import { incidentButtons } from './incident-buttons.ts';
import { planButtons } from './plan-buttons.ts';

/** What people can do about a record as it is; the most urgent first. Nothing once it is over. */
export function recordButtons(record: AnnouncedRecord): readonly CardButton[] {
  switch (record.kind) {
    case 'incident':
      return incidentButtons(record);
    case 'notice':
      return record.plan === undefined ? [] : planButtons(record.plan);
    case 'digest':
      return digestButtons(record);
    default:
      return assertNever(record);
  }
}
