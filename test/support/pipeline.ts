import type { Delivery, Step } from '../../shared/domain/announcement.ts';
import { type Destination, destinationKey } from '../../shared/domain/destination.ts';
import {
  type ActorFacts,
  type Gathered,
  type LogTail,
  missing,
  type ServiceFacts,
  type TaskDefinitionFacts,
} from '../../shared/domain/facts.ts';
import type { AnnouncedRecord } from '../../shared/domain/incident.ts';
import type { Instant } from '../../shared/domain/instant.ts';
import type { Outcome } from '../../shared/domain/outcome.ts';
import { createGate } from '../../shared/effects/gate.ts';
import { createMemoryPlanStore } from '../../shared/effects/stores/memory-plan-store.ts';
import { createMemoryRecordStore } from '../../shared/effects/stores/memory-record-store.ts';
import { NOON, POLICY } from './observations.ts';

interface Told {
  readonly step: Step;
  readonly destination: string;
  readonly record: AnnouncedRecord;
}

const notRead: Gathered<never> = missing('not-applicable', 'not read in this test');

/**
 * Everything a handler depends on, in memory: a store, a clock that stands until it is moved, destinations that note
 * what they are told, and readers that answer what the test says.
 */
export function aPipeline(
  given: {
    readonly taskDefinition?: Gathered<TaskDefinitionFacts>;
    readonly service?: Gathered<ServiceFacts>;
    readonly logs?: Gathered<LogTail>;
    /** What the n-th attempt to tell answers; delivered when it says nothing. */
    readonly answer?: (attempt: number) => Delivery | undefined;
    readonly conceal?: (text: string) => string;
    readonly stopActor?: Gathered<ActorFacts>;
  } = {},
) {
  let now: Instant = NOON;
  const clock = (): Instant => now;
  const told: Told[] = [];
  const outcomes: Outcome[] = [];
  const failures: { readonly subject: string; readonly error: unknown }[] = [];
  const reads: string[] = [];
  const read = async <Value>(name: string, answer: Gathered<Value> | undefined): Promise<Gathered<Value>> => {
    reads.push(name);
    return answer ?? notRead;
  };
  const store = createMemoryRecordStore({ clock });
  const announce = async (record: AnnouncedRecord, destination: Destination, step: Step): Promise<Delivery> => {
    told.push({ step, destination: destinationKey(destination), record });
    return (
      given.answer?.(told.length) ?? { status: 'delivered', receipt: { channel: 'C0OPS', ts: `${told.length}.0` } }
    );
  };
  const plans = createMemoryPlanStore({ clock });
  const deps = {
    store,
    plans,
    clock,
    announce,
    gate: createGate({ store, clock, announce }),
    policy: async () => POLICY,
    conceal: given.conceal ?? ((text: string) => text),
    report: (outcome: Outcome) => {
      outcomes.push(outcome);
    },
    reportFailure: (subject: string, error: unknown) => {
      failures.push({ subject, error });
    },
    ecs: {
      describeTaskDefinition: () => read('task definition', given.taskDefinition),
      describeService: () => read('service', given.service),
      stoppedTasks: () => read<never>('stopped tasks', undefined),
    },
    ...(given.stopActor && { stopActor: async () => read('stop actor', given.stopActor) }),
    logs: { tail: () => read('logs', given.logs) },
  } as const;
  return {
    deps,
    store,
    told,
    outcomes,
    failures,
    reads,
    context: { getRemainingTimeInMillis: () => 30_000 },
    at: (instant: Instant) => {
      now = instant;
    },
  };
}
