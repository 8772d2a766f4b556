import type { DeploymentConfiguration, Service } from '@aws-sdk/client-ecs';
import { describe, expect, it } from 'vitest';
import { minutes } from '../../../shared/domain/instant.ts';
import { sweptService } from '../../../shared/effects/sweep/swept-service.ts';
import { HARBOR } from '../../support/observations.ts';

const swept = (deploymentConfiguration?: DeploymentConfiguration, service: Partial<Service> = {}) =>
  sweptService(HARBOR, {
    serviceName: 'checkout',
    ...service,
    ...(deploymentConfiguration && { deploymentConfiguration }),
  });

const alarms = (enable: boolean, ...alarmNames: string[]) => ({ alarms: { enable, rollback: true, alarmNames } });

describe('whether ECS gives a failing deployment up', () => {
  it.each<readonly [string, DeploymentConfiguration | undefined, boolean]>([
    ['with a circuit breaker it does', { deploymentCircuitBreaker: { enable: true, rollback: false } }, true],
    ['with deployment alarms it does', alarms(true, 'errors'), true],
    [
      'with a circuit breaker that is off it does not',
      { deploymentCircuitBreaker: { enable: false, rollback: true } },
      false,
    ],
    ['with alarms that are off it does not', alarms(false, 'errors'), false],
    ['with no alarm named it does not', alarms(true), false],
    ['with nothing configured it does not', undefined, false],
  ])('%s', (_, configuration, expected) => {
    expect(swept(configuration).detectsFailures).toBe(expected);
  });
});

describe('how long a deployment waits on purpose', () => {
  it.each<readonly [string, DeploymentConfiguration, number]>([
    ['not at all in a rolling update', { strategy: 'ROLLING' }, 0],
    ['with both colours, as configured', { strategy: 'BLUE_GREEN', bakeTimeInMinutes: 30 }, 30],
    [
      'as a canary, and with both colours after it',
      { strategy: 'CANARY', bakeTimeInMinutes: 5, canaryConfiguration: { canaryBakeTimeInMinutes: 20 } },
      25,
    ],
    ['10 minutes as a canary, unless said otherwise', { strategy: 'CANARY' }, 10],
    [
      'between linear steps, but not after the last',
      { strategy: 'LINEAR', linearConfiguration: { stepPercent: 30, stepBakeTimeInMinutes: 15 } },
      45,
    ],
    ['nine times 6 minutes between linear steps, unless said otherwise', { strategy: 'LINEAR' }, 54],
  ])('%s', (_, configuration, expected) => {
    expect(swept(configuration).bakes).toBe(minutes(expected));
  });
});

describe('whether somebody has to let a deployment go on', () => {
  it.each([
    ['PAUSE', true],
    ['AWS_LAMBDA', false],
  ] as const)('a hook of type %s: %s', (targetType, expected) => {
    expect(swept({ lifecycleHooks: [{ targetType }] }).pauses).toBe(expected);
  });
});

it('a service without anything optional is still one', () => {
  expect(swept()).toMatchObject({ at: { cluster: 'harbor-prod', service: 'checkout' }, facts: { desired: 0 } });
});
