import { minutes, seconds } from '../instant.ts';
import { strategyOf } from './controller.ts';
import type { ActiveService } from './situation.ts';

/** What the length of a deployment follows from; all in milliseconds but the percentages. */
export interface DurationFacts {
  /** How long past deployments of the service took, the newest first. */
  readonly past: readonly number[];
  readonly healthGrace?: number;
  /** The longest of its target groups. */
  readonly deregistrationDelay?: number;
  /** The longest of its containers. */
  readonly stopTimeout?: number;
  /** Of its deployment alarms. */
  readonly alarmBake?: number;
  /** After the traffic has moved, of every strategy but ROLLING. */
  readonly bake?: number;
  /** How much traffic a CANARY begins with, or a LINEAR moves at a time, and how long each is watched. */
  readonly step?: { readonly percent: number; readonly bake: number };
}

export interface Expected {
  /** Milliseconds. */
  readonly length: number;
  readonly from: 'history' | 'estimate';
}

/** With fewer the next one may well be slower than all of them. */
const ENOUGH = 3;
const LOOKED_AT = 10;

/** From placement to a running, healthy task: pulling the image takes most of it. */
const START = minutes(2);
/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html */
const STOP = seconds(30);
/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html */
const DEREGISTRATION = seconds(300);
/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LinearConfiguration.html */
const LINEAR_STEP = { percent: 10, bake: minutes(6) };
/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CanaryConfiguration.html */
const CANARY_STEP = { percent: 5, bake: minutes(10) };

/** How long replacing the tasks of the service takes: the 95th percentile of its last ten, or what its settings add up to. */
export function expectedDuration(service: ActiveService): Expected {
  const past = service.durations.past.slice(0, LOOKED_AT).toSorted((a, b) => a - b);
  if (past.length < ENOUGH) return { length: Math.max(estimate(service), ...past), from: 'estimate' };
  // The nearest rank, so that it is one that did happen.
  return { length: past[Math.ceil(past.length * 0.95) - 1] ?? 0, from: 'history' };
}

const estimate = (service: ActiveService): number =>
  waves(service) * wave(service) + (service.durations.alarmBake ?? 0) + shift(service);

/** Milliseconds that it takes to start tasks together, make them serve and stop the ones before. */
function wave({ durations, targets }: ActiveService): number {
  const { healthGrace = 0, stopTimeout = STOP } = durations;
  const hasTargets = !(targets.status === 'missing' && targets.reason === 'not-applicable');
  const { deregistrationDelay = hasTargets ? DEREGISTRATION : 0 } = durations;
  return START + healthGrace + deregistrationDelay + stopTimeout;
}

/** How long it takes to replace so many tasks one after the other, which past deployments tell nothing of. */
export const oneByOne = (service: ActiveService, tasks: number): Expected => ({
  length: tasks * wave(service),
  from: 'estimate',
});

/** A full second copy is one wave. */
function waves(service: ActiveService): number {
  if (strategyOf(service) !== 'ROLLING') return 1;
  const { up, down } = room(service);
  return Math.ceil(service.desired / Math.max(1, up + down));
}

/** Moving the traffic and watching it. */
function shift(service: ActiveService): number {
  const { bake = 0, step } = service.durations;
  switch (strategyOf(service)) {
    case 'ROLLING':
      return 0;
    case 'CANARY':
      return bake + (step ?? CANARY_STEP).bake;
    case 'LINEAR': {
      const linear = step ?? LINEAR_STEP;
      return bake + Math.ceil(100 / linear.percent - 1) * linear.bake;
    }
    default:
      return bake;
  }
}

/**
 * How many tasks a rolling deployment may run beyond the desired count, and how many below it. With neither it is stuck.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-ecs.html
 */
export const room = ({
  desired,
  minimumHealthyPercent,
  maximumPercent,
}: Pick<ActiveService, 'desired' | 'minimumHealthyPercent' | 'maximumPercent'>) => ({
  up: Math.max(0, Math.floor((desired * maximumPercent) / 100) - desired),
  down: Math.max(0, desired - Math.ceil((desired * minimumHealthyPercent) / 100)),
});
