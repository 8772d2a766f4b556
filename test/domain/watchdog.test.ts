import { fc } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { hours, type Instant, minutes } from '../../shared/domain/instant.ts';
import { type Inspection, inspect } from '../../shared/domain/watchdog.ts';
import type { SweptService } from '../../shared/domain/watchdog-service.ts';
import { NOON } from '../support/observations.ts';
import { anEmptyService, aRollingService, aRollout, aSweptService } from '../support/swept-services.ts';

const SWEEP = minutes(15);

/** What the last sweep at noon finds when the services were swept every 15 minutes, each time as given. */
function sweeps(...each: readonly (readonly SweptService[])[]): Inspection {
  const first = NOON - (each.length - 1) * SWEEP;
  return each.reduce<Inspection>(({ memory }, services, index) => inspect(services, memory, first + index * SWEEP), {
    findings: [],
    healthy: [],
    memory: {},
  });
}

const troubles = ({ findings }: Inspection) => findings.map(({ trouble }) => trouble);
const kinds = (inspection: Inspection) => troubles(inspection).map(({ kind }) => kind);

const rolling = aRollingService;
const unguarded = (age: number, deployment: Parameters<typeof rolling>[1] = {}) =>
  rolling(age, { detectsFailures: false, ...deployment });

describe('a service with nothing running', () => {
  it.each<readonly [string, readonly SweptService[], readonly string[]]>([
    ['is trouble in the second sweep that sees it', [anEmptyService(), anEmptyService()], ['nothing-runs']],
    ['is not yet in the first: it may have been scaled up from 0 just now', [anEmptyService()], []],
    [
      'is at once when its deployment is older than 10 minutes and not finished',
      [anEmptyService({ deployments: [aRollout({ rolloutState: 'IN_PROGRESS', createdAt: NOON - minutes(11) })] })],
      ['nothing-runs'],
    ],
    [
      'is at once when its deployment was given up',
      [anEmptyService({ deployments: [aRollout({ rolloutState: 'FAILED', createdAt: NOON - minutes(11) })] })],
      ['nothing-runs'],
    ],
    [
      'is not while a deployment of the last 10 minutes starts its tasks',
      [anEmptyService({ deployments: [aRollout({ rolloutState: 'IN_PROGRESS', createdAt: NOON - minutes(10) })] })],
      [],
    ],
    [
      'is not when another deployment began since the sweep before',
      [anEmptyService(), anEmptyService({ deployments: [aRollout({ id: 'ecs-svc/58', createdAt: NOON })] })],
      [],
    ],
    ['is not when nothing is wanted', [anEmptyService({ desired: 0 }), anEmptyService({ desired: 0 })], []],
    [
      'is not when it is being deleted',
      [anEmptyService({ status: 'DRAINING' }), anEmptyService({ status: 'DRAINING' })],
      [],
    ],
    ['is not when it is deleted', [anEmptyService({ status: 'INACTIVE' }), anEmptyService({ status: 'INACTIVE' })], []],
    [
      'is trouble too when another controller deploys by task sets',
      [anEmptyService({ deployments: [] }), anEmptyService({ deployments: [] })],
      ['nothing-runs'],
    ],
    [
      'is trouble too behind a Classic Load Balancer, where ECS tells no rollout state',
      [anEmptyService({ deployments: [unstated()] }), anEmptyService({ deployments: [unstated()] })],
      ['nothing-runs'],
    ],
    ['is over for now when a task ran in between', [anEmptyService(), aSweptService(), anEmptyService()], []],
  ])('%s', (_, states, expected) => {
    expect(kinds(sweeps(...states.map((state) => [state])))).toEqual(expected);
  });

  it('has been in trouble since the first sweep that saw it', () => {
    const inspection = sweeps([anEmptyService()], [anEmptyService()], [anEmptyService()]);
    expect(troubles(inspection)).toEqual([{ kind: 'nothing-runs', since: NOON - 2 * SWEEP }]);
  });
});

function unstated() {
  const { rolloutState: _, ...deployment } = aRollout();
  return deployment;
}

