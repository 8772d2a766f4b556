import { days, minutes } from '../instant.ts';
import type { Weekday } from '../quiet-hours.ts';
import type { Selector } from '../selector.ts';
import type { LocalTime } from '../zone.ts';
import type { Cron } from './cron.ts';
import type { Imported } from './imported.ts';

/** Everything an installation decides about when and how Slackwater may replace tasks. */
export interface Maintenance {
  readonly windows: readonly MaintenanceWindow[];
  /** A freeze always beats a window. */
  readonly freezes: readonly Freeze[];
}

/** Which services are meant, by the fields of a selector that say where something is. */
export type PlaceSelector = Pick<Selector, 'accounts' | 'regions' | 'clusters' | 'services' | 'tags'>;

/** From nothing at all to replacing without asking; `veto` runs unless somebody objects before the opening. */
export const MODES = ['off', 'notify', 'approve', 'veto', 'auto'] as const;
export type Mode = (typeof MODES)[number];

/** When services may be replaced. */
export type MaintenanceWindow = WindowTerms & Timetable;

interface WindowTerms {
  /** Unique among the windows. */
  readonly name: string;
  /**
   * A name of the tz database. All times of a window are those of a clock on a wall there; what Systems Manager opens is
   * only shown so.
   */
  readonly zone: string;
  /** Milliseconds before the close after which nothing new starts; absent: as the expected duration says. */
  readonly cutoff?: number;
  /** What becomes of a deployment that still runs at the close. */
  readonly overrun: 'finish' | 'rollback';
  readonly select: PlaceSelector;
  readonly mode: Mode;
  readonly budget: Budget;
  /** Any of these keeps it shut, also when it cannot be asked. */
  readonly blockers: readonly Blocker[];
}

export type Timetable =
  | { readonly opens: LocalOpens; readonly closes: Closes }
  /** AWS Systems Manager knows when; Slackwater is told. */
  | { readonly opens: SsmOpens; readonly closes: { readonly kind: 'ssm' } };

export interface SsmOpens {
  readonly kind: 'ssm';
  /** `mw-0123456789abcdef0`. */
  readonly id: string;
  /** Absent: Systems Manager was not asked, and so it never opens. */
  readonly imported?: Imported;
}

/** `start` is in milliseconds since midnight of the day that the opening belongs to. */
export type LocalOpens =
  | { readonly kind: 'weekly'; readonly days: readonly Weekday[]; readonly start: number }
  /** `offsetDays` later than the expression says: two days after the second Tuesday. */
  | { readonly kind: 'cron'; readonly cron: Cron; readonly offsetDays: number }
  | { readonly kind: 'once'; readonly at: LocalTime };

export type Closes =
  /**
   * A promise by the clock on the wall, in milliseconds since midnight, at most 24 hours: the next time that it shows
   * this. Longer or shorter by an hour in the nights in which clocks change.
   */
  | { readonly kind: 'end'; readonly at: number }
  /** Elapsed milliseconds. */
  | { readonly kind: 'duration'; readonly length: number };

/** When nothing may be replaced, whatever the windows say. */
export interface Freeze {
  readonly name: string;
  readonly zone: string;
  readonly period: FreezePeriod;
  /** Empty: everything. */
  readonly select: PlaceSelector;
  readonly reason: string;
  readonly owner?: string;
  /** Who may lift it for one plan, and how many of them have to agree; absent: nobody. */
  readonly override?: { readonly by: readonly string[]; readonly votes: number };
}

export type FreezePeriod =
  /** Half-open: `from <= t < to`, by the clock on the wall. */
  | { readonly kind: 'once'; readonly from: LocalTime; readonly to: LocalTime }
  /** Whole days of every year, the last one included; over the turn of the year where `to` is before `from`. */
  | { readonly kind: 'yearly'; readonly from: MonthDay; readonly to: MonthDay };

/** `month` is 1 to 12. */
export interface MonthDay {
  readonly month: number;
  readonly day: number;
}

/** How much may be replaced at the same time. */
export interface Budget {
  /** Services in flight, everywhere. */
  readonly maxServices: number;
  /** Services in flight in one cluster. */
  readonly maxServicesPerCluster: number;
  /** Of all tasks that the window selects, in percent. */
  readonly maxTaskPercent: number;
  /** Where so few tasks run that the percentage is none at all, one is. */
  readonly atLeastOneTask: boolean;
  /** Milliseconds between the end of one replacement and the start of the next. */
  readonly spacing: number;
  /** So many services first, and then `bake` milliseconds of watching. */
  readonly canary?: { readonly count: number; readonly bake: number };
  /** After so many failures the rest of the opening is left alone. */
  readonly maxFailures: number;
}

export type Blocker =
  | { readonly kind: 'alarm'; readonly name: string }
  | { readonly kind: 'alarm-prefix'; readonly prefix: string }
  | { readonly kind: 'alarm-tags'; readonly tags: Readonly<Record<string, string>> }
  /** The CloudFormation stack that owns the service is being updated. */
  | { readonly kind: 'stack-updating' }
  | { readonly kind: 'deployment-in-progress' }
  | { readonly kind: 'function'; readonly arn: string }
  /** A change calendar of AWS Systems Manager, by its name or its ARN, is closed. */
  | { readonly kind: 'change-calendar'; readonly calendar: string };

/** Nothing is replaced without somebody who has looked. */
export const DEFAULT_MODE: Mode = 'approve';

/** One after the other, and none after the first failure. */
export const DEFAULT_BUDGET: Budget = {
  maxServices: 1,
  maxServicesPerCluster: 1,
  maxTaskPercent: 100,
  atLeastOneTask: false,
  spacing: 0,
  maxFailures: 1,
};

export const NO_MAINTENANCE: Maintenance = { windows: [], freezes: [] };

/** A window that is shorter than three looks of a five-minute clock is one that a look can miss. */
export const SHORTEST_USEFUL = minutes(15);

/** No window is open for longer at a stretch, and none opens more often a day; the configuration refuses it. */
export const LONGEST_OPENING = days(7);
export const MOST_A_DAY = 24;
