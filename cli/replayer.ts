import { createHandler as createEcsEventsHandler } from '../functions/ecs-events/handler.ts';
import { createHandler as createNoticeHandler } from '../functions/retirement-notice/handler.ts';
import type { Announcer } from '../shared/domain/announcer.ts';
import { type Destination, destinationKey } from '../shared/domain/destination.ts';
import { type Gathered, missing } from '../shared/domain/facts.ts';
import type { AnnouncedRecord } from '../shared/domain/incident.ts';
import type { Instant } from '../shared/domain/instant.ts';
import type { Outcome } from '../shared/domain/outcome.ts';
import type { RecordStore } from '../shared/domain/store.ts';
import { createMemoryRecordStore } from '../shared/effects/memory-record-store.ts';
import { renderNotification } from '../shared/render/notification.ts';
import { renderSlack } from '../shared/render/slack.ts';
import { renderText } from '../shared/render/text.ts';
import { asQueueRecord, isHealthEvent, timeOf } from './recorded-event.ts';

/** An effect that would run. Nothing is sent. */
export type ReplayedEffect =
  | { readonly kind: 'save'; readonly record: string }
  | { readonly kind: 'post' | 'edit'; readonly destination: string };

/** A message as it would go out. */
export interface ReplayedMessage {
  readonly destination: string;
  readonly kind: 'post' | 'edit';
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

/** As long as the functions have, so that claims run out as they do there. */
const FUNCTION_TIMEOUT = 30_000;

/**
 * Runs events one after the other through the handlers of the functions, with an empty store, no AWS account and
 * nobody told. The clock stands at each event's own time, so the same file always gives the same answer.
 */
export function createReplayer(): { readonly replay: (event: unknown) => Promise<Replayed> } {
  const trace = createTrace();
  let now: Instant = 0;
  const deps = {
    store: trace.record(createMemoryRecordStore({ clock: () => now })),
    announce: trace.announce,
    clock: () => now,
    routing: { destinations: DESTINATIONS, lowestSeverity: 'low' },
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
  return {
    replay: async (event) => {
      now = timeOf(event) ?? now;
      trace.reset();
      if (isHealthEvent(event)) await onNotice(event, context);
      else await onEcsEvent({ Records: [asQueueRecord(event)] }, context);
      return trace.take();
    },
  };
}

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
    messages.push({ destination: name, kind: step, content: contentFor(record, destination) });
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

function contentFor(record: AnnouncedRecord, destination: Destination): unknown {
  return destination.kind === 'sns-topic' ? renderNotification(record) : renderSlack(record);
}