describe('a deployment that takes far longer than usual', () => {
  const HALF_AN_HOUR = Array.from({ length: 20 }, () => minutes(30));

  it.each<readonly [string, SweptService, readonly string[]]>([
    ['over 60 minutes without a history', rolling(minutes(61)), ['rollout-slow']],
    ['not 60 minutes without a history', rolling(minutes(60)), []],
    [
      'over 30 minutes where a minute is usual',
      rolling(minutes(31), { pastDurations: [minutes(1)] }),
      ['rollout-slow'],
    ],
    ['not 30 minutes, whatever is usual', rolling(minutes(30), { pastDurations: [minutes(1)] }), []],
    ['not three times as long', rolling(minutes(90), { pastDurations: HALF_AN_HOUR }), []],
    ['over three times as long', rolling(minutes(91), { pastDurations: HALF_AN_HOUR }), ['rollout-slow']],
    [
      'by one of 20 that took an hour the hour is not usual',
      rolling(minutes(91), { pastDurations: [hours(1), ...HALF_AN_HOUR.slice(1)] }),
      ['rollout-slow'],
    ],
    [
      'by two of 20 that took an hour it is',
      rolling(minutes(91), { pastDurations: [hours(1), hours(1), ...HALF_AN_HOUR.slice(2)] }),
      [],
    ],
    ['not while it bakes as configured', rolling(minutes(90), { bakes: minutes(30) }), []],
    ['over 60 minutes and the bake time', rolling(minutes(91), { bakes: minutes(30) }), ['rollout-slow']],
    ['never where hooks wait for somebody', rolling(hours(20), { pauses: true }), []],
    ['not when it succeeded', rolling(hours(20), { deployment: { rolloutState: 'COMPLETED' } }), []],
    [
      'not when it was given up: ECS says so itself',
      rolling(hours(20), { deployment: { rolloutState: 'FAILED' } }),
      [],
    ],
    ['not when ECS works towards another one', rolling(hours(20), { deployment: { status: 'ACTIVE' } }), []],
    ['not of a service that is being deleted', rolling(hours(20), { facts: { status: 'DRAINING' } }), []],
  ])('%s', (_, service, expected) => {
    expect(kinds(sweeps([service]))).toEqual(expected);
  });
});

describe('a deployment that nothing would end', () => {
  const below = { deployment: { desired: 4, running: 1 } };

  it.each<readonly [string, readonly SweptService[], readonly string[]]>([
    [
      'is stalled when tasks of it failed',
      [unguarded(minutes(31), { deployment: { failedTasks: 3 } })],
      ['rollout-stalled'],
    ],
    ['is left its first 30 minutes', [unguarded(minutes(30), { deployment: { failedTasks: 3 } })], []],
    ['is not stalled when a circuit breaker counts', [rolling(minutes(31), { deployment: { failedTasks: 3 } })], []],
    [
      'is stalled when no more tasks run than a sweep before',
      [unguarded(minutes(50), below), unguarded(minutes(50), below)],
      ['rollout-stalled'],
    ],
    ['is not yet known to be at the first look', [unguarded(minutes(50), below)], []],
    [
      'gets on when more tasks run than a sweep before',
      [unguarded(minutes(50), below), unguarded(minutes(50), { deployment: { desired: 4, running: 2 } })],
      [],
    ],
    ['is not stalled when all of its tasks run', [unguarded(minutes(50)), unguarded(minutes(50))], []],
    [
      'may wait for somebody at a hook',
      [unguarded(minutes(50), { ...below, pauses: true }), unguarded(minutes(50), { ...below, pauses: true })],
      [],
    ],
    [
      'is slow when it gets on, too slowly',
      [unguarded(minutes(80), below), unguarded(minutes(80), { deployment: { desired: 4, running: 2 } })],
      ['rollout-slow'],
    ],
  ])('%s', (_, states, expected) => {
    expect(kinds(sweeps(...states.map((state) => [state])))).toEqual(expected);
  });
});

describe('what ends trouble', () => {
  it.each<readonly [string, SweptService]>([
    ['as many tasks as wanted, and a finished deployment', aSweptService()],
    ['more tasks than wanted, while it is scaled in', aSweptService({ facts: { running: 3 } })],
    ['no wish for tasks any more', anEmptyService({ desired: 0 })],
    ['as many tasks as wanted under another controller', aSweptService({ facts: { deployments: [] } })],
  ])('%s', (_, well) => {
    const { healthy, findings } = sweeps([anEmptyService()], [well]);
    expect(findings).toEqual([]);
    expect(healthy).toMatchObject([{ service: well.at, recovery: { kind: 'steady-state', at: NOON } }]);
  });

  it.each<readonly [string, SweptService]>([
    ['too few tasks', aSweptService({ facts: { running: 1 } })],
    ['a deployment in progress', rolling(minutes(5))],
    ['a deployment that was given up', rolling(minutes(5), { deployment: { rolloutState: 'FAILED' } })],
  ])('not %s', (_, state) => {
    expect(sweeps([anEmptyService()], [state]).healthy).toEqual([]);
  });

  it('names the deployment and the task definition that serve', () => {
    const [recovered] = sweeps([anEmptyService()], [aSweptService()]).healthy;
    expect(recovered?.recovery).toMatchObject({ deploymentId: 'ecs-svc/57', taskDefinition: 'checkout:57' });
  });

  it('is told by the sweeps of two hours, and then forgotten', () => {
    const well = Array.from({ length: 9 }, () => [aSweptService()]);
    expect(sweeps([anEmptyService()], ...well.slice(1)).healthy).toHaveLength(1);
    expect(sweeps([anEmptyService()], ...well)).toEqual({ findings: [], healthy: [], memory: {} });
  });

  it('is not told of services that were never in trouble', () => {
    expect(sweeps([aSweptService()], [aSweptService()])).toEqual({ findings: [], healthy: [], memory: {} });
  });
});

