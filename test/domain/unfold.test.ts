import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { type Announcement, untold } from '../../shared/domain/announcement.ts';
import { decideAdmission, decideIncident } from '../../shared/domain/decide.ts';
import type { Destination } from '../../shared/domain/destination.ts';
import { type Digest, openingOf } from '../../shared/domain/digest.ts';
import { digestFingerprint } from '../../shared/domain/fingerprint.ts';
import type { Incident } from '../../shared/domain/incident.ts';
import { minutes } from '../../shared/domain/instant.ts';
import { foldedInto, unfoldDigest, unfoldIncident } from '../../shared/domain/unfold.ts';
import { anObservation, circumstances, HARBOR, NOON } from '../support/observations.ts';

const CHANNEL: Destination = { kind: 'slack-channel', channel: 'C0OPS' };
const TOPIC: Destination = { kind: 'sns-topic', topicArn: 'arn:aws:sns:eu-west-1:111122223333:ops' };
const HERE = digestFingerprint('slack-channel:C0OPS');
const ELSEWHERE = digestFingerprint('slack-channel:C0OTHER');
const LATER = NOON + minutes(30);

const folded = (digest = HERE): Announcement => ({
  status: 'folded',
  destination: CHANNEL,
  attempts: 1,
  mentions: ['S0ONCALL'],
  digest,
});

/** A new incident of a service of its own, which the channel's digest tells. */
function aFolded(service: string, overrides: Partial<Incident> = {}): Incident {
  const subject = { kind: 'service', at: HARBOR, service } as const;
  const { next } = decideIncident([anObservation({ subject, key: service })], undefined, circumstances());
  if (next?.kind !== 'incident') throw new Error('an observation opens an incident');
  return { ...next, announcements: [folded()], ...overrides };
}

function aDigest(incidents: readonly Incident[]): Digest {
  const { next } = decideAdmission(undefined, incidents.map(openingOf), CHANNEL, circumstances());
  if (next?.kind !== 'digest') throw new Error('a storm makes a digest');
  return next;
}

const many = (count: number): readonly Incident[] => Array.from({ length: count }, (_, index) => aFolded(`s${index}`));

describe('what a digest tells in place of a message each', () => {
  const incidents = many(12);
  const digest = aDigest(incidents);
  const [first] = incidents;
  if (first === undefined) throw new Error('twelve were made');

  it('is what is open, listed, and folded into it', () => {
    expect(foldedInto(digest, incidents)).toEqual(incidents);
  });

  it.each<readonly [string, Incident]>([
    ['is over', { ...first, state: { status: 'resolved', at: NOON, how: 'quiet' } }],
    ['has a message', { ...first, announcements: [untold(CHANNEL, NOON)] }],
    ['another digest tells', { ...first, announcements: [folded(ELSEWHERE)] }],
    ['it does not list, as one of an earlier storm', aFolded('stranger')],
    ['has taken the place of one that it lists', { ...first, id: 'inc-other' as Incident['id'] }],
  ])('is not what %s', (_, incident) => {
    expect(foldedInto(digest, [incident])).toEqual([]);
  });
});

describe('an unfolded digest', () => {
  it('lets the problems pass that are asked about, and keeps the others', () => {
    const incidents = many(12);
    const next = unfoldDigest(aDigest(incidents), new Set(incidents.slice(0, 4).map(({ id }) => id)));
    const { answers } = decideAdmission(next, incidents.map(openingOf), CHANNEL, circumstances({ now: LATER }));
    expect(incidents.map(({ id }) => answers.get(id))).toEqual([...Array(4).fill('own'), ...Array(8).fill('folded')]);
  });

  it('lets them pass after the storm, however many', () => {
    const incidents = many(60);
    const storm = aDigest(incidents);
    const next = unfoldDigest({ ...storm, state: 'over', recent: [] }, new Set(incidents.map(({ id }) => id)));
    const { answers } = decideAdmission(next, incidents.map(openingOf), CHANNEL, circumstances({ now: LATER }));
    expect(new Set(answers.values())).toEqual(new Set(['own']));
  });
});

describe('an unfolded incident', () => {
  it('owes a message from now on where the digest told it, with its mentions', () => {
    const topic = untold(TOPIC, NOON);
    expect(unfoldIncident(aFolded('a', { announcements: [topic, folded()] }), HERE, LATER)).toEqual(
      aFolded('a', { announcements: [topic, untold(CHANNEL, LATER, ['S0ONCALL'])] }),
    );
  });

  it('owes nothing when it is over', () => {
    const over = aFolded('a', { state: { status: 'resolved', at: NOON, how: 'recovered' } });
    expect(unfoldIncident(over, HERE, LATER)).toBe('resolved');
  });
});

const announcement: fc.Arbitrary<Announcement> = fc.constantFrom(
  folded(),
  folded(ELSEWHERE),
  untold(TOPIC, NOON),
  { status: 'abandoned', destination: TOPIC, attempts: 3, at: NOON, failure: 'topic_not_found' },
  { status: 'claimed', destination: CHANNEL, attempts: 1, claimedUntil: NOON },
);

test.prop([fc.array(announcement), fc.nat(), fc.nat()])(
  'law: unfolding an incident twice is unfolding it once, and changes nothing that this digest did not tell',
  (announcements, soon, later) => {
    const before = aFolded('a', { announcements });
    const once = unfoldIncident(before, HERE, NOON + soon);
    if (once === 'resolved') throw new Error('it is open');
    expect(unfoldIncident(once, HERE, NOON + soon + later)).toBe(once);
    expect({ ...once, announcements }).toEqual(before);
    once.announcements.forEach((after, index) => {
      const known = announcements[index];
      if (known?.status === 'folded' && known.digest === HERE) expect(after).toMatchObject({ status: 'untold' });
      else expect(after).toBe(known);
    });
  },
);

test.prop([fc.array(fc.boolean(), { minLength: 12, maxLength: 30 })])(
  'law: unfolding a digest twice is unfolding it once, and changes nothing but the entries asked for and its revision',
  (choices) => {
    const before = aDigest(many(choices.length));
    const ids = new Set(before.entries.filter((_, index) => choices[index]).map(({ id }) => id));
    const once = unfoldDigest(before, ids);
    expect(unfoldDigest(once, ids)).toBe(once);
    expect(once.entries).toEqual(before.entries.map((entry, index) => ({ ...entry, hasOwnMessage: choices[index] })));
    const { entries, revision } = before;
    expect({ ...once, entries, revision }).toEqual(before);
    expect(once.revision).toBe(revision + (ids.size > 0 ? 1 : 0));
  },
);
