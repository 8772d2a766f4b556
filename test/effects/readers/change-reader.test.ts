import {
  DescribeServiceDeploymentsCommand,
  DescribeServiceRevisionsCommand,
  DescribeTaskDefinitionCommand,
  ECSClient,
  ListServiceDeploymentsCommand,
  type ServiceDeployment,
  type ServiceDeploymentBrief,
  type ServiceRevision,
  type TaskDefinition,
} from '@aws-sdk/client-ecs';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { found, known, missing } from '../../../shared/domain/facts.ts';
import type { FailedDeployment } from '../../../shared/domain/failed-deployment.ts';
import { minutes } from '../../../shared/domain/instant.ts';
import { SAME_REVISION, SAME_TASK_DEFINITION } from '../../../shared/domain/revision-difference.ts';
import { createChangeReader } from '../../../shared/effects/readers/change-reader.ts';
import { aDeployment, digestOf } from '../../support/revisions.ts';
import { aBudget, awsError, never } from '../failing.ts';

const client = new ECSClient({ region: 'us-gov-west-1' });
const ecs = mockClient(client);

const NOON = Date.UTC(2026, 10, 20, 12);
const HOME = 'arn:aws-us-gov:ecs:us-gov-west-1:111122223333';
const definitionArn = (revision: number) => `${HOME}:task-definition/checkout:${revision}`;
const deploymentArn = (id: string) => `${HOME}:service-deployment/harbor-prod/checkout/${id}`;
const revisionArn = (id: number) => `${HOME}:service-revision/harbor-prod/checkout/${id}`;

const WANTED: FailedDeployment = {
  service: {
    partition: 'aws-us-gov',
    region: 'us-gov-west-1',
    account: '111122223333',
    cluster: 'harbor-prod',
    service: 'checkout',
  },
  at: NOON,
  failed: aDeployment({ id: 'ecs-svc/58', taskDefinitionArn: definitionArn(58), createdAt: NOON - minutes(10) }),
  serving: aDeployment({ taskDefinitionArn: definitionArn(57) }),
};
const { failed: _failed, serving: _serving, ...FORGOTTEN } = WANTED;

const definition = (revision: number, app: object = {}, task: Partial<TaskDefinition> = {}): TaskDefinition => ({
  taskDefinitionArn: definitionArn(revision),
  family: 'checkout',
  revision,
  memory: '1024',
  containerDefinitions: [
    {
      name: 'app',
      image: `checkout:2.${revision}`,
      command: ['serve', '--key=hunter2'],
      environment: [
        { name: 'DB_HOST', value: 'hunter2-old' },
        { name: 'LOG_LEVEL', value: 'info' },
      ],
      ...app,
    },
  ],
  ...task,
});
const revision = (id: number, digest = digestOf('a'), more: Partial<ServiceRevision> = {}): ServiceRevision => ({
  serviceRevisionArn: revisionArn(id),
  taskDefinition: definitionArn(id),
  platformVersion: '1.4.0',
  containerImages: [{ containerName: 'app', image: `checkout:2.${id}`, imageDigest: digest }],
  ...more,
});
const brief = (id: string, at: number, status: ServiceDeploymentBrief['status']): ServiceDeploymentBrief => ({
  serviceDeploymentArn: deploymentArn(id),
  createdAt: new Date(at),
  ...(status && { status }),
});

/** ECS knows the deployment from 57 to 58; each part can be replaced. */
function ecsKnows(
  known_: {
    readonly briefs?: readonly ServiceDeploymentBrief[];
    readonly deployment?: ServiceDeployment;
    readonly revisions?: readonly ServiceRevision[];
    readonly definitions?: readonly TaskDefinition[];
  } = {},
): void {
  const { briefs = [brief('d58', NOON - minutes(10), 'ROLLBACK_IN_PROGRESS')] } = known_;
  ecs.on(ListServiceDeploymentsCommand).resolves({ serviceDeployments: [...briefs] });
  ecs.on(DescribeServiceDeploymentsCommand).resolves({
    serviceDeployments: [
      known_.deployment ?? {
        sourceServiceRevisions: [{ arn: revisionArn(57), runningTaskCount: 2 }],
        targetServiceRevision: { arn: revisionArn(58) },
        deploymentCircuitBreaker: { status: 'TRIGGERED', failureCount: 3, threshold: 3 },
      },
    ],
  });
  ecs
    .on(DescribeServiceRevisionsCommand)
    .resolves({ serviceRevisions: [...(known_.revisions ?? [revision(57), revision(58, digestOf('b'))])] });
  for (const each of known_.definitions ?? [definition(57), definition(58)]) {
    ecs
      .on(DescribeTaskDefinitionCommand, { taskDefinition: each.taskDefinitionArn })
      .resolves({ taskDefinition: each });
  }
}

