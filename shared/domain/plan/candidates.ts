import { hours, type Instant } from '../instant.ts';
import type { Opening } from '../windows/opening.ts';
import { latestStart } from '../windows/usable-openings.ts';

/** An opening as one service can use it: it may start while `opens <= t <= cutoff`. */
export interface Slot {
  readonly windows: readonly string[];
  readonly opens: Instant;
  readonly closes: Instant;
  /** The last instant to start. */
  readonly cutoff: Instant;
}

/** What is started by then is over before AWS begins, also when it has to be done a second time. */
export const latestSafeStart = (deadline: Instant, expected: number): Instant =>
  deadline - Math.max(hours(24), 3 * expected);

/** The name of what is no window: somebody wants it now. No window can be called so, because of the space. */
const RUN_NOW = 'run now';

/** Somebody's order to begin from `from` until `until`, whatever windows and freezes say, as an opening. */
export const runNowSlot = (
  { from, until }: { readonly from: Instant; readonly until: Instant },
  stint: number,
): Slot => ({
  windows: [RUN_NOW],
  opens: from,
  // What begins at the last moment still has the time that it takes.
  closes: until + stint,
  cutoff: until,
});

export const isRunNow = ({ windows }: Pick<Slot, 'windows'>): boolean => windows[0] === RUN_NOW;

/**
 * The openings that are still of use at `now`, in order: the first is the one to take, the others are for when it is
 * missed. An opening that reaches beyond `safe` is of use until then, or a window that never closes would be of none.
 */
export function candidatesOf(
  openings: readonly Opening[],
  { expected, safe }: { readonly expected: number; readonly safe: Instant },
  now: Instant,
): readonly Slot[] {
  return openings
    .map(({ windows, opens, closes, ...opening }) => ({
      windows,
      opens,
      closes,
      // A window may be configured with a cutoff that is shorter than the work; what does not fit does not start.
      cutoff: Math.min(latestStart({ windows, opens, closes, ...opening }, expected), closes - expected, safe),
    }))
    .filter(({ opens, cutoff }) => opens <= cutoff && now <= cutoff);
}

export const isOpen = ({ opens, cutoff }: Slot, now: Instant): boolean => opens <= now && now <= cutoff;

/** Whether they are the same opening, which freezes and changed windows may have cut differently meanwhile. */
export const overlap = (a: Slot, b: Slot): boolean => a.opens < b.closes && b.opens < a.closes;

/** Whether everything that `slots` offer was offered by `before` already. */
export const isWithin = (slots: readonly Slot[], before: readonly Slot[]): boolean =>
  slots.every(({ opens, closes }) => before.some((slot) => slot.opens <= opens && closes <= slot.closes));
