import { RunTaskCommand } from '@aws-sdk/client-ecs';
import { describe, expect, it } from 'vitest';
import { aBudget, awsError, never } from '../failing.ts';
import { aStage, PLAN, STEPS } from './steps.ts';

type Name = keyof typeof STEPS;

const SUBJECTS: Readonly<Record<Name, string>> = {
  deploy: 'ecs:UpdateService of harbor-prod/checkout',
  deployThrough: 'codedeploy:CreateDeployment of harbor-prod/checkout',
  rollBack: 'ecs:StopServiceDeployment of harbor-prod/checkout',
  rollBackThrough: 'codedeploy:StopDeployment of harbor-prod/checkout',
  replaceTask: 'ecs:StopTask of harbor-prod/0c5b2f9e0c5b2f9e0c5b2f9e0c5b2f9e',
  stopTask: 'ecs:StopTask of harbor-prod/0c5b2f9e0c5b2f9e0c5b2f9e0c5b2f9e',
  runTask: 'ecs:RunTask of a copy of harbor-prod/0c5b2f9e0c5b2f9e0c5b2f9e0c5b2f9e',
};

async function outcomeOf(name: Name, error: Error) {
  const { take, ecs, codeDeploy } = await aStage();
  ecs.onAnyCommand().rejects(error);
  codeDeploy.onAnyCommand().rejects(error);
  return take(PLAN, STEPS[name]);
}

const failing = (name: string, message: string, status = 400): Error =>
  Object.assign(new Error(message), { name, $metadata: { httpStatusCode: status } });

type Means = 'refused' | 'later' | 'over';

const asExpected = (means: Means) =>
  means === 'over' ? { status: 'skipped' } : { status: 'failed', retryable: means === 'later' };

describe('what AWS refuses', () => {
  it.each<readonly [Name, string, Means, string]>([
    ['deploy', 'ServiceNotFoundException', 'refused', 'ECS has no such service'],
    ['deploy', 'ServiceNotActiveException', 'refused', 'The service is being deleted'],
    ['deploy', 'ClusterNotFoundException', 'refused', 'ECS has no such cluster in this account and Region'],
    ['replaceTask', 'ClusterNotFoundException', 'refused', 'ECS has no such cluster in this account and Region'],
    ['deploy', 'InvalidParameterException', 'refused', 'ECS does not accept it as it is'],
    ['deploy', 'AccessDeniedException', 'refused', 'Slackwater may not. Allow it'],
    ['rollBack', 'AccessDeniedException', 'refused', 'Slackwater may not. Allow it'],
    ['deployThrough', 'AccessDeniedException', 'refused', 'Slackwater may not. Allow it'],
    ['runTask', 'AccessDeniedException', 'refused', 'It takes ecs:RunTask, ecs:TagResource and iam:PassRole'],
    ['deploy', 'PlatformUnknownException', 'refused', 'Set it to LATEST'],
    ['deploy', 'PlatformTaskDefinitionIncompatibilityException', 'refused', 'Change one of the two'],
    ['deploy', 'UnsupportedFeatureException', 'refused', 'ECS does not have in this Region'],
    ['deploy', 'NamespaceNotFoundException', 'refused', 'Its Service Connect namespace is gone'],
    ['deploy', 'ClientException', 'refused', 'ECS does not accept it as it is'],
    ['runTask', 'BlockedException', 'refused', 'AWS has blocked the account'],
    ['deploy', 'ThrottlingException', 'later', 'AWS was asked too often'],
    ['deployThrough', 'ThrottlingException', 'later', 'AWS was asked too often'],
    ['rollBack', 'ConflictException', 'later', 'The deployment cannot be stopped as it is now'],
    ['runTask', 'ConflictException', 'refused', 'Another task was started under the same token'],
    ['rollBack', 'ServiceDeploymentNotFoundException', 'refused', 'There is no such deployment any more'],
    ['rollBackThrough', 'DeploymentDoesNotExistException', 'refused', 'There is no such deployment any more'],
    ['rollBackThrough', 'DeploymentAlreadyCompletedException', 'over', 'The deployment is over already'],
    ['deployThrough', 'ApplicationDoesNotExistException', 'refused', 'CodeDeploy has no such application'],
    ['deployThrough', 'DeploymentGroupDoesNotExistException', 'refused', 'CodeDeploy has no such application'],
    [
      'deployThrough',
      'DeploymentLimitExceededException',
      'later',
      'CodeDeploy has a deployment of the group under way',
    ],
    ['deployThrough', 'InvalidRevisionException', 'refused', 'CodeDeploy does not accept what it deployed last'],
    ['deployThrough', 'InvalidAlarmConfigException', 'refused', 'AWS does not accept it'],
    ['deploy', 'ECONNREFUSED', 'later', 'AWS could not be reached, so it was not done'],
    ['deploy', 'CredentialsProviderError', 'later', 'AWS could not be reached, so it was not done'],
  ])('%s: %s is %s, and the sentence says: %s', async (step, name, means, says) => {
    const outcome = await outcomeOf(step, failing(name, 'no'));
    expect(outcome).toMatchObject(asExpected(means));
    const because = 'because' in outcome ? outcome.because : '';
    expect(because.startsWith(`${SUBJECTS[step]} was refused (${name}). `)).toBe(true);
    expect(because).toContain(says);
  });

  it.each<readonly [Name, string, string, Means, string]>([
    [
      'deploy',
      'ClientException',
      'TaskDefinition is inactive',
      'refused',
      'Its task definition is INACTIVE. Register a revision anew, and deploy it.',
    ],
    [
      'deploy',
      'InvalidParameterException',
      'Cannot force a new deployment on services with a CODE_DEPLOY deployment controller.',
      'refused',
      'ECS does not deploy it. Deploy it with the tool that does.',
    ],
    [
      'stopTask',
      'InvalidParameterException',
      'The referenced task was not found.',
      'over',
      'The task is gone already.',
    ],
    ['runTask', 'ClientException', 'Capacity is unavailable at this time.', 'later', 'There is no capacity for it now'],
    [
      'runTask',
      'ClientException',
      "You've reached the limit on the number of vCPUs you can run concurrently",
      'later',
      'or the account has no more.',
    ],
  ])('%s: %s "%s" is %s', async (step, name, message, means, says) => {
    const outcome = await outcomeOf(step, failing(name, message));
    expect(outcome).toMatchObject(asExpected(means));
    expect('because' in outcome && outcome.because).toContain(says);
  });
});

