import * as v from 'valibot';
import { days } from '../domain/instant.ts';
import type { MaintenanceWindow } from '../domain/windows/maintenance.ts';
import { PLACE_SELECTOR } from './configuration-selector.ts';
import { TO } from './configuration-times.ts';
import { BLOCKERS, BUDGET, DURATION, MODE, NAME, SOME_DURATION } from './configuration-windows-terms.ts';
import { LOCAL_TIME, MONTH_DAY, OPENS, startsOf, WINDOW_ZONE } from './configuration-windows-times.ts';
import { exact, listOf, listUpTo, oneOf, partsOf, step, textUpTo, wholeBetween } from './document-shape.ts';

/** `{ name: 'nights', zone: 'Europe/Prague', opens: { weekly: { start: '22:00' } }, end: '06:00' }`. */
const WINDOW = v.pipe(
  exact({
    name: NAME,
    zone: WINDOW_ZONE,
    opens: OPENS,
    end: v.exactOptional(TO),
    duration: v.exactOptional(SOME_DURATION),
    cutoff: v.exactOptional(DURATION),
    overrun: v.exactOptional(oneOf(['finish', 'rollback'])),
    select: v.exactOptional(PLACE_SELECTOR),
    mode: v.exactOptional(MODE),
    budget: v.exactOptional(BUDGET),
    blockers: v.exactOptional(BLOCKERS),
  }),
  v.rawCheck(({ dataset, addIssue }) => {
    const { opens, end, duration, cutoff } = partsOf(dataset.value);
    const starts = isRead(opens) ? startsOf(opens) : [];
    if (isSsm(opens)) {
      if (end !== undefined || duration !== undefined) {
        addIssue({ message: 'neither end nor duration: Systems Manager knows them' });
      }
      return;
    }
    if ((end === undefined) === (duration === undefined)) addIssue({ message: 'exactly one of end and duration' });
    if (typeof end === 'number' && starts.includes(end)) {
      addIssue({ message: 'another time than the start; a whole day is "00:00" to "24:00"', path: [step('end')] });
    }
    if (typeof cutoff === 'number' && cutoff >= shortest(starts, { end, duration })) {
      addIssue({ message: 'less than the window is long', path: [step('cutoff')] });
    }
  }),
);

/** What came may have failed before it was read. */
const isRead = (opens: unknown): opens is MaintenanceWindow['opens'] => typeof partsOf(opens)['kind'] === 'string';

/** Also where its id is wrong. */
const isSsm = (opens: unknown): boolean => partsOf(opens)['kind'] === 'ssm' || partsOf(opens)['ssm'] !== undefined;

/** Milliseconds on a night in which no clock changes. */
function shortest(starts: readonly number[], { end, duration }: { end: unknown; duration: unknown }): number {
  if (typeof duration === 'number') return duration;
  if (typeof end !== 'number') return Number.POSITIVE_INFINITY;
  return Math.min(...starts.map((start) => (end > start ? end - start : end - start + days(1))));
}

/** `{ name: 'peak', zone: 'Europe/Prague', yearly: { from: '12-20', to: '01-02' }, reason: 'Christmas' }`. */
const FREEZE = v.pipe(
  exact({
    name: NAME,
    zone: WINDOW_ZONE,
    from: v.exactOptional(LOCAL_TIME),
    to: v.exactOptional(LOCAL_TIME),
    yearly: v.exactOptional(exact({ from: MONTH_DAY, to: MONTH_DAY })),
    select: v.exactOptional(PLACE_SELECTOR),
    reason: textUpTo(200),
    owner: v.exactOptional(textUpTo(80)),
    override: v.exactOptional(exact({ by: listOf(textUpTo(80)), votes: v.exactOptional(wholeBetween(1, 20)) })),
  }),
  v.rawCheck(({ dataset, addIssue }) => {
    const { from, to, yearly } = partsOf(dataset.value);
    const isOnce = from !== undefined && to !== undefined;
    const isYearly = yearly !== undefined && from === undefined && to === undefined;
    if (isYearly) return;
    if (!isOnce || yearly !== undefined) addIssue({ message: 'both from and to, or yearly' });
    else if (typeof from === 'number' && typeof to === 'number' && to <= from) {
      addIssue({ message: 'a time after from', path: [step('to')] });
    }
  }),
);

// Every look at what is open goes through all of them.
export const WINDOWS = listUpTo(100, WINDOW);
export const FREEZES = listUpTo(100, FREEZE);

/** What windows do not say themselves. */
export const MAINTENANCE = exact({ mode: v.exactOptional(MODE), budget: v.exactOptional(BUDGET) });
