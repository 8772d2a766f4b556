import { createHandler as createEcsEvents } from '../../functions/ecs-events/handler.ts';
import { createHandler as createReconcile } from '../../functions/reconcile/handler.ts';
import { createRandom } from '../../sandbox/random.ts';
import type { AnnouncedRecord, Fingerprint } from '../../shared/domain/incident.ts';
import { type Instant, minutes, seconds } from '../../shared/domain/instant.ts';
import { defaultPolicy } from '../../shared/domain/policy.ts';
import { createMemoryRecordStore } from '../../shared/effects/stores/memory-record-store.ts';
import { createEcsModel } from './ecs-model.ts';
import { createEnvironment, type ParentPost, type Surroundings } from './environment.ts';
import { createQueue } from './queue.ts';
import { createReaper } from './reaper.ts';
import { createSlackModel, type SlackModel, type Weather } from './slack-model.ts';
import { createTopicModel, type TopicModel } from './topic-model.ts';
import type { Troubles } from './troubles.ts';
import { createVirtualTime } from './virtual-time.ts';

/** An installation, and the world that it lives in. */
export interface World {
  readonly slack: SlackModel;
  readonly topic: TopicModel;
  readonly posts: readonly ParentPost[];
  readonly deadLetters: readonly string[];
  readonly waiting: () => number;
  readonly kills: () => number;
  /** What happened, a line each. */
  readonly steps: readonly string[];
  /** Every record that was ever saved, those in an archive too. */
  readonly records: () => Promise<readonly AnnouncedRecord[]>;
  readonly advance: (until: Instant) => Promise<void>;
}

interface Span {
  readonly from: Instant;
  readonly until: Instant;
}

export const START: Instant = Date.UTC(2026, 10, 20, 12);
const span = (from: number, until: number): Span => ({ from: START + minutes(from), until: START + minutes(until) });

const ROUGH = span(10, 40);
/** So far apart and so short that no message meets them in each of the five deliveries that it has. */
const THROTTLED: readonly Span[] = [span(14, 20), span(37, 43)];
const KILLS = { ...span(5, 120), most: 14 };

const CHANNEL = { kind: 'slack-channel', channel: 'C0OPS' } as const;
const TOPIC = { kind: 'sns-topic', topicArn: 'arn:aws:sns:eu-west-1:111122223333:ops' } as const;
const POLICY = defaultPolicy({ destinations: [CHANNEL, TOPIC], lowestSeverity: 'low' });
const policy = async () => POLICY;

/** As in template.yaml. */
const CONCURRENCY = 5;
const BATCHING_WINDOW = seconds(2);
const LARGEST_BATCH = 500;
const EVENTS_TIMEOUT = seconds(30);
const RECONCILE_TIMEOUT = seconds(55);

/** The same seed lives the same hours. */
export function createWorld(seed: number, troubles: Troubles): World {
  const random = createRandom(seed);
  const time = createVirtualTime(START);
  const isIn = ({ from, until }: Span): boolean => time.now() >= from && time.now() < until;
  const weather = (): Weather => (isIn(ROUGH) ? 'rough' : 'calm');
  const reaper = createReaper(random, time, KILLS);
  const table = createMemoryRecordStore({ clock: time.now });
  const fingerprints = new Set<Fingerprint>();
  const steps: string[] = [];
  const surroundings: Surroundings = {
    time,
    random,
    reaper,
    slack: createSlackModel(random, weather),
    topic: createTopicModel(random, weather),
    isThrottled: () => THROTTLED.some(isIn),
    posts: [],
    log: (line) => steps.push(`${new Date(time.now()).toISOString().slice(11, 23)} ${line}`),
    table: {
      ...table,
      save: (record, now) => {
        fingerprints.add(record.fingerprint);
        return table.save(record, now);
      },
    },
  };

  const queue = startEcsEvents(surroundings, troubles);
  startReconcile(surroundings);
  pour(troubles, surroundings, queue.send);

  return {
    ...surroundings,
    steps,
    deadLetters: queue.deadLetters,
    waiting: queue.size,
    kills: reaper.struck,
    advance: time.advance,
    records: async () => table.loadMany([...fingerprints]),
  };
}

/** The queue, and as many executions of its function as may run at the same time. */
function startEcsEvents(surroundings: Surroundings, { deployments }: Troubles) {
  const { time, random, isThrottled } = surroundings;
  const idle: ReturnType<typeof start>[] = [];
  let [started, busy, isPolling] = [0, 0, false];

  function start() {
    const environment = createEnvironment(`ecs-events-${++started}`, surroundings, released);
    const ecs = createEcsModel(deployments, environment.execution, { random, now: time.now, isThrottled });
    return { ...environment, handle: createEcsEvents({ ...environment.deps, policy, conceal: (text) => text, ecs }) };
  }

  function released(): void {
    busy -= 1;
    poll();
  }

  function poll(): void {
    if (isPolling) return;
    isPolling = true;
    time.after(random.below(BATCHING_WINDOW), () => {
      isPolling = false;
      while (busy < CONCURRENCY && takeBatch());
    });
  }

  const queue = createQueue(time, random, poll);

  function takeBatch(): boolean {
    const Records = queue.receive(random.happens(0.1) ? LARGEST_BATCH : 1 + random.below(12));
    if (Records.length === 0) return false;
    busy += 1;
    const worker = idle.pop() ?? start();
    const finished = worker.invoke(EVENTS_TIMEOUT, async (context) => {
      const { batchItemFailures } = await worker.handle({ Records }, context);
      const failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
      queue.remove(Records.map(({ messageId }) => messageId).filter((messageId) => !failed.has(messageId)));
      idle.push(worker);
      released();
    });
    void finished;
    return true;
  }

  return queue;
}

/** Every minute, in one execution environment for as long as that lives. */
function startReconcile(surroundings: Surroundings): void {
  const { time, log } = surroundings;
  const health = { badConfiguration: nothing, deliveryDelay: nothing, services: nothing };
  let current: ReturnType<typeof start> | undefined;
  let started = 0;

  function start() {
    const environment = createEnvironment(`reconcile-${++started}`, surroundings, () => {
      current = undefined;
    });
    const deps = { ...environment.deps, policy, health, checkConfiguration: async () => [] };
    return { ...environment, handle: createReconcile(deps) };
  }

  function everyMinute(): void {
    time.after(minutes(1), everyMinute);
    current ??= start();
    const { execution, invoke, handle } = current;
    const finished = invoke(RECONCILE_TIMEOUT, (context) =>
      handle({}, context).catch((error: unknown) => log(`${execution.name} fails: ${String(error)}`)),
    );
    void finished;
  }

  time.after(minutes(1), everyMinute);
}

const nothing = (): void => undefined;

/** At least once and in no order: a tenth comes late, a tenth comes twice. */
function pour({ events, malformed }: Troubles, { time, random }: Surroundings, send: (body: string) => void): void {
  const bodies = events.map(({ arrives, event }) => ({ arrives, body: JSON.stringify(event) }));
  for (const { arrives, body } of [...bodies, ...malformed]) {
    const at = arrives - START + (random.happens(0.1) ? random.below(minutes(2)) : 0);
    time.after(at, () => send(body));
    if (random.happens(0.1)) time.after(at + random.below(minutes(6)), () => send(body));
  }
}
