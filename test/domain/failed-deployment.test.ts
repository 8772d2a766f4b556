import { describe, expect, it, test } from 'vitest';
import { type DeploymentFacts, found, type ServiceFacts, type StoppedTaskFacts } from '../../shared/domain/facts.ts';
import { failedDeploymentOf } from '../../shared/domain/failed-deployment.ts';
import { observeDeployment } from '../../shared/domain/observe-service.ts';
import type { DeploymentChanged } from '../../shared/domain/signal.ts';
import { HARBOR, NOON } from '../support/observations.ts';
import { aContainer, aDeployment, aTaskDefinition } from '../support/revisions.ts';

const ARN = 'arn:aws:ecs:eu-west-1:111122223333:task-definition/checkout';

const signal = (overrides: Partial<DeploymentChanged> = {}): DeploymentChanged => ({
  kind: 'deployment-changed',
  envelope: { eventId: 'e', at: NOON, source: 'aws.ecs', detailType: 'ECS Deployment State Change', place: HARBOR },
  service: { ...HARBOR, service: 'checkout' },
  phase: 'failed',
  eventName: 'SERVICE_DEPLOYMENT_FAILED',
  deploymentId: 'ecs-svc/58',
  reason: 'ECS deployment circuit breaker: tasks failed to start.',
  isRollback: false,
  updatedAt: NOON,
  ...overrides,
});
const service = (...deployments: readonly DeploymentFacts[]): ServiceFacts => ({
  status: 'ACTIVE',
  desired: 2,
  running: 2,
  pending: 0,
  deployments,
  events: [],
  tags: {},
  subnets: [],
  targetGroupArns: [],
});

const failed = aDeployment({
  id: 'ecs-svc/58',
  status: 'ACTIVE',
  rolloutState: 'FAILED',
  taskDefinitionArn: `${ARN}:58`,
});
const serving = aDeployment();
const returning = aDeployment({ rolloutState: 'IN_PROGRESS' });
const rollback = { deploymentId: 'ecs-svc/57', isRollback: true, phase: 'in-progress' } as const;

describe('the deployments that a signal is about', () => {
  test.each<[string, Partial<DeploymentChanged>, readonly DeploymentFacts[], string | undefined, string | undefined]>([
    ['a failure names the failed one', {}, [failed, serving], '58', '57'],
    [
      'a failure that ECS has not noted yet goes by its id',
      {},
      [{ ...failed, rolloutState: 'IN_PROGRESS' }, serving],
      '58',
      '57',
    ],
    ['a rollback names the one that ECS returns to', rollback, [failed, returning], '58', '57'],
    ['a rollback whose failed deployment is forgotten', rollback, [returning], undefined, '57'],
    ['a failure whose deployment is forgotten', {}, [serving], undefined, '57'],
    ['the first deployment of a service', {}, [{ ...failed, status: 'PRIMARY' }], '58', undefined],
    [
      'an earlier failure that is still there does not serve',
      {},
      [failed, { ...failed, id: 'ecs-svc/55' }],
      '58',
      undefined,
    ],
  ])('%s', (_, change, deployments, failedId, servingId) => {
    const about = failedDeploymentOf(signal(change), service(...deployments));
    expect(about.failed?.id).toBe(failedId && `ecs-svc/${failedId}`);
    expect(about.serving?.id).toBe(servingId && `ecs-svc/${servingId}`);
    expect(about.at).toBe(NOON);
  });

  it('are told by their state when the signal has no id', () => {
    const { deploymentId: _deploymentId, ...anonymous } = signal();
    expect(failedDeploymentOf(anonymous, service(serving, failed))).toMatchObject({ failed, serving });
  });

  it('are unknown without the service', () => {
    expect(failedDeploymentOf(signal(), undefined)).toEqual({ service: signal().service, at: NOON });
  });
});

describe('a failed deployment', () => {
  const task = (changes: Partial<StoppedTaskFacts> = {}): StoppedTaskFacts => ({
    taskId: '1',
    taskDefinitionArn: `${ARN}:58`,
    stopCode: 'EssentialContainerExited',
    stoppedReason: 'Essential container in task exited',
    containers: [
      { name: 'shipper', exitCode: 1 },
      { name: 'app', exitCode: 139 },
    ],
    ...changes,
  });
  const definition = aTaskDefinition({
    revision: 58,
    containers: [aContainer(), aContainer({ name: 'shipper', isEssential: false })],
  });
  const observed = (stopped: StoppedTaskFacts) =>
    observeDeployment(signal(), {
      service: found(service(failed, serving)),
      stoppedTasks: found([stopped]),
      taskDefinition: found(definition),
    });

  it('blames the container that its revision calls essential', () => {
    expect(observed(task()).diagnosis).toMatchObject({ cause: 'app/crashed-by-signal', culprit: 'app' });
  });

  it('does not judge a task of another revision by its own', () => {
    const { diagnosis } = observed(task({ taskDefinitionArn: `${ARN}:57` }));
    expect(diagnosis.culprit).not.toBe('app');
  });

  it('tells which revision failed and which one serves', () => {
    expect(observed(task()).details).toMatchObject({
      deploymentId: 'ecs-svc/58',
      taskDefinition: 'checkout:58',
      servingTaskDefinition: 'checkout:57',
    });
  });

  it('tells its revision by its tasks when the service has forgotten it', () => {
    const { details } = observeDeployment(signal(), {
      service: found(service(serving)),
      taskDefinition: found(definition),
    });
    expect(details).toMatchObject({ taskDefinition: 'checkout:58', servingTaskDefinition: 'checkout:57' });
  });

  it.each([
    'app secrets: API_TOKEN now from arn:aws:secretsmanager:eu-west-1:111122223333:secret:prod/token-Xy12Ab, DB_PASSWORD added (/prod/db/password)',
    'app environment: API_TOKEN added, DB_PASSWORD changed',
    'execution role arn:aws:iam::111122223333:role/old -> arn:aws:iam::111122223333:role/new',
  ])('keeps names of secrets readable: %s', (difference) => {
    const { details } = observeDeployment(signal(), {
      change: found({ from: 'checkout:57', to: 'checkout:58', differences: [difference] }),
    });
    expect(details.change?.differences).toEqual([difference]);
  });

  it('keeps counts, changes and actor for the message', () => {
    const { details } = observeDeployment(signal(), {
      change: found({
        from: 'checkout:57',
        to: 'checkout:58',
        differences: ['app image 1 -> 2'],
        circuitBreaker: { failures: 3, threshold: 3 },
      }),
      actor: found({ who: 'deploy-bot (session ci-4711)', did: 'UpdateService', at: NOON }),
    });
    expect(details).toMatchObject({
      change: { from: 'checkout:57', to: 'checkout:58', differences: ['app image 1 -> 2'] },
      circuitBreaker: { failures: 3, threshold: 3 },
      actor: 'deploy-bot (session ci-4711), by UpdateService',
    });
  });
});
