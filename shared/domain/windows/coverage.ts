import { days, hours, type Instant } from '../instant.ts';
import type { Audience } from './audience.ts';
import { type MaintenanceWindow, SHORTEST_USEFUL } from './maintenance.ts';
import { type Opening, openingsOf, type Range } from './opening.ts';
import { latestStart, nextOf, timetable } from './usable-openings.ts';

/** How AWS Fargate retires, and how long the replacing takes; all in milliseconds. */
export interface CoverageTerms {
  /**
   * Between AWS's notice and the retirement: the account setting `fargateTaskRetirementWaitPeriod`, 0, 7 or 14 days.
   * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/prepare-task-retirement.html
   */
  readonly wait: number;
  /** Of the replacement of one service. */
  readonly expected: number;
  /** Whether AWS retires in event windows of its own (`fargateEventWindows`). */
  readonly hasEventWindows: boolean;
}

/** What is wrong with the windows of one audience, seen 400 days ahead. */
export type CoverageWarning =
  /** AWS retires at once; no window of ours can be earlier. */
  | { readonly kind: 'no-wait' }
  /** Within four years; one of Systems Manager as far as it was asked. */
  | { readonly kind: 'never-opens'; readonly window: string; readonly until?: Instant }
  /** It opens, and freezes take all of it. */
  | { readonly kind: 'always-frozen'; readonly windows: readonly string[]; readonly freezes: readonly string[] }
  /** The shortest opening is shorter than it should be. */
  | { readonly kind: 'short'; readonly opening: Opening; readonly length: number; readonly wanted: number }
  /** Nothing may start in any of its openings: the cutoff is as long as they are. */
  | { readonly kind: 'no-start'; readonly windows: readonly string[] }
  /** A notice at the beginning of this gap leaves no opening that ends early enough before the retirement. */
  | {
      readonly kind: 'long-gap';
      readonly gap: Range;
      /** Milliseconds from its beginning until all is safely done; `undefined` where no opening ever follows. */
      readonly needed: number | undefined;
      readonly wait: number;
      /** That take something within the gap. */
      readonly freezes: readonly string[];
    };

/** A year and a month, so that every yearly freeze is in it whole. */
export const COVERAGE_AHEAD = days(400);

/**
 * Looks at the windows of one audience from `from` on. Of what repeats only the worst is told. Those of Systems Manager are
 * left out where it has not been asked, and nothing beyond what it has told is called a gap.
 */
export function coverageOf(audience: Audience, terms: CoverageTerms, from: Instant): readonly CoverageWarning[] {
  const windows = audience.windows.filter((window) => window.mode !== 'off' && from < knownUntil(window));
  if (windows.length === 0) return [];
  const horizon = Math.min(...windows.map(knownUntil));
  const isCutShort = horizon < from + COVERAGE_AHEAD;
  const range = { from, to: isCutShort ? horizon : from + COVERAGE_AHEAD };
  const { openings, frozen } = timetable(windows, audience.freezes, range);
  return [
    ...(terms.wait === 0 && !terms.hasEventWindows ? [{ kind: 'no-wait' } as const] : []),
    ...windows
      .filter((window) => neverOpens(window, from))
      .map((window) => ({ kind: 'never-opens', window: window.name, ...untilOf(window) }) as const),
    ...alwaysFrozen(openings, frozen),
    ...tooShort(openings, terms),
    ...unstartable(openings, terms),
    ...longestGap(openings, {
      terms,
      range,
      frozen,
      // Whatever is not known yet opens at that time at the earliest.
      next: isCutShort ? { opens: horizon, closes: horizon } : nextOf(windows, audience.freezes, range.to - 1),
    }),
  ];
}

const untilOf = (window: MaintenanceWindow) => (window.opens.kind === 'ssm' ? { until: knownUntil(window) } : {});

const knownUntil = ({ opens }: MaintenanceWindow): Instant =>
  opens.kind === 'ssm' ? (opens.imported?.until ?? Number.NEGATIVE_INFINITY) : Number.POSITIVE_INFINITY;

/** One that is always open does not open again either. */
const neverOpens = (window: MaintenanceWindow, from: Instant): boolean =>
  openingsOf(window, from, from + 1).length === 0 && nextOf([window], [], from) === undefined;

function alwaysFrozen(openings: readonly Opening[], frozen: readonly Opening[]): readonly CoverageWarning[] {
  if (openings.length > 0 || frozen.length === 0) return [];
  const windows = [...new Set(frozen.flatMap((opening) => opening.windows))];
  return [{ kind: 'always-frozen', windows, freezes: freezesIn(frozen) }];
}

const freezesIn = (frozen: readonly Opening[]): readonly string[] => [
  ...new Set(frozen.flatMap(({ because }) => because.filter(({ rule }) => rule === 'cut').map(({ by }) => by))),
];

/** Twice the expected duration leaves room for a slow one. */
function tooShort(openings: readonly Opening[], { expected }: CoverageTerms): readonly CoverageWarning[] {
  const wanted = Math.max(SHORTEST_USEFUL, 2 * expected);
  const [opening] = openings.toSorted((a, b) => lengthOf(a) - lengthOf(b));
  if (opening === undefined || lengthOf(opening) >= wanted) return [];
  return [{ kind: 'short', opening, length: lengthOf(opening), wanted }];
}

function unstartable(openings: readonly Opening[], { expected }: CoverageTerms): readonly CoverageWarning[] {
  if (openings.length === 0 || openings.some((opening) => latestStart(opening, expected) > opening.opens)) return [];
  return [{ kind: 'no-start', windows: [...new Set(openings.flatMap(({ windows }) => windows))] }];
}

const lengthOf = ({ opens, closes }: Opening): number => closes - opens;

interface Seen {
  readonly terms: CoverageTerms;
  readonly range: Range;
  readonly frozen: readonly Opening[];
  /** The first opening after the last, which may be out of sight. */
  readonly next: Pick<Opening, 'opens' | 'closes'> | undefined;
}

/** The gap after which a replacement is safely done last, when that is later than AWS waits. */
function longestGap(openings: readonly Opening[], { terms, range, frozen, next }: Seen): readonly CoverageWarning[] {
  const last = openings.at(-1);
  if (last === undefined || terms.wait === 0) return [];
  const gaps = [...openings, ...(next === undefined ? [] : [next])].map((opening, index) => {
    const from = openings[index - 1]?.closes ?? Math.min(range.from, opening.opens);
    return { gap: { from, to: opening.opens }, needed: opening.closes + safetyMargin(terms) - from };
  });
  const [worst] = gaps.filter(({ gap }) => gap.from < gap.to).toSorted((a, b) => b.needed - a.needed);
  const isOver = next === undefined && last.closes < range.to;
  const found = isOver ? { gap: { from: last.closes, to: range.to }, needed: undefined } : worst;
  if (found === undefined || (found.needed ?? Number.POSITIVE_INFINITY) <= terms.wait) return [];
  const within = frozen.filter((piece) => piece.opens < found.gap.to && found.gap.from < piece.closes);
  return [{ kind: 'long-gap', ...found, wait: terms.wait, freezes: freezesIn(within) }];
}

/** What is started so long before the retirement is over by then, even when it has to be done twice. */
const safetyMargin = ({ expected }: CoverageTerms): number => Math.max(hours(24), 3 * expected);
