import { DescribeTasksCommand, ECSClient, ListTasksCommand, type Task } from '@aws-sdk/client-ecs';
import { mockClient } from 'aws-sdk-client-mock';
import { describe, expect, it } from 'vitest';
import type { ServiceRef, TaskArn, TaskRef } from '../../../shared/domain/place.ts';
import { createTaskReader } from '../../../shared/effects/readers/task-reader.ts';
import { CLUSTER } from '../../support/records.ts';
import { aBudget, awsError, never } from '../failing.ts';

// The cast is true enough for a test: it is the long form of a task's ARN.
const ARN = 'arn:aws:ecs:eu-west-1:111122223333:task/harbor-prod/4f0c' as TaskArn;
const TASK: TaskRef = { ...CLUSTER, taskId: '4f0c', arn: ARN };
const CHECKOUT: ServiceRef = { ...CLUSTER, service: 'checkout' };

const client = new ECSClient({ region: 'eu-west-1', credentials: { accessKeyId: 'a', secretAccessKey: 'b' } });

const clientsAt = () => ({ ecs: client });

const described = async (task: Task) => {
  const ecs = mockClient(client)
    .on(DescribeTasksCommand)
    .resolves({ tasks: [task] });
  const answer = await createTaskReader({ clientsAt }).describeTask(TASK);
  return { answer, ecs };
};

describe('describeTask', () => {
  it('asks for one task of one cluster', async () => {
    const { ecs } = await described({ taskArn: ARN });
    const input = { cluster: 'arn:aws:ecs:eu-west-1:111122223333:cluster/harbor-prod', tasks: ['4f0c'] };
    expect(ecs.commandCalls(DescribeTasksCommand).map((call) => call.args[0].input)).toEqual([input]);
  });

  it('tells it as the event does: times as text, and an interface by its other name', async () => {
    const { answer } = await described({
      taskArn: ARN,
      lastStatus: 'STOPPED',
      desiredStatus: 'STOPPED',
      stoppedAt: new Date('2026-11-17T03:02:11.204Z'),
      attachments: [{ id: 'a', type: 'ElasticNetworkInterface', status: 'DELETED', details: [] }],
      containers: [{ name: 'app', lastStatus: 'STOPPED', exitCode: 0, healthStatus: 'UNKNOWN' }],
    });
    expect(answer).toMatchObject({
      status: 'found',
      value: {
        stoppedAt: '2026-11-17T03:02:11.204Z',
        attachments: [{ id: 'a', type: 'eni', status: 'DELETED', details: [] }],
        containers: [{ name: 'app', lastStatus: 'STOPPED', exitCode: 0, healthStatus: 'UNKNOWN' }],
      },
    });
  });

  it('leaves overrides behind, which may hold secrets', async () => {
    const { answer } = await described({
      taskArn: ARN,
      overrides: { containerOverrides: [{ name: 'app', environment: [{ name: 'KEY', value: 'hunter2' }] }] },
    });
    expect(JSON.stringify(answer)).not.toContain('hunter2');
  });

  it.each([
    ['MISSING', 'not-found', 'ECS does not know task 4f0c in cluster harbor-prod'],
    ['ACCESS', 'failed', 'ecs:DescribeTasks failed (ACCESS)'],
  ])('calls a task with the failure %s missing', async (reason, why, because) => {
    mockClient(client)
      .on(DescribeTasksCommand)
      .resolves({ tasks: [], failures: [{ reason }] });
    const answer = await createTaskReader({ clientsAt }).describeTask(TASK);
    expect(answer).toEqual({ status: 'missing', reason: why, because });
  });

  it.each([
    ['AccessDeniedException', 'denied', 'ecs:DescribeTasks is not allowed for this function'],
    ['ThrottlingException', 'throttled', 'AWS throttled ecs:DescribeTasks'],
    ['ClusterNotFoundException', 'not-found', 'ECS does not know task 4f0c in cluster harbor-prod'],
  ])('answers %s as missing, without naming anybody', async (name, reason, because) => {
    mockClient(client).on(DescribeTasksCommand).rejects(awsError(name));
    const answer = await createTaskReader({ clientsAt }).describeTask(TASK);
    expect(answer).toEqual({ status: 'missing', reason, because });
  });

  it('waits no longer than its budget', async () => {
    mockClient(client).on(DescribeTasksCommand).callsFake(never);
    const { budget, spend } = aBudget();
    const answer = createTaskReader({ clientsAt, budget }).describeTask(TASK);
    spend();
    expect(await answer).toMatchObject({ status: 'missing' });
  });
});

describe('stoppedTasks', () => {
  it('lists those of the service, the last stopped first', async () => {
    const task = (taskArn: string, minute: number): Task => ({
      taskArn,
      stoppedAt: new Date(Date.UTC(2026, 10, 17, 3, minute)),
    });
    const ecs = mockClient(client);
    ecs.on(ListTasksCommand).resolves({ taskArns: ['a', 'b'] });
    ecs.on(DescribeTasksCommand).resolves({ tasks: [task('a', 1), task('b', 2)] });
    const answer = await createTaskReader({ clientsAt }).stoppedTasks(CHECKOUT);
    expect(answer).toMatchObject({ status: 'found', value: [{ taskArn: 'b' }, { taskArn: 'a' }] });
  });

  it('is missing with the reason when they cannot be listed', async () => {
    mockClient(client).on(ListTasksCommand).rejects(awsError('AccessDeniedException'));
    const answer = await createTaskReader({ clientsAt }).stoppedTasks(CHECKOUT);
    expect(answer).toMatchObject({ status: 'missing', reason: 'denied' });
  });
});
