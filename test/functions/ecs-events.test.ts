import { describe, expect, it } from 'vitest';
import { createHandler, type QueueBatch } from '../../functions/ecs-events/handler.ts';
import { found, missing } from '../../shared/domain/facts.ts';
import { seconds } from '../../shared/domain/instant.ts';
import { redactEmails } from '../../shared/domain/redact.ts';
import { eventIn, eventWith } from '../support/event-files.ts';
import { aPipeline } from '../support/pipeline.ts';

const OUT_OF_MEMORY = 'ecs/task-stopped-out-of-memory.json';
const SCALED_IN = 'ecs/task-stopped-scaled-in.json';

const timeOf = (event: unknown): number => Date.parse((event as { time: string }).time);

const batchOf = (...events: readonly unknown[]): QueueBatch => ({
  Records: events.map((event, index) => ({
    messageId: `m${index + 1}`,
    body: typeof event === 'string' ? event : JSON.stringify(event),
  })),
});

/** The same stop of another task. */
function another(path: string, taskId: string): unknown {
  const text = JSON.stringify(eventIn(path));
  const own = /task\/[^/"]+\/([0-9a-f]{32})/.exec(text)?.[1] ?? '';
  return JSON.parse(text.replaceAll(own, taskId));
}

function run(...given: Parameters<typeof aPipeline>) {
  const pipeline = aPipeline(...given);
  const handler = createHandler(pipeline.deps);
  return { ...pipeline, deliver: (...events: readonly unknown[]) => handler(batchOf(...events), pipeline.context) };
}

describe('a batch of ECS events', () => {
  it('tells of a stopped task once, with the record saved before the message', async () => {
    const { deliver, told, outcomes, store } = run();
    expect(await deliver(eventIn(OUT_OF_MEMORY))).toEqual({ batchItemFailures: [] });
    expect(told).toMatchObject([
      { step: 'post', destination: 'slack-channel:C0OPS', record: { version: 1, occurrences: 1 } },
    ]);
    expect(outcomes).toMatchObject([
      {
        decision: 'told',
        reason: 'first',
        cause: 'memory/container-oom',
        effects: ['post slack-channel:C0OPS: delivered'],
      },
    ]);
    const [first] = told;
    if (first === undefined) throw new Error('nothing was told');
    expect(await store.load(first.record.fingerprint)).toMatchObject({
      announcements: [{ status: 'told', revision: 1 }],
    });
  });

  it('costs no call and no record for a stop that nobody has to know of', async () => {
    const { deliver, told, outcomes, reads } = run();
    await deliver(eventIn(SCALED_IN));
    expect(outcomes).toMatchObject([{ decision: 'quiet', reason: 'benign' }]);
    expect([told, reads]).toEqual([[], []]);
  });

  it('says who stopped a task by hand, where CloudTrail is asked and knows, and stays quiet', async () => {
    const { deliver, told, outcomes } = run({ stopActor: found({ who: 'ada', did: 'StopTask', at: 0 }) });
    await deliver(eventIn('ecs/task-stopped-by-user.json'));
    await deliver(eventIn(SCALED_IN));
    expect(outcomes.map(({ reason, because }) => [reason, because.includes('It was ada.')])).toEqual([
      ['benign', true],
      ['benign', false],
    ]);
    expect(told).toEqual([]);
  });

  it('counts every task of a batch and tells of their problem once', async () => {
    const { deliver, told } = run();
    await deliver(
      eventIn(OUT_OF_MEMORY),
      another(OUT_OF_MEMORY, 'a'.repeat(32)),
      another(OUT_OF_MEMORY, 'b'.repeat(32)),
    );
    expect(told).toHaveLength(1);
    expect(told[0]?.record).toMatchObject({ occurrences: 3 });
  });

  it('reads the service and the logs for a new problem only', async () => {
    const { deliver, reads, at } = run({ taskDefinition: found(REPORT_WORKER) });
    const event = eventIn(OUT_OF_MEMORY);
    at(timeOf(event));
    await deliver(event);
    expect(reads.toSorted()).toEqual(['logs', 'service', 'task definition']);
    await deliver(another(OUT_OF_MEMORY, 'c'.repeat(32)));
    expect(reads.slice(3)).toEqual(['task definition']);
  });

  it('goes out although nothing could be read, and says what is missing', async () => {
    const because = 'ecs:DescribeServices is not allowed for this function';
    const { deliver, told } = run({ service: missing('denied', because) });
    await deliver(eventIn(OUT_OF_MEMORY));
    expect(told[0]).toMatchObject({ record: { details: { missing: expect.arrayContaining([because]) } } });
  });

  it('takes out what may not be shown before anything else sees the event', async () => {
    const event = eventWith('ecs/task-stopped-out-of-memory.json', { stoppedReason: 'mailed ada@example.com' });
    const { deliver, told } = run({ conceal: redactEmails });
    await deliver(event);
    expect(told[0]).toMatchObject({ record: { details: { stoppedReason: 'mailed [redacted]' } } });
  });

  it('records malformed input once with its field, and does not have it delivered again', async () => {
    const { deliver, outcomes } = run();
    const answer = await deliver('{ not JSON', eventIn('malformed/task-without-arn.json'), eventIn(OUT_OF_MEMORY));
    expect(answer).toEqual({ batchItemFailures: [] });
    expect(outcomes).toMatchObject([
      { decision: 'malformed', because: expect.stringContaining('body') },
      { decision: 'malformed', because: expect.stringContaining('detail.taskArn') },
      { decision: 'told' },
    ]);
  });

  it('has only the messages of the problem that could not be saved delivered again', async () => {
    const pipeline = aPipeline();
    const broken = new Error('the table does not answer');
    const store = {
      ...pipeline.store,
      save: async (...args: Parameters<typeof pipeline.store.save>) => {
        if (args[0].fingerprint.includes('report-worker')) throw broken;
        return pipeline.store.save(...args);
      },
    };
    const handler = createHandler({ ...pipeline.deps, store });
    const answer = await handler(
      batchOf(eventIn(OUT_OF_MEMORY), eventIn('ecs/task-stopped-image-not-found.json')),
      pipeline.context,
    );
    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: 'm1' }] });
    expect(pipeline.failures).toEqual([{ subject: 'm1', error: broken }]);
    expect(pipeline.told).toHaveLength(1);
  });

  it('leaves what Slack put off in the record, due when Slack said', async () => {
    const { deliver, store, outcomes, deps, at } = run({
      answer: () => ({ status: 'deferred', failure: 'ratelimited', retryAfter: seconds(30) }),
    });
    at(timeOf(eventIn(OUT_OF_MEMORY)));
    await deliver(eventIn(OUT_OF_MEMORY));
    expect(outcomes[0]?.effects).toEqual(['post slack-channel:C0OPS: deferred, ratelimited']);
    const now = deps.clock();
    expect(await store.loadDue(now + seconds(29), 10)).toEqual([]);
    expect(await store.loadDue(now + seconds(30), 10)).toHaveLength(1);
  });
});

