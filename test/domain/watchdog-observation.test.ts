import { describe, expect, it } from 'vitest';
import type { ServiceEvent } from '../../shared/domain/facts.ts';
import { hours, minutes } from '../../shared/domain/instant.ts';
import { inspect } from '../../shared/domain/watchdog.ts';
import { observeFinding } from '../../shared/domain/watchdog-observation.ts';
import type { SweptService } from '../../shared/domain/watchdog-service.ts';
import { NOON } from '../support/observations.ts';
import { anEmptyService, aRollingService, aRollout, aSweptService } from '../support/swept-services.ts';

/** What noon's sweep finds, and each one after it that finds the service as it was. */
function observations(service: SweptService, sweeps = 2) {
  let memory = inspect([service], {}, NOON - minutes(15)).memory;
  return Array.from({ length: sweeps - 1 }, (_, index) => {
    const { findings, memory: next } = inspect([service], memory, NOON + index * minutes(15));
    memory = next;
    return findings.map(observeFinding);
  }).flat();
}

const observed = (service: SweptService) => observations(service)[0];

const NO_ROOM: ServiceEvent = {
  at: NOON - minutes(20),
  message:
    '(service checkout) was unable to place a task because no container instance met all of its requirements. Reason: No Container Instances were found in your cluster.',
};

describe('what a message says', () => {
  it.each<readonly [string, SweptService, string, string]>([
    [
      'of a service with nothing running',
      anEmptyService(),
      'Nothing is running',
      'Service checkout wants 2 tasks and none was running at 2026-11-20 11:45 UTC, nor since.',
    ],
    [
      'of a service whose deployment brings nothing up',
      anEmptyService({
        desired: 1,
        deployments: [aRollout({ rolloutState: 'IN_PROGRESS', createdAt: NOON - hours(1) })],
      }),
      'Nothing is running',
      'Service checkout wants 1 task and none was running at 2026-11-20 11:45 UTC, nor since. Its deployment of 2026-11-20 11:00 UTC has not brought one up.',
    ],
    [
      'of a deployment that takes too long',
      aRollingService(hours(1), { pastDurations: [minutes(4)] }),
      'Deployment takes too long',
      'The deployment of checkout is in progress since 2026-11-20 11:00 UTC. Of its deployments 95 in 100 take no more than 4 min.',
    ],
    [
      'of a deployment that takes too long and has no history',
      aRollingService(hours(2)),
      'Deployment takes too long',
      'The deployment of checkout is in progress since 2026-11-20 10:00 UTC. How long its deployments usually take is not known.',
    ],
    [
      'of a deployment that nothing ends',
      aRollingService(hours(1), { detectsFailures: false, deployment: { desired: 4, running: 1, failedTasks: 3 } }),
      'Deployment gets nowhere',
      'The deployment of checkout is in progress since 2026-11-20 11:00 UTC: 1 of 4 tasks run, 3 failed. Nothing will give it up: the service has neither a circuit breaker nor deployment alarms.',
    ],
  ])('%s', (_, service, title, summary) => {
    const diagnosis = observed(service)?.diagnosis;
    expect(diagnosis).toMatchObject({ title, summary, benign: false });
    expect(diagnosis?.fix.length).toBeGreaterThan(1);
  });

  it('stays true: it has the same words half a day later', () => {
    const all = observations(aRollingService(hours(2)), 48).map(({ diagnosis }) => diagnosis.summary);
    expect(all).toHaveLength(47);
    expect(new Set(all).size).toBe(1);
  });

  it('shows the counts, the events and the deployment, without secrets', () => {
    const service = aRollingService(hours(2), {
      facts: { events: [{ at: NOON, message: 'started with --token s3cr3t-t0ken-1234' }], tags: { team: 'harbor' } },
      deployment: { rolloutStateReason: 'ECS deployment ecs-svc/58 in progress.' },
    });
    expect(observed(service)).toMatchObject({
      tags: { team: 'harbor' },
      details: {
        desired: 2,
        running: 2,
        deploymentId: 'ecs-svc/58',
        deploymentReason: 'ECS deployment ecs-svc/58 in progress.',
        taskDefinition: 'checkout:57',
        serviceEvents: ['started with --token [redacted]'],
      },
    });
  });
});

