import type { Random } from '../../sandbox/random.ts';
import { type ArmadaService, armada } from '../../sandbox/scenario/armada.ts';
import { type EcsEvent, ecsArn, ecsEvent, instant, placementFailure } from '../../sandbox/scenario/ecs-event.ts';
import { crashLoop, type Delivery, failingDeployment } from '../../sandbox/scenario/storms.ts';
import { STOP_CAUSES, type StopCause, taskStop } from '../../sandbox/scenario/task-stop.ts';
import { hours, type Instant, minutes, seconds } from '../../shared/domain/instant.ts';

/** What happens in an account within some hours, and who should hear of it. */
export interface Troubles {
  readonly events: readonly Delivery[];
  readonly malformed: readonly { readonly arrives: Instant; readonly body: string }[];
  readonly deployments: readonly RolledBack[];
  readonly healthy: readonly ArmadaService[];
}

/** A deployment that fails, from the point of view of who asks ECS in the meantime. */
export interface RolledBack {
  readonly service: ArmadaService;
  readonly id: string;
  readonly began: Instant;
  readonly gaveUp: Instant;
  readonly rolledBack: Instant;
}

/** Everything that runs in the account. */
export const SERVICES = armada(44);
const LOOPING = SERVICES.slice(0, 20);
const DEPLOYED = SERVICES.slice(20, 24);
const UNPLACED = SERVICES.slice(24, 36);
const CRASHING = SERVICES.slice(36, 40);
const HEALTHY = SERVICES.slice(40);

const CAUSES: readonly StopCause[] = [STOP_CAUSES.exit, STOP_CAUSES.memory, STOP_CAUSES.health];

/** `from` is when it begins; the last of it happens some four hours later. */
export function someTroubles(random: Random, from: Instant): Troubles {
  const loops = LOOPING.map((service, index) => aLoop(service, index, { random, from }));
  const crashes = CRASHING.map((service, index) => aCrash(service, from + minutes(3 + 16 * index), random));
  const [first, second] = [aRound(from + minutes(8), random), aRound(from + minutes(22), random)];
  const deployments = [...first, ...second];
  const outage = UNPLACED.map((service) => {
    const at = from + minutes(15) + random.below(minutes(2));
    return { arrives: at, event: placementFailure(service, at, random) };
  });
  return {
    events: [
      ...loops.flat(),
      ...crashes.flat(),
      ...deployments.flatMap(({ events }) => events),
      ...outage,
      ...routine(random, from),
    ],
    malformed: ['{ not JSON', '[]', '{"source":"aws.ecs","detail-type":"ECS Task State Change","detail":{}}'].map(
      (body, index) => ({ arrives: from + minutes(5 + 10 * index), body }),
    ),
    deployments: deployments.map(({ rolledBack }) => rolledBack),
    healthy: HEALTHY,
  };
}

/** A loop that steady state ends, and that may come back. Most begin within some minutes, which is a storm. */
function aLoop(
  service: ArmadaService,
  index: number,
  { random, from }: { readonly random: Random; readonly from: Instant },
): readonly Delivery[] {
  // True for a remainder of the length.
  const cause = CAUSES[index % CAUSES.length] as StopCause;
  const round = (at: Instant, stops: number, lifetime = seconds(25 + random.below(20))): readonly Delivery[] => {
    const stopped = crashLoop({ service, cause, stops, lifetime, at, seed: random.below(1_000_000) });
    const steadyAt = (stopped.at(-1)?.arrives ?? at) + seconds(90);
    return [...stopped, { arrives: steadyAt, event: steadyState(service, steadyAt, random) }];
  };
  const first = index < 6 ? from + minutes(index) : from + minutes(12) + random.below(minutes(5));
  switch (index % 4) {
    case 0: {
      const stopped = round(first, 6 + random.below(7));
      return [...stopped, ...round((stopped.at(-1)?.arrives ?? first) + minutes(20), 3)];
    }
    case 1:
      // By then it was over for so long that it is another incident.
      return [...round(first, 6 + random.below(7)), ...round(from + hours(3.5) + random.below(minutes(15)), 4)];
    case 2:
      // By then whatever told of it has long been closed.
      return [...round(first, 18, seconds(70)), ...round(from + minutes(104), 3)];
    default:
      return round(first, 6 + random.below(7));
  }
}

/** Twenty tasks of a large service stop within two seconds, so that many functions see them at the same time. */
function aCrash(service: ArmadaService, from: Instant, random: Random): readonly Delivery[] {
  const stops = Array.from({ length: 20 }, () => {
    const at = from + random.below(seconds(2));
    return { arrives: at, event: taskStop(service, { cause: STOP_CAUSES.exit, at, lifetime: hours(3), random }) };
  });
  const steadyAt = from + minutes(4);
  return [...stops, { arrives: steadyAt, event: steadyState(service, steadyAt, random) }];
}

/** Each deployment of the round fails for good and is rolled back. */
const aRound = (at: Instant, random: Random) => DEPLOYED.map((service) => aDeployment(service, at, random));

function aDeployment(service: ArmadaService, soonest: Instant, random: Random) {
  const began = soonest + random.below(minutes(3));
  const events = failingDeployment({ service, at: began, tasks: 3, seed: random.below(1_000_000) });
  const rolledBack: RolledBack = {
    service,
    // The cast is true: the first event of a failing deployment says that it is in progress.
    id: events[0]?.event.detail['deploymentId'] as string,
    began,
    gaveUp: timeOf(events, 'SERVICE_DEPLOYMENT_FAILED'),
    rolledBack: timeOf(events, 'SERVICE_DEPLOYMENT_COMPLETED'),
  };
  return { events, rolledBack };
}

function timeOf(events: readonly Delivery[], eventName: string): Instant {
  const found = events.find(({ event }) => event.detail['eventName'] === eventName);
  if (found === undefined) throw new Error(`a failing deployment says ${eventName}`);
  return found.arrives;
}

const steadyState = ({ cluster, name }: ArmadaService, at: Instant, random: Random): EcsEvent =>
  ecsEvent('ECS Service Action', `service/${cluster}/${name}`, {
    at,
    random,
    detail: {
      eventType: 'INFO',
      eventName: 'SERVICE_STEADY_STATE',
      clusterArn: ecsArn(`cluster/${cluster}`),
      createdAt: instant(at),
    },
  });

const SCALED_IN: StopCause = {
  stopCode: 'ServiceSchedulerInitiated',
  stoppedReason: () => 'Scaling activity initiated by (deployment ecs-svc/7000000000000000001)',
  exitCode: 143,
};

/** What healthy services tell all day. */
const routine = (random: Random, from: Instant): readonly Delivery[] =>
  HEALTHY.flatMap((service) =>
    Array.from({ length: 6 }, (_, index) => {
      const at = from + minutes(10 * index) + random.below(minutes(10));
      const stop = { cause: SCALED_IN, at, lifetime: hours(20), random };
      return { arrives: at, event: index % 2 === 0 ? taskStop(service, stop) : steadyState(service, at, random) };
    }),
  );
