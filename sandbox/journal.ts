import type { Now } from './clock.ts';

/** Everything a watcher may want to see, in the order in which it happened. */
export type Entry =
  /** An event was put on the bus; `rules` names those of the template that matched, none if it goes nowhere. */
  | { readonly kind: 'event'; readonly eventId: string; readonly title: string; readonly rules: readonly string[] }
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

export function createJournal(now: Now = Date.now): Journal {
  const entries: Numbered[] = [];
  const listeners = new Set<(entry: Numbered) => void>();
  let count = 0;
  return {
    entries: () => entries,
    append: (entry) => {
      count += 1;
      const numbered = { ...entry, number: count, at: now() };
      entries.push(numbered);
      if (entries.length > REMEMBERED) entries.shift();
      for (const listener of listeners) listener(numbered);
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

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
