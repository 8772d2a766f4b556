import { describe, expect, it, vi } from 'vitest';
import { objectsIn } from './command.ts';
import { aLiveAccount, arnOf } from './live-account.ts';

const OUT_OF_MEMORY = arnOf('task', 'a616d93e30fbad924e28ebbf8686d3a6');
const [RUNNING, UNHEALTHY, STOPPING, UNKNOWN] = ['1', '2', '3', '4'].map((digit) => arnOf('task', digit.repeat(32)));

/** As DescribeTasks answers it. */
const aTask = (taskArn = '', more: object = {}) => ({
  taskArn,
  taskId: taskArn.split('/').at(-1) ?? '',
  clusterArn: 'arn:aws:ecs:eu-west-1:111122223333:cluster/harbor-prod',
  taskDefinitionArn: 'arn:aws:ecs:eu-west-1:111122223333:task-definition/checkout:57',
  group: 'service:checkout',
  version: 4,
  lastStatus: 'RUNNING',
  desiredStatus: 'RUNNING',
  healthStatus: 'HEALTHY',
  startedAt: Date.UTC(2026, 10, 16, 15) / 1_000,
  containers: [
    { name: 'checkout', lastStatus: 'RUNNING', healthStatus: 'HEALTHY' },
    { name: 'log-router', lastStatus: 'RUNNING', healthStatus: 'UNKNOWN' },
  ],
  ...more,
});

const TASKS = [
  aTask(RUNNING),
  aTask(UNHEALTHY, { healthStatus: 'UNHEALTHY' }),
  aTask(STOPPING, {
    lastStatus: 'DEPROVISIONING',
    desiredStatus: 'STOPPED',
    stoppedReason: 'Scaling activity, password=hunter2',
  }),
];

const { explain, faults, calls } = aLiveAccount(
  ['ecs/task-stopped-out-of-memory.json', 'ecs/task-stopped-scaled-in.json'],
  ({ task }) => ({ task: (cluster, id) => TASKS.find(({ taskId }) => taskId === id) ?? task(cluster, id) }),
);

describe('slackwater explain of a task', () => {
  it('shows the message of a task that ran out of memory, with what the account adds, and answers 1', async () => {
    const { out, err, code } = await explain([OUT_OF_MEMORY]);
    expect(out).toMatch(/^🔴 Out of memory · report-worker · harbor-prod\n/);
    expect(out).toContain('limit 1024 MiB');
    expect(out).toContain('1 of 2 running');
    expect(out).toContain('    report 48213 for account 9917: 1,204,882 rows');
    expect(out).not.toContain('hunter2-reports');
    expect([err, code]).toEqual(['', 1]);
  });

  it('gives one object with --json: the line of replay with the card', async () => {
    const { out } = await explain([OUT_OF_MEMORY, '--json']);
    expect(objectsIn(out)).toEqual([
      expect.objectContaining({
        event: OUT_OF_MEMORY,
        kind: 'task-stopped',
        decision: 'told',
        reason: 'first',
        subject: 'harbor-prod/report-worker',
        cause: 'memory/container-oom',
        confidence: 'certain',
        severity: 'high',
        incident: expect.stringMatching(/^inc-[0-9a-f]{10}$/),
        problem: true,
        card: expect.stringMatching(/^🔴 Out of memory/),
      }),
    ]);
  });

  it('only reads', async () => {
    await explain([OUT_OF_MEMORY]);
    expect(calls().length).toBeGreaterThan(3);
    for (const call of calls()) expect(call).toMatch(/^[a-z]+:(Describe|List|Get|BatchGet)\w+$/);
  });

  it('says of an expected stop that nobody has to act, and answers 0', async () => {
    const { out, code } = await explain([arnOf('task', '887ca891cbfd31e641f874c11fe7ad8e')]);
    expect(out).toMatch(/^harbor-prod\/checkout: nobody has to act: /);
    expect(code).toBe(0);
  });

  it.each([
    ['runs', RUNNING, ['is RUNNING since 2026-11-16 15:00 UTC', 'HEALTHY', 'container log-router RUNNING'], 0],
    ['runs and fails its health check', UNHEALTHY, ['UNHEALTHY'], 1],
    [
      'is being stopped',
      STOPPING,
      ['is DEPROVISIONING', 'ECS is stopping it (Scaling activity, password=[redacted])'],
      0,
    ],
  ])('tells how a task is that %s', async (_, arn = '', words, exit) => {
    const { out, code } = await explain([arn]);
    expect(out).toMatch(/^harbor-prod\/checkout: task /);
    for (const word of words) expect(out.replaceAll('\n', ' ')).toContain(word);
    expect(code).toBe(exit);
  });

  it('tells the same of it with --json', async () => {
    const { out } = await explain([UNHEALTHY ?? '', '--json']);
    expect(objectsIn(out)).toMatchObject([{ kind: 'task', subject: 'harbor-prod/checkout', problem: true }]);
  });

  it('says of a task that ECS does not know for how long it keeps them, and what can be done', async () => {
    const { out, err, code } = await explain([UNKNOWN ?? '']);
    expect(err).toContain('ECS does not know task 44444444444444444444444444444444 in cluster harbor-prod');
    expect(err).toContain('at least an hour');
    expect(err).toContain('slackwater explain SERVICE-ARN --table NAME');
    expect([out, code]).toEqual(['', 2]);
  });
});

