import { describe, expect, it } from 'vitest';
import { parseEvent } from '../../shared/parse/index.ts';
import { UNNAMED_CLUSTER } from '../../shared/parse/service-resource.ts';
import { eventIn, eventWith } from '../support/event-files.ts';
import { signalOf } from './parsed-signal.ts';

const FAILED = 'ecs/deployment-failed-circuit-breaker.json';
const PLACEMENT = 'ecs/service-placement-failure-fargate.json';
const HOOK = 'ecs/hook-awaiting-action.json';
const SHORT = ['arn:aws:ecs:eu-west-1:111122223333:service/checkout'];

describe('a deployment', () => {
  it('is read whole', () => {
    const { envelope: _envelope, ...deployment } = signalOf(eventIn(FAILED), 'deployment-changed');
    expect(deployment).toEqual({
      kind: 'deployment-changed',
      service: {
        partition: 'aws',
        region: 'eu-west-1',
        account: '111122223333',
        cluster: 'harbor-prod',
        service: 'checkout',
      },
      phase: 'failed',
      eventName: 'SERVICE_DEPLOYMENT_FAILED',
      deploymentId: 'ecs-svc/5551904723361187020',
      reason: 'ECS deployment circuit breaker: tasks failed to start.',
      isRollback: false,
      updatedAt: Date.UTC(2026, 10, 17, 9, 24, 3, 551),
    });
  });

  it('has neither id nor reason when a service action tells of it, but the same phase', () => {
    const deployment = signalOf(eventIn('ecs/service-deployment-failed.json'), 'deployment-changed');
    expect(deployment).toMatchObject({ phase: 'failed', reason: '', isRollback: false });
    expect(deployment).not.toHaveProperty('deploymentId');
  });

  it('is dated by its envelope when it has no instant of its own', () => {
    const deployment = signalOf(eventWith(FAILED, { updatedAt: null }), 'deployment-changed');
    expect(deployment.updatedAt).toBe(deployment.envelope.at);
  });

  it('is ignored when its event has a name that does not exist yet', () => {
    expect(parseEvent(eventWith(FAILED, { eventName: 'SERVICE_DEPLOYMENT_STOPPED' }))).toMatchObject({
      status: 'ignored',
      reason: 'not-watched',
      because: expect.stringContaining('SERVICE_DEPLOYMENT_STOPPED'),
    });
  });

  it('is not lost when nothing names the cluster of a short ARN', () => {
    const raw = { ...eventWith(FAILED, {}), resources: SHORT };
    expect(signalOf(raw, 'deployment-changed').service).toMatchObject({
      cluster: UNNAMED_CLUSTER,
      service: 'checkout',
    });
  });

  it('is malformed when no resource is a service', () => {
    expect(parseEvent({ ...eventWith(FAILED, {}), resources: [] })).toMatchObject({
      status: 'malformed',
      field: 'resources[0]',
      expected: 'a service ARN',
    });
  });
});

describe('a service action', () => {
  it('keeps what placement was tried on', () => {
    expect(signalOf(eventIn(PLACEMENT), 'service-acted')).toMatchObject({
      eventType: 'ERROR',
      eventName: 'SERVICE_TASK_PLACEMENT_FAILURE',
      reason: 'RESOURCE:FARGATE',
      capacityProviders: ['FARGATE_SPOT'],
      targetGroupArns: [],
    });
  });

  it('keeps a name that does not exist yet', () => {
    const event = eventWith(PLACEMENT, {
      eventName: 'SERVICE_DEPLOYMENT_PAUSED',
      desiredCount: 3,
      containerPort: 8080,
    });
    expect(signalOf(event, 'service-acted')).toMatchObject({
      eventName: 'SERVICE_DEPLOYMENT_PAUSED',
      desiredCount: 3,
      containerPort: 8080,
    });
  });

  it('completes a short service ARN with its cluster', () => {
    const { service } = signalOf({ ...eventWith(PLACEMENT, {}), resources: SHORT }, 'service-acted');
    expect(service).toMatchObject({ cluster: 'harbor-prod', service: 'checkout' });
  });

  it('finds its service behind other resources', () => {
    const resources = ['arn:aws:ecs:eu-west-1:111122223333:cluster/harbor-prod', ...SHORT];
    expect(signalOf({ ...eventWith(PLACEMENT, {}), resources }, 'service-acted').service.service).toBe('checkout');
  });

  it('is malformed without a service', () => {
    const parsed = parseEvent({ ...eventWith(PLACEMENT, {}), resources: [] });
    expect(parsed).toMatchObject({ status: 'malformed', field: 'resources[0]', expected: 'a service ARN' });
  });
});

describe('a hook', () => {
  it('belongs to the service of its deployment', () => {
    const arn = 'arn:aws:ecs:eu-west-1:111122223333:service-deployment/harbor-prod/ledger/Qk3_rT-9vWmZ1xY7bC2dE';
    expect(signalOf(eventIn(HOOK), 'hook-changed')).toMatchObject({
      service: { cluster: 'harbor-prod', service: 'ledger' },
      eventName: 'HOOK_AWAITING_ACTION',
      serviceDeploymentArn: arn,
      lifecycleStage: 'POST_TEST_TRAFFIC_SHIFT',
      expiresAt: Date.UTC(2026, 10, 18, 14),
    });
  });

  it('is the same with the deployment in detail alone or in resources alone', () => {
    const whole = signalOf(eventIn(HOOK), 'hook-changed');
    expect(signalOf({ ...eventWith(HOOK, {}), resources: [] }, 'hook-changed')).toEqual(whole);
    expect(signalOf(eventWith(HOOK, { serviceDeploymentArn: undefined }), 'hook-changed')).toEqual(whole);
  });

  it('is malformed when nothing names its deployment', () => {
    const parsed = parseEvent({ ...eventWith(HOOK, { serviceDeploymentArn: 7 }), resources: [] });
    expect(parsed).toMatchObject({ field: 'detail.serviceDeploymentArn', expected: 'a service deployment ARN' });
  });
});
