import type { Settings } from './service-spec.ts';

/** A service deployment, of ECS or of CodeDeploy. All instants in milliseconds. */
export interface Deployment {
  /** The last part of its ARN; of CodeDeploy its deployment id. */
  readonly name: string;
  /** `ecs-svc/…`, which its tasks and the events carry; of CodeDeploy the task set. */
  readonly id: string;
  /** ARN of the service revision that it brings. */
  readonly revision: string;
  /** What served when it began, and where it returns to. */
  readonly source: Serving;
  readonly status: Status;
  readonly reason?: string | undefined;
  readonly createdAt: number;
  /** When it leaves PENDING; a deployment before it has stopped by then. */
  readonly startsAt: number;
  readonly startedAt?: number | undefined;
  readonly finishedAt?: number | undefined;
  readonly stage: { readonly name: StageName; readonly since: number };
  readonly hook?: Hook | undefined;
  readonly rollback?: { readonly at: number; readonly reason: string } | undefined;
  /** False when one of its alarms was in ALARM at the start. */
  readonly watchesAlarms: boolean;
  readonly triggeredAlarms: readonly string[];
  /** Of its tasks, so far or at the end. */
  readonly failures: number;
}

export interface Serving {
  readonly id: string;
  readonly revision: string;
}

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ServiceDeployment.html */
export type Status =
  | 'PENDING'
  | 'IN_PROGRESS'
  | 'STOP_REQUESTED'
  | 'SUCCESSFUL'
  | 'STOPPED'
  | 'ROLLBACK_REQUESTED'
  | 'ROLLBACK_IN_PROGRESS'
  | 'ROLLBACK_SUCCESSFUL';

export interface Hook {
  readonly id: string;
  readonly stage: StageName;
  readonly status: 'AWAITING_ACTION' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT';
  readonly expiresAt: number;
  readonly onTimeout: 'CONTINUE' | 'ROLLBACK';
}

export type StageName =
  | 'RECONCILE_SERVICE'
  | 'PRE_SCALE_UP'
  | 'SCALE_UP'
  | 'POST_SCALE_UP'
  | 'TEST_TRAFFIC_SHIFT'
  | 'POST_TEST_TRAFFIC_SHIFT'
  | 'PRODUCTION_TRAFFIC_SHIFT'
  | 'POST_PRODUCTION_TRAFFIC_SHIFT'
  | 'BAKE_TIME'
  | 'CLEAN_UP';

const ROLLING: readonly StageName[] = ['RECONCILE_SERVICE', 'PRE_SCALE_UP', 'SCALE_UP', 'POST_SCALE_UP', 'BAKE_TIME'];

/** A second copy of all tasks, which takes the traffic over. */
const COPYING: readonly StageName[] = [
  'RECONCILE_SERVICE',
  'PRE_SCALE_UP',
  'SCALE_UP',
  'POST_SCALE_UP',
  'TEST_TRAFFIC_SHIFT',
  'POST_TEST_TRAFFIC_SHIFT',
  'PRODUCTION_TRAFFIC_SHIFT',
  'POST_PRODUCTION_TRAFFIC_SHIFT',
  'BAKE_TIME',
  'CLEAN_UP',
];

/** CodeDeploy starts a second copy whatever the strategy says. */
export const copies = ({ controller, strategy }: Settings): boolean =>
  controller === 'CODE_DEPLOY' || strategy !== 'ROLLING';

export const stagesOf = (settings: Settings): readonly StageName[] => (copies(settings) ? COPYING : ROLLING);

/** Whether the deployment has come to a stage, or past it. */
export function hasReached({ stage }: Deployment, name: StageName, settings: Settings): boolean {
  const stages = stagesOf(settings);
  return stages.indexOf(stage.name) >= stages.indexOf(name);
}

/** How long a stage takes that tasks do not decide about, in milliseconds. */
export function lengthOf(stage: StageName, { strategy, step, bake }: Settings): number {
  if (stage === 'BAKE_TIME') return bake;
  if (stage !== 'PRODUCTION_TRAFFIC_SHIFT') return 0;
  if (strategy === 'CANARY') return step.bake;
  return strategy === 'LINEAR' ? Math.ceil(100 / step.percent - 1) * step.bake : 0;
}

/** No stage may take longer. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/blue-green-deployment-how-it-works.html */
export const LONGEST_STAGE = 24 * 3_600_000;

const UNDER_WAY: ReadonlySet<Status> = new Set([
  'PENDING',
  'IN_PROGRESS',
  'STOP_REQUESTED',
  'ROLLBACK_REQUESTED',
  'ROLLBACK_IN_PROGRESS',
]);

export const isUnderWay = ({ status }: Deployment): boolean => UNDER_WAY.has(status);

export const isReturning = ({ status }: Deployment): boolean =>
  status === 'ROLLBACK_REQUESTED' || status === 'ROLLBACK_IN_PROGRESS';

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-circuit-breaker.html */
export const thresholdOf = (desired: number): number => Math.max(3, Math.min(200, Math.ceil(desired / 2)));

/** When something about the deployment changes by itself; instants that have passed are among them. */
export function instantsOf(deployment: Deployment, settings: Settings): readonly number[] {
  const { startsAt, stage, hook, rollback, finishedAt } = deployment;
  return [
    startsAt,
    stage.since + lengthOf(stage.name, settings),
    stage.since + LONGEST_STAGE,
    ...(hook === undefined ? [] : [hook.expiresAt]),
    ...(rollback === undefined ? [] : [rollback.at]),
    ...(finishedAt === undefined ? [] : [finishedAt + (settings.deferredCleanup ?? 0)]),
  ];
}
