import type { Now } from '../clock.ts';
import { createRandom, type Random } from '../random.ts';
import { type Account, PLAIN_ACCOUNT } from './account.ts';
import type { HarbourEvent } from './events.ts';
import { createHistory, type History } from './history.ts';
import { createImageRegistry, type ImageRegistry } from './image-registry.ts';
import { step } from './passage.ts';
import type { ServiceSpec } from './service-spec.ts';
import { type Context, firstState, nextInstant, type Retirement, type ServiceState } from './service-state.ts';
import { nextStandaloneInstant, standaloneStep } from './standalone-task.ts';
import type { Task } from './task.ts';

/** An ECS that behaves, on a clock. Time passes in it when somebody looks: nothing happens by a timer. */
export interface Harbour {
  readonly now: Now;
  /** All services as a read sees them: `lag` milliseconds ago. */
  readonly services: () => readonly ServiceState[];
  /** Tasks of no service, as a read sees them. */
  readonly standalone: () => readonly Task[];
  /** The instant that reads are about. */
  readonly seenAt: () => number;
  /** A service as a write finds it. */
  readonly serviceNow: (cluster: string, service: string) => ServiceState | undefined;
  readonly standaloneNow: () => readonly Task[];
  readonly hasCluster: (cluster: string) => boolean;
  readonly clusters: () => readonly string[];
  readonly add: (spec: ServiceSpec) => void;
  readonly remove: (cluster: string, service: string) => void;
  /** Changes a service at this instant; ECS acts on it at once. @throws for a service that is not there. */
  readonly change: (cluster: string, service: string, change: Change) => ServiceState;
  readonly changeStandalone: (change: (tasks: readonly Task[], context: Context) => readonly Task[]) => void;
  readonly retire: (retirement: Retirement) => void;
  readonly account: () => Account;
  readonly changeAccount: (change: Partial<Account>) => void;
  readonly registry: ImageRegistry;
  readonly random: Random;
  readonly setLag: (milliseconds: number) => void;
  readonly record: (write: Write) => void;
  readonly writes: () => readonly Write[];
  /** Takes the events that are to be put on the bus by now, in order. */
  readonly takeEvents: () => readonly HarbourEvent[];
}

type Change = (state: ServiceState, context: Context) => ServiceState;

/** A call that changes something, as it came. `refused`: the error that it was answered with. */
export interface Write {
  /** As in IAM: `ecs:UpdateService`. */
  readonly action: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly refused?: string;
}

/** A value that changes with time, and the instant at which it changes next by itself. */
interface Kept<Value> {
  readonly history: History<Value>;
  readonly rules: Rules<Value>;
  due: number;
}

interface Rules<Value> {
  /** What becomes of it at an instant. */
  readonly step: (value: Value, context: Context) => Value;
  /** The next instant after `t` at which something changes. */
  readonly next: (value: Value, t: number, retirements: readonly Retirement[]) => number;
}

/** `now` is the clock that everything follows. */
export function createHarbour(now: Now = Date.now, onWrite: (write: Write) => void = () => undefined): Harbour {
  // For ids alone.
  const random = createRandom(1);
  const registry = createImageRegistry();
  const services = new Map<string, Kept<ServiceState>>();
  const events: HarbourEvent[] = [];
  const writes: Write[] = [];
  let [account, lag, reached] = [PLAIN_ACCOUNT, 0, now()];
  let retirements: readonly Retirement[] = [];
  const clusters = new Set<string>();

  const contextAt = (t: number): Context => ({
    t,
    random,
    registry,
    retirements,
    isInAlarm: (alarm) => account.alarms[alarm] === 'ALARM',
    tell: (event) => void events.push(event),
  });
  const keep = <Value>(first: Value, t: number, rules: Rules<Value>): Kept<Value> => ({
    history: createHistory(first, () => lag),
    rules,
    due: rules.next(first, t, retirements),
  });
  /** What comes of a value at an instant, and when it changes next. */
  const settle = <Value>(kept: Kept<Value>, value: Value, t: number): Value => {
    const settled = kept.rules.step(value, contextAt(t));
    kept.history.set(settled, t);
    kept.due = kept.rules.next(settled, t, retirements);
    return settled;
  };
  const pass = <Value>(kept: Kept<Value>, to: number): void => {
    while (kept.due <= to) settle(kept, kept.history.now(), kept.due);
  };
  const standalone = keep<readonly Task[]>([], reached, { step: standaloneStep, next: nextStandaloneInstant });
  /** Lets the time that has passed since the last look happen, through every instant at which something changes. */
  const catchUp = (): number => {
    reached = Math.max(reached, now());
    for (const kept of services.values()) pass(kept, reached);
    pass(standalone, reached);
    return reached;
  };
  const settleAll = (): void => {
    const t = catchUp();
    for (const kept of services.values()) settle(kept, kept.history.now(), t);
    settle(standalone, standalone.history.now(), t);
  };
  const seenAt = (): number => catchUp() - lag;

  return {
    now,
    seenAt,
    services: () => {
      const t = seenAt();
      return [...services.values()].map(({ history }) => history.at(t));
    },
    standalone: () => standalone.history.at(seenAt()),
    serviceNow: (cluster, service) => {
      catchUp();
      return services.get(keyOf(cluster, service))?.history.now();
    },
    standaloneNow: () => {
      catchUp();
      return standalone.history.now();
    },
    hasCluster: (cluster) => clusters.has(cluster),
    clusters: () => [...clusters],
    add: (spec) => {
      const t = catchUp();
      clusters.add(spec.cluster);
      services.set(
        keyOf(spec.cluster, spec.service),
        keep(firstState(spec, contextAt(t)), t, { step, next: nextInstant }),
      );
    },
    remove: (cluster, service) => void services.delete(keyOf(cluster, service)),
    change: (cluster, service, change) => {
      const t = catchUp();
      const kept = services.get(keyOf(cluster, service));
      if (kept === undefined) throw new Error(`the harbour has no service ${cluster}/${service}`);
      return settle(kept, change(kept.history.now(), contextAt(t)), t);
    },
    changeStandalone: (change) => {
      const t = catchUp();
      const changed = change(standalone.history.now(), contextAt(t));
      for (const { cluster } of changed) clusters.add(cluster);
      settle(standalone, changed, t);
    },
    retire: (retirement) => {
      catchUp();
      retirements = [...retirements, retirement];
      settleAll();
    },
    account: () => account,
    changeAccount: (change) => {
      catchUp();
      account = { ...account, ...change };
      settleAll();
    },
    registry,
    random,
    setLag: (milliseconds) => {
      lag = milliseconds;
    },
    record: (write) => {
      writes.push(write);
      onWrite(write);
    },
    writes: () => writes,
    takeEvents: () => {
      catchUp();
      return events.splice(0).toSorted((a, b) => a.at - b.at);
    },
  };
}

const keyOf = (cluster: string, service: string): string => `${cluster}/${service}`;

/** For people: what was called, on what, and what came of it. */
export function wordsOf({ action, input, refused }: Omit<Write, 'at'>): string {
  const [subject] = [
    input['service'],
    input['task'],
    input['serviceDeploymentArn'],
    input['deploymentGroupName'],
  ].filter((word) => typeof word === 'string');
  return [action, subject, refused && `refused: ${refused}`].filter((word) => word !== undefined).join(' ');
}
