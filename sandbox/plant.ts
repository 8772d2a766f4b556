import type { InvokeLater } from './aws/lambda.ts';
import type { SandboxClock } from './clock.ts';
import type { Activity } from './delivery/activity.ts';
import { type AsyncSpec, invokeAsync } from './delivery/async-invoke.ts';
import { invokeWithBatch } from './delivery/event-source-mapping.ts';
import { createScheduler, intervalOf, type Schedule, type Scheduler } from './delivery/scheduler.ts';
import { createWork, type Work } from './delivery/work.ts';
import { createEventBus, type Deliver, type EventBus } from './event-bus.ts';
import type { Journal } from './journal.ts';
import type { Fleet } from './lambda/fleet.ts';
import { type Consume, consume } from './messaging/consumer.ts';
import { readNotification } from './messaging/notification.ts';
import type { Queue } from './messaging/queue.ts';
import type { SandboxOptions } from './options.ts';
import { untilSettled } from './settled.ts';
import { lastPart } from './stack/property.ts';
import type { Stack, StackFunction } from './stack/stack.ts';

export interface PlantDeps {
  readonly stack: Stack;
  readonly fleet: Fleet;
  /** The template's queues by ARN. */
  readonly queues: ReadonlyMap<string, Queue>;
  /** Queues that subscribe to the template's topics. */
  readonly subscriptions: readonly Queue[];
  readonly journal: Journal;
  readonly clock: SandboxClock;
  readonly activity: Activity;
  readonly options: SandboxOptions;
  /** Events of what follows the clock by itself that are due by now. */
  readonly takeEvents?: () => readonly unknown[];
  /** Events that another account or Region sends on. */
  readonly isForwarded?: (event: unknown) => boolean;
}

/** The moving parts between the template's resources: rules, mappings, schedules and subscriptions. */
export interface Plant extends EventBus, AsyncDisposable {
  /** Keeps the mappings from taking a batch until `work` is done, so that all it puts on the bus may be in it. */
  readonly together: <Value>(work: () => Promise<Value>) => Promise<Value>;
  /** Has a function work on an event in its own time, as Lambda's asynchronous invocation does. */
  readonly invokeLater: InvokeLater;
  readonly advance: Scheduler['advance'];
  readonly leap: Scheduler['leap'];
  /** Messages that somebody will still consume. */
  readonly backlog: () => Promise<number>;
  /** Messages in the queues that nobody consumes: what was given up, and what never reached its target. */
  readonly deadLetters: () => Promise<number>;
}

/** Lambda waits one minute; nobody watches a sandbox that long. */
const RETRY_PAUSE = 500;

/** Milliseconds for the events of a moment to be dealt with. */
const PATIENCE = 60_000;

/** Looks everything up first and starts afterwards, so that a template that does not hold together starts nothing. */
export function startPlant(deps: PlantDeps): Plant {
  const { stack, fleet, journal, subscriptions } = deps;
  const work = createWork();
  const bus = createEventBus(stack.rules, targetsOf(deps, work), journal, deps.isForwarded);
  const mappings = stack.mappings.map((mapping) => ({
    ...mapping,
    queue: find(deps.queues, mapping.queueArn),
    invoke: invokeWithBatch(mapping.queueArn, fleet.find(mapping.functionArn), mapping, journal),
  }));
  const scheduler = createScheduler(schedulesOf(deps, work.stopping), deps.clock, () => settleEvents());
  const consumed = [...mappings.map(({ queue }) => queue), ...subscriptions];

  let held: Promise<unknown> = Promise.resolve();
  const gathered = async (): Promise<void> => {
    await held;
  };
  const together: Plant['together'] = (put) => {
    const putting = put();
    // One that fails tells its own caller; the mappings go on either way.
    held = putting.catch(() => undefined);
    return putting;
  };
  // Nobody takes from the queues any more when everything stops.
  const backlog = async (): Promise<number> => (work.stopping.aborted ? 0 : lengthOf(consumed));
  /** They are dealt with before time goes on: an invocation that is under way then would find its deadline passed. */
  const settleEvents = async (): Promise<void> => {
    const events = deps.takeEvents?.() ?? [];
    if (events.length === 0) return;
    await together(async () => {
      for (const event of events) await bus.putEvent(event);
    });
    await untilSettled(deps.activity, backlog, PATIENCE);
  };
  for (const queue of subscriptions) work.start((stopping) => consume(queue, 10, noteIn(journal), { stopping }));
  for (const { queue, batchSize, invoke, maximumConcurrency } of mappings) {
    const pollers = Math.min(deps.options.concurrency ?? 1, maximumConcurrency ?? Number.POSITIVE_INFINITY);
    const counted: Consume = (batch) => deps.activity.during(invoke(batch));
    for (let poller = 0; poller < pollers; poller += 1) {
      work.start((stopping) => consume(queue, batchSize, counted, { stopping, gathered }));
    }
  }
  work.start(scheduler.follow);
  return {
    ...bus,
    together,
    invokeLater: (name, event) => {
      const spec = stack.functions.find(({ arn, code }) => arn === name || lastPart(code) === name);
      if (spec !== undefined) startInvocation(spec, event, deps, work);
      return spec !== undefined;
    },
    advance: scheduler.advance,
    leap: scheduler.leap,
    backlog: () => lengthOf(consumed),
    deadLetters: () => lengthOf([...deps.queues.values()].filter((queue) => !consumed.includes(queue))),
    [Symbol.asyncDispose]: async () => {
      work.askToStop();
      await fleet[Symbol.asyncDispose]();
      await work.settled();
    },
  };
}

function schedulesOf(deps: PlantDeps, stopping: AbortSignal): readonly Schedule[] {
  const { stack, activity, options } = deps;
  const byArn = new Map(stack.functions.map((it) => [it.arn, it]));
  return stack.schedules.map(({ functionArn, expression, input }) => {
    const invoke = invoker(find(byArn, functionArn), deps, input);
    return {
      interval: options.scheduleInterval ?? intervalOf(expression),
      run: () => activity.during(invoke(stopping)),
    };
  });
}

async function lengthOf(queues: readonly Queue[]): Promise<number> {
  const lengths = await Promise.all(queues.map((queue) => queue.length()));
  return lengths.reduce((sum, length) => sum + length, 0);
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
      startInvocation(spec, event, deps, work);
  return new Map([
    ...[...deps.queues].map(([arn, queue]) => [arn, toQueue(queue)] as const),
    ...deps.stack.functions.map((spec) => [spec.arn, toFunction(spec)] as const),
  ]);
}

function startInvocation(spec: StackFunction, event: unknown, deps: PlantDeps, work: Work): void {
  const invoke = invoker(spec, deps, event);
  work.start((stopping) => deps.activity.during(invoke(stopping)));
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
  (journal: Journal): Consume =>
  async (batch) => {
    for (const { body } of batch) journal.append(readNotification(body));
    return batch;
  };

function find<Value>(byArn: ReadonlyMap<string, Value>, arn: string): Value {
  const value = byArn.get(arn);
  if (value === undefined) throw new Error(`the sandbox does not run ${arn}`);
  return value;
}
