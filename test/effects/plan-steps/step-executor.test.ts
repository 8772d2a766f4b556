import { CreateDeploymentCommand, StopDeploymentCommand } from '@aws-sdk/client-codedeploy';
import {
  RunTaskCommand,
  StopServiceDeploymentCommand,
  StopTaskCommand,
  UpdateServiceCommand,
} from '@aws-sdk/client-ecs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { minutes } from '../../../shared/domain/instant.ts';
import type { PlanId } from '../../../shared/domain/plan/plan.ts';
import type { Launch } from '../../../shared/domain/plan/situation.ts';
import type { PlanStep } from '../../../shared/domain/plan/step.ts';
import { aService } from '../../support/plans.ts';
import { CLUSTER } from '../../support/records.ts';
import { aLaunch, aStage, CLUSTER_ARN, DEPLOYMENT, FENCE, NOW, PLAN, STEPS, TASK_ID } from './steps.ts';

const DONE = { status: 'done' };

describe('a step that changes something', () => {
  it('forces a deployment with cluster, service and the force, and nothing else', async () => {
    const { take, ecs } = await aStage();
    ecs.on(UpdateServiceCommand).resolves({});
    expect(await take(PLAN, STEPS.deploy)).toEqual(DONE);
    expect(ecs.commandCalls(UpdateServiceCommand).map(({ args }) => args[0].input)).toEqual([
      { cluster: CLUSTER_ARN, service: 'checkout', forceNewDeployment: true },
    ]);
  });

  it('deploys through CodeDeploy what CodeDeploy deployed last', async () => {
    const { take, codeDeploy, ecs } = await aStage();
    codeDeploy.on(CreateDeploymentCommand).resolves({ deploymentId: 'd-A1B2C3' });
    expect(await take(PLAN, STEPS.deployThrough)).toEqual(DONE);
    expect(codeDeploy.commandCalls(CreateDeploymentCommand).map(({ args }) => args[0].input)).toEqual([
      {
        applicationName: 'harbor',
        deploymentGroupName: 'checkout',
        revision: { revisionType: 'AppSpecContent', appSpecContent: { content: '{"version":1}' } },
        description: expect.stringContaining('slackwater pln-0123456789'),
      },
    ]);
    expect(ecs.calls()).toEqual([]);
  });

  it('rolls a deployment of ECS back', async () => {
    const { take, ecs } = await aStage();
    ecs.on(StopServiceDeploymentCommand).resolves({});
    expect(await take(PLAN, STEPS.rollBack)).toEqual(DONE);
    expect(ecs.commandCalls(StopServiceDeploymentCommand).map(({ args }) => args[0].input)).toEqual([
      { serviceDeploymentArn: DEPLOYMENT, stopType: 'ROLLBACK' },
    ]);
  });

  it('rolls a deployment of CodeDeploy back', async () => {
    const { take, codeDeploy } = await aStage();
    codeDeploy.on(StopDeploymentCommand).resolves({ status: 'Pending' });
    expect(await take(PLAN, STEPS.rollBackThrough)).toEqual(DONE);
    expect(codeDeploy.commandCalls(StopDeploymentCommand).map(({ args }) => args[0].input)).toEqual([
      { deploymentId: 'd-A1B2C3', autoRollbackEnabled: true },
    ]);
  });

  it.each(['replaceTask', 'stopTask'] as const)('stops a task under the name of the plan: %s', async (name) => {
    const { take, ecs } = await aStage();
    ecs.on(StopTaskCommand).resolves({});
    expect(await take(PLAN, STEPS[name])).toEqual(DONE);
    expect(ecs.commandCalls(StopTaskCommand).map(({ args }) => args[0].input)).toEqual([
      { cluster: CLUSTER_ARN, task: TASK_ID, reason: expect.stringMatching(/^slackwater pln-0123456789: \w/) },
    ]);
  });
});