describe('what has no answer', () => {
  it.each<readonly [string, Error]>([
    ['ServerException', failing('ServerException', 'oh', 500)],
    ['ServiceUnavailable', failing('ServiceUnavailable', 'oh', 503)],
    ['RequestTimeout', failing('RequestTimeout', 'not read', 400)],
    ['TimeoutError', awsError('TimeoutError')],
    ['ECONNRESET', Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' })],
    ['UnknownError', failing('<html>', 'Bad Gateway', 502)],
  ])('may have been done, and asking again may help: %s', async (name, error) => {
    for (const step of ['deploy', 'deployThrough', 'rollBack', 'stopTask', 'runTask'] as const) {
      expect(await outcomeOf(step, error)).toEqual({
        status: 'failed',
        because: expect.stringMatching(
          new RegExp(
            `^${SUBJECTS[step]} was not answered \\(${name}\\). It is not known whether AWS did it; .* show it.$`,
          ),
        ),
        retryable: true,
      });
    }
  });

  it('is not waited for longer than the time of a call', async () => {
    const { budget, spend } = aBudget();
    const { take, ecs } = await aStage({ budget });
    ecs.onAnyCommand().callsFake(never);
    const taken = take(PLAN, STEPS.deploy);
    spend();
    expect(await taken).toEqual({
      status: 'failed',
      because:
        'ecs:UpdateService of harbor-prod/checkout was not answered (AbortError). It is not known whether AWS did it; the deployments show it.',
      retryable: true,
    });
  });
});

describe('the words of AWS', () => {
  const because = async (step: Name, error: Error) => {
    const outcome = await outcomeOf(step, error);
    return 'because' in outcome ? outcome.because : '';
  };

  it('are passed on where the request holds nothing secret, on one line', async () => {
    const error = failing('InvalidParameterException', 'The new ARN\n must be   enabled.');
    expect(await because('deploy', error)).toMatch(/\. AWS says: The new ARN must be enabled\.$/);
  });

  it('are cut where they are long', async () => {
    const text = await because('deploy', failing('ClientException', '\u{1F6A2}'.repeat(500)));
    expect(text).toMatch(/AWS says: \u{1F6A2}{199}…$/u);
  });

  it('are never passed on for a copy of a task, whose overrides may hold secrets', async () => {
    expect(await because('runTask', failing('InvalidParameterException', 'TOKEN=hunter2'))).not.toContain('hunter2');
  });

  it.each(Object.keys(STEPS) as readonly Name[])('do not name who is not allowed: %s', async (step) => {
    expect(await because(step, awsError('AccessDeniedException'))).not.toContain('assumed-role');
  });
});

describe('an answer of RunTask that is no error and no task', () => {
  const outcomeFor = async (answer: object) => {
    const { take, ecs } = await aStage();
    ecs.on(RunTaskCommand).resolves(answer);
    return take(PLAN, STEPS.runTask);
  };

  it.each([
    ['RESOURCE:MEMORY', true],
    ['RESOURCE:ENI', true],
    ['Capacity is unavailable at this time. Please try again later or in a different availability zone', true],
    ['MISSING', false],
    ['INACTIVE', false],
  ])('is a failure: %s, retryable: %s', async (reason, retryable) => {
    expect(await outcomeFor({ tasks: [], failures: [{ arn: 'x', reason, detail: 'hunter2' }] })).toEqual({
      status: 'failed',
      because: expect.stringContaining(`${SUBJECTS.runTask} started nothing: ${reason}. `),
      retryable,
    });
  });

  it('is not known to have started anything when it says neither', async () => {
    expect(await outcomeFor({})).toMatchObject({ status: 'failed', retryable: true });
  });
});

it('fails loudly when the table of the locks cannot be read', async () => {
  const { take, locks, asked } = await aStage();
  const broken = new Error('store-failed');
  Object.assign(locks, { load: () => Promise.reject(broken) });
  await expect(take(PLAN, STEPS.deploy)).rejects.toBe(broken);
  expect(asked()).toEqual([]);
});
