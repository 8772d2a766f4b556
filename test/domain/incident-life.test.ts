import { describe, expect, it } from 'vitest';
import { mark } from '../../shared/domain/announcement.ts';
import { contentOf } from '../../shared/domain/content.ts';
import { catchUp, decideIncident, decideRecovery } from '../../shared/domain/decide.ts';
import type { Decision } from '../../shared/domain/decision.ts';
import type { Incident } from '../../shared/domain/incident.ts';
import { hours, type Instant, minutes, seconds } from '../../shared/domain/instant.ts';
import type { Observation } from '../../shared/domain/observation.ts';
import type { Policy } from '../../shared/domain/policy.ts';
import { WEEKDAYS } from '../../shared/domain/quiet-hours.ts';
import type { Recovery } from '../../shared/domain/recovery.ts';
import type { Subject } from '../../shared/domain/subject.ts';
import { anObservation, aStep, circumstances, HARBOR, NOON, POLICY } from '../support/observations.ts';

/** What happens to one incident, each message delivered at once; `at` is minutes after noon. */
function aStory(policy: Policy = POLICY) {
  let incident: Incident | undefined;
  const archived: Incident[] = [];
  const heard: string[] = [];
  const take = (decision: Decision, now: Instant): Decision => {
    if (decision.archive?.kind === 'incident') archived.push(decision.archive);
    const next = decision.next ?? incident;
    if (next?.kind !== 'incident') return decision;
    const content = contentOf(next);
    const announcements = decision.effects.reduce((before, { kind, destination }) => {
      heard.push(kind);
      const delivery = { status: 'delivered', receipt: { channel: 'C0OPS', ts: '1.1' } } as const;
      return mark(before, { destination, step: kind, content, delivery }, now);
    }, next.announcements);
    incident = { ...next, announcements };
    return decision;
  };
  const given = (at: number) => circumstances({ policy, now: NOON + minutes(at) });
  const reasons = ({ verdicts }: Decision) => verdicts.map(({ outcome, reason }) => `${outcome}: ${reason}`).join();
  return {
    stop: (at: number, changes: Parameters<typeof anObservation>[0] = {}) => {
      const stop = anObservation({ key: `task-${at}`, at: NOON + minutes(at), ...changes });
      return reasons(take(decideIncident([stop], incident, given(at)), given(at).now));
    },
    sight: (at: number, observation: Observation) =>
      reasons(take(decideIncident([observation], incident, given(at)), given(at).now)),
    recover: (at: number, changes: Partial<Recovery> = {}) => {
      const recovery: Recovery = { kind: 'steady-state', at: NOON + minutes(at), ...changes };
      return reasons(take(decideRecovery(incident, recovery, given(at)), given(at).now));
    },
    look: (at: number) => reasons(take(catchUp(incident as Incident, given(at)), given(at).now)),
    incident: () => incident as Incident,
    said: () => (incident as Incident).timeline.map(({ reason }) => reason),
    heard,
    archived,
  };
}

