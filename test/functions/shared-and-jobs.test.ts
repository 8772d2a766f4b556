import { expect, it } from 'vitest';
import { createHandler } from '../../functions/ecs-events/handler.ts';
import { settleDue } from '../../functions/reconcile/due.ts';
import { minutes } from '../../shared/domain/instant.ts';
import { eventIn, eventWith } from '../support/event-files.ts';
import { POLICY } from '../support/observations.ts';
import { aPipeline } from '../support/pipeline.ts';

const timeOf = (event: unknown): number => Date.parse((event as { time: string }).time);

function run() {
  const pipeline = aPipeline();
  const handler = createHandler(pipeline.deps);
  return {
    ...pipeline,
    deliver: async (...events: readonly unknown[]) => {
      pipeline.at(Math.max(...events.map(timeOf)));
      const Records = events.map((event, index) => ({ messageId: `m${index}`, body: JSON.stringify(event) }));
      await handler({ Records }, pipeline.context);
    },
    later: async (milliseconds: number) => {
      pipeline.at(pipeline.deps.clock() + milliseconds);
      await settleDue({ policy: POLICY, deadline: pipeline.deps.clock() + 30_000 }, pipeline.deps);
    },
    said: () => pipeline.told.map(({ step, record }) => [step, record.kind === 'incident' && record.state.status]),
  };
}

const IMPAIRED = 'ecs/container-instance-health-impaired.json';

/** The same instance, some minutes after it was found impaired. */
function health(overallStatus: string, after: number): object {
  const event = eventWith(IMPAIRED, { overallStatus, healthChecks: [] });
  return {
    ...event,
    id: `health-${after}`,
    time: `${new Date(timeOf(event) + minutes(after)).toISOString().slice(0, 19)}Z`,
  };
}

it('an impaired instance is one message, resolved once it has been healthy for some minutes', async () => {
  const { deliver, later, told, said } = run();
  await deliver(eventIn(IMPAIRED));
  expect(told[0]?.record).toMatchObject({ subject: { kind: 'host' }, diagnosis: { severity: 'high' } });
  await deliver(health('INSUFFICIENT_DATA', 1));
  await deliver(health('OK', 2));
  await later(minutes(5));
  expect(said().at(-1)).toEqual(['reply', 'resolved']);
  expect(said().filter(([step]) => step === 'post')).toHaveLength(1);
});

it('tasks of different services that go down with their instance are one message that lists the services', async () => {
  const { deliver, told, store } = run();
  const path = 'ecs/task-stopped-ec2-host-terminated.json';
  const stops = ['alpha', 'beta', 'gamma'].map((service, index) =>
    eventWith(path, {
      group: `service:${service}`,
      taskArn: `arn:aws:ecs:eu-west-1:111122223333:task/harbor-prod/${String(index).repeat(32)}`,
    }),
  );
  await deliver(...stops);
  expect(told.filter(({ step }) => step === 'post')).toHaveLength(1);
  const [first] = told;
  if (first === undefined) throw new Error('nothing was told');
  const record = await store.load(first.record.fingerprint);
  expect(record).toMatchObject({ subject: { kind: 'host' }, occurrences: 3 });
  expect(JSON.stringify(record)).toMatch(/alpha.*beta.*gamma/);
});

it('a job that failed is resolved by its next good run, and not by that of another job', async () => {
  const { deliver, later, said } = run();
  const good = eventIn('ecs/task-stopped-job-exit-0.json');
  const { taskArn } = (good as { detail: { taskArn: string } }).detail;
  const failed = eventWith('ecs/task-stopped-job-exit-0.json', {
    taskArn: taskArn.replace(/[0-9a-f]{32}$/, 'f'.repeat(32)),
    containers: [{ containerArn: 'arn:c', name: 'job', lastStatus: 'STOPPED', taskArn: 'arn:t', exitCode: 3 }],
  });
  const early = {
    ...failed,
    detail: { ...(failed['detail'] as object), stoppedAt: new Date(timeOf(good) - minutes(60)).toISOString() },
  };
  await deliver(early);
  expect(said()).toEqual([['post', 'open']]);
  await deliver(good);
  await later(minutes(6));
  expect(said().at(-1)).toEqual(['reply', 'resolved']);
});
