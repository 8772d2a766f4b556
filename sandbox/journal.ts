import type { Now } from './clock.ts';

/** Everything a watcher may want to see, in the order in which it happened. */
export type Entry =
  /** An event was put on the bus; `rules` names those of the template that matched, none if it goes nowhere. */
  | {
      readonly kind: 'event';
      readonly eventId: string;
      readonly title: string;
      readonly rules: readonly string[];
      /** As it was put. */
      readonly event?: unknown;
    }
  /** A function logged a decision about an event. */
  | {
      readonly kind: 'decision';
      readonly function: string;
      readonly eventId: string;
      readonly subject: string;
      readonly decision: string;
      readonly reason: string;
      readonly because: string;
      readonly incident: string;
    }
  /** An invocation ended; `failure` is absent when the function returned. */
  | { readonly kind: 'invocation'; readonly function: string; readonly events: number; readonly failure?: string }
  | { readonly kind: 'slack'; readonly action: 'posted' | 'edited'; readonly ts: string; readonly firstLine: string }
  /** Slack showed something to one person alone. */
  | {
      readonly kind: 'shown';
      readonly person: string;
      readonly what: 'message' | 'modal' | 'home';
      readonly firstLine: string;
    }
  /** Slack answered something else than `ok: true`. */
  | { readonly kind: 'slack-refusal'; readonly method: string; readonly error: string }
  | { readonly kind: 'notification'; readonly subject: string; readonly message: string }
  | { readonly kind: 'dead-letter'; readonly from: string; readonly because: string }
  /** A function called an AWS API, or DynamoDB; `error` is what it was answered with instead of a result. */
  | {
      readonly kind: 'call';
      /** As in IAM: `ecs:DescribeServices`. */
      readonly action: string;
      /** It changes something in AWS; what Slackwater keeps in its own table does not count. */
      readonly isWrite: boolean;
      /** `ecs:UpdateService arn:…/pier-001`, for people. */
      readonly words: string;
      readonly input?: unknown;
      readonly error?: string;
    }
  /** A function ran, well or not; `milliseconds` are real ones, the start of its process included. */
  | { readonly kind: 'run'; readonly function: string; readonly milliseconds: number; readonly isCold: boolean }
  /** Something that a person did to the sandbox, or a warning of a function. */
  | { readonly kind: 'remark'; readonly text: string };

/** `at`: milliseconds since 1970 on the sandbox's clock. */
export type Numbered = Entry & { readonly number: number; readonly at: number };

export interface Journal {
  readonly entries: () => readonly Numbered[];
  readonly append: (entry: Entry) => void;
  /** Calls `listener` after each entry; answers how to stop that. */
  readonly subscribe: (listener: (entry: Numbered) => void) => () => void;
}

/** A watcher reads the last few; a long session must not grow without end. */
const REMEMBERED = 1_000;

/** There are so many of these that they would push out everything else, so they push out each other. */
const FREQUENT: ReadonlySet<Entry['kind']> = new Set(['call', 'run', 'invocation']);

export function createJournal(now: Now = Date.now): Journal {
  const entries: Numbered[] = [];
  const listeners = new Set<(entry: Numbered) => void>();
  let count = 0;
  const kept = { frequent: 0, other: 0 };
  const forgetOldest = (entry: Numbered): void => {
    const group = groupOf(entry);
    kept[group] += 1;
    if (kept[group] <= REMEMBERED) return;
    kept[group] -= 1;
    entries.splice(
      entries.findIndex((one) => groupOf(one) === group),
      1,
    );
  };
  return {
    entries: () => entries,
    append: (entry) => {
      count += 1;
      const numbered = { ...entry, number: count, at: now() };
      entries.push(numbered);
      forgetOldest(numbered);
      for (const listener of listeners) listener(numbered);
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

const groupOf = ({ kind }: Entry): 'frequent' | 'other' => (FREQUENT.has(kind) ? 'frequent' : 'other');

/**
 * Waits until `holds` is true, looking again after each entry. Rejects after `timeout` milliseconds with what was
 * waited for and the last entries, which is what one needs to know then.
 */
export function waitUntil(journal: Journal, what: string, holds: () => boolean, timeout: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (finish: () => void): void => {
      clearTimeout(timer);
      unsubscribe();
      finish();
    };
    const look = (): void => {
      if (holds()) settle(resolve);
    };
    const timer = setTimeout(() => {
      const last = journal
        .entries()
        .slice(-10)
        .map((entry) => JSON.stringify(entry));
      settle(() => reject(new Error(`waited ${timeout} ms for: ${what}. Last entries:\n${last.join('\n')}`)));
    }, timeout);
    const unsubscribe = journal.subscribe(look);
    look();
  });
}
