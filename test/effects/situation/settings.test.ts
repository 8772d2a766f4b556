import { type DeploymentConfiguration, DescribeServicesCommand, type Service } from '@aws-sdk/client-ecs';
import { beforeEach, describe, expect, it } from 'vitest';
import { minutes } from '../../../shared/domain/instant.ts';
import { allowanceOf } from '../../../shared/domain/plan/allowance.ts';
import type { ActiveService } from '../../../shared/domain/plan/situation.ts';
import { aFreeze, aWindow, between } from '../../support/maintenance.ts';
import { aService, CHECKOUT, ecs, plainWorld, readActive, someTerms } from './world.ts';

beforeEach(plainWorld);

const readWith = (overrides: Service) => {
  ecs.on(DescribeServicesCommand).resolves({ services: [aService(overrides)] });
  return readActive();
};

/** A strategy that the SDK does not know yet. The cast is true in that it will. */
const NEW = 'TIDAL' as 'ROLLING';

const CONFIGURED: readonly (readonly [string, DeploymentConfiguration, Partial<ActiveService>])[] = [
  [
    'without settings, by the defaults of ECS',
    {},
    { strategy: 'ROLLING', minimumHealthyPercent: 100, maximumPercent: 200, hasCircuitBreaker: false },
  ],
  [
    'that stops first',
    { minimumHealthyPercent: 0, maximumPercent: 100 },
    { minimumHealthyPercent: 0, maximumPercent: 100 },
  ],
  [
    'with its circuit breaker off',
    { deploymentCircuitBreaker: { enable: false, rollback: false } },
    { hasCircuitBreaker: false },
  ],
  [
    'with a bake',
    { strategy: 'BLUE_GREEN', bakeTimeInMinutes: 15 },
    { strategy: 'BLUE_GREEN', durations: expect.objectContaining({ bake: minutes(15) }) },
  ],
  [
    'that moves traffic in steps',
    { strategy: 'LINEAR', linearConfiguration: { stepPercent: 20 } },
    { durations: expect.objectContaining({ step: { percent: 20, bake: minutes(6) } }) },
  ],
  [
    'that moves a little traffic first',
    { strategy: 'CANARY', canaryConfiguration: { canaryBakeTimeInMinutes: 30 } },
    { durations: expect.objectContaining({ step: { percent: 5, bake: minutes(30) } }) },
  ],
  ['of a strategy that is new', { strategy: NEW }, { strategy: 'TIDAL' }],
  [
    'that pauses',
    { lifecycleHooks: [{ targetType: 'PAUSE', lifecycleStages: ['POST_SCALE_UP', 'POST_PRODUCTION_TRAFFIC_SHIFT'] }] },
    { pauseHooks: ['POST_SCALE_UP and POST_PRODUCTION_TRAFFIC_SHIFT'] },
  ],
  [
    'whose hooks are functions',
    { lifecycleHooks: [{ targetType: 'AWS_LAMBDA', lifecycleStages: ['POST_SCALE_UP'] }] },
    { pauseHooks: [] },
  ],
  [
    'that succeeds early and cleans up later',
    { earlySuccessCriteria: { enable: true, sourceServiceRevisionCleanup: 'DEFERRED' } },
    { defersCleanup: true },
  ],
  [
    'that succeeds early and cleans up before',
    { earlySuccessCriteria: { enable: true, sourceServiceRevisionCleanup: 'BLOCKING' } },
    { defersCleanup: false },
  ],
];

describe('a service', () => {
  it.each(CONFIGURED)('%s is told so', async (_what, deploymentConfiguration, expected) => {
    expect(await readWith({ deploymentConfiguration })).toMatchObject(expected);
  });

  it.each([
    ['Spot alone', [{ capacityProvider: 'FARGATE_SPOT', weight: 1 }], true],
    [
      'Spot, with a provider that gets nothing',
      [
        { capacityProvider: 'FARGATE_SPOT', weight: 1 },
        { capacityProvider: 'FARGATE', weight: 0 },
      ],
      true,
    ],
    [
      'both',
      [
        { capacityProvider: 'FARGATE_SPOT', weight: 3 },
        { capacityProvider: 'FARGATE', base: 1 },
      ],
      false,
    ],
    ['no provider, by its launch type', [], false],
  ] as const)('runs on %s', async (_what, capacityProviderStrategy, isSpotOnly) => {
    expect(await readWith({ capacityProviderStrategy: [...capacityProviderStrategy] })).toMatchObject({ isSpotOnly });
  });
});

describe('when a service may be replaced', () => {
  const maintenance = {
    windows: [aWindow({ name: 'payments', select: { tags: { team: ['payments'] } } }), aWindow({ name: 'others' })],
    freezes: [
      aFreeze({ name: 'peak' }),
      aFreeze({ name: 'audit', period: between('2026-11-22T00:00', '2026-11-23T00:00') }),
    ],
  };
  const subject = { ...CHECKOUT, tags: { team: 'payments', 'aws:cloudformation:stack-id': 'arn:stack' } };

  it('is what windows and freezes say of it and of its tags', async () => {
    const { allowance } = await readActive({ maintenance });
    expect(allowance).toEqual(allowanceOf(maintenance, subject, someTerms().range));
    expect(allowance.freezes.map(({ name }) => name)).toEqual(['peak', 'audit']);
    expect(allowance.openings.flatMap(({ windows }) => windows)).toEqual(expect.arrayContaining(['payments']));
  });

  it('leaves out the freezes that were lifted for the plan', async () => {
    const { allowance } = await readActive({ maintenance, lifted: ['peak'] });
    expect(allowance.freezes.map(({ name }) => name)).toEqual(['audit']);
  });
});