describe('the cause', () => {
  it('is open when ECS says nothing more', () => {
    expect(observed(anEmptyService())?.diagnosis).toMatchObject({
      cause: 'deployment/tasks-failed-to-start',
      confidence: 'unclear',
      severity: 'high',
    });
  });

  it('is what the service events of the last hour say, the finding in front', () => {
    expect(observed(anEmptyService({ events: [NO_ROOM] }))?.diagnosis).toMatchObject({
      cause: 'capacity/no-container-instances',
      confidence: 'likely',
      severity: 'high',
      title: 'Nothing is running',
      summary: expect.stringMatching(/^Service checkout wants 2 tasks .* nor since\. ./),
      evidence: expect.arrayContaining([{ field: 'message', text: NO_ROOM.message }]),
    });
  });

  it.each<readonly [string, ServiceEvent]>([
    ['older', { ...NO_ROOM, at: NOON - minutes(61) }],
    ['ordinary', { at: NOON, message: '(service checkout) has reached a steady state.' }],
    [
      'no cause themselves',
      { at: NOON, message: '(service checkout) is unable to consistently start tasks successfully.' },
    ],
  ])('is not taken from events that are %s', (_, event) => {
    const cause = 'deployment/tasks-failed-to-start';
    expect(observed(anEmptyService({ events: [event] }))?.diagnosis).toMatchObject({ cause });
  });

  it.each([
    [0, 'deployment/blocked'],
    [2, 'deployment/tasks-failed-to-start'],
  ])('of a slow deployment with %i failed tasks is %s', (failedTasks, cause) => {
    expect(observed(aRollingService(hours(2), { deployment: { failedTasks } }))?.diagnosis.cause).toBe(cause);
  });
});

describe('where it is filed', () => {
  it('is with the service once its deployment is finished, whatever the events say', () => {
    const silent = observed(anEmptyService());
    const telling = observed(anEmptyService({ events: [NO_ROOM] }));
    expect(silent?.subject).toMatchObject({ kind: 'service', service: 'checkout' });
    expect(telling?.fingerprint).toBe(silent?.fingerprint);
  });

  it('is with the deployment while that is not finished', () => {
    for (const service of [
      aRollingService(hours(2)),
      aRollingService(hours(2), { facts: { running: 0 } }),
      aRollingService(hours(2), { detectsFailures: false, deployment: { failedTasks: 1 } }),
    ]) {
      expect(observed(service)).toMatchObject({
        subject: { kind: 'deployment', service: 'checkout' },
        details: { deploymentId: 'ecs-svc/58' },
      });
    }
  });
});

describe('the key', () => {
  it.each<readonly [string, SweptService]>([
    ['nothing running', anEmptyService()],
    ['nothing running under another controller', anEmptyService({ deployments: [] })],
    ['a deployment in progress', aRollingService(hours(2))],
  ])('is the same in every sweep while it lasts: %s', (_, service) => {
    const keys = observations(service, 20).map(({ key }) => key);
    expect(keys).toHaveLength(19);
    expect(new Set(keys).size).toBe(1);
  });

  it('is another one when it happens again', () => {
    let memory = {};
    const keys = [anEmptyService(), anEmptyService(), aSweptService(), anEmptyService(), anEmptyService()].flatMap(
      (service, index) => {
        const inspection = inspect([service], memory, NOON + index * minutes(15));
        memory = inspection.memory;
        return inspection.findings.map((finding) => observeFinding(finding).key);
      },
    );
    expect(keys).toHaveLength(2);
    expect(new Set(keys).size).toBe(2);
  });
});
