import { createHandler as createEcsEventsHandler } from '../../functions/ecs-events/handler.ts';
import type { EvidenceReaders } from '../../functions/ecs-events/reads.ts';
import { createHandler as createNoticeHandler } from '../../functions/retirement-notice/handler.ts';
import type { AnnouncedRecord, RecordId } from '../../shared/domain/incident.ts';
import { type Instant, minutes } from '../../shared/domain/instant.ts';
import type { Outcome } from '../../shared/domain/outcome.ts';
import { defaultPolicy } from '../../shared/domain/policy.ts';
import type { RecordStore } from '../../shared/domain/store.ts';
import type { Gate } from '../../shared/effects/gate.ts';
import { createMemoryPlanStore } from '../../shared/effects/stores/memory-plan-store.ts';
import { createMemoryRecordStore } from '../../shared/effects/stores/memory-record-store.ts';
import { asQueueRecord, isHealthEvent, timeOf } from '../recorded-event.ts';

/** A problem as Slack would be told of it. */
export interface Problem {
  /** Of the event that it was first told about. */
  readonly outcome: Outcome;
  readonly record: AnnouncedRecord;
}

export interface Explained {
  readonly problems: readonly Problem[];
  /** What led to no message, with the reason. */
  readonly quiet: readonly Outcome[];
}

/** Told about every severity, as nobody is really told. */
const POLICY = defaultPolicy({
  destinations: [{ kind: 'slack-channel', channel: 'C0EXPLAIN' }],
  lowestSeverity: 'low',
});

/** Nobody is told, so nothing has to be folded. */
const ADMITS_ALL: Gate = { admit: async () => ({ kind: 'own' }) };

/**
 * Hands events, together, to the handlers of the functions, with readers of a live account and a store in memory, so
 * that what it says and what Slack is told cannot differ. Nothing is stored or sent. What it answers is about all events
 * that it was ever given.
 */
export function createExplainer(readers: EvidenceReaders): (events: readonly unknown[]) => Promise<Explained> {
  let now: Instant = 0;
  const clock = () => now;
  const outcomes: Outcome[] = [];
  const records = new Map<RecordId, AnnouncedRecord>();
  const deps = {
    ...readers,
    store: noting(createMemoryRecordStore({ clock }), records),
    announce: async () => ({ status: 'delivered' }) as const,
    gate: ADMITS_ALL,
    clock,
    plans: createMemoryPlanStore({ clock }),
    policy: async () => POLICY,
    conceal: (text: string) => text,
    report: (outcome: Outcome) => {
      outcomes.push(outcome);
    },
    reportFailure: (_: string, error: unknown) => {
      throw error;
    },
  };
  const onEcsEvents = createEcsEventsHandler(deps);
  const onNotice = createNoticeHandler(deps);
  const context = { getRemainingTimeInMillis: () => minutes(1) };
  return async (events) => {
    now = Math.max(now, ...events.flatMap((event) => timeOf(event) ?? []));
    for (const notice of events.filter(isHealthEvent)) await onNotice(notice, context);
    const ofEcs = events.filter((event) => !isHealthEvent(event));
    await onEcsEvents({ Records: ofEcs.map(asQueueRecord) }, context);
    return explained(outcomes, records);
  };
}

function noting(store: RecordStore, records: Map<RecordId, AnnouncedRecord>): RecordStore {
  return {
    ...store,
    save: async (record, now) => {
      records.set(record.id, record);
      return store.save(record, now);
    },
  };
}

function explained(outcomes: readonly Outcome[], records: ReadonlyMap<RecordId, AnnouncedRecord>): Explained {
  const problems = [...records.values()].flatMap((record): Problem[] => {
    const outcome = outcomes.find(({ incident }) => incident === record.id);
    return outcome === undefined ? [] : [{ outcome, record }];
  });
  return { problems, quiet: outcomes.filter(({ incident }) => incident === undefined) };
}
