import { expect, it } from 'vitest';
import { decideAdmission, decideIncident } from '../../../shared/domain/decide.ts';
import type { Digest } from '../../../shared/domain/digest.ts';
import { openingOf } from '../../../shared/domain/digest.ts';
import type { Incident } from '../../../shared/domain/incident.ts';
import { anObservation, circumstances, HARBOR, NOON } from '../../support/observations.ts';
import { ADA, aWorker, CHANNEL, textOf, type Worker } from './worker.ts';

const DESTINATION = { kind: 'slack-channel', channel: CHANNEL } as const;

/** A storm of twelve, all told by one digest. */
async function withStorm(
  worker: Worker,
): Promise<{ readonly digest: Digest; readonly incidents: readonly Incident[] }> {
  const opened = Array.from({ length: 12 }, (_, index) => {
    const subject = { kind: 'service', at: HARBOR, service: `s${index}` } as const;
    const { next } = decideIncident([anObservation({ subject, key: `s${index}` })], undefined, circumstances());
    if (next?.kind !== 'incident') throw new Error('an observation opens an incident');
    return next;
  });
  const { next: digest } = decideAdmission(undefined, opened.map(openingOf), DESTINATION, circumstances());
  if (digest?.kind !== 'digest') throw new Error('a storm makes a digest');
  const folded = { status: 'folded', destination: DESTINATION, attempts: 0, digest: digest.fingerprint } as const;
  const incidents = opened.map((incident) => ({ ...incident, announcements: [folded] }));
  for (const record of [digest, ...incidents]) await worker.deps.store.save(record, NOON);
  return { digest, incidents };
}

const statusesOf = async (worker: Worker, incidents: readonly Incident[]) => {
  const records = await worker.deps.store.loadMany(incidents.map(({ fingerprint }) => fingerprint));
  return [...new Set(records.flatMap(({ announcements }) => announcements.map(({ status }) => status)))];
};

it('gives every open problem of a storm a message of its own', async () => {
  const worker = aWorker();
  const { digest, incidents } = await withStorm(worker);
  expect(await worker.click('unfold', digest)).toMatchObject({ decision: 'done' });
  expect(await statusesOf(worker, incidents)).toEqual(['untold']);
  expect(await worker.trail()).toEqual([{ by: ADA, action: 'unfold', target: digest.id, verdict: 'done' }]);
  await worker.click('unfold', digest);
  expect(textOf(worker)).toContain('No open problem');
});

it('takes the right to acknowledge all of them', async () => {
  const worker = aWorker({ rights: [{ may: ['acknowledge'], who: [ADA], where: { services: ['s1'] } }] });
  const { digest, incidents } = await withStorm(worker);
  expect(await worker.click('unfold', digest)).toMatchObject({ decision: 'refused' });
  expect(await statusesOf(worker, incidents)).toEqual(['folded']);
});
