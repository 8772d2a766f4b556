import * as v from 'valibot';
import { WEEKDAYS } from '../domain/quiet-hours.ts';
import { dateOf } from '../domain/windows/calendar.ts';
import { timesOf } from '../domain/windows/cron.ts';
import type { MaintenanceWindow } from '../domain/windows/maintenance.ts';
import { isZone, type LocalTime } from '../domain/zone.ts';
import { FROM, ZONE } from './configuration-times.ts';
import { parseCron } from './configuration-windows-cron.ts';
import { exact, listOf, matching, oneOf, partsOf, wholeBetween } from './document-shape.ts';
import { textOf } from './schema.ts';

/** Abbreviations mean several offsets, or one that knows no summer, and so never what was meant. */
export const WINDOW_ZONE = v.pipe(
  ZONE,
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed || !isZone(dataset.value) || /^UTC$|\//.test(dataset.value)) return;
    addIssue({
      message: 'a zone of the tz database by its area and city, such as Europe/Prague, or UTC; no abbreviation',
    });
  }),
);

/** Milliseconds on the wall. An offset is refused: the zone says it. */
export const LOCAL_TIME = textOf('a local date and time without a zone, such as 2026-12-24T18:00', (text) => {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?$/.test(text)) return undefined;
  const local: LocalTime = Date.parse(`${text}Z`);
  // Date.parse takes the 30th of February for the 2nd of March.
  return !Number.isNaN(local) && new Date(local).toISOString().startsWith(text) ? local : undefined;
});

const CRON = v.pipe(
  v.string('a cron expression'),
  v.rawTransform(({ dataset, addIssue, NEVER }) => {
    const parsed = parseCron(dataset.value);
    if (parsed.status === 'valid') return parsed.cron;
    for (const message of parsed.problems) addIssue({ message });
    return NEVER;
  }),
);

const KINDS = ['weekly', 'cron', 'once', 'ssm'];

/** `{ weekly: { days: ['sat'], start: '22:00' } }`; each kind has one key of its own. */
export const OPENS = v.pipe(
  exact({
    weekly: v.exactOptional(exact({ days: v.exactOptional(listOf(oneOf(WEEKDAYS))), start: FROM })),
    cron: v.exactOptional(exact({ expression: CRON, offsetDays: v.exactOptional(wholeBetween(0, 27)) })),
    once: v.exactOptional(exact({ at: LOCAL_TIME })),
    // https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_MaintenanceWindowIdentity.html
    ssm: v.exactOptional(exact({ id: matching(/^mw-[\da-f]{17}$/, 'the id of a maintenance window: mw-…') })),
  }),
  v.rawCheck(({ dataset, addIssue }) => {
    const given = Object.keys(partsOf(dataset.value)).filter((key) => KINDS.includes(key));
    if (given.length !== 1) addIssue({ message: `exactly one of ${KINDS.join(', ')}` });
  }),
  v.transform(({ weekly, cron, once, ssm }): MaintenanceWindow['opens'] => {
    if (weekly) return { kind: 'weekly', days: weekly.days ?? WEEKDAYS, start: weekly.start };
    if (cron) return { kind: 'cron', cron: cron.expression, offsetDays: cron.offsetDays ?? 0 };
    return once ? { kind: 'once', at: once.at } : { kind: 'ssm', id: ssm?.id ?? '' };
  }),
);

/** The times of day at which it opens; none for one that Systems Manager knows. */
export function startsOf(opens: MaintenanceWindow['opens']): readonly number[] {
  switch (opens.kind) {
    case 'weekly':
      return [opens.start];
    case 'cron':
      return timesOf(opens.cron);
    case 'once':
      return [opens.at - dateOf(opens.at)];
    case 'ssm':
      return [];
  }
}

/** `12-24`, on every day of which there is one each year. */
export const MONTH_DAY = textOf('a month and a day of every year, in quotes, such as "12-24"', (text) => {
  const [, month, day] = /^(\d\d)-(\d\d)$/.exec(text) ?? [];
  // A year without the 29th of February.
  const isDay = new Date(Date.parse(`2027-${text}T00:00Z`) || 0).toISOString().startsWith(`2027-${text}`);
  return month && day && isDay ? { month: Number(month), day: Number(day) } : undefined;
});
