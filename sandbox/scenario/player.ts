import { isObject, wordOf } from '../json-object.ts';
import type { Sandbox } from '../sandbox.ts';
import type { Recorded } from './library.ts';
import { pour } from './pour.ts';
import { another, retell } from './retell.ts';
import type { Scenario, Step } from './scenarios.ts';

export interface Player {
  /** Puts a recorded event on the bus as if it happened now; from the second time on it happens to another task. */
  readonly tell: (path: string) => Promise<void>;
  /** Plays a scenario to its end: every event is decided on, or goes nowhere. It can be watched, and stopped between steps. */
  readonly play: (scenario: Scenario, watch?: Watch) => Promise<void>;
}

export interface Watch {
  /** How much is done, 0 to 1. */
  readonly report?: (done: number) => void;
  readonly stopping?: AbortSignal;
}

/** Milliseconds for one event to be decided on, a cold start and a redelivery included. */
const PATIENCE = 30_000;

export function createPlayer(sandbox: Sandbox, library: readonly Recorded[]): Player {
  const byPath = new Map(library.map((recorded) => [recorded.path, recorded]));
  const told = new Map<string, number>();
  const eventAt = (path: string): unknown => {
    const recorded = byPath.get(path);
    if (recorded === undefined) throw new Error(`there is no event ${path}`);
    return retell(recorded.event, sandbox.clock.now());
  };
  const fresh = (path: string): unknown => {
    const serial = told.get(path) ?? 0;
    told.set(path, serial + 1);
    return another(eventAt(path), serial);
  };
  const putAndWait = async (events: readonly unknown[]): Promise<void> => {
    const sinceNumber = sandbox.journal.entries().at(-1)?.number ?? 0;
    const matched = await Promise.all(events.map(async (event) => ({ event, rules: await sandbox.putEvent(event) })));
    const awaited = matched.filter(({ rules }) => rules.length > 0).map(({ event }) => idOf(event));
    await sandbox.waitUntil(
      `a decision about ${awaited.join(', ')}`,
      () => {
        const decided = sandbox.journal
          .entries()
          .flatMap((entry) => (entry.kind === 'decision' && entry.number > sinceNumber ? entry.eventId : []));
        return awaited.every((id) => decided.includes(id));
      },
      PATIENCE,
    );
  };
  const take = async (step: Step, watch: Watch): Promise<unknown> => {
    switch (step.kind) {
      case 'event': {
        const first = fresh(step.path);
        const others = Array.from({ length: (step.times ?? 1) - 1 }, () => (step.distinct ? fresh(step.path) : first));
        return putAndWait([first, ...others]);
      }
      case 'made':
        return pour(sandbox, step.make(sandbox.clock.now()), watch);
      case 'act':
        return step.act(sandbox);
      case 'slack-down':
        return sandbox.injectSlack({ kind: 'down' });
      case 'slack-up':
        return sandbox.injectSlack(undefined);
    }
  };
  return {
    tell: async (path) => {
      await sandbox.putEvent(fresh(path));
    },
    play: async ({ steps }, { report, stopping } = {}) => {
      for (const [index, step] of steps.entries()) {
        if (stopping?.aborted) return;
        const reportPart = (done: number): void => report?.((index + done) / steps.length);
        await take(step, { report: reportPart, ...(stopping && { stopping }) });
        reportPart(1);
      }
    },
  };
}

const idOf = (event: unknown): string => (isObject(event) ? wordOf(event['id']) : '');
