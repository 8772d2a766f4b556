import { createRandom, type Random } from '../random.ts';
import { type ArmadaService, armada } from './armada.ts';
import { deploymentEvent, type EcsEvent, placementFailure } from './ecs-event.ts';
import { BY_PERSON, STOP_CAUSES, type StopCause, taskStop } from './task-stop.ts';

// Every maker is pure: the same arguments make the same deliveries, in their order. `at` is the instant of the first event,
// in milliseconds since 1970; `lifetime` and `span` are in milliseconds too.

/** An event and when it arrives, in milliseconds since 1970: later than it happened, if it is late. */
export interface Delivery {
  readonly arrives: number;
  readonly event: EcsEvent;
}

/** A service whose tasks stop one after the other, each `lifetime` after it started; Fargate's own time comes on top. */
export function crashLoop(of: {
  readonly service: ArmadaService;
  readonly stops: number;
  readonly lifetime: number;
  readonly at: number;
  readonly cause?: StopCause;
  readonly seed?: number;
}): readonly Delivery[] {
  const random = createRandom(of.seed ?? 1);
  const { cause = STOP_CAUSES.exit, lifetime } = of;
  return Array.from({ length: of.stops }, (_, index) => {
    const at = of.at + index * (lifetime + BETWEEN_TASKS);
    return { arrives: at, event: taskStop(of.service, { cause, lifetime, random, at }) };
  });
}

/** From the end of one container to the start of the next. */
const BETWEEN_TASKS = 48_000;

export interface Storm {
  readonly services: number;
  readonly stops: number;
  /** Share of events that are delivered a second time, a little later. */
  readonly duplicates?: number;
  /** Share of events that arrive after others which happened later. */
  readonly disorder?: number;
  /** Share of stops that somebody made by hand: nobody has to know of them. None by default. */
  readonly benign?: number;
  readonly seed: number;
  readonly at: number;
  /** In which the stops happen, evenly; ten minutes by default. */
  readonly span?: number;
}

/** By how much duplicates and latecomers are late at most, in milliseconds. */
const LATEST = 30_000;

/** Many services that crash at the same time, each for a reason of its own. */
export function storm(of: Storm): readonly Delivery[] {
  const { services, stops, duplicates = 0.1, disorder = 0.1, benign = 0, seed, at, span = 600_000 } = of;
  const random = createRandom(seed);
  const crews = armada(services).map((service, index) => ({ service, cause: causeOf(index) }));
  const deliveries = Array.from({ length: stops }, (_, index) => {
    const happened = at + (index * span) / stops;
    const { service, cause: own } = random.pick(crews);
    const cause = benign > 0 && random.happens(benign) ? BY_PERSON : own;
    const event = taskStop(service, { cause, at: happened, lifetime: 5_000 + random.below(60_000), random });
    const arrives = happened + (random.happens(disorder) ? random.below(LATEST) : 0);
    return [
      { arrives, event },
      ...(random.happens(duplicates) ? [{ arrives: arrives + random.below(LATEST), event }] : []),
    ];
  }).flat();
  return deliveries.toSorted((a, b) => a.arrives - b.arrives);
}

const CAUSES: readonly StopCause[] = Object.values(STOP_CAUSES);
// True for a remainder of the length.
const causeOf = (index: number): StopCause => CAUSES[index % CAUSES.length] as StopCause;

/** Fargate has no capacity: all services fail to place tasks within a minute, in all clusters. */
export function capacityOutage(of: {
  readonly services?: number;
  readonly at: number;
  readonly seed?: number;
}): readonly Delivery[] {
  const random = createRandom(of.seed ?? 1);
  const services = armada(of.services ?? 120);
  return services.map((service, index) => {
    const at = of.at + Math.floor((index * 60_000) / services.length);
    return { arrives: at, event: placementFailure(service, at, random) };
  });
}

/**
 * A deployment whose tasks fail to start until the circuit breaker gives it up and rolls back: ECS takes the id of the
 * deployment that served before up again.
 */
export function failingDeployment(of: {
  readonly service: ArmadaService;
  readonly at: number;
  readonly tasks?: number;
  readonly seed?: number;
}): readonly Delivery[] {
  const random = createRandom(of.seed ?? 1);
  const { service, at, tasks = 3 } = of;
  const deployment = `5${Array.from({ length: 18 }, () => random.below(10)).join('')}`;
  const gaveUp = at + (tasks + 1) * 60_000;
  const change = (eventName: DeploymentStep['eventName'], step: Omit<DeploymentStep, 'eventName'>): Delivery => ({
    arrives: step.at,
    event: deploymentEvent(service, { eventName, random, ...step }),
  });
  return [
    change('IN_PROGRESS', { deployment, at, reason: `ECS deployment ecs-svc/${deployment} in progress.` }),
    ...Array.from({ length: tasks }, (_, index) => failedStart(service, deployment, at + (index + 1) * 60_000, random)),
    change('FAILED', { deployment, at: gaveUp, reason: 'ECS deployment circuit breaker: tasks failed to start.' }),
    change('IN_PROGRESS', {
      deployment: service.deployment,
      at: gaveUp + 500,
      reason: `ECS deployment circuit breaker: rolling back to deploymentId ecs-svc/${service.deployment}.`,
    }),
    change('COMPLETED', {
      deployment: service.deployment,
      at: gaveUp + 150_000,
      reason: `ECS deployment ecs-svc/${service.deployment} completed.`,
    }),
  ];
}

type DeploymentStep = Omit<Parameters<typeof deploymentEvent>[1], 'random'>;

function failedStart(service: ArmadaService, deployment: string, at: number, random: Random): Delivery {
  const stop = { cause: STOP_CAUSES.image, at, lifetime: 0, random, deployment };
  return { arrives: at, event: taskStop(service, stop) };
}
