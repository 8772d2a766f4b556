import { found, missing } from '../../shared/domain/facts.ts';
import { noticeFingerprint, recordId } from '../../shared/domain/fingerprint.ts';
import type { Notice } from '../../shared/domain/incident.ts';
import { days, hours, type Instant, minutes } from '../../shared/domain/instant.ts';
import type { ServiceRef } from '../../shared/domain/place.ts';
import type { Allowance } from '../../shared/domain/plan/allowance.ts';
import { makePlan } from '../../shared/domain/plan/make-plan.ts';
import type { Plan } from '../../shared/domain/plan/plan.ts';
import type {
  ActiveService,
  Launch,
  ServiceSituation,
  ServiceTask,
  StandaloneTask,
} from '../../shared/domain/plan/situation.ts';
import { TASK_RETIREMENT } from '../../shared/domain/signal.ts';
import { DEFAULT_BUDGET } from '../../shared/domain/windows/maintenance.ts';
import type { Opening } from '../../shared/domain/windows/opening.ts';
import { CLUSTER, PLACE } from './records.ts';

/** Tue 17 Nov 2026, 02:10 UTC: AWS delivers the notice. */
export const DELIVERED = Date.UTC(2026, 10, 17, 2, 10);
/** A week and some hours later: AWS begins. */
export const DEADLINE = Date.UTC(2026, 10, 24, 10);

export const aService = (service = 'checkout', cluster = 'harbor-prod'): ServiceRef => ({
  ...CLUSTER,
  cluster,
  service,
});

const EVENT_ARN = `arn:aws:health:eu-west-1::event/ECS/${TASK_RETIREMENT}/example`;

export function aNotice(overrides: Partial<Notice> = {}): Notice {
  const fingerprint = noticeFingerprint(PLACE, EVENT_ARN);
  return {
    kind: 'notice',
    id: recordId('ntc', fingerprint, DELIVERED),
    fingerprint,
    severity: 'medium',
    typeCode: TASK_RETIREMENT,
    category: 'scheduledChange',
    affected: PLACE,
    eventArn: EVENT_ARN,
    startsAt: DEADLINE,
    description: '',
    pages: { seen: [1], total: 1 },
    entities: [{ kind: 'service', at: aService() }],
    isTruncated: false,
    revision: 1,
    version: 1,
    firstSeen: DELIVERED,
    lastSeen: DELIVERED,
    observed: [],
    announcements: [],
    timeline: [],
    ...overrides,
  };
}

export const anOpening = (opens: Instant, length = hours(4), overrides: Partial<Opening> = {}): Opening => ({
  windows: ['nights'],
  zone: 'UTC',
  opens,
  closes: opens + length,
  cutoffs: ['derived'],
  because: [],
  ...overrides,
});

/** 22:00 UTC of a day of November 2026. */
export const night = (day: number): Instant => Date.UTC(2026, 10, day, 22);

export const anAllowance = (overrides: Partial<Allowance> = {}): Allowance => ({
  openings: [anOpening(night(18)), anOpening(night(19)), anOpening(night(20))],
  mode: 'approve',
  budget: DEFAULT_BUDGET,
  overrun: 'finish',
  freezes: [],
  hasWindows: true,
  ...overrides,
});

/** Running Fargate tasks: as many old ones, and as many new ones. */
export const tasks = (old: number, fresh = 0): readonly ServiceTask[] =>
  Array.from({ length: old + fresh }, (_, index) => ({
    taskId: `task-${index}`,
    lastStatus: 'RUNNING',
    launchType: 'FARGATE',
    createdAt: index < old ? DELIVERED - days(10) : DELIVERED + hours(1),
  }));

export const DIGEST = `sha256:${'1'.repeat(64)}`;
export const OTHER_DIGEST = `sha256:${'2'.repeat(64)}`;

const image: { readonly [Key in 'container' | 'reference' | 'digest']: string } = {
  container: 'app',
  reference: 'checkout:stable',
  digest: DIGEST,
};

export const anImage = {
  ...image,
  registry: 'ecr',
  isFixed: false,
  latest: found({ digest: DIGEST }),
  isKept: found(true),
  isUnpinned: false,
} as const;

export const NONE = missing('not-applicable', 'it has none');
export const UNREAD = missing('denied', 'the call is not allowed');

/** Four old tasks behind a load balancer, with everything as it should be. */
export const aSituation = (overrides: Partial<ActiveService> = {}): ActiveService => ({
  status: 'active',
  at: aService(),
  allowance: anAllowance(),
  controller: 'ECS',
  strategy: 'ROLLING',
  desired: 4,
  running: 4,
  pending: 0,
  minimumHealthyPercent: 100,
  maximumPercent: 200,
  revision: 'checkout:42',
  revisionStatus: found('ACTIVE'),
  tasks: tasks(4),
  deployments: [
    { id: 'ecs-svc/before', createdAt: DELIVERED - days(10), status: 'SUCCESSFUL', revision: 'checkout:42' },
  ],
  codeDeploy: NONE,
  durations: { past: [minutes(10), minutes(10), minutes(10)] },
  images: found([anImage]),
  targets: found({ healthy: 4, total: 4 }),
  alarms: found([{ name: 'checkout-5xx', state: 'OK' }]),
  blockers: found([]),
  stack: NONE,
  protectedUntil: NONE,
  headroom: found([{ what: 'vCPU', free: 100, needed: 4 }]),
  hasCircuitBreaker: true,
  pauseHooks: [],
  isSpotOnly: false,
  defersCleanup: false,
  ...overrides,
});

/** What it takes to start a task of no service again; with something in it that nobody may see. */
export const aLaunch = (overrides: Partial<Launch> = {}): Launch => ({
  cluster: { ...CLUSTER, cluster: 'harbor-batch' },
  taskId: '6f530510f3fb67e2c5bf2050dc9453a2',
  taskDefinitionArn: 'arn:aws:ecs:eu-west-1:111122223333:task-definition/report:7',
  launchType: 'FARGATE',
  enableExecuteCommand: false,
  tags: {},
  overrides: { containerOverrides: [{ name: 'app', environment: [{ name: 'TOKEN', value: 'hush' }] }] },
  network: { subnet: 'subnet-1', securityGroups: ['sg-1'], assignPublicIp: false },
  ...overrides,
});

export interface Given {
  readonly notice?: Notice;
  readonly tasks?: readonly StandaloneTask[];
  readonly now?: Instant;
  readonly before?: Plan;
}

/** The plan for these services. Throws where none can be made. */
export function aPlan(services: readonly ServiceSituation[] = [aSituation()], given: Given = {}): Plan {
  const circumstances = { tasks: given.tasks ?? [], tz: '2026a', now: given.now ?? DELIVERED };
  const planned = makePlan(given.notice ?? aNotice(), services, circumstances, given.before);
  if (planned.status === 'none') throw new Error(planned.because);
  return planned.plan;
}

/** What a plan says of its only service. */
export function onlyService(plan: Plan) {
  const [service, ...others] = plan.services;
  if (service === undefined || others.length > 0) throw new Error('expected one service');
  return service;
}
