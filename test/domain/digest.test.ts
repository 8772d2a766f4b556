import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { decideAdmission, decideDigest, decideIncident } from '../../shared/domain/decide.ts';
import { countOf, type Digest, openingOf } from '../../shared/domain/digest.ts';
import type { Incident } from '../../shared/domain/incident.ts';
import { hours, type Instant, minutes, seconds } from '../../shared/domain/instant.ts';
import { anObservation, circumstances, HARBOR, NOON } from '../support/observations.ts';

const CHANNEL = { kind: 'slack-channel', channel: 'C0OPS' } as const;

/** A new incident of a service of its own, seconds after noon. */
function anOpening(index: number, second = index): Incident {
  const now = NOON + seconds(second);
  const observation = anObservation({
    subject: { kind: 'service', at: HARBOR, service: `service-${String(index).padStart(3, '0')}` },
    key: `task-${index}`,
    at: now,
  });
  return decideIncident([observation], undefined, circumstances({ now })).next as Incident;
}

/** Asks for each group of incidents together, and answers what each was told. */
function ask(groups: readonly (readonly Incident[])[], known?: Digest, later = 0) {
  let digest = known;
  const answers: string[] = [];
  for (const group of groups) {
    const now = Math.max(...group.map(({ lastSeen }) => lastSeen)) + later;
    const decision = decideAdmission(digest, group.map(openingOf), CHANNEL, circumstances({ now }));
    digest = decision.next as Digest;
    answers.push(...group.map(({ id }) => decision.answers.get(id) ?? 'nothing'));
  }
  return { digest: digest as Digest, answers };
}

const openings = (count: number, second?: number) =>
  Array.from({ length: count }, (_, index) => anOpening(index, second ?? index));

const one = (incident: Incident): readonly Incident[] => [incident];

const resolved = (incident: Incident): Incident => ({
  ...incident,
  state: { status: 'resolved', at: NOON, how: 'recovered' },
});

describe('the storm rule', () => {
  it('lets ten new problems in five minutes have a message each', () => {
    const { digest, answers } = ask(openings(10).map(one));
    expect(answers).toEqual(Array(10).fill('own'));
    expect(digest).toMatchObject({ state: 'calm', announcements: [], entries: [] });
  });

  it('folds the eleventh and all that follow into one digest, which lists the ten before it too', () => {
    const { digest, answers } = ask(openings(100).map(one));
    expect(answers.filter((answer) => answer === 'own')).toHaveLength(10);
    expect(answers.slice(10)).toEqual(Array(90).fill('folded'));
    expect(digest).toMatchObject({ state: 'storm', severity: 'high' });
    expect(digest.announcements).toHaveLength(1);
    expect(digest.entries.filter(({ hasOwnMessage }) => hasOwnMessage)).toHaveLength(10);
    expect(countOf(digest)).toBe(100);
  });

  it('folds all of a hundred that arrive together', () => {
    const { digest, answers } = ask([openings(100, 0)]);
    expect(answers).toEqual(Array(100).fill('folded'));
    expect(digest.timeline.map(({ reason }) => reason)).toEqual(['storm']);
  });

  it('does not count what was new more than five minutes ago', () => {
    const { answers } = ask(openings(40).map((_, index) => one(anOpening(index, index * 31))));
    expect(answers).toEqual(Array(40).fill('own'));
  });

  it('answers the same when it is asked again, and counts nothing twice', () => {
    const all = openings(30);
    const first = ask(all.map(one));
    const again = ask(all.map(one), first.digest);
    expect(again.answers).toEqual(first.answers);
    expect(countOf(again.digest)).toBe(30);
  });

  it('is claimed in the write that starts it, and edited as it grows', () => {
    const all = openings(100, 0);
    const start = decideAdmission(undefined, all.slice(0, 20).map(openingOf), CHANNEL, circumstances());
    expect(start.effects).toEqual([{ kind: 'post', destination: CHANNEL }]);
    expect(start.next?.announcements).toMatchObject([{ status: 'claimed' }]);
  });

  it('counts what it has no room to list', () => {
    const { digest, answers } = ask([openings(500, 0)]);
    expect(digest.entries).toHaveLength(400);
    expect(countOf(digest)).toBe(500);
    expect(new Set(answers)).toEqual(new Set(['folded']));
    expect(JSON.stringify(digest).length).toBeLessThan(350_000);
  });
});