describe('a deployment that fails and rolls back', () => {
  it('is one message through its whole life', async () => {
    const { deliver, told, outcomes, at } = run();
    const [failed, rollback, completed] = [
      'deployment-failed-circuit-breaker',
      'deployment-rollback-started',
      'deployment-completed',
    ].map((name) => eventIn(`ecs/${name}.json`));
    at(timeOf(failed));
    await deliver(failed);
    at(timeOf(failed) + seconds(20));
    await deliver(rollback);
    at(timeOf(failed) + seconds(90));
    await deliver(completed);
    expect(outcomes.map(({ decision, reason }) => `${decision}: ${reason}`).slice(0, 2)).toEqual([
      'told: first',
      'told: step',
    ]);
    expect(outcomes.at(-1)).toMatchObject({ decision: 'quiet', reason: 'recovering' });
    expect(told.filter(({ step }) => step === 'post')).toHaveLength(1);
    expect(told.at(-1)).toMatchObject({
      record: {
        details: { rollback: { deploymentId: 'ecs-svc/4108867725190034417' } },
        recovery: { kind: 'deployment-completed' },
      },
    });
  });

  it('is told apart from another one of the same service that fails in the same batch', async () => {
    const { deliver, told, outcomes } = run();
    const path = 'ecs/deployment-failed-circuit-breaker.json';
    const next = eventWith(path, {
      deploymentId: 'ecs-svc/9',
      updatedAt: new Date(timeOf(eventIn(path)) + seconds(60)).toISOString(),
    });
    expect(await deliver(eventIn(path), next)).toEqual({ batchItemFailures: [] });
    expect(told.map(({ step, record }) => [step, record.kind === 'incident' && record.details.deploymentId])).toEqual([
      ['post', 'ecs-svc/5551904723361187020'],
      ['post', 'ecs-svc/9'],
    ]);
    expect(outcomes.map(({ reason }) => reason)).toEqual(['first', 'first']);
  });

  it('is quiet about a deployment that goes well', async () => {
    const { deliver, outcomes } = run();
    await deliver(
      eventIn('ecs/deployment-in-progress.json'),
      eventIn('ecs/deployment-completed.json'),
      eventIn('ecs/service-steady-state.json'),
    );
    expect(outcomes.map(({ reason }) => reason)).toEqual(['progress', 'progress', 'progress']);
  });
});

const REPORT_WORKER = {
  family: 'report-worker',
  revision: 12,
  containers: [
    {
      name: 'worker',
      image: 'report-worker:2',
      isEssential: true,
      memory: 512,
      logDriver: 'awslogs',
      logOptions: {},
      containerPorts: [],
      environmentNames: [],
      secrets: [],
    },
    {
      name: 'app',
      image: 'report-worker:2',
      isEssential: true,
      memory: 512,
      logDriver: 'awslogs',
      logOptions: {},
      containerPorts: [],
      environmentNames: [],
      secrets: [],
    },
  ],
};
