import { expect, it } from 'vitest';
import { decideIncident } from '../../shared/domain/decide.ts';
import { archiveFingerprint } from '../../shared/domain/fingerprint.ts';
import type { AnnouncedRecord, Incident } from '../../shared/domain/incident.ts';
import { minutes } from '../../shared/domain/instant.ts';
import { settle } from '../../shared/effects/settle.ts';
import { createMemoryRecordStore } from '../../shared/effects/stores/memory-record-store.ts';
import { aStep, circumstances, NOON, POLICY } from '../support/observations.ts';

const aFailure = (deploymentId: string, at = NOON) =>
  aStep({ key: `${deploymentId}#failed`, at, details: { deploymentId } });

/** A store, and a first deployment that failed: saved with its post claimed by a function that died before it posted. */
async function afterACrash() {
  const now = NOON + minutes(2);
  const store = createMemoryRecordStore({ clock: () => now });
  const first = decideIncident([aFailure('ecs-svc/1')], undefined, circumstances()).next as Incident;
  await store.save(first, NOON);
  const known = (await store.load(first.fingerprint)) as Incident;
  const second = (current: AnnouncedRecord | undefined) =>
    decideIncident([aFailure('ecs-svc/2', now)], current as Incident | undefined, circumstances({ now }));
  const deps = {
    store,
    clock: () => now,
    announce: async () => ({ status: 'delivered' }) as const,
    gate: { admit: async () => ({ kind: 'own' }) as const },
    policy: POLICY,
    deadline: now + 30_000,
  };
  return { store, known, second, deps, archive: archiveFingerprint(known.fingerprint, known.id) };
}

it('keeps what an incident still owes when another one takes its place', async () => {
  const { store, known, second, deps, archive } = await afterACrash();
  await settle(known.fingerprint, known, second, deps);
  expect(await store.load(known.fingerprint)).toMatchObject({ details: { deploymentId: 'ecs-svc/2' } });
  expect(await store.load(archive)).toMatchObject({ id: known.id, announcements: [{ status: 'claimed' }] });
  const due = await store.loadDue(deps.clock() + minutes(1), 10);
  expect(due.map(({ fingerprint }) => fingerprint)).toContain(archive);
});

it('keeps the newest of it when somebody else saved in between', async () => {
  const { store, known, second, deps, archive } = await afterACrash();
  // Told by now, which the one who replaces it has not seen yet.
  const told = { status: 'told', revision: 1, said: 1, at: NOON, notBefore: NOON } as const;
  const announcements = known.announcements.map(({ destination, attempts }) => ({ ...told, destination, attempts }));
  await store.save({ ...known, announcements }, NOON);
  await settle(known.fingerprint, known, second, deps);
  expect(await store.load(archive)).toMatchObject({ announcements: [{ status: 'told' }] });
});

it('leaves alone what the reconciler has taken up already', async () => {
  const { store, known, second, deps, archive } = await afterACrash();
  await settle(known.fingerprint, known, second, deps);
  const kept = (await store.load(archive)) as Incident;
  await store.save({ ...kept, announcements: [] }, NOON);
  const again = (await store.load(known.fingerprint)) as Incident;
  await store.save({ ...known, version: again.version }, NOON);
  await settle(known.fingerprint, await store.load(known.fingerprint), second, deps);
  expect(await store.load(archive)).toMatchObject({ announcements: [] });
});
