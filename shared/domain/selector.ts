import type { CauseId } from './diagnosis/causes.ts';
import { fits } from './glob.ts';
import { isAtLeast, type Severity } from './severity.ts';

/** What is known of an incident or a notice when it is asked who hears of it. */
export interface RouteQuestion {
  readonly kind: 'incident' | 'notice';
  readonly account: string;
  readonly region: string;
  /** Names; empty for what is not of one cluster. */
  readonly clusters: readonly string[];
  /** Names; empty for tasks without a service. */
  readonly services: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
  readonly cause?: CauseId;
  readonly severity: Severity;
}

/**
 * Which incidents and notices are meant: every field that is present has to fit, each by any one of its entries. Names,
 * causes and values of tags may hold `*`. What concerns several services fits by any of its clusters and any of its
 * services, and those need not belong together. What has no cluster, or no cause, fits no selector that asks for one.
 */
export interface Selector {
  readonly kinds?: readonly RouteQuestion['kind'][];
  readonly accounts?: readonly string[];
  readonly regions?: readonly string[];
  readonly clusters?: readonly string[];
  readonly services?: readonly string[];
  /** Values by the name of the tag. */
  readonly tags?: Readonly<Record<string, readonly string[]>>;
  readonly causes?: readonly string[];
  /** This severity or a worse one. */
  readonly severity?: Severity;
}

export function selects(selector: Selector, question: RouteQuestion): boolean {
  const { kinds, severity, tags = {} } = selector;
  return (
    (kinds === undefined || kinds.includes(question.kind)) &&
    (severity === undefined || isAtLeast(question.severity, severity)) &&
    anyFits([question.account], selector.accounts) &&
    anyFits([question.region], selector.regions) &&
    anyFits(question.clusters, selector.clusters) &&
    anyFits(question.services, selector.services) &&
    anyFits(question.cause === undefined ? [] : [question.cause], selector.causes) &&
    Object.entries(tags).every(([name, values]) => anyFits(valuesOf(name, question.tags), values))
  );
}

const anyFits = (values: readonly string[], patterns: readonly string[] | undefined): boolean =>
  patterns === undefined || values.some((value) => patterns.some((pattern) => fits(value, pattern)));

function valuesOf(name: string, tags: RouteQuestion['tags']): readonly string[] {
  const value = Object.hasOwn(tags, name) ? tags[name] : undefined;
  return value === undefined ? [] : [value];
}
