import type { STOP_CAUSES } from '../scenario/task-stop.ts';
import type { Health } from './task.ts';

/** A service as a test describes it; only its place is required. Spans and instants are milliseconds. */
export interface ServiceSpec extends Partial<Settings> {
  readonly cluster: string;
  readonly service: string;
  /** When its tasks and the deployment that serves were created; 30 days ago by default. */
  readonly createdAt?: number;
  /** How long its deployments before took, the newest first; three of four minutes by default. */
  readonly past?: readonly number[];
}

/** Everything about a service that a test may change later. */
export interface Settings {
  /** `INACTIVE`: deleted; nothing runs. */
  readonly status: 'ACTIVE' | 'DRAINING' | 'INACTIVE';
  readonly desired: number;
  /** Of its task definition, whose family has the service's name. */
  readonly revision: number;
  readonly isDefinitionActive: boolean;
  /** vCPU units of a task: 1024 are one. */
  readonly cpu: number;
  /** What its container health checks say of tasks that run; `UNKNOWN`: it has none. */
  readonly health: Health;
  /** The tag that its definition names; `moveTag` lets it stand for another image. */
  readonly tag: string;
  readonly isTagImmutable: boolean;
  readonly versionConsistency: 'enabled' | 'disabled';
  readonly tags: Readonly<Record<string, string>>;
  readonly controller: 'ECS' | 'CODE_DEPLOY' | 'EXTERNAL';
  readonly strategy: 'ROLLING' | 'BLUE_GREEN' | 'LINEAR' | 'CANARY';
  readonly minimumHealthyPercent: number;
  readonly maximumPercent: number;
  /** From a task's creation to RUNNING. */
  readonly startTime: number;
  /** From the decision to stop a task to STOPPED. */
  readonly stopTime: number;
  readonly circuitBreaker: 'off' | 'on' | 'rollback';
  /** Tasks that a deployment starts from now on stop so; those of the deployment before do not. */
  readonly fails?: keyof typeof STOP_CAUSES | undefined;
  /** Registers its tasks with a target group. */
  readonly hasTargets: boolean;
  /** So many of its running tasks fail the load balancer's health check. */
  readonly unhealthyTargets: number;
  /** Names of its deployment alarms; `sandbox.ecs.alarm` sets their states. */
  readonly alarms: readonly string[];
  /** Between the shift of the traffic, or the last task of a rolling deployment that has alarms, and the end. */
  readonly bake: number;
  /** How much traffic CANARY begins with or LINEAR moves at a time, and how long each step is watched. */
  readonly step: { readonly percent: number; readonly bake: number };
  readonly pauseHook?: PauseHook | undefined;
  /** A rolling deployment succeeds before its old tasks are stopped, and stops them so much later. */
  readonly deferredCleanup?: number | undefined;
  readonly isSpot: boolean;
  readonly subnets: readonly string[];
  readonly securityGroups: readonly string[];
  readonly healthGrace: number;
  /** The time that the load balancer leaves to a target that goes; shown, and part of `stopTime` where it shall count. */
  readonly deregistrationDelay: number;
}

export interface PauseHook {
  readonly stage: 'PRE_SCALE_UP' | 'POST_SCALE_UP' | 'POST_TEST_TRAFFIC_SHIFT' | 'POST_PRODUCTION_TRAFFIC_SHIFT';
  readonly timeout: number;
  readonly onTimeout: 'CONTINUE' | 'ROLLBACK';
}

const MINUTE = 60_000;
export const DAY = 86_400_000;
export const USUAL_PAST: readonly number[] = [4 * MINUTE, 4 * MINUTE, 4 * MINUTE];

/** Two tasks that are replaced start-first, 90 seconds each, guarded by the circuit breaker. */
const DEFAULTS: Settings = {
  status: 'ACTIVE',
  desired: 2,
  revision: 1,
  isDefinitionActive: true,
  cpu: 512,
  health: 'UNKNOWN',
  tag: 'stable',
  isTagImmutable: false,
  versionConsistency: 'enabled',
  tags: {},
  controller: 'ECS',
  strategy: 'ROLLING',
  minimumHealthyPercent: 100,
  maximumPercent: 200,
  startTime: 90_000,
  stopTime: 30_000,
  circuitBreaker: 'rollback',
  hasTargets: false,
  unhealthyTargets: 0,
  alarms: [],
  bake: 0,
  // AWS's default of CANARY: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CanaryConfiguration.html
  step: { percent: 5, bake: 10 * MINUTE },
  isSpot: false,
  subnets: ['subnet-01c68a665fda93755', 'subnet-010cd9cf7e5bac10f'],
  securityGroups: ['sg-0a1b2c3d4e5f60718'],
  healthGrace: 0,
  deregistrationDelay: 30_000,
};

/** AWS's default of LINEAR: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LinearConfiguration.html */
const LINEAR_STEP = { percent: 10, bake: 6 * MINUTE };

export function settingsOf(spec: ServiceSpec): Settings {
  const { cluster: _, service: __, createdAt: ___, past: ____, ...given } = spec;
  return { ...DEFAULTS, ...(given.strategy === 'LINEAR' && { step: LINEAR_STEP }), ...given };
}
