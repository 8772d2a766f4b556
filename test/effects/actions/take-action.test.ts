import {
  ContinueServiceDeploymentCommand,
  DescribeServiceDeploymentsCommand,
  ECSClient,
  StopServiceDeploymentCommand,
} from '@aws-sdk/client-ecs';
import { mockClient } from 'aws-sdk-client-mock';
import { describe, expect, it } from 'vitest';
import { createDeploymentLook } from '../../../shared/effects/actions/deployment-look.ts';
import { createActionTaker } from '../../../shared/effects/actions/take-action.ts';
import { ASKED, aWanted, DEPLOYMENT, HOOK_ID } from '../../support/actions.ts';
import { aBudget, awsError, never } from '../failing.ts';

type Name = keyof typeof ASKED;

function aStage() {
  const client = new ECSClient({ region: 'eu-west-1' });
  const ecs = mockClient(client);
  const { budget, spend } = aBudget();
  const clients = { ecs: client, codeDeploy: () => Promise.reject(new Error('not asked for')) };
  const clientsAt = () => clients;
  const act = createActionTaker({ clientsAt, budget });
  const look = createDeploymentLook({ clientsAt, budget });
  return { ecs, act, look, spend };
}

const failing = (name: string, status = 400): Error =>
  Object.assign(new Error('no'), { name, $metadata: { httpStatusCode: status } });

describe('what a person asks for', () => {
  it.each<readonly [Name, object]>([
    ['continueHook', { serviceDeploymentArn: DEPLOYMENT, hookId: HOOK_ID, action: 'CONTINUE' }],
    ['rollBackHook', { serviceDeploymentArn: DEPLOYMENT, hookId: HOOK_ID, action: 'ROLLBACK' }],
  ])('answers the hook by its deployment and id: %s', async (name, input) => {
    const { ecs, act } = aStage();
    ecs.on(ContinueServiceDeploymentCommand).resolves({});
    expect(await act(aWanted(ASKED[name]))).toEqual({ status: 'done' });
    expect(ecs.calls().map(({ args }) => args[0].input)).toEqual([input]);
  });

  it('stops the deployment by its ARN, and returns to the one before', async () => {
    const { ecs, act } = aStage();
    ecs.on(StopServiceDeploymentCommand).resolves({});
    expect(await act(aWanted(ASKED.rollBack))).toEqual({ status: 'done' });
    expect(ecs.calls().map(({ args }) => args[0].input)).toEqual([
      { serviceDeploymentArn: DEPLOYMENT, stopType: 'ROLLBACK' },
    ]);
  });

  it.each<readonly [Name, string, 'refused' | 'later', string]>([
    ['rollBack', 'AccessDeniedException', 'refused', 'Slackwater may not. Allow it'],
    ['continueHook', 'AccessDeniedException', 'refused', 'Slackwater may not. Allow it'],
    ['rollBack', 'ServiceDeploymentNotFoundException', 'refused', 'There is no such deployment any more'],
    ['continueHook', 'ServiceDeploymentNotFoundException', 'refused', 'There is no such deployment any more'],
    ['rollBack', 'ConflictException', 'later', 'The deployment cannot be stopped as it is now'],
    ['rollBack', 'InvalidParameterException', 'refused', 'ECS does not accept it as it is'],
    ['continueHook', 'InvalidParameterException', 'refused', 'The hook does not wait as it is now'],
    ['rollBackHook', 'ClientException', 'refused', 'The hook does not wait as it is now'],
    ['continueHook', 'UnsupportedFeatureException', 'refused', 'does not have in this Region'],
    ['rollBack', 'ThrottlingException', 'later', 'AWS was asked too often'],
    ['continueHook', 'ThrottlingException', 'later', 'AWS was asked too often'],
    ['continueHook', 'ECONNREFUSED', 'later', 'AWS could not be reached, so it was not done'],
  ])('%s: %s is %s, and the sentence says: %s', async (name, error, means, says) => {
    const { ecs, act } = aStage();
    ecs.onAnyCommand().rejects(failing(error));
    const outcome = await act(aWanted(ASKED[name]));
    expect(outcome).toMatchObject({ status: 'failed', retryable: means === 'later' });
    expect('because' in outcome && outcome.because).toContain(says);
    expect('because' in outcome && outcome.because).toContain('harbor-prod/checkout');
  });

  it.each<readonly [Name, Error]>([
    ['rollBack', failing('ServerException', 500)],
    ['continueHook', failing('ServiceUnavailable', 503)],
    ['continueHook', awsError('TimeoutError')],
  ])('may have been done where nobody answers: %s', async (name, error) => {
    const { ecs, act } = aStage();
    ecs.onAnyCommand().rejects(error);
    expect(await act(aWanted(ASKED[name]))).toEqual({
      status: 'failed',
      because: expect.stringMatching(/ was not answered .* the deployments show it\.$/),
      retryable: true,
    });
  });

  it('is not waited for longer than the time of a call', async () => {
    const { ecs, act, spend } = aStage();
    ecs.onAnyCommand().callsFake(never);
    const acted = act(aWanted());
    spend();
    expect(await acted).toMatchObject({ status: 'failed', retryable: true });
  });
});

describe('a look at a deployment', () => {
  it('shows its status and its hooks', async () => {
    const { ecs, look } = aStage();
    const hooks = [{ hookId: HOOK_ID, status: 'AWAITING_ACTION' as const, targetType: 'PAUSE' as const }, {}];
    ecs
      .on(DescribeServiceDeploymentsCommand, { serviceDeploymentArns: [DEPLOYMENT] })
      .resolves({ serviceDeployments: [{ status: 'IN_PROGRESS', lifecycleHookDetails: hooks }] });
    expect(await look(DEPLOYMENT)).toEqual({
      status: 'found',
      value: {
        status: 'IN_PROGRESS',
        hooks: [
          { id: HOOK_ID, status: 'AWAITING_ACTION' },
          { id: '', status: 'unknown' },
        ],
      },
    });
  });

  it('finds nothing where ECS knows none', async () => {
    const { ecs, look } = aStage();
    ecs.on(DescribeServiceDeploymentsCommand).resolves({ serviceDeployments: [] });
    expect(await look(DEPLOYMENT)).toMatchObject({ status: 'missing', reason: 'not-found' });
  });

  it.each([
    ['AccessDeniedException', 'denied'],
    ['ThrottlingException', 'throttled'],
    ['ServiceDeploymentNotFoundException', 'not-found'],
    ['ServerException', 'failed'],
  ])('says why it shows nothing: %s', async (name, reason) => {
    const { ecs, look } = aStage();
    ecs.onAnyCommand().rejects(awsError(name));
    const seen = await look(DEPLOYMENT);
    expect(seen).toMatchObject({ status: 'missing', reason });
    expect(JSON.stringify(seen)).not.toContain('assumed-role');
  });
});
