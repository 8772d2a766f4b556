import { type AsyncSpec, invokeAsync } from './delivery/async-invoke.ts';
import { invokeWithBatch } from './delivery/event-source-mapping.ts';
import { repeat } from './delivery/schedule.ts';
import { createWork, type Work } from './delivery/work.ts';
import { createEventBus, type Deliver, type EventBus } from './event-bus.ts';
import type { Journal } from './journal.ts';
import type { Fleet } from './lambda/fleet.ts';
import { consume } from './messaging/consumer.ts';
import { readNotification } from './messaging/notification.ts';
import type { Queue } from './messaging/queue.ts';
import type { SandboxOptions } from './options.ts';
import type { Stack, StackFunction } from './stack/stack.ts';

export interface PlantDeps {
  readonly stack: Stack;
  readonly fleet: Fleet;
  /** The template's queues by ARN. */
  readonly queues: ReadonlyMap<string, Queue>;
  /** Queues that subscribe to the template's topics. */
  readonly subscriptions: readonly Queue[];
  readonly journal: Journal;
  readonly options: SandboxOptions;
}

/** The moving parts between the template's resources: rules, mappings, schedules and subscriptions. */
export interface Plant extends EventBus, AsyncDisposable {}

/** As in AWS, where nothing says otherwise: `rate(1 minute)`. */
const SCHEDULE_INTERVAL = 60_000;
/** Lambda waits one minute; nobody watches a sandbox that long. */
const RETRY_PAUSE = 500;

/** Looks everything up first and starts afterwards, so that a template that does not hold together starts nothing. */
export function startPlant(deps: PlantDeps): Plant {
  const { stack, fleet, journal, options } = deps;
  const work = createWork();
  const bus = createEventBus(stack.rules, targetsOf(deps, work), journal);
  const mappings = stack.mappings.map((mapping) => ({
    queue: find(deps.queues, mapping.queueArn),
    batchSize: mapping.batchSize,
    invoke: invokeWithBatch(mapping.queueArn, fleet.find(mapping.functionArn), mapping, journal),
  }));
  const scheduled = stack.schedules.map(({ functionArn, input }) => {
    const spec = find(new Map(stack.functions.map((it) => [it.arn, it])), functionArn);
    return invoker(spec, deps, input);
  });

  for (const queue of deps.subscriptions) work.start((stopping) => consume(queue, 10, noteIn(journal), stopping));
  for (const { queue, batchSize, invoke } of mappings) {
    work.start((stopping) => consume(queue, batchSize, invoke, stopping));
  }
  for (const invoke of scheduled) {
    const interval = options.scheduleInterval ?? SCHEDULE_INTERVAL;
    work.start((stopping) => repeat(interval, () => invoke(stopping), stopping));
  }
  return {
    ...bus,
    [Symbol.asyncDispose]: async () => {
      work.askToStop();
      await fleet[Symbol.asyncDispose]();
      await work.settled();
    },
  };
}

const toQueue =
  (queue: Queue): Deliver =>
  (event) =>
    queue.send(JSON.stringify(event));

/** What a rule can name: queues take the event at once, functions work on it in their own time. */
function targetsOf(deps: PlantDeps, work: Work): ReadonlyMap<string, Deliver> {
  const toFunction =
    (spec: StackFunction): Deliver =>
    async (event) =>
      work.start(invoker(spec, deps, event));
  return new Map([
    ...[...deps.queues].map(([arn, queue]) => [arn, toQueue(queue)] as const),
    ...deps.stack.functions.map((spec) => [spec.arn, toFunction(spec)] as const),
  ]);
}

function invoker(spec: StackFunction, deps: PlantDeps, event: unknown): (stopping: AbortSignal) => Promise<void> {
  const { fleet, journal, options, queues } = deps;
  const asyncSpec: AsyncSpec = {
    retries: spec.retries,
    pause: options.retryPause ?? RETRY_PAUSE,
    ...(spec.deadLetterArn !== undefined && { deadLetter: find(queues, spec.deadLetterArn) }),
  };
  return (stopping) => invokeAsync(fleet.find(spec.arn), event, { ...asyncSpec, journal, stopping });
}

const noteIn =
  (journal: Journal): Parameters<typeof consume>[2] =>
  async (batch) => {
    for (const { body } of batch) journal.append(readNotification(body));
    return batch;
  };

function find<Value>(byArn: ReadonlyMap<string, Value>, arn: string): Value {
  const value = byArn.get(arn);
  if (value === undefined) throw new Error(`the sandbox does not run ${arn}`);
  return value;
}
