import { fits } from '../glob.ts';
import { selects } from '../selector.ts';
import type { Freeze, MaintenanceWindow, PlaceSelector } from './maintenance.ts';

/** What may be replaced, as windows and freezes see it. A standalone task has no service. */
export interface WindowSubject {
  readonly account: string;
  readonly region: string;
  readonly cluster: string;
  readonly service?: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** By a tag of this name a service chooses the one window of that name, whatever else selects it. Public name. */
export const WINDOW_TAG = 'slackwater:window';

/** From the most specific on; the first with a window wins. Amazon ECS asks its own event windows in the same order. */
export const LEVELS = ['named', 'service', 'cluster', 'tag', 'default'] as const;
export type Level = (typeof LEVELS)[number];

export interface Chosen {
  readonly level: Level;
  /** Together; empty where the tag of a service names a window that does not exist: nothing happens to it then. */
  readonly windows: readonly MaintenanceWindow[];
  /** Those that select the subject too, and that a more specific level beats. */
  readonly beaten: readonly MaintenanceWindow[];
}

/** The windows of the most specific level that selects the subject. */
export function windowsFor(windows: readonly MaintenanceWindow[], subject: WindowSubject): Chosen {
  const name = Object.hasOwn(subject.tags, WINDOW_TAG) ? subject.tags[WINDOW_TAG]?.trim() : undefined;
  const selecting = windows.filter(({ select }) => isSelected(select, subject));
  if (name)
    return chosen(
      'named',
      windows.filter((window) => window.name === name),
      selecting,
    );
  const level = LEVELS.find((one) => selecting.some(({ select }) => levelOf(select) === one)) ?? 'default';
  return chosen(
    level,
    selecting.filter(({ select }) => levelOf(select) === level),
    selecting,
  );
}

const chosen = (
  level: Level,
  windows: readonly MaintenanceWindow[],
  selecting: readonly MaintenanceWindow[],
): Chosen => ({ level, windows, beaten: selecting.filter((window) => !windows.includes(window)) });

export const freezesFor = (freezes: readonly Freeze[], subject: WindowSubject): readonly Freeze[] =>
  freezes.filter(({ select }) => isSelected(select, subject));

export function levelOf({ services, clusters, tags }: PlaceSelector): Level {
  if (services !== undefined) return 'service';
  if (clusters !== undefined) return 'cluster';
  return tags === undefined ? 'default' : 'tag';
}

const isSelected = (select: PlaceSelector, { account, region, cluster, service, tags }: WindowSubject): boolean =>
  selects(select, {
    // Neither of these two is a field of a place selector.
    kind: 'notice',
    severity: 'none',
    account,
    region,
    clusters: [cluster],
    services: service === undefined ? [] : [service],
    tags,
  });

/** Windows that select the same, and the freezes that hold for everything that these select. */
export interface Audience {
  readonly select: PlaceSelector;
  readonly windows: readonly MaintenanceWindow[];
  readonly freezes: readonly Freeze[];
}

/** Who the windows are for, without knowing any service. A freeze of some of these services only is in no audience. */
export function audiencesOf(windows: readonly MaintenanceWindow[], freezes: readonly Freeze[]): readonly Audience[] {
  const bySelect = Map.groupBy(windows, ({ select }) => canonical(select));
  return [...bySelect.values()].map((same) => {
    const select = same[0]?.select ?? {};
    return { select, windows: same, freezes: freezes.filter((freeze) => covers(freeze.select, select)) };
  });
}

/** The same text for selectors that mean the same but for the order in which they are written. */
const canonical = ({ tags, ...lists }: PlaceSelector): string =>
  JSON.stringify([sortedLists(lists), tags === undefined ? null : sortedLists(tags)]);

const sortedLists = (lists: Readonly<Record<string, readonly string[] | undefined>>) =>
  Object.entries(lists)
    .map(([name, values = []]) => [name, values.toSorted()] as const)
    .toSorted(([a], [b]) => (a < b ? -1 : 1));

/** Whether everything that `inner` selects is selected by `outer`, as far as their patterns show. */
export function covers(outer: PlaceSelector, inner: PlaceSelector): boolean {
  const { tags = {}, ...lists } = outer;
  return (
    (['accounts', 'regions', 'clusters', 'services'] as const).every(
      (field) => lists[field] === undefined || isWithin(inner[field], lists[field]),
    ) && Object.entries(tags).every(([name, values]) => isWithin(inner.tags?.[name], values))
  );
}

const isWithin = (narrow: readonly string[] | undefined, wide: readonly string[]): boolean =>
  narrow?.every((pattern) => wide.some((other) => fits(pattern, other))) ?? false;