describe('a digest', () => {
  const look = (digest: Digest, records: readonly Incident[], now: Instant) =>
    decideDigest(digest, records, circumstances({ now }));

  it('follows its problems as they grow and end', () => {
    const all = openings(20, 0);
    const { digest } = ask([all]);
    const [first, ...rest] = all;
    if (first === undefined) throw new Error('twenty were made');
    const grown = [{ ...first, occurrences: 40 }, ...rest.map(resolved)];
    const next = look(digest, grown, NOON + minutes(1)).next as Digest;
    expect(next.revision).toBe(digest.revision + 1);
    expect(next.entries.filter(({ isResolved }) => isResolved)).toHaveLength(19);
    expect(next.entries.find(({ isResolved }) => !isResolved)).toMatchObject({ occurrences: 40 });
    expect(next.wakeAt).toBe(NOON + minutes(2));
  });

  it('is over when all its problems are and no new one came for five minutes', () => {
    const all = openings(20, 0);
    const { digest } = ask([all]);
    const soon = look(digest, all.map(resolved), NOON + minutes(4)).next as Digest;
    expect(soon.state).toBe('storm');
    const later = look(soon, all.map(resolved), NOON + minutes(5)).next as Digest;
    expect(later).toMatchObject({ state: 'over' });
    expect(later.wakeAt).toBeUndefined();
    expect(later.timeline.at(-1)).toMatchObject({ reason: 'resolved', text: 'all 20 problems are resolved' });
  });

  it('takes a problem for over when another one has its place', () => {
    const all = openings(20, 0);
    const { digest } = ask([all]);
    const others = all.map((incident) => ({ ...incident, id: 'inc-other' as Incident['id'] }));
    const next = look(digest, others, NOON + minutes(5)).next as Digest;
    expect(next.state).toBe('over');
  });

  it('settles while something in it is open, gives new problems their own messages then, and ends after a day', () => {
    const all = openings(20, 0);
    const { digest } = ask([all]);
    const settling = look(digest, all, NOON + minutes(6)).next as Digest;
    expect(settling.state).toBe('settling');
    const calmly = ask([one(anOpening(77, 400))], settling);
    expect(calmly.answers).toEqual(['own']);
    expect((look(calmly.digest, all, NOON + minutes(8)).next as Digest).state).toBe('settling');
    const end = look(settling, all, NOON + hours(24)).next as Digest;
    expect(end.timeline.at(-1)?.text).toBe('20 of 20 problems are still open');
  });

  it('makes room for the next storm and is kept itself', () => {
    const all = openings(20, 0);
    const { digest } = ask([all]);
    const over = look(digest, all.map(resolved), NOON + minutes(6)).next as Digest;
    const next = Array.from({ length: 20 }, (_, index) => anOpening(100 + index, 3_600));
    const decision = decideAdmission(over, next.map(openingOf), CHANNEL, circumstances({ now: NOON + hours(1) }));
    expect(decision.archive).toMatchObject({ kind: 'digest', id: over.id, version: 0 });
    expect(decision.next).toMatchObject({ state: 'storm', version: over.version });
    expect(decision.next?.id).not.toBe(over.id);
  });
});

test.prop([
  fc.array(fc.integer({ min: 0, max: 900 }), { minLength: 1, maxLength: 60 }),
  fc.integer({ min: 1, max: 9 }),
])(
  'law: every problem is told by itself or by the digest that lists it, never both ways and never neither',
  (instants, groupSize) => {
    const all = instants.sort((a, b) => a - b).map((second, index) => anOpening(index, second));
    const groups = Array.from({ length: Math.ceil(all.length / groupSize) }, (_, index) =>
      all.slice(index * groupSize, (index + 1) * groupSize),
    );
    const { digest, answers } = ask(groups);
    all.forEach(({ id }, index) => {
      const entry = digest.entries.find((candidate) => candidate.id === id);
      expect(answers[index]).toBe(entry === undefined || entry.hasOwnMessage ? 'own' : 'folded');
    });
  },
);