const read = (wanted = WANTED, budget = aBudget().budget) =>
  createChangeReader({
    clientsAt: () => ({ ecs: client }),
    budget,
    redact: (text) => text.replaceAll('hunter2', '[redacted]'),
  })(wanted);
const describedDeployments = () =>
  ecs.commandCalls(DescribeServiceDeploymentsCommand).flatMap(({ args }) => args[0].input.serviceDeploymentArns ?? []);

beforeEach(() => ecs.reset());

describe('what a deployment changed', () => {
  it('is told with the circuit breaker, and without a value of a variable or a command', async () => {
    const environment = [
      { name: 'DB_HOST', value: 'hunter2-new' },
      { name: 'LOG_LEVEL', value: 'info' },
      { name: 'FEATURE_X', value: 'hunter2-x' },
    ];
    ecsKnows({
      definitions: [
        definition(57),
        definition(58, { environment, command: ['serve', '--key=hunter2-new'] }, { memory: '512' }),
      ],
    });
    const change = await read();
    expect(change).toEqual(
      found({
        from: 'checkout:57',
        to: 'checkout:58',
        differences: [
          'app image 2.57 -> 2.58',
          'app command changed',
          'app environment: FEATURE_X added, DB_HOST changed',
          'task memory 1024 -> 512 MiB',
        ],
        circuitBreaker: { failures: 3, threshold: 3 },
      }),
    );
    expect(JSON.stringify(change)).not.toContain('hunter2');
  });

  it('includes settings that have no fact, by the name of their field, empty lists being none', async () => {
    ecsKnows({
      revisions: [
        revision(57, digestOf('a'), { networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-1'] } } }),
        revision(58, digestOf('b'), { networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-2'] } } }),
      ],
      definitions: [
        definition(57, { mountPoints: [] }, { registeredBy: 'one' }),
        definition(58, { readonlyRootFilesystem: true }, { registeredBy: 'other' }),
      ],
    });
    expect(known(await read())?.differences).toEqual([
      'app image 2.57 -> 2.58',
      'service network configuration changed',
      'app readonly root filesystem changed',
    ]);
  });

  it('is nothing for the same revision with the same images', async () => {
    ecsKnows({
      deployment: {
        sourceServiceRevisions: [{ arn: revisionArn(57) }],
        targetServiceRevision: { arn: revisionArn(57) },
      },
      revisions: [revision(57)],
    });
    expect(known(await read())).toEqual({ from: 'checkout:57', to: 'checkout:57', differences: [SAME_REVISION] });
  });

  it('is a moved tag for the same task definition with another image', async () => {
    ecsKnows({ revisions: [revision(57), { ...revision(58, digestOf('b')), taskDefinition: definitionArn(57) }] });
    expect(known(await read())?.differences).toEqual([
      'app image 2.57: the tag was moved to another image, sha256:aaaaaaaaaaaa -> sha256:bbbbbbbbbbbb',
    ]);
  });

  it.each<[string, ServiceDeployment]>([
    [
      'the revision that ECS returns to',
      { sourceServiceRevisions: [{ arn: revisionArn(56) }], rollback: { serviceRevisionArn: revisionArn(57) } },
    ],
    [
      'of several revisions the one that ran most tasks',
      {
        sourceServiceRevisions: [
          { arn: revisionArn(56), runningTaskCount: 1 },
          { arn: revisionArn(57), runningTaskCount: 5 },
        ],
      },
    ],
  ])('is told against %s', async (_, deployment) => {
    ecsKnows({ deployment: { ...deployment, targetServiceRevision: { arn: revisionArn(58) } } });
    expect(known(await read())?.from).toBe('checkout:57');
  });

  it('has no counts of a circuit breaker that is off', async () => {
    ecsKnows({
      deployment: {
        sourceServiceRevisions: [{ arn: revisionArn(57) }],
        targetServiceRevision: { arn: revisionArn(58) },
        deploymentCircuitBreaker: { status: 'DISABLED', failureCount: 0, threshold: 0 },
      },
    });
    expect(known(await read())).not.toHaveProperty('circuitBreaker');
  });
});

describe('the service deployment that belongs to a failure', () => {
  const created = NOON - minutes(10);

  it.each<[string, FailedDeployment, readonly ServiceDeploymentBrief[], readonly string[]]>([
    [
      'was created at the same moment',
      WANTED,
      [brief('later', created + 20_000, 'IN_PROGRESS'), brief('same', created + 900, 'STOPPED')],
      ['same'],
    ],
    ['is none of another moment', WANTED, [brief('earlier', created - 31_000, 'STOPPED')], []],
    ['is none that succeeded', WANTED, [brief('good', created, 'SUCCESSFUL')], []],
    [
      'is the newest before the failure when its moment is forgotten',
      FORGOTTEN,
      [brief('old', NOON - minutes(90), 'STOPPED'), brief('new', NOON - minutes(5), 'ROLLBACK_SUCCESSFUL')],
      ['new'],
    ],
    [
      'is not one that was started after the failure',
      FORGOTTEN,
      [brief('retry', NOON + 1_000, 'IN_PROGRESS'), brief('new', NOON - 1_000, 'STOPPED')],
      ['new'],
    ],
    [
      'is none when the newest before the failure succeeded',
      FORGOTTEN,
      [brief('old', NOON - minutes(90), 'STOPPED'), brief('good', NOON - minutes(5), 'SUCCESSFUL')],
      [],
    ],
  ])('%s', async (_, wanted, briefs, expected) => {
    ecsKnows({ briefs });
    await read(wanted);
    expect(describedDeployments()).toEqual(expected.map(deploymentArn));
  });

  it('is looked for around its moment, in its cluster', async () => {
    ecsKnows();
    await read();
    expect(ecs.commandCalls(ListServiceDeploymentsCommand)[0]?.args[0].input).toEqual({
      cluster: `${HOME}:cluster/harbor-prod`,
      service: 'checkout',
      createdAt: { after: new Date(created - 30_000), before: new Date(created + 30_000) },
      maxResults: 100,
    });
  });
});

describe('without service revisions', () => {
  it.each([
    [
      'ECS may not be asked for deployments',
      () => ecs.on(ListServiceDeploymentsCommand).rejects(awsError('AccessDeniedException')),
    ],
    ['ECS has no service deployment', () => ecs.on(ListServiceDeploymentsCommand).resolves({})],
    [
      'ECS has forgotten the deployment',
      () => ecs.on(DescribeServiceDeploymentsCommand).resolves({ failures: [{ reason: 'MISSING' }] }),
    ],
    [
      'ECS has forgotten a revision',
      () => ecs.on(DescribeServiceRevisionsCommand).resolves({ serviceRevisions: [revision(58)] }),
    ],
    ['ECS throttles', () => ecs.on(DescribeServiceRevisionsCommand).rejects(awsError('ThrottlingException'))],
  ])('the task definitions alone are compared: %s', async (_, fail) => {
    ecsKnows();
    fail();
    expect(known(await read())).toMatchObject({
      from: 'checkout:57',
      to: 'checkout:58',
      differences: ['app image 2.57 -> 2.58'],
    });
  });

  it('the same task definition leaves open whether a tag was moved', async () => {
    ecsKnows({ briefs: [] });
    const again = aDeployment({ id: 'ecs-svc/58', taskDefinitionArn: definitionArn(57) });
    expect(known(await read({ ...WANTED, failed: again }))?.differences).toEqual([SAME_TASK_DEFINITION]);
  });

  it('and without task definitions it is missing for the first reason', async () => {
    ecs.on(ListServiceDeploymentsCommand).rejects(awsError('AccessDeniedException'));
    const because = 'ecs:ListServiceDeployments is not allowed for this function';
    expect(await read(FORGOTTEN)).toEqual(missing('denied', because));
  });

  it('the first deployment of a service has nothing to be compared with', async () => {
    ecsKnows({ deployment: { targetServiceRevision: { arn: revisionArn(58) } } });
    const { serving: _none, ...first } = WANTED;
    expect(await read(first)).toMatchObject({ status: 'missing', reason: 'not-applicable' });
  });
});

describe('the reads', () => {
  it('ask for each task definition once', async () => {
    ecsKnows();
    await read();
    expect(ecs.commandCalls(DescribeTaskDefinitionCommand)).toHaveLength(2);
  });

  it('end when their time is used up, in the middle as well', async () => {
    ecsKnows();
    ecs.on(DescribeTaskDefinitionCommand).callsFake(never);
    const { budget, spend } = aBudget();
    const asked = read(WANTED, budget);
    spend();
    expect(await asked).toMatchObject({ status: 'missing', reason: 'timeout' });
  });

  it('tell which task definition could not be read', async () => {
    ecsKnows();
    ecs.on(DescribeTaskDefinitionCommand).rejects(awsError('AccessDeniedException'));
    const because = 'ecs:DescribeTaskDefinition is not allowed for this function';
    expect(await read()).toEqual(missing('denied', because));
  });
});
