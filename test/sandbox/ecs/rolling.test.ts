import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { aHarbour, DAY, HOUR, MINUTE, PIER, SECOND, START } from './a-harbour.ts';

const SCALED_IN = expect.stringMatching(/^Scaling activity initiated by \(deployment ecs-svc\/\d{19}\)$/);

describe('a forced deployment', () => {
  it('begins, replaces every task start-first, and tells of it as ECS does', () => {
    const pier = aHarbour();
    pier.deploy();
    expect(pier.status()).toBe('PENDING');
    pier.pass(3 * SECOND);
    expect([pier.status(), pier.counts()]).toEqual(['IN_PROGRESS', { live: 4, running: 2 }]);
    pier.pass(91 * SECOND);
    expect([pier.status(), pier.counts()]).toEqual(['IN_PROGRESS', { live: 2, running: 2 }]);
    pier.pass(30 * SECOND);
    expect([pier.status(), pier.view().older(START)]).toEqual(['SUCCESSFUL', 0]);
    expect(pier.events()).toEqual([
      'SERVICE_DEPLOYMENT_IN_PROGRESS',
      SCALED_IN,
      SCALED_IN,
      'SERVICE_DEPLOYMENT_COMPLETED',
      'SERVICE_STEADY_STATE',
    ]);
  });

  it('stops first where nothing may be added', () => {
    const pier = aHarbour({ desired: 1, minimumHealthyPercent: 0, maximumPercent: 100 });
    pier.deploy();
    pier.pass(10 * SECOND);
    expect(pier.counts()).toEqual({ live: 0, running: 0 });
    pier.pass(3 * MINUTE);
    expect([pier.status(), pier.counts()]).toEqual(['SUCCESSFUL', { live: 1, running: 1 }]);
  });

  it('is stuck where there is no room', () => {
    const pier = aHarbour({ desired: 1, minimumHealthyPercent: 50, maximumPercent: 100 });
    pier.deploy();
    pier.pass(DAY - HOUR);
    expect([pier.status(), pier.view().older(START)]).toEqual(['IN_PROGRESS', 1]);
  });

  it('stops the one before it', () => {
    const pier = aHarbour();
    pier.deploy();
    pier.pass(30 * SECOND);
    pier.deploy();
    expect(
      pier
        .view()
        .deployments.map(({ status }) => status)
        .slice(0, 2),
    ).toEqual(['PENDING', 'STOP_REQUESTED']);
    pier.pass(10 * MINUTE);
    expect(
      pier
        .view()
        .deployments.map(({ status }) => status)
        .slice(0, 3),
    ).toEqual(['SUCCESSFUL', 'STOPPED', 'SUCCESSFUL']);
  });

  it('waits for protected tasks', () => {
    const pier = aHarbour();
    pier.ecs.protect(PIER.cluster, PIER.service, START + HOUR, 1);
    pier.deploy();
    pier.pass(50 * MINUTE);
    expect([pier.status(), pier.view().older(START)]).toEqual(['IN_PROGRESS', 1]);
    pier.pass(11 * MINUTE);
    expect([pier.status(), pier.view().older(START)]).toEqual(['SUCCESSFUL', 0]);
  });

  it('with deferred cleanup succeeds before the old tasks are gone', () => {
    const pier = aHarbour({ deferredCleanup: HOUR });
    pier.deploy();
    pier.pass(5 * MINUTE);
    expect([pier.status(), pier.view().older(START)]).toEqual(['SUCCESSFUL', 2]);
    pier.pass(HOUR);
    expect(pier.view().older(START)).toBe(0);
  });

  it('runs what the tag stands for now; a task that is stopped later is replaced by the same', () => {
    const pier = aHarbour();
    const [before] = pier.view().digests;
    const moved = pier.ecs.moveTag(PIER.cluster, PIER.service);
    expect(moved).not.toBe(before);
    expect(pier.view().digests).toEqual([before]);
    pier.deploy();
    pier.pass(10 * MINUTE);
    expect(pier.view().digests).toEqual([moved]);
  });

  it('while somebody scales out comes to the new number of tasks', () => {
    const pier = aHarbour({ desired: 4 });
    pier.deploy();
    pier.pass(MINUTE);
    pier.change({ desired: 6 });
    pier.pass(10 * MINUTE);
    expect([pier.status(), pier.view().running, pier.view().older(START)]).toEqual(['SUCCESSFUL', 6, 0]);
  });
});

