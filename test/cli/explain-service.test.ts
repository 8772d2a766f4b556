import { describe, expect, it } from 'vitest';
import type { Estate } from '../../sandbox/estate/estate.ts';
import { eventWith } from '../support/event-files.ts';
import { NOW, objectsIn } from './command.ts';
import { aLiveAccount, arnOf } from './live-account.ts';

const stop = (file: string, taskId: string, detail: object = {}) =>
  eventWith(`ecs/${file}.json`, { taskArn: arnOf('task', taskId.padEnd(32, '0')), ...detail });

/** Of service `web`: two application errors, one image, one secret and one health check. */
const NIGHT_OF_WEB = [
  stop('task-stopped-image-not-found', '1', { group: 'service:web' }),
  stop('task-stopped-essential-exit-1-sidecar-0', '2', { group: 'service:web' }),
  stop('task-stopped-secret-access-denied', '3', { group: 'service:web' }),
  stop('task-stopped-essential-exit-1-sidecar-0', '4', { group: 'service:web' }),
  stop('task-stopped-log-group-missing', '5', { group: 'service:web' }),
];

const SCALED_IN = stop('task-stopped-scaled-in', '6', { group: 'service:placed' });

/** `service` with other fields, or with changes to its only deployment. */
const changed = ({ service }: Estate, name: string, change: object, deployment: object = {}) => {
  const before = service('harbor-prod', name);
  // True for every service of the estate.
  const [primary] = (before?.['deployments'] ?? []) as readonly object[];
  return { ...before, deployments: [{ ...primary, ...deployment }], ...change } as ReturnType<Estate['service']>;
};

const { explain, faults } = aLiveAccount(
  ['ecs/task-stopped-image-not-found.json', SCALED_IN, ...NIGHT_OF_WEB],
  (estate) => {
    const minutesAgo = (minutes: number) => (NOW - minutes * 60_000) / 1_000;
    const moving = { rolloutState: 'IN_PROGRESS', runningCount: 0 };
    const twisted: Record<string, ReturnType<Estate['service']>> = {
      moving: changed(estate, 'ledger', {}, { ...moving, createdAt: minutesAgo(10) }),
      stuck: changed(estate, 'ledger', {}, { ...moving, createdAt: minutesAgo(90) }),
      failing: changed(estate, 'ledger', {}, { ...moving, createdAt: minutesAgo(10), failedTasks: 2 }),
      'rolling-back': changed(estate, 'checkout', {
        deployments: [
          {
            id: 'ecs-svc/2',
            status: 'ACTIVE',
            rolloutState: 'FAILED',
            rolloutStateReason: 'ECS deployment circuit breaker: tasks failed to start.',
            createdAt: minutesAgo(20),
          },
          {
            id: 'ecs-svc/1',
            status: 'PRIMARY',
            rolloutState: 'IN_PROGRESS',
            rolloutStateReason: 'ECS deployment circuit breaker: rolling back to deploymentId ecs-svc/1.',
            createdAt: minutesAgo(900),
          },
        ],
        events: [],
      }),
      repaired: changed(estate, 'checkout', {
        deployments: [
          { id: 'ecs-svc/2', status: 'ACTIVE', rolloutState: 'FAILED', createdAt: minutesAgo(20) },
          { id: 'ecs-svc/3', status: 'PRIMARY', rolloutState: 'COMPLETED', createdAt: minutesAgo(9) },
        ],
        events: [],
      }),
      placed: changed(estate, 'thumbnailer', {
        runningCount: 5,
        events: [
          { createdAt: minutesAgo(1), message: '(service thumbnailer) has reached a steady state.' },
          {
            createdAt: minutesAgo(9),
            message: '(service thumbnailer) was unable to place a task. Reason: Capacity is unavailable at this time.',
          },
        ],
      }),
    };
    return {
      service: (cluster, name) => (Object.hasOwn(twisted, name) ? twisted[name] : estate.service(cluster, name)),
    };
  },
);

const explainService = (name: string, ...args: readonly string[]) => explain([arnOf('service', name), ...args]);
const linesOf = async (name: string) => objectsIn((await explainService(name, '--json')).out);