describe('a copy of a task', () => {
  async function requestFor(launch: Launch) {
    const { take, ecs } = await aStage();
    ecs.on(RunTaskCommand).resolves({ tasks: [{}], failures: [] });
    expect(await take(PLAN, { ...STEPS.runTask, launch })).toEqual(DONE);
    return ecs.commandCalls(RunTaskCommand).map(({ args }) => args[0].input)[0];
  }

  const least = {
    cluster: CLUSTER_ARN,
    taskDefinition: 'arn:aws:ecs:eu-west-1:111122223333:task-definition/import:7',
    count: 1,
    startedBy: 'pln-0123456789-0c5b2f9e',
    clientToken: 'pln-0123456789-0c5b2f9e',
    enableExecuteCommand: false,
    networkConfiguration: {
      awsvpcConfiguration: { subnets: ['subnet-1'], securityGroups: ['sg-1', 'sg-2'], assignPublicIp: 'DISABLED' },
    },
  };
  const app = { name: 'app', environment: [{ name: 'MODE', value: 'full' }] };

  it.each<readonly [string, Partial<Launch>, object]>([
    ['has no more than it has to', {}, {}],
    ['has the launch type', { launchType: 'FARGATE' }, { launchType: 'FARGATE' }],
    [
      'has the capacity provider, and the launch type no more',
      { capacityProvider: 'FARGATE_SPOT', launchType: 'FARGATE' },
      { capacityProviderStrategy: [{ capacityProvider: 'FARGATE_SPOT', weight: 1 }] },
    ],
    ['has the platform version', { platformVersion: '1.4.0' }, { platformVersion: '1.4.0' }],
    ['has the group that somebody named', { group: 'imports' }, { group: 'imports' }],
    ['leaves the group that ECS named to ECS', { group: 'family:import' }, {}],
    [
      'has the tags of people, and not those of AWS',
      { tags: { team: 'data', 'aws:ecs:clusterName': 'harbor-prod', 'AWS:x': 'y', empty: '' } },
      {
        tags: [
          { key: 'team', value: 'data' },
          { key: 'empty', value: '' },
        ],
      },
    ],
    ['takes commands if the task did', { enableExecuteCommand: true }, { enableExecuteCommand: true }],
    [
      'has the overrides as they were',
      { overrides: { containerOverrides: [app], taskRoleArn: 'arn:aws:iam::111122223333:role/import' } },
      { overrides: { containerOverrides: [app], taskRoleArn: 'arn:aws:iam::111122223333:role/import' } },
    ],
    ['has no Elastic Inference, which ECS still tells of', { overrides: { inferenceAcceleratorOverrides: [] } }, {}],
    [
      'has as much storage, beside the other overrides',
      { overrides: { cpu: '512' }, ephemeralStorage: 50 },
      { overrides: { cpu: '512', ephemeralStorage: { sizeInGiB: 50 } } },
    ],
    ['does not ask for the storage that every task has', { ephemeralStorage: 20 }, {}],
    [
      'has a public address if the task had one',
      { network: { subnet: 'subnet-2', securityGroups: [], assignPublicIp: true } },
      {
        networkConfiguration: {
          awsvpcConfiguration: { subnets: ['subnet-2'], securityGroups: [], assignPublicIp: 'ENABLED' },
        },
      },
    ],
  ])('%s', async (_what, given, expected) => {
    expect(await requestFor(aLaunch(given))).toEqual({ ...least, ...expected });
  });
});

