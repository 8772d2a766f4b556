import { expect, it } from 'vitest';
import { startSandbox } from '../../../sandbox/sandbox.ts';

// The real bundles of dist/, so `npm run build` comes first. What the functions decide is tested elsewhere: here it only
// matters that what happens in ECS reaches them, whether time is advanced or leaps.

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const PATIENCE = 40_000;

it('what happens in ECS while time passes is put on the bus and dealt with', { timeout: PATIENCE }, async () => {
  const startsAt = Date.UTC(2026, 10, 17);
  await using sandbox = await startSandbox({ startsAt, piers: 3, scheduleInterval: 5 * MINUTE });
  const titles = (): readonly string[] =>
    sandbox.journal.entries().flatMap((entry) => (entry.kind === 'event' ? entry.title : []));
  expect(sandbox.ecs.services().map(({ cluster, service }) => `${cluster}/${service}`)).toEqual([
    'harbour-north/pier-001',
    'harbour-west/pier-002',
    'harbour-south/pier-003',
  ]);

  sandbox.ecs.change('harbour-north', 'pier-001', { fails: 'exit' });
  sandbox.ecs.deployByPerson('harbour-north', 'pier-001');
  await sandbox.clock.advance(10 * MINUTE);
  expect(sandbox.ecs.service('harbour-north', 'pier-001').deployments[0]?.status).toBe('ROLLBACK_SUCCESSFUL');
  expect(titles()).toContain('ECS Deployment State Change: service/harbour-north/pier-001');
  expect(sandbox.messages()[0]?.text).toContain('pier-001');

  const deadline = sandbox.clock.now() + 7 * DAY;
  sandbox.ecs.retire({ boundary: sandbox.clock.now(), deadline });
  const runs = sandbox.usage().functions['reconcile']?.invocations ?? 0;
  await sandbox.clock.leap(8 * DAY);
  expect(sandbox.usage().functions['reconcile']?.invocations).toBe(runs + 1);
  expect(sandbox.ecs.services().map((pier) => pier.older(startsAt))).toEqual([0, 0, 0]);
  expect(titles().filter((title) => title.startsWith('ECS Task State Change')).length).toBeGreaterThanOrEqual(6);
  expect(await sandbox.deadLetters()).toBe(0);
});