const anyService = fc
  .record({
    name: fc.constantFrom('checkout', 'ledger', 'web'),
    desired: fc.integer({ min: 0, max: 3 }),
    running: fc.integer({ min: 0, max: 3 }),
    detectsFailures: fc.boolean(),
    pauses: fc.boolean(),
    age: fc.integer({ min: 0, max: hours(3) }),
    rolloutState: fc.constantFrom('IN_PROGRESS', 'COMPLETED', 'FAILED'),
    failedTasks: fc.integer({ min: 0, max: 2 }),
  })
  .map(({ name, desired, running, detectsFailures, pauses, age, ...deployment }) =>
    rolling(age, {
      name,
      detectsFailures,
      pauses,
      facts: { desired, running },
      deployment: { ...deployment, desired, running },
    }),
  );

const anySweep = fc.uniqueArray(anyService, { selector: ({ at }) => at.service });

describe('every sweep', () => {
  it('finds the same when it is repeated at once', () => {
    fc.assert(
      fc.property(anySweep, anySweep, (before, services) => {
        const once = inspect(services, sweeps(before).memory, NOON);
        expect(inspect(services, once.memory, NOON)).toEqual(once);
      }),
    );
  });

  it('finds the same in slices as in one piece', () => {
    fc.assert(
      fc.property(anySweep, anySweep, fc.nat({ max: 3 }), (before, services, cut) => {
        const { memory } = sweeps(before);
        const whole = inspect(services, memory, NOON);
        const first = inspect(services.slice(0, cut), memory, NOON);
        const second = inspect(services.slice(cut), first.memory, NOON);
        expect([...first.findings, ...second.findings]).toEqual(whole.findings);
        expect([...first.healthy, ...second.healthy]).toEqual(whole.healthy);
        expect(second.memory).toEqual(whole.memory);
      }),
    );
  });

  it('calls no service both in trouble and healthy, and none twice', () => {
    fc.assert(
      fc.property(fc.array(anySweep, { minLength: 1, maxLength: 5 }), (history) => {
        const { findings, healthy } = sweeps(...history);
        const names = [...findings.map(({ service }) => service.at), ...healthy.map(({ service }) => service)];
        expect(new Set(names.map(({ service }) => service)).size).toBe(names.length);
      }),
    );
  });

  it('finds nothing wrong with services that have what they want', () => {
    const well = anyService.filter(
      ({ facts }) => facts.running >= facts.desired && facts.deployments[0]?.rolloutState === 'COMPLETED',
    );
    fc.assert(
      fc.property(anySweep, well, (before, service) => {
        expect(sweeps(before, [service]).findings).toEqual([]);
      }),
    );
  });
});

describe('the memory', () => {
  it('survives as JSON', () => {
    const { memory } = sweeps([anEmptyService(), rolling(hours(1), { name: 'web' })]);
    expect(JSON.parse(JSON.stringify(memory))).toEqual(memory);
  });

  it('stays small enough for a table item in the worst night', () => {
    const everything = Array.from({ length: 5_000 }, (_, index) =>
      aSweptService({ name: `service-with-a-long-name-${index}`, facts: { running: 0 } }),
    );
    expect(JSON.stringify(inspect(everything, {}, NOON).memory).length).toBeLessThan(100_000);
  });

  it('forgets services that are gone', () => {
    const gone = (after: Instant) => inspect([], sweeps([anEmptyService()]).memory, NOON + after).memory;
    expect(Object.keys(gone(hours(2)))).toEqual([expect.stringMatching(/\/harbor-prod\/checkout$/)]);
    expect(gone(hours(2) + 1)).toEqual({});
  });
});
