import { describe, expect, it } from 'vitest';
import { serviceArn } from '../../shared/domain/place.ts';
import { aPort, DAY, HOUR, MINUTE, nights, type Port, TONIGHT } from '../support/port.ts';

// As retirements.test.ts: the real bundles of dist/ against an ECS that behaves, here for what is not a plain service.

const PATIENCE = 120_000;
const AUTO = { windows: [nights({ mode: 'auto' })] };

const arnsOf = async (port: Port): Promise<readonly string[]> =>
  (await port.plan()).plan?.services.map(({ at }) => serviceArn(at)) ?? [];

async function throughTheNight(port: Port, length = 40 * MINUTE): Promise<void> {
  await port.leapTo(TONIGHT - MINUTE);
  await port.advanceTo(TONIGHT + length);
}

describe('a redeployment', () => {
  it('that no window allows is escalated at once, and done when somebody orders it now', {
    timeout: PATIENCE,
  }, async () => {
    await using port = await aPort({ piers: 1 });
    await port.notice();
    expect(port.told().message).toContain('run-now');
    expect(port.told().replies.join()).toContain('No maintenance window selects the service');
    const services = await arnsOf(port);
    await port.sandbox.clock.advance(2 * MINUTE);
    const until = port.sandbox.clock.now() + 4 * HOUR;
    await port.decide((hash) => ({ kind: 'run-now', by: 'ada', hash, services, until }));
    await port.sandbox.clock.advance(20 * MINUTE);
    expect(port.deployed()).toEqual(['pier-001']);
    expect(await port.stages()).toEqual({ 'pier-001': 'done' });
  });

  it('that somebody asks for waits for the window of its service', { timeout: PATIENCE }, async () => {
    await using port = await aPort({ piers: 2 });
    await port.configure(AUTO);
    await port.request(['harbour-north/pier-001']);
    expect(port.told().message).toMatch(/[Rr]edeployment/);
    expect(port.told().message).not.toContain('AWS starts');
    await throughTheNight(port, 20 * MINUTE);
    expect(port.deployed()).toEqual(['pier-001']);
    expect(await port.stages()).toEqual({ 'pier-001': 'done' });
  });

  it('goes on although ECS throttles reads and writes', { timeout: PATIENCE }, async () => {
    await using port = await aPort({ piers: 2 });
    await port.configure(AUTO);
    port.sandbox.injectAws('ecs:DescribeServices', { kind: 'throttled', times: 4 });
    await port.notice();
    await port.leapTo(TONIGHT - MINUTE);
    port.sandbox.injectAws('ecs:UpdateService', { kind: 'throttled', times: 2 });
    await port.advanceTo(TONIGHT + 40 * MINUTE);
    expect(await port.stages()).toEqual({ 'pier-001': 'done', 'pier-002': 'done' });
    expect(port.deployed()).toEqual(['pier-001', 'pier-002']);
  });

  it('does not take what reads show seconds late for what is', { timeout: PATIENCE }, async () => {
    await using port = await aPort({ piers: 1 });
    await port.configure(AUTO);
    await port.notice();
    port.sandbox.ecs.lag(75_000);
    await throughTheNight(port);
    expect(port.deployed()).toEqual(['pier-001']);
    expect(await port.stages()).toEqual({ 'pier-001': 'done' });
  });

  it('by CodeDeploy is a deployment of what it deployed last', { timeout: PATIENCE }, async () => {
    await using port = await aPort();
    port.sandbox.ecs.add({ cluster: 'harbour-north', service: 'pier-001', controller: 'CODE_DEPLOY' });
    await port.configure(AUTO);
    await port.notice();
    await throughTheNight(port, 90 * MINUTE);
    expect(port.sandbox.ecs.writes('codedeploy:CreateDeployment').filter(({ refused }) => !refused)).toHaveLength(1);
    expect(port.sandbox.ecs.writes('ecs:UpdateService')).toEqual([]);
    expect(await port.stages()).toEqual({ 'pier-001': 'done' });
  });

  it('asks somebody about protected tasks and pause hooks, whatever the mode', { timeout: PATIENCE }, async () => {
    await using port = await aPort({ piers: 2 });
    await port.configure({ windows: [nights({ mode: 'auto', budget: { maxServices: 2, maxServicesPerCluster: 2 } })] });
    const hook = { stage: 'POST_SCALE_UP', timeout: HOUR, onTimeout: 'ROLLBACK' } as const;
    port.sandbox.ecs.change('harbour-west', 'pier-002', { strategy: 'BLUE_GREEN', pauseHook: hook });
    port.sandbox.ecs.protect('harbour-north', 'pier-001', TONIGHT + 2 * DAY);
    await port.notice();
    await throughTheNight(port, 10 * MINUTE);
    expect(port.deployed()).toEqual([]);
    const checks = (await port.plan()).plan?.services.map(({ work }) =>
      work?.checks.filter(({ answer }) => answer === 'ask').map(({ id }) => id),
    );
    expect(checks).toEqual([['protection'], ['pause-hooks']]);
  });

  it('of a task of no service is a copy that runs before the old one is stopped', { timeout: PATIENCE }, async () => {
    await using port = await aPort({ parameters: { RelaunchTasks: 'yes' } });
    const tags = { 'slackwater:replace-on-retirement': 'start-then-stop' };
    const old = port.sandbox.ecs.addTask({ cluster: 'harbour-north', tags });
    const other = port.sandbox.ecs.addTask({ cluster: 'harbour-north' });
    await port.configure(AUTO);
    await port.sandbox.clock.advance(MINUTE);
    await port.notice({ tasks: [old, other] });
    await throughTheNight(port);
    const writes = port.sandbox.ecs.writes().map(({ action }) => action);
    expect(writes).toEqual(['ecs:RunTask', 'ecs:StopTask']);
    const running = port.sandbox.ecs.tasks().filter(({ lastStatus }) => lastStatus === 'RUNNING');
    expect(running.map(({ arn }) => arn)).toContain(other);
    expect(running.map(({ arn }) => arn)).not.toContain(old);
    expect(running).toHaveLength(2);
    expect(port.told().message).toContain('left to AWS');
  });

  it('is only planned where the installation may not change ECS', { timeout: PATIENCE }, async () => {
    await using port = await aPort({ piers: 1, parameters: { Redeployments: 'no' } });
    await port.configure(AUTO);
    await port.notice();
    await throughTheNight(port, 10 * MINUTE);
    expect(port.sandbox.ecs.writes()).toEqual([]);
    expect(await port.stages()).toEqual({ 'pier-001': 'handing-over' });
  });
});