describe('an incident', () => {
  it('is resolved when the evidence has held for five minutes, and its message says so at once', () => {
    const story = aStory();
    story.stop(0);
    expect(story.recover(1)).toBe('quiet: recovering');
    expect(story.look(5)).toBe('quiet: duplicate');
    expect(story.incident().state).toEqual({ status: 'open' });
    expect(story.look(6)).toBe('told: resolved');
    expect(story.incident().state).toEqual({ status: 'resolved', at: NOON + minutes(1), how: 'recovered' });
    expect(story.heard).toEqual(['post', 'edit', 'edit', 'reply']);
    expect(story.incident().wakeAt).toBeUndefined();
  });

  it('stays open when it stops again while the evidence is held', () => {
    const story = aStory();
    story.stop(0);
    story.recover(1);
    story.stop(2);
    story.look(8);
    expect(story.incident().state.status).toBe('open');
    story.recover(9);
    story.look(13);
    expect(story.incident().state.status).toBe('open');
    story.look(14);
    expect(story.incident().state.status).toBe('resolved');
  });

  it('is held open for twice its usual interval, so that a slow loop does not close between two crashes', () => {
    const story = aStory();
    for (const at of [0, 8, 16, 24]) {
      story.stop(at);
      story.recover(at + 1);
      story.look(at + 7);
      expect(story.incident().state.status).toBe(at === 0 ? 'resolved' : 'open');
    }
    story.look(25 + 16);
    expect(story.incident().state.status).toBe('resolved');
  });

  it('is the same one, reopened, when it comes back within the hour, and is believed less readily then', () => {
    const story = aStory();
    story.stop(0);
    story.recover(1);
    story.look(6);
    const { id } = story.incident();
    expect(story.stop(30)).toBe('told: reopened');
    expect(story.incident()).toMatchObject({ id, state: { status: 'open' }, reopened: 1, occurrences: 2 });
    story.recover(31);
    story.look(40);
    expect(story.incident().state.status).toBe('open');
    story.look(31 + 60);
    expect(story.said()).toEqual(['first', 'resolved', 'reopened', 'resolved']);
  });

  it('is a new one with a new message when it comes back later, and the old one is kept', () => {
    const story = aStory();
    story.stop(0);
    story.recover(1);
    story.look(6);
    const { id } = story.incident();
    expect(story.stop(62)).toBe('told: first');
    expect(story.incident().id).not.toBe(id);
    expect(story.archived).toMatchObject([{ id, version: 0, state: { status: 'resolved' } }]);
    expect(story.archived[0]?.fingerprint).toBe(`111122223333#eu-west-1#harbor-prod#service#checkout|closed#${id}`);
  });

  it('is not reopened by the late news of a stop before it was resolved, but counts it', () => {
    const story = aStory();
    story.stop(0);
    story.recover(3);
    story.look(8);
    expect(story.stop(9, { key: 'late', at: NOON + minutes(2) })).toBe('told: grew');
    expect(story.incident()).toMatchObject({ state: { status: 'resolved' }, occurrences: 2 });
  });

  it('is closed without proof after six hours without a sighting, and says so', () => {
    const story = aStory();
    story.stop(0);
    expect(story.look(hours(5) / minutes(1))).toBe('quiet: duplicate');
    expect(story.look(hours(6) / minutes(1))).toBe('told: resolved');
    expect(story.incident().state).toEqual({ status: 'resolved', at: NOON, how: 'quiet' });
    expect(story.incident().timeline.at(-1)?.text).toBe('nothing more was seen of it, so it is closed');
  });

  it('is told again after twelve hours when nobody has taken it', () => {
    const story = aStory({ ...POLICY, quietAfter: hours(48) });
    story.stop(0);
    expect(story.look(719)).toBe('quiet: duplicate');
    expect(story.look(720)).toBe('told: repeat');
    expect(story.look(721)).toBe('quiet: duplicate');
    expect(story.look(1_440)).toBe('told: repeat');
  });

  it('speaks at its first, tenth and hundredth stop, and is edited in between', () => {
    const story = aStory();
    const spoken = Array.from({ length: 120 }, (_, index) => story.stop(index)).filter((one) => one !== 'told: grew');
    expect(spoken).toEqual(['told: first', 'told: many-more', 'told: many-more']);
    expect(story.said()).toEqual(['first', 'many-more', 'many-more']);
    expect(story.heard.filter((step) => step === 'post')).toHaveLength(1);
  });

  it('says when it gets worse, and tells those whom it was too low for', () => {
    const story = aStory({ ...POLICY, routing: { ...POLICY.routing, lowestSeverity: 'high' } });
    expect(story.stop(0, { diagnosis: { severity: 'low' } })).toBe('quiet: below-severity');
    expect(story.stop(1, { diagnosis: { severity: 'high' } })).toBe('told: worse');
    expect(story.heard).toEqual(['post']);
  });

  it('of low severity waits for the end of the quiet hours, unless it gets worse before', () => {
    const quietHours = [{ when: {}, zone: 'UTC', from: hours(11), to: hours(15), days: WEEKDAYS }];
    const story = aStory({ ...POLICY, routing: { ...POLICY.routing, quietHours } });
    expect(story.stop(0, { diagnosis: { severity: 'low' } })).toBe('quiet: quiet-hours');
    expect(story.stop(1, { diagnosis: { severity: 'low' } })).toBe('quiet: already-told');
    expect(story.look(179)).toBe('quiet: duplicate');
    expect(story.heard).toEqual([]);
    expect(story.stop(179, { key: 'worse', diagnosis: { severity: 'high' } })).toBe('told: worse');
    expect(story.heard).toEqual(['post']);
  });

  it('calls nobody while a mute holds, keeps its message current, and tells its end all the same', () => {
    const mutes = [{ when: {}, from: NOON + minutes(5), until: NOON + minutes(60), reason: 'load test' }];
    const story = aStory({ ...POLICY, routing: { ...POLICY.routing, mutes } });
    story.stop(0);
    for (let at = 6; at < 26; at += 1) story.stop(at);
    expect(story.said()).toContain('many-more');
    expect(new Set(story.heard.slice(1))).toEqual(new Set(['edit']));
    story.recover(27);
    story.look(59);
    expect(story.heard.at(-1)).toBe('reply');
  });

  it('does not count what was the one’s before it', () => {
    const story = aStory();
    story.stop(0, { key: 'early' });
    story.recover(1);
    story.look(6);
    story.stop(120);
    expect(story.stop(121, { key: 'early', at: NOON })).toBe('quiet: superseded');
    expect(story.incident().occurrences).toBe(1);
  });

  it('speaks once the mute that held it quiet has ended', () => {
    const mutes = [{ when: {}, until: NOON + minutes(10), reason: 'load test' }];
    const story = aStory({ ...POLICY, routing: { ...POLICY.routing, mutes } });
    expect(story.stop(0)).toBe('quiet: muted');
    expect(story.stop(5)).toBe('quiet: muted');
    expect(story.stop(11)).toMatch(/^told/);
    expect(story.heard).toEqual(['post']);
  });
});

