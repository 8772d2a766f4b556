import { describe, expect, it } from 'vitest';
import type { ServiceSpec } from '../../../sandbox/ecs/service-spec.ts';
import { continued, rolledBack } from '../../../sandbox/ecs/service-writes.ts';
import { aHarbour, DAY, HOUR, MINUTE, PIER, START } from './a-harbour.ts';

const HOOK = { stage: 'POST_TEST_TRAFFIC_SHIFT', timeout: 2 * HOUR, onTimeout: 'ROLLBACK' } as const;

function aPausedHarbour(hook: ServiceSpec['pauseHook'] = HOOK) {
  const pier = aHarbour({ strategy: 'BLUE_GREEN', pauseHook: hook });
  pier.deploy();
  pier.pass(10 * MINUTE);
  const name = pier.view().deployments[0]?.arn.split('/').at(-1) ?? '';
  return { ...pier, name };
}

describe('a second copy of all tasks', () => {
  it.each([
    ['BLUE_GREEN', { strategy: 'BLUE_GREEN', bake: 20 * MINUTE }, 20 * MINUTE],
    [
      'CANARY, whose first share is watched',
      { strategy: 'CANARY', step: { percent: 5, bake: 10 * MINUTE } },
      10 * MINUTE,
    ],
    ['LINEAR, nine steps of six minutes unless it is said otherwise', { strategy: 'LINEAR' }, 54 * MINUTE],
  ] as const satisfies readonly (readonly [string, Partial<ServiceSpec>, number])[])('%s', (_, settings, shift) => {
    const pier = aHarbour(settings);
    pier.deploy();
    // Until the copy runs, the traffic has moved and the last bake is over, both run whole.
    pier.pass(shift + MINUTE);
    expect([pier.status(), pier.counts()]).toEqual(['IN_PROGRESS', { live: 4, running: 4 }]);
    pier.pass(2 * MINUTE);
    expect([pier.status(), pier.counts(), pier.view().older(START)]).toEqual([
      'SUCCESSFUL',
      { live: 2, running: 2 },
      0,
    ]);
  });

  it('that does not come to run is given up after a day', () => {
    const pier = aHarbour({ strategy: 'BLUE_GREEN', fails: 'exit' });
    pier.deploy();
    pier.pass(DAY - HOUR);
    expect(pier.status()).toBe('IN_PROGRESS');
    pier.pass(2 * HOUR);
    expect([pier.status(), pier.view().older(START)]).toEqual(['ROLLBACK_SUCCESSFUL', 2]);
  });
});

describe('a pause hook', () => {
  it('waits for a person, and goes on', () => {
    const pier = aPausedHarbour();
    expect([pier.status(), pier.counts()]).toEqual(['IN_PROGRESS', { live: 4, running: 4 }]);
    expect(pier.events()).toContain('HOOK_AWAITING_ACTION');
    pier.harbour.change(PIER.cluster, PIER.service, (state, context) =>
      continued(state, pier.name, 'CONTINUE', context),
    );
    pier.pass(10 * MINUTE);
    expect([pier.status(), pier.view().older(START)]).toEqual(['SUCCESSFUL', 0]);
  });

  it('is told to return', () => {
    const pier = aPausedHarbour();
    pier.harbour.change(PIER.cluster, PIER.service, (state, context) =>
      continued(state, pier.name, 'ROLLBACK', context),
    );
    pier.pass(10 * MINUTE);
    expect([pier.status(), pier.counts(), pier.view().older(START)]).toEqual([
      'ROLLBACK_SUCCESSFUL',
      { live: 2, running: 2 },
      2,
    ]);
    expect(pier.events()).toContain('HOOK_FAILED');
  });

  it.each([
    ['ROLLBACK', 'ROLLBACK_SUCCESSFUL'],
    ['CONTINUE', 'SUCCESSFUL'],
  ] as const)('that nobody answers does what it was set to do: %s', (onTimeout, status) => {
    const pier = aPausedHarbour({ ...HOOK, onTimeout });
    pier.pass(2 * HOUR);
    expect(pier.status()).toBe(status);
    expect(pier.events()).toContain('HOOK_TIMED_OUT');
  });
});

describe('a deployment that is stopped', () => {
  it.each(['ROLLING', 'BLUE_GREEN'] as const)('returns to what served before: %s', (strategy) => {
    const pier = aHarbour({ strategy, bake: HOUR });
    pier.deploy();
    pier.pass(MINUTE);
    const name = pier.view().deployments[0]?.arn.split('/').at(-1) ?? '';
    pier.harbour.change(PIER.cluster, PIER.service, (state, context) => rolledBack(state, name, context));
    expect(pier.status()).toBe('ROLLBACK_REQUESTED');
    pier.pass(10 * MINUTE);
    expect([pier.status(), pier.counts(), pier.view().older(START)]).toEqual([
      'ROLLBACK_SUCCESSFUL',
      { live: 2, running: 2 },
      2,
    ]);
  });
});
