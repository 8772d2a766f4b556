import { createHandler as createEcsEventsHandler } from '../../functions/ecs-events/handler.ts';
import { settleRecord } from '../../functions/reconcile/due.ts';
import { createHandler as createNoticeHandler } from '../../functions/retirement-notice/handler.ts';
import type { Step } from '../../shared/domain/announcement.ts';
import type { Announcer } from '../../shared/domain/announcer.ts';
import { type Destination, destinationKey } from '../../shared/domain/destination.ts';
import { type Gathered, missing } from '../../shared/domain/facts.ts';
import type { AnnouncedRecord } from '../../shared/domain/incident.ts';
import type { Instant } from '../../shared/domain/instant.ts';
import type { Outcome } from '../../shared/domain/outcome.ts';
import { defaultPolicy } from '../../shared/domain/policy.ts';
import type { RecordStore } from '../../shared/domain/store.ts';
import { isPublished, isThreaded, saidSince } from '../../shared/domain/timeline.ts';
import { createGate } from '../../shared/effects/gate.ts';
import { createMemoryPlanStore } from '../../shared/effects/stores/memory-plan-store.ts';
import { createMemoryRecordStore } from '../../shared/effects/stores/memory-record-store.ts';
import { renderNotification } from '../../shared/render/notification.ts';
import { renderReply } from '../../shared/render/reply.ts';
import { renderSlack } from '../../shared/render/slack.ts';
import { renderText } from '../../shared/render/text.ts';
import { asQueueRecord, isHealthEvent, timeOf } from '../recorded-event.ts';

/** An effect that would run. Nothing is sent. */
export type ReplayedEffect =
  | { readonly kind: 'save'; readonly record: string }
  | { readonly kind: Step; readonly destination: string };

/** A message as it would go out. */
export interface ReplayedMessage {
  readonly destination: string;
  readonly kind: Step;
  readonly content: unknown;
}

export interface Replayed {
  readonly outcome: Outcome;
  readonly messages: readonly ReplayedMessage[];
  readonly effects: readonly ReplayedEffect[];
  /** The message as a terminal shows it. */
  readonly card?: string;
}

/** Where a replay would tell; the real places are configured at deployment. */
const DESTINATIONS: readonly Destination[] = [
  { kind: 'slack-channel', channel: 'C0REPLAY' },
  { kind: 'sns-topic', topicArn: 'arn:aws:sns:us-east-1:000000000000:replay' },
];

const POLICY = defaultPolicy({ destinations: DESTINATIONS, lowestSeverity: 'low' });

/** As long as the functions have, so that claims run out as they do there. */
const FUNCTION_TIMEOUT = 30_000;

/**
 * Runs events one after the other through the handlers of the functions, with an empty store, no AWS account and
 * nobody told. The clock stands at each event's own time, so the same file always gives the same answer.
 */
export function createReplayer(): { readonly replay: (event: unknown) => Promise<Replayed> } {
  const trace = createTrace();
  let now: Instant = 0;
  const store = createMemoryRecordStore({ clock: () => now });
  const telling = {
    store: trace.record(store),
    announce: trace.announce,
    clock: () => now,
  };
  const deps = {
    ...telling,
    // What the gate keeps for itself is no record of anybody's.
    gate: createGate({ ...telling, store }),
    plans: createMemoryPlanStore({ clock: () => now }),
    policy: async () => POLICY,
    conceal: (text: string) => text,
    report: trace.report,
    reportFailure: (_: string, error: unknown) => {
      throw error;
    },
    ecs: { describeTaskDefinition: unread, describeService: unread, stoppedTasks: unread },
    logs: { tail: unread },
  } as const;
  const onEcsEvent = createEcsEventsHandler(deps);
  const onNotice = createNoticeHandler(deps);
  const context = { getRemainingTimeInMillis: () => FUNCTION_TIMEOUT };
  /** Closes what would be over by then; what is merely to be told is left to the event itself. */
  const closeUntil = async (at: Instant): Promise<void> => {
    for (const record of await telling.store.loadDue(at, MOST_DUE)) {
      if (record.wakeAt === undefined || record.wakeAt > at) continue;
      now = record.wakeAt;
      await settleRecord(record, { policy: POLICY, deadline: now + FUNCTION_TIMEOUT }, deps);
    }
  };
  return {
    replay: async (event) => {
      const at = timeOf(event) ?? now;
      await closeUntil(at);
      now = at;
      trace.reset();
      if (isHealthEvent(event)) await onNotice(event, context);
      else await onEcsEvent({ Records: [asQueueRecord(event)] }, context);
      return trace.take();
    },
  };
}

/** More than a file of events leaves due between two of them. */
const MOST_DUE = 1_000;

const unread = async (): Promise<Gathered<never>> =>
  missing(
    'not-applicable',
    'a replay asks no AWS account: the task definition, the service and the logs are not known',
  );

function createTrace() {
  let outcome: Outcome | undefined;
  let effects: ReplayedEffect[] = [];
  let messages: ReplayedMessage[] = [];
  let card: string | undefined;
  const announce: Announcer = async (record, destination, step) => {
    const name = destinationKey(destination);
    effects.push({ kind: step, destination: name });
    messages.push({ destination: name, kind: step, content: contentFor(record, destination, step) });
    card = renderText(record);
    return {
      status: 'delivered',
      ...(destination.kind === 'slack-channel' && { receipt: { channel: destination.channel, ts: '0.0' } }),
    };
  };
  return {
    announce,
    report: (reported: Outcome): void => {
      outcome = reported;
    },
    record: (store: RecordStore): RecordStore => ({
      ...store,
      save: async (record, now) => {
        effects.push({ kind: 'save', record: record.id });
        return store.save(record, now);
      },
    }),
    reset: (): void => {
      [outcome, effects, messages, card] = [undefined, [], [], undefined];
    },
    take: (): Replayed => {
      if (outcome === undefined) throw new Error('the pipeline reported nothing about an event');
      return { outcome, effects, messages, ...(card !== undefined && { card }) };
    },
  };
}

function contentFor(record: AnnouncedRecord, destination: Destination, step: Step): unknown {
  const key = destinationKey(destination);
  const known = record.announcements.find((announcement) => destinationKey(announcement.destination) === key);
  const news = saidSince(record.timeline, known?.status === 'told' ? known.said : 0);
  if (destination.kind !== 'sns-topic')
    return step === 'reply' ? renderReply(record, news.filter(isThreaded)) : renderSlack(record);
  const last = news.findLast(isPublished)?.reason;
  return renderNotification(record, last === undefined ? {} : { news: last });
}
