import { describe, expect, it } from 'vitest';
import { serviceArn } from '../../shared/domain/place.ts';
import { aPort, DAY, DEADLINE, HOUR, MINUTE, NOON, nights, type Port, TONIGHT } from '../support/port.ts';

// The real bundles of dist/, so `npm run build` comes first, against an ECS that behaves, on a fast clock. What is decided
// when is tested in test/domain/plan; here it matters that reads, records, steps and messages make it true.

const PATIENCE = 120_000;

/** The most deployments of these services that were under way at a time, as ECS saw them. */
function busiest({ sandbox }: Port): number {
  const spans = sandbox.ecs.writes('ecs:UpdateService').map(({ at }) => ({ from: at, to: at + 3 * MINUTE }));
  return Math.max(0, ...spans.map(({ from }) => spans.filter((other) => other.from <= from && from < other.to).length));
}

const older = ({ sandbox }: Port): number =>
  sandbox.ecs.services().reduce((sum, service) => sum + service.older(NOON), 0);

const logOf = async (port: Port): Promise<string> => (await port.plan()).log.map(({ text }) => text).join('\n');

describe('a retirement', () => {
  it('of fourteen services is done in their window, one first and then three at a time', {
    timeout: PATIENCE,
  }, async () => {
    await using port = await aPort({ piers: 14 });
    const budget = { maxServices: 3, maxServicesPerCluster: 3, canary: { count: 1, bake: 'PT10M' } };
    await port.configure({ windows: [nights({ budget })] });
    await port.notice();
    await port.leapTo(TONIGHT - HOUR);
    expect(port.told().message).toContain('Nothing runs before approval');
    await port.approve();
    await port.advanceTo(TONIGHT + 15 * MINUTE);
    expect(port.deployed()).toHaveLength(1);
    await port.advanceTo(TONIGHT + 80 * MINUTE);
    expect(new Set(Object.values(await port.stages()))).toEqual(new Set(['done']));
    expect(new Set(port.deployed()).size).toBe(14);
    expect([port.deployed().length, busiest(port), older(port)]).toEqual([14, 3, 0]);
    const { message, replies } = port.told();
    expect(message).toContain('14 done');
    expect(port.sandbox.messages().filter(({ thread_ts }) => thread_ts === undefined)).toHaveLength(1);
    expect(replies.length).toBeLessThan(30);
    expect(await port.sandbox.deadLetters()).toBe(0);
  });

  it('whose rollout fails stops the rest of the night, and asks again', { timeout: PATIENCE }, async () => {
    await using port = await aPort({ piers: 3 });
    await port.configure({ windows: [nights()] });
    await port.notice();
    await port.approve();
    // In the order of their ARNs: harbour-north, harbour-south, harbour-west.
    port.sandbox.ecs.change('harbour-south', 'pier-003', { fails: 'exit' });
    await port.leapTo(TONIGHT - MINUTE);
    await port.advanceTo(TONIGHT + 60 * MINUTE);
    expect(port.deployed()).toEqual(['pier-001', 'pier-003']);
    expect(port.sandbox.ecs.service('harbour-south', 'pier-003').deployments[0]?.status).toBe('ROLLBACK_SUCCESSFUL');
    expect(port.told().replies.join()).toMatch(/rolled.back/);
    port.sandbox.ecs.change('harbour-south', 'pier-003', { fails: undefined });
    await port.leapTo(TONIGHT + DAY - MINUTE);
    await port.advanceTo(TONIGHT + DAY + 40 * MINUTE);
    expect(port.deployed()).toEqual(['pier-001', 'pier-003', 'pier-002']);
    expect(await port.stages()).toMatchObject({ 'pier-001': 'done', 'pier-002': 'done' });
  });

  it('gives way to a deployment that somebody starts', { timeout: PATIENCE }, async () => {
    await using port = await aPort({ piers: 1 });
    await port.configure({ windows: [nights({ mode: 'auto' })] });
    await port.notice();
    await port.leapTo(TONIGHT - MINUTE);
    await port.advanceTo(TONIGHT + 2 * MINUTE);
    expect(await port.stages()).toEqual({ 'pier-001': 'running' });
    port.sandbox.ecs.deployByPerson('harbour-north', 'pier-001');
    await port.advanceTo(TONIGHT + 30 * MINUTE);
    expect(port.deployed()).toHaveLength(1);
    expect(await port.stages()).toEqual({ 'pier-001': 'superseded' });
    expect(await logOf(port)).toContain('Somebody');
    expect(older(port)).toBe(0);
  });

  it('does not ship an image that nobody agreed to', { timeout: PATIENCE }, async () => {
    await using port = await aPort({ piers: 1 });
    await port.configure({ windows: [nights()] });
    await port.notice();
    await port.approve();
    const digest = port.sandbox.ecs.moveTag('harbour-north', 'pier-001');
    await port.leapTo(TONIGHT - MINUTE);
    await port.advanceTo(TONIGHT + 10 * MINUTE);
    expect(port.deployed()).toEqual([]);
    expect(port.told().message).toContain(digest.slice(0, 19));
    await port.approve('bob');
    await port.advanceTo(TONIGHT + 40 * MINUTE);
    expect(port.deployed()).toEqual(['pier-001']);
    expect(port.told().message).toContain(digest.slice(0, 19));
  });

  it('replaces tasks one by one with the image that they have when somebody asks for that', {
    timeout: PATIENCE,
  }, async () => {
    await using port = await aPort();
    port.sandbox.ecs.add({ cluster: 'harbour-north', service: 'pier-001', desired: 3, hasTargets: true });
    const [before] = port.sandbox.ecs.service('harbour-north', 'pier-001').digests;
    await port.configure({ windows: [nights()] });
    await port.notice();
    port.sandbox.ecs.moveTag('harbour-north', 'pier-001');
    const { plan } = await port.plan();
    const services = plan?.services.map(({ at }) => serviceArn(at)) ?? [];
    await port.decide(() => ({ kind: 'pin', by: 'ada', services }));
    await port.sandbox.clock.advance(2 * MINUTE);
    await port.approve();
    await port.leapTo(TONIGHT - MINUTE);
    await port.advanceTo(TONIGHT + 40 * MINUTE);
    expect(port.deployed()).toEqual([]);
    expect(port.sandbox.ecs.writes('ecs:StopTask')).toHaveLength(3);
    expect([older(port), port.sandbox.ecs.service('harbour-north', 'pier-001').digests]).toEqual([0, [before]]);
    expect(await port.stages()).toEqual({ 'pier-001': 'done' });
  });

  it('stops where a freeze begins', { timeout: PATIENCE }, async () => {
    await using port = await aPort({ piers: 3 });
    await port.configure({ windows: [nights({ mode: 'auto' })] });
    await port.notice();
    await port.leapTo(TONIGHT - MINUTE);
    await port.advanceTo(TONIGHT + 5 * MINUTE);
    const freeze = { name: 'sale', zone: 'UTC', reason: 'a sale', from: '2026-11-17T00:00', to: '2026-11-19T00:00' };
    await port.configure({ windows: [nights({ mode: 'auto' })], freezes: [freeze] });
    await port.advanceTo(TONIGHT + 40 * MINUTE);
    expect(port.deployed()).toEqual(['pier-001']);
    expect(await port.stages()).toMatchObject({ 'pier-001': 'done', 'pier-002': 'waiting', 'pier-003': 'waiting' });
    await port.leapTo(TONIGHT + 2 * DAY - MINUTE);
    await port.advanceTo(TONIGHT + 2 * DAY + 40 * MINUTE);
    expect(new Set(Object.values(await port.stages()))).toEqual(new Set(['done']));
  });

  it('that nobody approves is handed over to AWS, loudly, and its tasks are followed', {
    timeout: PATIENCE,
  }, async () => {
    await using port = await aPort({ piers: 2 });
    port.sandbox.ecs.retire({ boundary: NOON, deadline: DEADLINE });
    await port.configure({ windows: [nights()] });
    await port.notice();
    for (let day = 0; day < 9; day++) await port.sandbox.clock.leap(DAY);
    expect(port.deployed()).toEqual([]);
    expect(new Set(Object.values(await port.stages()))).toEqual(new Set(['handed-over']));
    expect(older(port)).toBe(0);
    const { message, replies } = port.told();
    expect(message).toContain('2 replaced by AWS');
    expect(replies.filter((reply) => reply.includes('"broadcast":true')).length).toBeGreaterThanOrEqual(2);
  });

  it('asks ECS once, also when the function is killed after ECS has done it', { timeout: PATIENCE }, async () => {
    await using port = await aPort({ piers: 1 });
    await port.configure({ windows: [nights({ mode: 'auto' })] });
    await port.notice();
    await port.leapTo(TONIGHT - MINUTE);
    const { sandbox } = port;
    const opening = port.advanceTo(TONIGHT + MINUTE / 2);
    await sandbox.waitUntil('UpdateService', () => port.deployed().length === 1, 20_000);
    sandbox.kill('redeploy');
    await opening;
    await port.advanceTo(TONIGHT + 20 * MINUTE);
    expect(port.deployed()).toEqual(['pier-001']);
    expect(await port.stages()).toEqual({ 'pier-001': 'done' });
  });

  it('asks ECS once when the answer is lost', { timeout: PATIENCE }, async () => {
    await using port = await aPort({ piers: 1 });
    await port.configure({ windows: [nights({ mode: 'auto' })] });
    await port.notice();
    await port.leapTo(TONIGHT - MINUTE);
    port.sandbox.injectAws('ecs:UpdateService', { kind: 'answer-lost', times: 1 });
    await port.advanceTo(TONIGHT + 20 * MINUTE);
    expect(port.deployed()).toEqual(['pier-001']);
    expect(await port.stages()).toEqual({ 'pier-001': 'done' });
  });

  it('of eighty services on two pages, each told three times, is one plan and one message', {
    timeout: PATIENCE,
  }, async () => {
    await using port = await aPort({ piers: 80 });
    const budget = { maxServices: 20, maxServicesPerCluster: 20 };
    await port.configure({ windows: [nights({ mode: 'auto', budget })] });
    await port.notice({ pageSize: 40, copies: 2, backupRegion: 'eu-central-1' });
    await port.sandbox.clock.advance(6 * MINUTE);
    expect((await port.plan()).plan?.services).toHaveLength(80);
    expect(port.sandbox.messages().filter(({ thread_ts }) => thread_ts === undefined)).toHaveLength(1);
    expect(port.told().message).toContain('80 services');
    await port.leapTo(TONIGHT - MINUTE);
    await port.advanceTo(TONIGHT + 14 * MINUTE);
    expect(port.deployed().length).toBeGreaterThan(20);
    expect(new Set(port.deployed()).size).toBe(port.deployed().length);
    expect(busiest(port)).toBeLessThanOrEqual(20);
    expect(await port.sandbox.deadLetters()).toBe(0);
  });
});
