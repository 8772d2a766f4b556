import { afterEach, describe, expect, it, vi } from 'vitest';
import type { ServiceSpec } from '../../../sandbox/ecs/service-spec.ts';
import { planIdOf } from '../../../shared/domain/plan/plan-record.ts';
import { digestsOf, type ServiceSituation } from '../../../shared/domain/plan/situation.ts';
import { RELAUNCH_TAG } from '../../../shared/domain/plan/tasks/standalone.ts';
import { NO_MAINTENANCE } from '../../../shared/domain/windows/maintenance.ts';
import { clientSettings } from '../../../shared/effects/clients.ts';
import { createActionClients } from '../../../shared/effects/plan-steps/action-clients.ts';
import { createStepExecutor } from '../../../shared/effects/plan-steps/step-executor.ts';
import { createPlannedClients } from '../../../shared/effects/planning-clients.ts';
import { createSituationReader } from '../../../shared/effects/situation/situation-reader.ts';
import { createMemoryLockStore } from '../../../shared/effects/stores/memory-lock-store.ts';
import { aNotice } from '../../support/plans.ts';
import { DAY, HOUR, MINUTE, PIER, START } from './a-harbour.ts';
import { anApi } from './an-api.ts';

// Through the readers and steps of the functions, so that both sides of every API are real.

const CLUSTER = { partition: 'aws', region: 'eu-west-1', account: '111122223333', cluster: PIER.cluster };
const AT = { ...CLUSTER, service: PIER.service };
const PLAN = { id: planIdOf(aNotice().fingerprint) };

afterEach(() => vi.unstubAllEnvs());

