import {
  deployBroken,
  giveNotice,
  goToClockChange,
  healTable,
  killIntake,
  type Stage,
  spareIntake,
  throttleTable,
  wait,
} from './acts.ts';
import { armadaService } from './armada.ts';
import { capacityOutage, crashLoop, type Delivery, failingDeployment, storm } from './storms.ts';

/** One thing that happens in a scenario, in order. */
export type Step =
  | { readonly kind: 'event'; readonly path: string; readonly times?: number; readonly distinct?: boolean }
  /** Events that are made for an instant (milliseconds since 1970) and arrive over the sandbox's time. */
  | { readonly kind: 'made'; readonly make: (at: number) => readonly Delivery[] }
  /** Something is done to the sandbox itself. */
  | { readonly kind: 'act'; readonly act: (stage: Stage) => unknown }
  | { readonly kind: 'slack-down' }
  | { readonly kind: 'slack-up' };

export interface Scenario {
  readonly id: string;
  readonly title: string;
  /** What a watcher should see. */
  readonly expectation: string;
  readonly steps: readonly Step[];
}

const event = (path: string, repetition: { times?: number; distinct?: boolean } = {}): Step => ({
  kind: 'event',
  path,
  ...repetition,
});

/** Messages in Slack after the opening scenario, the reply in the deployment's thread included. */
export const OPENING_MESSAGES = 4;

export const OPENING: Scenario = {
  id: 'opening',
  title: 'A bad night at the harbor',
  expectation:
    'Three messages: out of memory, a deployment from its missing image to its failure, a retirement. The scale-in is quiet.',
  steps: [
    event('ecs/task-stopped-out-of-memory'),
    event('ecs/task-stopped-image-not-found'),
    event('ecs/deployment-failed-circuit-breaker'),
    event('health/retirement-services'),
    event('ecs/task-stopped-scaled-in'),
  ],
};

const act = (doing: (stage: Stage) => unknown): Step => ({ kind: 'act', act: doing });

const made = (make: (at: number) => readonly Delivery[]): Step => ({ kind: 'made', make });

export const SCENARIOS: readonly Scenario[] = [
  OPENING,
  {
    id: 'crash-loop',
    title: 'A crash loop of 25 tasks',
    expectation:
      'One message with a counter; its edits are ten seconds apart, so the count follows with the reconciler.',
    steps: [event('ecs/task-stopped-essential-exit-1-sidecar-0', { times: 25, distinct: true })],
  },
  {
    id: 'duplicates',
    title: 'The same stop, delivered five times',
    expectation: 'One message that says one task.',
    steps: [event('ecs/task-stopped-container-health-check', { times: 5 })],
  },
  {
    id: 'slack-outage',
    title: 'Slack is down while a task fails',
    expectation: 'Nothing at first. The reconciler tells it, once, in the first minute after Slack is back.',
    steps: [{ kind: 'slack-down' }, event('ecs/task-stopped-secret-access-denied'), { kind: 'slack-up' }],
  },
  {
    id: 'failing-deployment',
    title: 'A deployment of a barge that fails and is rolled back',
    expectation:
      'Told by events alone. Three tasks do not start, the circuit breaker gives up, the rollback completes: seven minutes.',
    steps: [made((at) => failingDeployment({ service: armadaService(1), at }))],
  },
  {
    id: 'slow-crash-loop',
    title: 'A crash loop of an hour',
    expectation: 'Every two minutes a task of one service exits. One message, kept current.',
    steps: [made((at) => crashLoop({ service: armadaService(2), stops: 30, lifetime: 72_000, at }))],
  },
  {
    id: 'storm',
    title: 'A storm of 500 stops over 20 services',
    expectation: 'Ten minutes in which 20 services crash for four reasons, with duplicates and disorder.',
    steps: [made((at) => storm({ services: 20, stops: 500, seed: 1, at }))],
  },
  {
    id: 'capacity-outage',
    title: 'Fargate has no capacity for 120 services',
    expectation: 'Within a minute 120 services of three clusters cannot place tasks.',
    steps: [made((at) => capacityOutage({ at }))],
  },
  {
    id: 'routine',
    title: 'Routine that nobody should hear of',
    expectation: 'No message: a scale-in, a finished job, a task that a person stopped, a steady service.',
    steps: [
      event('ecs/task-stopped-scaled-in'),
      event('ecs/task-stopped-job-exit-0'),
      event('ecs/task-stopped-by-user'),
      event('ecs/service-steady-state'),
    ],
  },
  {
    id: 'retirement-of-the-fleet',
    title: 'AWS retires the tasks of nine services',
    expectation:
      'One message with a plan. Approve it as Ada, jump to the next opening, run at ×60, and watch the estate replace its tasks.',
    steps: [act(giveNotice)],
  },
  {
    id: 'broken-release',
    title: 'A broken release of harbour-west/crane',
    expectation:
      'The estate starts tasks that fail; the circuit breaker rolls back. One message tells it from start to end.',
    steps: [act(deployBroken)],
  },
  {
    id: 'throttled-table',
    title: 'DynamoDB throttles a third of all requests',
    expectation:
      'Invocations fail and come again. In the end there is one message with ten stops, none lost, none twice.',
    steps: [
      act(throttleTable),
      event('ecs/task-stopped-out-of-memory', { times: 10, distinct: true }),
      act(healTable),
      act(wait(2)),
    ],
  },
  {
    id: 'killed-function',
    title: 'The intake is killed in the middle of its work',
    expectation:
      'Every second invocation dies; SQS delivers again ten seconds later. One message, at most once more a kill.',
    steps: [
      act(killIntake),
      event('ecs/task-stopped-container-health-check', { times: 4, distinct: true }),
      act(spareIntake),
      act(wait(2)),
    ],
  },
  {
    id: 'clock-change',
    title: 'The night in which clocks change in Berlin',
    expectation:
      'Goes to the evening before and pushes windows across that hour: the calendar has a day of 23 or 25 hours, and the plan takes its opening.',
    steps: [act(goToClockChange)],
  },
];
