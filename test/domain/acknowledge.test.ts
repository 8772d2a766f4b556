import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { acknowledge } from '../../shared/domain/acknowledge.ts';
import type { Incident, IncidentState } from '../../shared/domain/incident.ts';
import { hours, minutes } from '../../shared/domain/instant.ts';
import { aged } from '../../shared/domain/progress.ts';
import { say } from '../../shared/domain/timeline.ts';
import { NOON, POLICY } from '../support/observations.ts';
import { anIncident } from '../support/records.ts';

const opened = (overrides: Partial<Incident> = {}): Incident =>
  anIncident({ timeline: say([], { reason: 'first', text: 'it began' }, NOON), lastSeen: NOON, ...overrides });

/** The incident acknowledged by ada one minute after noon. */
function taken(incident: Incident): Incident {
  const next = acknowledge(incident, { by: 'ada' }, NOON + minutes(1));
  if (typeof next === 'string') throw new Error(`an open incident is ${next}`);
  return next;
}

describe('acknowledging an incident', () => {
  it('names who and when, is a change of its message and a step of its thread', () => {
    expect(taken(opened())).toEqual({
      ...opened(),
      state: { status: 'open', acknowledged: { by: 'ada', at: NOON + minutes(1) } },
      revision: opened().revision + 1,
      timeline: [...opened().timeline, { n: 2, reason: 'step', at: NOON + minutes(1), text: 'acknowledged by ada' }],
    });
  });

  it.each<readonly [string, IncidentState, string]>([
    ['was taken before', { status: 'open', acknowledged: { by: 'grace', at: NOON } }, 'already'],
    ['has recovered', { status: 'resolved', at: NOON, how: 'recovered' }, 'resolved'],
    ['gave way to a later deployment', { status: 'resolved', at: NOON, how: 'superseded' }, 'resolved'],
  ])('is refused when it %s', (_, state, answer) => {
    expect(acknowledge(opened({ state }), { by: 'ada' }, NOON)).toBe(answer);
  });

  it('ends the repeats', () => {
    const policy = { ...POLICY, repeatAfter: hours(2), quietAfter: hours(24) };
    const later = NOON + hours(3);
    expect(aged(opened(), policy, later).timeline.at(-1)).toMatchObject({ reason: 'repeat' });
    expect(aged(taken(opened()), policy, later).timeline.at(-1)).toMatchObject({ reason: 'step' });
  });
});

test.prop([fc.string(), fc.string(), fc.nat(), fc.nat()])(
  'law: who comes second changes nothing',
  (first, second, soon, later) => {
    const once = acknowledge(opened(), { by: first }, NOON + soon);
    expect(typeof once === 'string' ? once : acknowledge(once, { by: second }, NOON + soon + later)).toBe('already');
  },
);
