import type { AnnouncedRecord } from '../../shared/domain/incident.ts';
import { hours, minutes, seconds } from '../../shared/domain/instant.ts';
import {
  aDiagnosis,
  aNotice,
  anAffectedService,
  anAffectedTask,
  anIncident,
  CLUSTER,
  PLACE,
  SEEN_AT,
  someDetails,
} from '../support/records.ts';
import { PLAN_CASES } from './plan-cases.ts';
import { aDigest, anEntry, someStops } from './records.ts';

const ERRORS_GUIDE = 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-error-codes.html';

const ROLLBACK = 'ecs-svc/1122334455667788990';

/** What a task that never started lacks. */
const neverStarted = () => {
  const { exitCode: _exitCode, containerReason: _containerReason, imageDigest: _imageDigest, ...rest } = someDetails();
  return { ...rest, stopCode: 'TaskFailedToStart' };
};

/** One record per kind of message, by the name of its golden files. */
export const CASES: Readonly<Record<string, AnnouncedRecord>> = {
  'out-of-memory-with-logs': anIncident({
    details: someDetails({
      log: {
        group: '/ecs/checkout',
        stream: 'app/app/0c5b2f9e8d7a4b6f9e1d2c3b4a5f6e7d',
        region: 'eu-west-1',
        lines: [
          '2026-11-21T08:04:51.118Z INFO  GET /basket 200 31ms',
          '2026-11-21T08:04:55.402Z INFO  import of catalog-2026-11-21.xml started (418 MB)',
          '2026-11-21T08:04:58.977Z WARN  heap at 480 MB of 512 MB',
          '2026-11-21T08:05:00.013Z WARN  heap at 509 MB of 512 MB',
        ],
      },
    }),
  }),
  'repeated-crash': anIncident({
    ...someStops(37),
    firstSeen: SEEN_AT - minutes(42),
    diagnosis: aDiagnosis({
      cause: 'app/exited-nonzero',
      title: 'Container exited with an error',
      summary: 'Container app exited with code 1.',
      fix: [
        'Read the last log lines of container app: they tell why it exited.',
        'If the revision is new, compare it with the one before.',
      ],
      evidence: [{ field: 'containers[app].exitCode', text: '1' }],
    }),
    details: (() => {
      const { containerReason: _containerReason, ...rest } = someDetails();
      return {
        ...rest,
        exitCode: 1,
        running: 0,
        log: {
          group: '/ecs/checkout',
          stream: 'app/app/0c5b2f9e8d7a4b6f9e1d2c3b4a5f6e7d',
          region: 'eu-west-1',
          lines: [
            'Error: connect ECONNREFUSED 10.0.12.40:5432',
            '    at TCPConnectWrap.afterConnect [as oncomplete] (node:net:1637:16)',
            "  errno: -111, code: 'ECONNREFUSED', syscall: 'connect'",
          ],
        },
      };
    })(),
  }),
  'image-not-found': anIncident({
    diagnosis: aDiagnosis({
      cause: 'image/not-found',
      title: 'Image not found',
      summary: 'The image checkout:1.9.0 of container app does not exist in its repository.',
      fix: ['Push the image, or deploy a tag that exists.', 'Use tags that are never deleted, or digests.'],
      evidence: [{ field: 'stoppedReason', text: 'CannotPullContainerError' }],
      documentation: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_cannot_pull_image.html',
    }),
    ...someStops(4, -1),
    firstSeen: SEEN_AT - minutes(9),
    details: {
      ...neverStarted(),
      image: '111122223333.dkr.ecr.eu-west-1.amazonaws.com/checkout:1.9.0',
      stoppedReason:
        'CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref 111122223333.dkr.ecr.eu-west-1.amazonaws.com/checkout:1.9.0: not found',
    },
  }),
  'secrets-denied': anIncident({
    diagnosis: aDiagnosis({
      cause: 'secrets/access-denied',
      title: 'Secret not readable',
      summary: 'The execution role checkout-execution may not read the secret prod/checkout/db.',
      fix: ['Allow secretsmanager:GetSecretValue on prod/checkout/db in the policy of role checkout-execution.'],
      evidence: [{ field: 'stoppedReason', text: 'AccessDeniedException' }],
      documentation: ERRORS_GUIDE,
    }),
    details: {
      ...neverStarted(),
      stoppedReason:
        'ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from asm: AccessDeniedException: User: arn:aws:sts::111122223333:assumed-role/checkout-execution/0c5b2f9e is not authorized to perform: secretsmanager:GetSecretValue on resource: prod/checkout/db',
    },
  }),
  'deployment-failed-and-rolled-back': anIncident({
    subject: { kind: 'deployment', at: CLUSTER, service: 'checkout' },
    state: { status: 'resolved', at: SEEN_AT + minutes(7), how: 'recovered' },
    recovery: { kind: 'deployment-completed', at: SEEN_AT + minutes(7), deploymentId: ROLLBACK },
    ...someStops(3, -1),
    firstSeen: SEEN_AT - minutes(2),
    diagnosis: aDiagnosis({
      cause: 'image/platform-mismatch',
      title: 'Image for another CPU',
      summary:
        'The image of container app has no variant for linux/amd64, so none of the deployment’s 3 tasks started.',
      fix: ['Build the image for linux/amd64, or for both: docker buildx build --platform linux/amd64,linux/arm64.'],
      evidence: [
        {
          field: 'tasks[0].stoppedReason',
          text: "image Manifest does not contain descriptor matching platform 'linux/amd64'",
        },
      ],
    }),
    details: {
      taskDefinition: 'checkout:43',
      servingTaskDefinition: 'checkout:42',
      deploymentId: 'ecs-svc/7844756882080759286',
      actor: 'deploy-bot (session ci-4711), by UpdateService',
      circuitBreaker: { failures: 3, threshold: 3 },
      change: {
        from: 'checkout:42',
        to: 'checkout:43',
        differences: [
          'app image 1.8.2 -> 1.9.0',
          'app secrets: PAYMENT_KEY now from arn:aws:ssm:eu-west-1:111122223333:parameter/prod/payment/key-v2',
          'app environment: FEATURE_BASKET added, DB_HOST changed',
          'task memory 1024 -> 512 MiB',
        ],
      },
      deploymentReason: 'ECS deployment circuit breaker: tasks failed to start.',
      deploymentFailed: true,
      serviceEvents: [
        '(service checkout) (deployment ecs-svc/7844756882080759286) deployment failed: tasks failed to start.',
        '(service checkout) rolling back to deployment ecs-svc/1122334455667788990.',
      ],
      rollback: { deploymentId: ROLLBACK },
      desired: 2,
      running: 2,
      missing: [],
    },
  }),
  'deployment-failed-without-a-change': anIncident({
    subject: { kind: 'deployment', at: CLUSTER, service: 'ledger' },
    diagnosis: aDiagnosis({
      cause: 'app/exited-nonzero',
      title: 'Container exited with an error',
      summary: 'Container ledger exited with code 1.',
      fix: [
        'The revision is the one that worked before: look at what it depends on.',
        'Read the last log lines of container ledger: they tell why it exited.',
      ],
      evidence: [{ field: 'tasks[0].containers[ledger].exitCode', text: '1' }],
    }),
    details: {
      taskDefinition: 'ledger:34',
      servingTaskDefinition: 'ledger:34',
      deploymentId: 'ecs-svc/7844756882080759286',
      circuitBreaker: { failures: 3, threshold: 3 },
      change: {
        from: 'ledger:34',
        to: 'ledger:34',
        differences: ['the same revision as before; nothing in it changed'],
      },
      deploymentReason: 'ECS deployment circuit breaker: tasks failed to start.',
      deploymentFailed: true,
      desired: 3,
      running: 3,
      missing: ['CloudTrail knows no UpdateService of ledger yet; its events come some minutes late'],
    },
  }),
  'load-balancer-check-failed-with-missing-facts': anIncident({
    diagnosis: aDiagnosis({
      cause: 'health/lb-unexpected-status',
      confidence: 'likely',
      title: 'Load balancer health check failed',
      summary: 'The load balancer got status 503 instead of 200 from container app.',
      fix: [
        'Open the health check path on the container: it has to answer 200.',
        'Raise the health check grace period if the application starts slowly.',
      ],
      evidence: [{ field: 'service.events[0]', text: 'Health checks failed with these codes: [503]' }],
    }),
    details: (() => {
      const {
        exitCode: _exitCode,
        containerReason: _containerReason,
        desired: _desired,
        running: _running,
        ...rest
      } = someDetails();
      return {
        ...rest,
        stopCode: 'ServiceSchedulerInitiated',
        stoppedReason:
          'Task failed ELB health checks in (target-group arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/checkout/73e2d6bc24d8a067)',
        missing: [
          'ecs:DescribeServices was throttled for checkout',
          'logs:GetLogEvents is not allowed on /ecs/checkout',
        ],
      };
    })(),
  }),
  'standalone-job-failed': anIncident({
    subject: { kind: 'family', at: { ...CLUSTER, cluster: 'batch' }, family: 'nightly-report' },
    diagnosis: aDiagnosis({
      cause: 'memory/sigkill-unexplained',
      confidence: 'unclear',
      severity: 'medium',
      title: 'Killed with SIGKILL',
      summary: 'Container report was killed (exit code 137), and ECS does not say by whom.',
      fix: [
        'Look at the memory of the task around the stop before raising it.',
        'Look for a stop request in CloudTrail.',
      ],
      evidence: [{ field: 'containers[report].exitCode', text: '137' }],
    }),
    details: (() => {
      const {
        containerReason: _reason,
        deploymentId: _deployment,
        desired: _desired,
        running: _running,
        ...rest
      } = someDetails();
      return {
        ...rest,
        taskDefinition: 'nightly-report:7',
        container: 'report',
        image: 'report:2026-11',
        startedBy: 'events-rule/nightly-report',
      };
    })(),
  }),
  'hook-waiting': anIncident({
    subject: { kind: 'deployment', at: CLUSTER, service: 'checkout' },
    stops: [],
    tasks: [],
    diagnosis: {
      cause: 'deployment/blocked',
      confidence: 'certain',
      benign: false,
      severity: 'medium',
      title: 'Deployment waits for approval',
      summary:
        'A pause hook at POST_TEST_TRAFFIC_SHIFT holds the deployment until 2026-11-21 12:05 UTC; then ECS rolls it back.',
      fix: ['Continue the deployment, or roll it back, before the hook runs out.'],
      evidence: [{ field: 'detail.eventName', text: 'HOOK_AWAITING_ACTION' }],
    },
    details: { desired: 2, running: 2, missing: [] },
  }),
  'taken-by-somebody': anIncident({
    ...someStops(3, 300),
    firstSeen: SEEN_AT - minutes(30),
    state: { status: 'open', acknowledged: { by: 'anna', at: SEEN_AT + minutes(2) } },
  }),
  'taken-in-slack': anIncident({
    ...someStops(3, 300),
    firstSeen: SEEN_AT - minutes(30),
    state: { status: 'open', acknowledged: { by: 'U0ADA', via: 'slack', at: SEEN_AT + minutes(2) } },
  }),
  recovering: anIncident({
    ...someStops(3, 300),
    firstSeen: SEEN_AT - minutes(30),
    recovery: { kind: 'steady-state', at: SEEN_AT + minutes(2) },
  }),
  resolved: anIncident({
    ...someStops(37),
    firstSeen: SEEN_AT - minutes(42),
    reopened: 1,
    state: { status: 'resolved', at: SEEN_AT + minutes(3), how: 'recovered' },
    recovery: { kind: 'steady-state', at: SEEN_AT + minutes(3) },
  }),
  'closed-without-proof': anIncident({
    ...someStops(2, 3_600),
    firstSeen: SEEN_AT - hours(3),
    state: { status: 'resolved', at: SEEN_AT, how: 'quiet' },
  }),
  reopened: anIncident({ ...someStops(40), firstSeen: SEEN_AT - hours(2), reopened: 2 }),
  'deployment-in-trouble': anIncident({
    subject: { kind: 'deployment', at: CLUSTER, service: 'checkout' },
    ...someStops(12),
    firstSeen: SEEN_AT - minutes(11),
    causes: { 'memory/container-oom': 9, 'app/exited-nonzero': 3 },
    details: someDetails({ servingTaskDefinition: 'checkout:41', circuitBreaker: { failures: 12, threshold: 20 } }),
  }),
  'host-lost': anIncident({
    subject: { kind: 'host', at: CLUSTER, host: '3f1c9a4be27d4c0f8b6a5d2e1f0c9b8a' },
    diagnosis: aDiagnosis({
      cause: 'platform/agent-disconnected',
      title: 'Agent disconnected',
      summary: 'The ECS agent of the container instance lost its connection, and ECS stopped counting its tasks.',
      fix: ['Look whether the EC2 instance still runs, and replace it if it does not.'],
      evidence: [{ field: 'detail.agentConnected', text: 'false' }],
    }),
    ...someStops(14, 86_400),
    firstSeen: SEEN_AT - seconds(50),
    services: ['harbor-prod/checkout', 'harbor-prod/ledger', 'harbor-prod/search'],
    details: { stopCode: 'TerminationNotice', availabilityZone: 'eu-west-1a', missing: [] },
  }),
  'no-capacity-in-many-clusters': anIncident({
    subject: { kind: 'capacity', at: PLACE, provider: 'FARGATE_SPOT' },
    diagnosis: aDiagnosis({
      cause: 'capacity/fargate-unavailable',
      title: 'No Fargate capacity',
      severity: 'medium',
      summary: 'Fargate has no capacity for FARGATE_SPOT in eu-west-1 at the moment.',
      fix: ['Give the services a second capacity provider, FARGATE, with a base of 1.'],
      evidence: [{ field: 'reason', text: 'Capacity is unavailable at this time' }],
    }),
    occurrences: 31,
    stops: [],
    tasks: [],
    firstSeen: SEEN_AT - minutes(20),
    services: Array.from({ length: 90 }, (_, index) => `cluster-${index % 10}/service-${index}`),
    details: { missing: [] },
  }),
  storm: aDigest({
    entries: [
      ...Array.from({ length: 12 }, (_, index) => anEntry({ name: `service-${index}`, occurrences: 30 - index })),
      ...Array.from({ length: 3 }, (_, index) =>
        anEntry({
          name: `worker-${index}`,
          cluster: 'harbor-staging',
          cause: 'platform/spot-interruption',
          title: 'Spot interruption',
          severity: 'low',
        }),
      ),
      anEntry({ name: 'checkout', occurrences: 4, hasOwnMessage: true }),
      anEntry({ name: 'ledger', isResolved: true }),
    ],
  }),
  'storm-over': aDigest({
    state: 'over',
    entries: [anEntry({ isResolved: true, hasOwnMessage: true }), anEntry({ name: 'ledger', isResolved: true })],
  }),
  'retirement-of-3-services': aNotice({
    entities: [
      anAffectedService('checkout'),
      anAffectedService('ledger'),
      anAffectedService('checkout', 'harbor-staging', 'RESOLVED'),
    ],
  }),
  'retirement-of-300-services': aNotice({
    entities: Array.from({ length: 300 }, (_, index) =>
      anAffectedService(`service-${String(index).padStart(3, '0')}`, `cluster-${index % 11}`),
    ),
    pages: { seen: [1, 3], total: 4 },
    isTruncated: true,
  }),
  'retirement-of-standalone-tasks': aNotice({
    entities: [anAffectedTask('68f1c007e6178d3457a5b3d7f4699686'), anAffectedTask('62673a604d240d8ca3978ebc52dd9743')],
  }),
  'retirement-closed': aNotice({
    phase: 'closed',
    severity: 'low',
    endsAt: Date.UTC(2026, 10, 28, 3, 14),
    entities: [
      anAffectedService('checkout', 'harbor-prod', 'RESOLVED'),
      anAffectedService('ledger', 'harbor-prod', 'RESOLVED'),
    ],
  }),
  'operational-issue': aNotice({
    typeCode: 'AWS_ECS_OPERATIONAL_ISSUE',
    category: 'issue',
    phase: 'open',
    severity: 'high',
    startsAt: SEEN_AT - minutes(25),
    entities: [],
    description:
      'We are investigating increased task launch errors in a single Availability Zone (euw1-az2) in the EU-WEST-1 Region. Tasks that already run are not affected.',
  }),
  ...PLAN_CASES,
};