describe('a step that does not apply any more', () => {
  const { deploy, deployThrough, rollBack, rollBackThrough, replaceTask, stopTask, runTask } = STEPS;
  const locked: readonly PlanStep[] = [deploy, deployThrough, rollBack, rollBackThrough, replaceTask];
  const timed: readonly PlanStep[] = [deploy, deployThrough, replaceTask, stopTask, runTask];
  // True enough for a test: the domain names plans itself.
  const theirs = 'pln-theirs' as PlanId;

  it.each([
    ['nobody holds the lock', { lock: undefined }],
    ['another plan holds it', { lock: { owner: theirs } }],
    ['it is held under a higher number', { lock: { fence: FENCE + 1 } }],
    ['it is held under a smaller number', { lock: { fence: FENCE - 1 } }],
    ['it has expired', { now: NOW + minutes(15) }],
  ])('is skipped without a call when %s', async (_why, given) => {
    for (const step of locked) {
      const { take, asked } = await aStage(given);
      expect(await take(PLAN, step)).toEqual({
        status: 'skipped',
        because: 'The plan does not hold lock 3 of harbor-prod/checkout any more.',
      });
      expect(asked()).toEqual([]);
    }
  });

  it('is skipped without a call when it comes too late, and taken at the last instant', async () => {
    for (const step of timed) {
      const late = await aStage({ now: NOW + minutes(1) + 1 });
      expect(await late.take(PLAN, step)).toEqual({
        status: 'skipped',
        because: 'It came too late: it was to be done by 2026-11-17 02:11 UTC.',
      });
      expect(late.asked()).toEqual([]);
      const last = await aStage({ now: NOW + minutes(1) });
      await last.take(PLAN, step);
      expect(last.asked()).toHaveLength(1);
    }
  });

  it('never reaches AWS, whoever holds what lock and whenever it is, unless all of it fits', async () => {
    const circumstances = fc.record({
      owner: fc.constantFrom(PLAN.id, theirs),
      fence: fc.integer({ min: FENCE - 1, max: FENCE + 1 }),
      after: fc.integer({ min: 0, max: 20 }),
    });
    await fc.assert(
      fc.asyncProperty(circumstances, fc.constantFrom(...locked), async ({ owner, fence, after }, step) => {
        const { take, asked } = await aStage({ now: NOW + minutes(after), lock: { owner, fence } });
        await take(PLAN, step);
        const isHeld = owner === PLAN.id && fence === FENCE && after < 15;
        const isInTime = !('notAfter' in step) || after <= 1;
        expect(asked()).toHaveLength(isHeld && isInTime ? 1 : 0);
      }),
    );
  });
});

describe('a lock', () => {
  const lock = { at: aService(), owner: PLAN.id, fence: FENCE + 1, expiresAt: NOW + minutes(15), tasks: 4 };

  it('is taken where it is free', async () => {
    const { take, locks, asked } = await aStage({ lock: undefined });
    expect(await take(PLAN, { kind: 'lock', lock })).toEqual(DONE);
    expect(await locks.load()).toEqual([lock]);
    expect(asked()).toEqual([]);
  });

  it('is not taken from another plan, which is no failure', async () => {
    const { take } = await aStage({ lock: { owner: 'pln-theirs' as PlanId } });
    expect(await take(PLAN, { kind: 'lock', lock })).toEqual({
      status: 'skipped',
      because: 'Another plan holds the lock of harbor-prod/checkout, or has held it since.',
    });
  });

  it.each([FENCE, FENCE + 1])('is given back under its own number, and otherwise left alone: %i', async (fence) => {
    const { take, locks } = await aStage();
    expect(await take(PLAN, { kind: 'unlock', at: aService(), fence })).toEqual(DONE);
    const expiresAt = fence === FENCE ? NOW : NOW + minutes(15);
    expect(await locks.load()).toMatchObject([{ fence: FENCE, expiresAt }]);
  });
});

it('names the account and Region of what it changes, so that a namesake elsewhere is never meant', async () => {
  const { take, ecs } = await aStage({ lock: undefined });
  ecs.on(StopTaskCommand).resolves({});
  const elsewhere = { ...CLUSTER, partition: 'aws-cn', region: 'cn-north-1', account: '444455556666' };
  await take(PLAN, { ...STEPS.stopTask, at: elsewhere });
  expect(ecs.commandCalls(StopTaskCommand)[0]?.args[0].input).toMatchObject({
    cluster: 'arn:aws-cn:ecs:cn-north-1:444455556666:cluster/harbor-prod',
  });
});