describe('a deployment whose tasks fail', () => {
  it('trips the circuit breaker and returns', () => {
    const pier = aHarbour({ fails: 'exit' });
    pier.deploy();
    pier.pass(10 * MINUTE);
    expect([pier.status(), pier.view().older(START), pier.view().running]).toEqual(['ROLLBACK_SUCCESSFUL', 2, 2]);
    const events = pier.events();
    expect(events.filter((name) => name.startsWith('SERVICE_'))).toEqual([
      'SERVICE_DEPLOYMENT_IN_PROGRESS',
      'SERVICE_DEPLOYMENT_FAILED',
      'SERVICE_DEPLOYMENT_FAILED',
      'SERVICE_DEPLOYMENT_IN_PROGRESS',
      'SERVICE_DEPLOYMENT_COMPLETED',
      'SERVICE_STEADY_STATE',
    ]);
    expect(events.filter((reason) => reason === 'Essential container in task exited').length).toBeGreaterThanOrEqual(3);
  });

  it('replaces what was stopped already when it returns', () => {
    const pier = aHarbour({ desired: 4, minimumHealthyPercent: 50, maximumPercent: 100, fails: 'image' });
    pier.deploy();
    pier.pass(20 * MINUTE);
    expect([pier.status(), pier.view().running, pier.view().older(START)]).toEqual(['ROLLBACK_SUCCESSFUL', 4, 2]);
  });

  it('stops without a rollback where it is off, and the old tasks stay', () => {
    const pier = aHarbour({ fails: 'exit', circuitBreaker: 'on' });
    pier.deploy();
    pier.pass(10 * MINUTE);
    expect([pier.status(), pier.view().older(START)]).toEqual(['STOPPED', 2]);
  });

  it('goes on for ever without a circuit breaker, at a slower and slower pace', () => {
    const pier = aHarbour({ fails: 'exit', circuitBreaker: 'off' });
    pier.deploy();
    pier.pass(20 * HOUR);
    expect([pier.status(), pier.view().older(START)]).toEqual(['IN_PROGRESS', 2]);
    expect(pier.events().length).toBeLessThan(250);
  });

  it('returns for a deployment alarm, unless the alarm was on before', () => {
    const pier = aHarbour({ alarms: ['pier-5xx'] });
    pier.deploy();
    pier.pass(MINUTE);
    pier.ecs.alarm('pier-5xx', 'ALARM');
    pier.pass(10 * MINUTE);
    expect(pier.status()).toBe('ROLLBACK_SUCCESSFUL');
    pier.deploy();
    pier.pass(10 * MINUTE);
    expect(pier.status()).toBe('SUCCESSFUL');
  });

  it('cannot start the image that is gone from the registry', () => {
    const pier = aHarbour();
    pier.ecs.forgetImage(PIER.cluster, PIER.service);
    pier.change({ desired: 3 });
    pier.pass(10 * MINUTE);
    expect(pier.view().running).toBe(2);
    expect(pier.events()).toContainEqual(expect.stringContaining('CannotPullContainerError'));
  });
});

describe('laws of a rolling deployment', () => {
  const percents = fc.record({
    desired: fc.integer({ min: 1, max: 9 }),
    minimumHealthyPercent: fc.integer({ min: 0, max: 100 }),
    maximumPercent: fc.integer({ min: 100, max: 200 }),
  });

  test.prop([percents, fc.array(fc.integer({ min: 1, max: 4 * MINUTE }), { minLength: 1, maxLength: 20 })])(
    'between the minimum and the maximum run, and it comes to the same in one step or in many',
    (settings, steps) => {
      const [watched, whole] = [aHarbour(settings), aHarbour(settings)];
      for (const pier of [watched, whole]) pier.deploy();
      const least = Math.ceil((settings.desired * settings.minimumHealthyPercent) / 100);
      const most = Math.floor((settings.desired * settings.maximumPercent) / 100);
      for (const span of steps) {
        watched.pass(span);
        expect(watched.counts().running).toBeGreaterThanOrEqual(least);
        expect(watched.counts().live).toBeLessThanOrEqual(Math.max(most, settings.desired));
      }
      whole.pass(steps.reduce((sum, span) => sum + span, 0));
      expect(watched.view().deployments.map(({ status }) => status)).toEqual(
        whole.view().deployments.map(({ status }) => status),
      );
      expect(watched.counts()).toEqual(whole.counts());
    },
  );

  test.prop([percents])('with room to move every task is replaced in the end, and no other is left', (settings) => {
    const { desired, minimumHealthyPercent, maximumPercent } = settings;
    const up = Math.floor((desired * maximumPercent) / 100) - desired;
    const down = desired - Math.ceil((desired * minimumHealthyPercent) / 100);
    const pier = aHarbour(settings);
    pier.deploy();
    pier.pass(12 * HOUR);
    const replaced = up + down > 0;
    expect(pier.status()).toBe(replaced ? 'SUCCESSFUL' : 'IN_PROGRESS');
    expect([pier.view().running, pier.view().older(START)]).toEqual([desired, replaced ? 0 : desired]);
  });
});