async function aFunction(spec: Partial<ServiceSpec> = {}) {
  const api = await anApi(spec);
  const environment = { AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b' };
  vi.stubEnv('AWS_ENDPOINT_URL', api.aws.url);
  const clock = api.now;
  const planning = createPlannedClients(clientSettings('eu-west-1', environment));
  const reader = createSituationReader({ clientsAt: () => planning, clock });
  const locks = createMemoryLockStore();
  const changing = createActionClients(clientSettings('eu-west-1', environment));
  const take = createStepExecutor({ clientsAt: () => changing, locks, clock });
  const terms = () => ({
    maintenance: NO_MAINTENANCE,
    lifted: [],
    range: { from: clock(), to: clock() + DAY },
    deadline: clock() + 10_000,
  });
  const lock = async () => {
    const held = { at: AT, owner: PLAN.id, fence: 1, expiresAt: clock() + DAY, tasks: 2 };
    expect(await take(PLAN, { kind: 'lock', lock: held })).toEqual({ status: 'done' });
  };
  return {
    ...api,
    reader,
    terms,
    lock,
    take: (step: Parameters<typeof take>[1]) => take(PLAN, step),
    read: async (): Promise<Extract<ServiceSituation, { status: 'active' }>> => {
      const [situation] = await reader.services([AT], terms());
      if (situation?.status !== 'active') throw new Error(JSON.stringify(situation));
      return situation;
    },
  };
}

describe('the situation of a service of the harbour', () => {
  it('is read whole', async () => {
    const fn = await aFunction({
      hasTargets: true,
      alarms: ['pier-5xx'],
      tags: { 'aws:cloudformation:stack-name': 'piers' },
    });
    fn.ecs.stack('piers', 'UPDATE_COMPLETE');
    fn.ecs.protect(PIER.cluster, PIER.service, START + HOUR, 1);
    const situation = await fn.read();
    expect(situation).toMatchObject({
      controller: 'ECS',
      strategy: 'ROLLING',
      desired: 2,
      running: 2,
      revision: 'pier-001:1',
      revisionStatus: { value: 'ACTIVE' },
      durations: { past: [4 * MINUTE, 4 * MINUTE, 4 * MINUTE] },
      targets: { value: { healthy: 2, total: 2 } },
      alarms: { value: [{ name: 'pier-5xx', state: 'OK' }] },
      stack: { value: 'UPDATE_COMPLETE' },
      protectedUntil: { value: START + HOUR },
      headroom: { status: 'found' },
      images: { value: [{ registry: 'ecr', digest: fn.view().digests[0], isKept: { value: true } }] },
      hasCircuitBreaker: true,
    });
    expect(situation.tasks.map(({ lastStatus }) => lastStatus)).toEqual(['RUNNING', 'RUNNING']);
    expect(Object.values(situation).filter((fact) => JSON.stringify(fact).includes('"failed"'))).toEqual([]);
  });

  it('shows the account', async () => {
    const fn = await aFunction();
    const timeRanges = [{ startDay: 'sunday', startHour: 0, endDay: 'sunday', endHour: 8 }];
    fn.ecs.account({
      usesEventWindows: true,
      eventWindows: [{ name: 'sundays', timeRanges, tags: { 'aws:ecs:fargateTask': 'true' } }],
    });
    expect(await fn.reader.account(CLUSTER)).toMatchObject({
      waitPeriod: { value: 7 },
      eventWindows: { value: true },
      matching: { value: [{ name: 'sundays', matches: ['all'] }] },
    });
  });
});

describe('a step of a plan', () => {
  it('deploys, and the deployment shows', async () => {
    const fn = await aFunction();
    await fn.lock();
    const before = await fn.read();
    fn.ecs.moveTag(PIER.cluster, PIER.service);
    expect(await fn.take({ kind: 'deploy', at: AT, fence: 1, notAfter: START })).toEqual({ status: 'done' });
    fn.pass(10 * MINUTE);
    const after = await fn.read();
    expect(after.deployments.length).toBe(before.deployments.length + 1);
    expect(after.deployments.toSorted((a, b) => b.createdAt - a.createdAt)[0]).toMatchObject({ status: 'SUCCESSFUL' });
    expect(digestsOf(after)).not.toEqual(digestsOf(before));
    expect(after.tasks.every(({ createdAt = 0 }) => createdAt >= START)).toBe(true);
  });

  it('deploys through CodeDeploy, and returns', async () => {
    const fn = await aFunction({ controller: 'CODE_DEPLOY', bake: HOUR });
    await fn.lock();
    const { codeDeploy } = await fn.read();
    if (codeDeploy.status === 'missing') throw new Error(codeDeploy.because);
    const through = codeDeploy.value;
    const step = { at: AT, fence: 1, through } as const;
    expect(await fn.take({ kind: 'deploy', ...step, notAfter: START })).toEqual({ status: 'done' });
    fn.pass(10 * MINUTE);
    const [running] = (await fn.read()).deployments.filter(({ status }) => status === 'IN_PROGRESS');
    expect(await fn.take({ kind: 'roll-back', ...step, deployment: running?.id ?? '' })).toEqual({ status: 'done' });
    fn.pass(10 * MINUTE);
    expect((await fn.read()).deployments.find(({ id }) => id === running?.id)?.status).toBe('ROLLBACK_SUCCESSFUL');
  });

  it('replaces a task, and returns to the deployment before', async () => {
    const fn = await aFunction({ bake: HOUR });
    await fn.lock();
    const [task] = (await fn.read()).tasks;
    const step = { at: AT, fence: 1, notAfter: START + DAY } as const;
    expect(await fn.take({ kind: 'replace-task', ...step, taskId: task?.taskId ?? '' })).toEqual({ status: 'done' });
    fn.pass(10 * MINUTE);
    expect(fn.view().older(START)).toBe(1);
    await fn.take({ kind: 'deploy', ...step });
    fn.pass(MINUTE);
    const [running] = (await fn.read()).deployments.filter(({ status }) => status === 'IN_PROGRESS');
    expect(await fn.take({ kind: 'roll-back', ...step, deployment: running?.id ?? '' })).toEqual({ status: 'done' });
    fn.pass(20 * MINUTE);
    expect((await fn.read()).deployments.find(({ id }) => id === running?.id)?.status).toBe('ROLLBACK_SUCCESSFUL');
  });

  it('starts a copy of a task of no service, as it was, and stops the task', async () => {
    const fn = await aFunction();
    const arn = fn.ecs.addTask({
      cluster: PIER.cluster,
      createdAt: START - DAY,
      tags: { [RELAUNCH_TAG]: 'start-then-stop' },
      overrides: { containerOverrides: [{ name: 'tender', command: ['poll'] }] },
      securityGroups: ['sg-1', 'sg-2'],
      hasPublicAddress: true,
    });
    const named = { taskId: arn.split('/').at(-1) ?? '', place: CLUSTER, cluster: CLUSTER, token: 'pln-copy' };
    const look = async () => (await fn.reader.tasks([named], fn.terms()))[0];
    const launch = (await look())?.task?.launch;
    if (launch?.status !== 'found') throw new Error(JSON.stringify(launch));
    expect(launch.value).toMatchObject({ network: { securityGroups: ['sg-1', 'sg-2'], assignPublicIp: true } });
    const notAfter = START + HOUR;
    const run = { kind: 'run-task', launch: launch.value, token: named.token, notAfter } as const;
    expect(await fn.take(run)).toEqual({ status: 'done' });
    expect(await fn.take(run)).toEqual({ status: 'done' });
    fn.pass(2 * MINUTE);
    expect(fn.ecs.tasks()).toHaveLength(2);
    expect((await look())?.copy).toMatchObject({ lastStatus: 'RUNNING' });
    expect(await fn.take({ kind: 'stop-task', at: CLUSTER, taskId: named.taskId, notAfter })).toEqual({
      status: 'done',
    });
    fn.pass(MINUTE);
    expect(fn.ecs.tasks().map(({ lastStatus }) => lastStatus)).toEqual(['STOPPED', 'RUNNING']);
  });
});
