import { CodeDeployClient } from '@aws-sdk/client-codedeploy';
import { ECSClient } from '@aws-sdk/client-ecs';
import { mockClient } from 'aws-sdk-client-mock';
import { minutes } from '../../../shared/domain/instant.ts';
import type { PlanId } from '../../../shared/domain/plan/plan.ts';
import type { CodeDeployTarget, Launch } from '../../../shared/domain/plan/situation.ts';
import type { Budget } from '../../../shared/effects/budget.ts';
import { createStepExecutor } from '../../../shared/effects/plan-steps/step-executor.ts';
import type { StepOf } from '../../../shared/effects/plan-steps/step-of.ts';
import { createMemoryLockStore } from '../../../shared/effects/stores/memory-lock-store.ts';
import { aService, DELIVERED as NOW } from '../../support/plans.ts';
import { CLUSTER } from '../../support/records.ts';

export { NOW };

// True enough for a test: the domain names plans itself.
export const PLAN = { id: 'pln-0123456789' as PlanId };
export const FENCE = 3;
export const CLUSTER_ARN = 'arn:aws:ecs:eu-west-1:111122223333:cluster/harbor-prod';
export const TASK_ID = '0c5b2f9e0c5b2f9e0c5b2f9e0c5b2f9e';
export const DEPLOYMENT = 'arn:aws:ecs:eu-west-1:111122223333:service-deployment/harbor-prod/checkout/r9i4-_X';

export const GROUP: CodeDeployTarget = { application: 'harbor', group: 'checkout', appSpec: '{"version":1}' };

const inTime = { notAfter: NOW + minutes(1) };

export const aLaunch = (overrides: Partial<Launch> = {}): Launch => ({
  cluster: CLUSTER,
  taskId: TASK_ID,
  taskDefinitionArn: 'arn:aws:ecs:eu-west-1:111122223333:task-definition/import:7',
  enableExecuteCommand: false,
  tags: {},
  network: { subnet: 'subnet-1', securityGroups: ['sg-1', 'sg-2'], assignPublicIp: false },
  ...overrides,
});

/** One step of each kind that asks AWS for something. */
export const STEPS = {
  deploy: { kind: 'deploy', at: aService(), fence: FENCE, ...inTime },
  deployThrough: { kind: 'deploy', at: aService(), fence: FENCE, ...inTime, through: GROUP },
  rollBack: { kind: 'roll-back', at: aService(), fence: FENCE, deployment: DEPLOYMENT },
  rollBackThrough: { kind: 'roll-back', at: aService(), fence: FENCE, deployment: 'd-A1B2C3', through: GROUP },
  replaceTask: { kind: 'replace-task', at: aService(), fence: FENCE, taskId: TASK_ID, ...inTime },
  stopTask: { kind: 'stop-task', at: CLUSTER, taskId: TASK_ID, ...inTime },
  runTask: { kind: 'run-task', launch: aLaunch(), token: 'pln-0123456789-0c5b2f9e', ...inTime },
} as const satisfies Readonly<
  Record<string, StepOf<'deploy' | 'roll-back' | 'replace-task' | 'stop-task' | 'run-task'>>
>;

interface Stage {
  readonly now?: number;
  readonly budget?: Budget;
  /** What the plan's lock is like, for 15 minutes from `NOW` on; `undefined`: there is none. */
  readonly lock?: { readonly fence?: number; readonly owner?: PlanId } | undefined;
}

/** An executor over mocked clients, whose plan holds the lock unless something else is said. */
export async function aStage({ now = NOW, budget, ...given }: Stage = {}) {
  const locks = createMemoryLockStore();
  const lock = 'lock' in given ? given.lock : {};
  if (lock !== undefined) {
    const { fence = FENCE, owner = PLAN.id } = lock;
    await locks.take({ at: aService(), owner, fence, expiresAt: NOW + minutes(15), tasks: 4 }, NOW);
  }
  const settings = { region: 'eu-west-1', credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'example' } };
  const clients = { ecs: new ECSClient(settings), codeDeploy: new CodeDeployClient(settings) };
  const ecs = mockClient(clients.ecs);
  const codeDeploy = mockClient(clients.codeDeploy);
  const take = createStepExecutor({
    clientsAt: () => ({ ecs: clients.ecs, codeDeploy: async () => clients.codeDeploy }),
    locks,
    clock: () => now,
    ...(budget && { budget }),
  });
  const asked = () => [...ecs.calls(), ...codeDeploy.calls()].map(({ args: [{ input }] }) => input);
  return { take, locks, ecs, codeDeploy, asked };
}
