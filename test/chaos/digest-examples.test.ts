import { describe, expect, it } from 'vitest';
import { settleDue } from '../../functions/reconcile/due.ts';
import type { Delivery } from '../../shared/domain/announcement.ts';
import { decideAdmission, decideDigest, decideIncident } from '../../shared/domain/decide.ts';
import { type Digest, openingOf } from '../../shared/domain/digest.ts';
import { archiveFingerprint, digestFingerprint } from '../../shared/domain/fingerprint.ts';
import type { AnnouncedRecord, Incident } from '../../shared/domain/incident.ts';
import { type Instant, minutes, seconds } from '../../shared/domain/instant.ts';
import { settle } from '../../shared/effects/settle.ts';
import { anObservation, circumstances, HARBOR, NOON } from '../support/observations.ts';
import { aTeller } from './teller.ts';

// What the simulation beside this found, each in the fewest steps that show it.

const CHANNEL = { kind: 'slack-channel', channel: 'C0OPS' } as const;

/** A new incident of a service of its own. */
const anIncidentOf = (index: number, at: Instant): Incident =>
  decideIncident(
    [
      anObservation({
        subject: { kind: 'service', at: HARBOR, service: `service-${index}` },
        key: `task-${index}`,
        at,
      }),
    ],
    undefined,
    circumstances({ now: at }),
    // The cast is true: a sighting opens an incident.
  ).next as Incident;

const incidents = (count: number, at: Instant, first = 0): readonly Incident[] =>
  Array.from({ length: count }, (_, index) => anIncidentOf(first + index, at));

function admit(known: Digest | undefined, news: readonly Incident[], now: Instant) {
  const { next, answers } = decideAdmission(known, news.map(openingOf), CHANNEL, circumstances({ now }));
  // The cast is true: an admission saves a digest.
  return { digest: (next ?? known) as Digest, answerTo: ({ id }: Incident) => answers.get(id) };
}

// The cast is true: a look at a digest saves a digest.
const look = (digest: Digest, records: readonly AnnouncedRecord[], now: Instant): Digest =>
  (decideDigest(digest, records, circumstances({ now })).next ?? digest) as Digest;

const resolved = (incident: Incident, at: Instant): Incident => ({
  ...incident,
  state: { status: 'resolved', at, how: 'recovered' },
});

describe('a storm that settles and comes back', () => {
  it('still tells of a problem that had a message of its own coming in between', () => {
    const first = incidents(20, NOON);
    const storm = admit(undefined, first, NOON).digest;
    const settling = look(storm, first, NOON + minutes(6));
    const lone = anIncidentOf(90, NOON + minutes(6));
    const before = admit(settling, [lone], NOON + minutes(6));
    expect([settling.state, before.answerTo(lone)]).toEqual(['settling', 'own']);

    // Slack put its message off; by the time it is tried again, the storm is back.
    const back = admit(before.digest, incidents(20, NOON + minutes(7), 100), NOON + minutes(7));
    const again = admit(back.digest, [lone], NOON + minutes(8));

    expect(back.digest.state).toBe('storm');
    const isListed = again.digest.entries.some(({ id }) => id === lone.id);
    expect(again.answerTo(lone) === 'own' || isListed).toBe(true);
  });

  it('says in its message that it settles', () => {
    const all = incidents(20, NOON);
    const storm = look(admit(undefined, all, NOON).digest, all, NOON + minutes(1));
    const settling = look(storm, all, NOON + minutes(6));
    expect(settling.state).toBe('settling');
    expect(settling.revision).toBeGreaterThan(storm.revision);
  });
});

describe('a problem that was told by a digest', () => {
  it('is told of when it comes back after the digest has said that all is over', async () => {
    const told: string[] = [];
    const { store, deps, at, invocation } = aTeller(async ({ id }): Promise<Delivery> => {
      told.push(id);
      return { status: 'delivered', receipt: { channel: 'C0OPS', ts: `${told.length}.0` } };
    });
    const all = incidents(20, NOON);
    const over = look(
      admit(undefined, all, NOON).digest,
      all.map((one) => resolved(one, NOON)),
      NOON + minutes(6),
    );
    expect(over.state).toBe('over');
    await store.save({ ...over, version: 0, announcements: [] }, NOON);
    const known = resolved(anIncidentOf(0, NOON), NOON);
    const announcements = [
      { status: 'folded', destination: CHANNEL, attempts: 1, digest: digestFingerprint('slack-channel:C0OPS') },
    ] as const;
    await store.save({ ...known, announcements }, NOON);

    at(NOON + minutes(30));
    const again = anObservation({ subject: known.subject, key: 'task-again', at: NOON + minutes(30) });
    const decide = (current: AnnouncedRecord | undefined) =>
      // The cast is true: an incident was saved there.
      decideIncident([again], current as Incident | undefined, circumstances({ now: NOON + minutes(30) }));
    const { record } = await settle(known.fingerprint, await store.load(known.fingerprint), decide, {
      ...deps,
      ...invocation(),
    });

    expect(record).toMatchObject({ state: { status: 'open' }, reopened: 1 });
    expect(told).toEqual([known.id]);
  });

  it('is counted to its end although another one has taken its place', async () => {
    const { store, deps, at, invocation } = aTeller(async () => ({ status: 'delivered' }));
    const failure = (deploymentId: string, task: string, now: Instant) =>
      anObservation({
        subject: { kind: 'deployment', at: HARBOR, service: 'service-0' },
        key: task,
        at: now,
        details: { deploymentId },
      });
    const opened = decideIncident([failure('ecs-svc/1', 'a', NOON)], undefined, circumstances()).next as Incident;
    const { digest } = admit(undefined, [opened, ...incidents(19, NOON, 1)], NOON);
    await store.save({ ...digest, version: 0, announcements: [] }, NOON);
    await store.save(opened, NOON);

    // Twice more within the minute, and then the next deployment fails too.
    at(NOON + seconds(40));
    for (const one of [
      failure('ecs-svc/1', 'b', NOON + seconds(10)),
      failure('ecs-svc/1', 'c', NOON + seconds(20)),
      failure('ecs-svc/2', 'd', NOON + seconds(30)),
    ]) {
      const decide = (current: AnnouncedRecord | undefined) =>
        decideIncident([one], current as Incident | undefined, circumstances({ now: NOON + seconds(40) }));
      const withoutWords = { ...deps, ...invocation(), gate: { admit: async () => ({ kind: 'own' }) as const } };
      await settle(opened.fingerprint, await store.load(opened.fingerprint), decide, withoutWords);
    }
    const archive = await store.load(archiveFingerprint(opened.fingerprint, opened.id));
    expect(archive).toMatchObject({ occurrences: 3 });

    at(NOON + minutes(2));
    await settleDue(invocation(), { ...deps, report: () => undefined, reportFailure: () => undefined });
    // The cast is true: the digest was saved there.
    const { entries } = (await store.load(digest.fingerprint)) as Digest;
    expect(entries.find(({ id }) => id === opened.id)).toMatchObject({ occurrences: 3 });
  });
});