describe('a deployment', () => {
  const failed = (at: number, deploymentId = 'ecs-svc/2') =>
    aStep({
      key: `${deploymentId}#failed`,
      at: NOON + minutes(at),
      diagnosis: { cause: 'deployment/tasks-failed-to-start' },
      details: {
        deploymentId,
        deploymentFailed: true,
        deploymentReason: 'ECS deployment circuit breaker: tasks failed to start.',
      },
    });
  const rollback = (at: number) =>
    aStep({
      key: 'ecs-svc/1#in-progress#rollback',
      at: NOON + minutes(at),
      diagnosis: { cause: 'deployment/rolled-back' },
      details: { rollback: { deploymentId: 'ecs-svc/1' }, servingTaskDefinition: 'checkout:57' },
    });
  const subject: Subject = { kind: 'deployment', at: HARBOR, service: 'checkout' };

  it('is one incident from its first stop to the end of its rollback, and never called deployed', () => {
    const story = aStory();
    story.stop(0, { subject, details: { deploymentId: 'ecs-svc/2' } });
    story.stop(1, { subject, details: { deploymentId: 'ecs-svc/2' } });
    expect(story.sight(2, failed(2))).toBe('told: step');
    expect(story.sight(3, rollback(3))).toBe('told: step');
    story.recover(5, { kind: 'deployment-completed', deploymentId: 'ecs-svc/1' });
    story.look(10);
    expect(story.incident()).toMatchObject({ occurrences: 2, state: { status: 'resolved' } });
    expect(story.incident().timeline.at(-1)?.text).toBe('failed, rolled back to checkout:57');
    expect(story.heard.filter((step) => step === 'post')).toHaveLength(1);
  });

  it('gives its place to the next one that fails, and closes its own message', () => {
    const story = aStory();
    story.sight(0, failed(0));
    const { id } = story.incident();
    expect(story.sight(3, failed(3, 'ecs-svc/3'))).toBe('told: first');
    expect(story.archived).toMatchObject([{ id, state: { status: 'resolved', how: 'superseded' } }]);
    expect(story.incident().details.deploymentId).toBe('ecs-svc/3');
  });

  it('does not give its place back to the late news of the one before it', () => {
    const story = aStory();
    story.sight(3, failed(3, 'ecs-svc/3'));
    expect(story.sight(4, failed(0))).toBe('quiet: superseded');
    expect(story.incident().details.deploymentId).toBe('ecs-svc/3');
  });
});

it('a lost host is over an hour after the last of its tasks', () => {
  const story = aStory();
  story.stop(0, { subject: { kind: 'host', at: HARBOR, host: 'a1' }, service: 'harbor-prod/checkout' });
  story.stop(0, { key: 'other', subject: { kind: 'host', at: HARBOR, host: 'a1' }, service: 'harbor-prod/ledger' });
  expect(story.incident().services).toEqual(['harbor-prod/checkout', 'harbor-prod/ledger']);
  story.look(61);
  expect(story.incident().state.status).toBe('resolved');
});

it('is looked at again in steps of half an hour, so that each stop does not move its place in the index', () => {
  const story = aStory();
  story.stop(0);
  const { wakeAt } = story.incident();
  story.stop(1);
  expect(story.incident().wakeAt).toBe((wakeAt ?? 0) + minutes(30));
  story.stop(2);
  expect(story.incident().wakeAt).toBe((wakeAt ?? 0) + minutes(30));
  expect((wakeAt ?? 0) % minutes(30)).toBe(0);
  expect(wakeAt).toBeGreaterThanOrEqual(NOON + hours(6));
  expect(wakeAt).toBeLessThan(NOON + hours(6) + minutes(30) + seconds(1));
});