describe('slackwater explain of a service', () => {
  it('says in one line that all is well, and answers 0', async () => {
    const { out, err, code } = await explainService('ledger');
    expect(out.replaceAll('\n', ' ')).toBe(
      'harbor-prod/ledger: ACTIVE, 3 of 3 tasks running; ledger:32; its deployments and its scheduler report no trouble',
    );
    expect([err, code]).toEqual(['', 0]);
  });

  it('gives that as one object with --json', async () => {
    expect(await linesOf('ledger')).toMatchObject([
      { kind: 'service', subject: 'harbor-prod/ledger', decision: 'quiet', problem: false },
    ]);
  });

  it('shows a failed deployment and its stopped tasks as one problem, by the cause of the tasks', async () => {
    const { out, code } = await explainService('checkout');
    const headlines = out.split('\n').filter((line) => /^[🟥🔴]/u.test(line));
    expect(headlines).toEqual(['🟥 Deployment failed: Image not found · checkout · harbor-prod']);
    expect(out).toContain('checkout:58 failed, checkout:57 serves');
    expect(code).toBe(1);
  });

  it('groups stopped tasks by cause, most frequent first, three cards at most, and counts the rest', async () => {
    const { out, code } = await explainService('web');
    expect(out).toMatch(/^🔴 \S.* · web · harbor-prod\n/);
    expect(out).toContain('2 tasks stopped since');
    expect(out.match(/^🔴 /gm)).toHaveLength(3);
    expect(out).toMatch(/\n\nand 1 more: [a-z]+\/[a-z-]+ \(1\)$/);
    expect(code).toBe(1);
  });

  it('gives all of them with --json', async () => {
    const lines = await linesOf('web');
    expect(lines[0]).toMatchObject({ cause: 'app/exited-nonzero', occurrences: 2, problem: true });
    expect(lines.map(({ cause }) => String(cause)).toSorted((a, b) => a.localeCompare(b))).toEqual([
      'app/exited-nonzero',
      'image/not-found',
      'logging/log-group-missing',
      'secrets/access-denied',
    ]);
  });

  it('shows what the scheduler complains of', async () => {
    const { out, code } = await explainService('thumbnailer');
    expect(out).toMatch(/^🟠 No Fargate capacity · FARGATE · eu-west-1\n/);
    expect(out).toContain('harbor-prod (1 service): thumbnailer');
    expect(out.match(/^\p{So}/gmu)).toHaveLength(1);
    expect(code).toBe(1);
  });

  it.each([
    [
      'missing tasks that nothing explains',
      'report-worker',
      'nothing that ECS remembers says why tasks are missing',
      1,
    ],
    ['a young deployment', 'moving', 'is in progress, 0 of its tasks failed', 0],
    ['a deployment that brings nothing up for an hour', 'stuck', 'it does not get on', 1],
    ['a deployment whose tasks fail', 'failing', '2 of its tasks failed; it does not get on', 1],
    ['a failed deployment that a later one has mended', 'repaired', 'report no trouble', 0],
    ['a complaint of before the last steady state', 'placed', 'its deployments and its scheduler report no trouble', 0],
    ['stops that were expected', 'placed', 'every stop that ECS remembers was expected', 0],
  ])('says how it is with %s', async (_, name, words, exit) => {
    const { out, code } = await explainService(name);
    expect(out.replaceAll('\n', ' ')).toContain(words);
    expect(code).toBe(exit);
  });

  it('shows a rollback as part of the deployment that failed', async () => {
    const { out, code } = await explainService('rolling-back');
    expect(out).toMatch(/^🟥 .* · rolling back\n/);
    expect(code).toBe(1);
  });

  it.each([
    ['a service that ECS does not know', 'unheard-of', undefined, 'ECS does not know the service unheard-of'],
    [
      'no permission for the service',
      'ledger',
      'ecs:DescribeServices',
      'ecs:DescribeServices is not allowed for these credentials',
    ],
    ['no permission for its tasks', 'ledger', 'ecs:ListTasks', 'ecs:ListTasks is not allowed for these credentials'],
  ])('answers 2 for %s', async (_, name, denied, words) => {
    if (denied !== undefined) faults().inject(denied, { kind: 'denied' });
    const { out, err, code } = await explainService(name);
    if (denied !== undefined) faults().inject(denied, undefined);
    expect(err).toContain(words);
    expect([out, code]).toEqual(['', 2]);
  });
});