describe('slackwater explain without the account', () => {
  it('names the permission that is missing for the task itself', async () => {
    faults().inject('ecs:DescribeTasks', { kind: 'denied' });
    const { out, err, code } = await explain([OUT_OF_MEMORY]);
    faults().inject('ecs:DescribeTasks', undefined);
    expect(err).toBe('slackwater explain: ecs:DescribeTasks is not allowed for these credentials');
    expect([out, code]).toEqual(['', 2]);
  });

  it('goes on without what only adds to the message, and says so in it', async () => {
    faults().inject('logs:GetLogEvents', { kind: 'denied' });
    const { out, code } = await explain([OUT_OF_MEMORY]);
    faults().inject('logs:GetLogEvents', undefined);
    expect(out).toContain('Not available: logs:GetLogEvents is not allowed on');
    expect(code).toBe(1);
  });

  it('says what to set when there are no credentials, without a stack trace', async () => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', undefined);
    const { out, err, code } = await explain([OUT_OF_MEMORY]);
    expect(err).toMatch(/^slackwater explain: no AWS credentials found: set AWS_PROFILE, or .* \(.*\)$/);
    expect([out, code]).toEqual(['', 2]);
  });
});

describe('slackwater explain and its arguments', () => {
  it.each([
    ['nothing', [], 'give one ARN'],
    ['two ARNs', [OUT_OF_MEMORY, OUT_OF_MEMORY], 'give one ARN'],
    ['an ARN and a file', [OUT_OF_MEMORY, '-f', 'event.json'], 'give one ARN'],
    ['a name', ['checkout'], '"checkout" is neither the ARN of a task nor that of a service'],
    ['the ARN of a cluster', ['arn:aws:ecs:eu-west-1:111122223333:cluster/harbor-prod'], 'neither the ARN'],
    [
      'the short ARN of a task',
      ['arn:aws-cn:ecs:cn-north-1:111122223333:task/4f0c'],
      'give it as arn:aws-cn:ecs:cn-north-1:111122223333:task/CLUSTER/4f0c',
    ],
    ['a table for a task', [OUT_OF_MEMORY, '--table', 'records'], "--table goes with a service's ARN"],
    ['an option that does not exist', ['--loud'], '--loud'],
  ])('answers 2 for %s and says what it wants', async (_, args, words) => {
    const { out, err, code } = await explain(args);
    expect(err).toContain(words);
    expect(err).toContain('usage: slackwater explain');
    expect([out, code]).toEqual(['', 2]);
  });
});

describe('slackwater explain in colours', () => {
  const KEYS = { AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE', AWS_SECRET_ACCESS_KEY: 'example' };
  const ESCAPE = '\u001b[';

  it.each([
    ['on a screen', { isScreen: true }, [], true],
    ['in a file or a pipe', { isScreen: false }, [], false],
    ['with --no-color', { isScreen: true }, ['--no-color'], false],
    ['with NO_COLOR', { isScreen: true, environment: { ...KEYS, NO_COLOR: '1' } }, [], false],
    [
      'with an empty NO_COLOR, which counts as unset',
      { isScreen: true, environment: { ...KEYS, NO_COLOR: '' } },
      [],
      true,
    ],
  ])('%s', async (_, terminal, args, isColoured) => {
    const { out } = await explain([OUT_OF_MEMORY, ...args], terminal);
    expect(out.includes(ESCAPE)).toBe(isColoured);
  });
});
