import { freezesFor, type WindowSubject, windowsFor } from '../windows/audience.ts';
import { strictest } from '../windows/budget.ts';
import {
  type Budget,
  DEFAULT_BUDGET,
  DEFAULT_MODE,
  type Maintenance,
  MODES,
  type Mode,
} from '../windows/maintenance.ts';
import type { Opening, Range } from '../windows/opening.ts';
import { timetable } from '../windows/usable-openings.ts';

/** When and how one service may be replaced, as its windows and freezes say now. */
export interface Allowance {
  /** In order, not touching. */
  readonly openings: readonly Opening[];
  readonly mode: Mode;
  readonly budget: Budget;
  /** What becomes of a deployment that still runs when its opening closes. */
  readonly overrun: 'finish' | 'rollback';
  /** The freezes that took something of the openings. */
  readonly freezes: readonly TakingFreeze[];
  /** Windows select the service; without any, nobody has said when it may be replaced. */
  readonly hasWindows: boolean;
}

export interface TakingFreeze {
  readonly name: string;
  readonly reason: string;
  /** Somebody may lift it for one plan. */
  readonly canBeLifted: boolean;
}

/** By this tag a service asks for more care than its windows, and never for less. Public name. */
export const MODE_TAG = 'slackwater:mode';

/** When somebody wants to know it for. */
export interface AllowanceTerms extends Range {
  /** Names of the freezes that do not hold, because enough people lifted them for the plan that it is for. */
  readonly lifted?: readonly string[];
}

/** Of several windows, and of the service's own tag, the most careful holds. */
export function allowanceOf(
  maintenance: Maintenance,
  subject: WindowSubject,
  { lifted = [], ...range }: AllowanceTerms,
): Allowance {
  const { windows } = windowsFor(maintenance.windows, subject);
  const freezes = freezesFor(maintenance.freezes, subject).filter(({ name }) => !lifted.includes(name));
  const { openings, frozen } = timetable(windows, freezes, range);
  const takers = new Set(
    frozen.flatMap(({ because }) => because.filter(({ rule }) => rule === 'cut')).map(({ by }) => by),
  );
  const [first, ...others] = windows.map(({ budget }) => budget);
  return {
    openings,
    mode: mostCareful([...windows.map(({ mode }) => mode), ...taggedMode(subject)]),
    budget: first === undefined ? DEFAULT_BUDGET : strictest([first, ...others]),
    overrun: windows.some(({ overrun }) => overrun === 'rollback') ? 'rollback' : 'finish',
    freezes: freezes
      .filter(({ name }) => takers.has(name))
      .map(({ name, reason, override }) => ({ name, reason, canBeLifted: override !== undefined })),
    hasWindows: windows.length > 0,
  };
}

const mostCareful = (modes: readonly Mode[]): Mode => MODES.find((mode) => modes.includes(mode)) ?? DEFAULT_MODE;

/** A tag that was mistyped must not make a service run: nothing is done without asking then. */
function taggedMode({ tags }: WindowSubject): readonly Mode[] {
  const tag = Object.hasOwn(tags, MODE_TAG) ? tags[MODE_TAG]?.trim() : undefined;
  if (tag === undefined) return [];
  return [MODES.find((mode) => mode === tag) ?? 'approve'];
}
