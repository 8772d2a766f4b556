import { describe, expect, test } from 'vitest';
import type { Incident, IncidentState } from '../../shared/domain/incident.ts';
import { hours, minutes } from '../../shared/domain/instant.ts';
import type { Recovery } from '../../shared/domain/recovery.ts';
import type { Card } from '../../shared/render/card.ts';
import { headline } from '../../shared/render/excerpt.ts';
import { incidentCard } from '../../shared/render/incident-card.ts';
import { phraseText } from '../../shared/render/plain.ts';
import { aDiagnosis, anIncident, CLUSTER, PLACE, SEEN_AT, someDetails } from '../support/records.ts';
import { reports, someStops } from './records.ts';

const LATER = SEEN_AT + minutes(5);
const steady: Recovery = { kind: 'steady-state', at: LATER };
const resolved = (how: 'recovered' | 'quiet' | 'superseded', at = LATER): IncidentState => ({
  status: 'resolved',
  at,
  how,
});
const takenBy = (by: string): IncidentState => ({ status: 'open', acknowledged: { by, at: LATER } });

const headOf = (overrides: Partial<Incident>): string => {
  const card = incidentCard(anIncident(overrides));
  return `${card.icon} ${headline(card, ' · ', 150)}`;
};
const leadOf = (overrides: Partial<Incident>): string => phraseText(incidentCard(anIncident(overrides)).lead);
const factOf = (overrides: Partial<Incident>, label: string): string | undefined => {
  const fact = incidentCard(anIncident(overrides)).facts.find((candidate) => candidate.label === label);
  return fact && phraseText(fact.value);
};

const deployment = (overrides: Partial<Incident> = {}): Partial<Incident> => ({
  subject: { kind: 'deployment', at: CLUSTER, service: 'checkout' },
  ...overrides,
});
const ROLLBACK = { deploymentFailed: true, rollback: {}, servingTaskDefinition: 'checkout:57' } as const;

describe('the headline says how it stands', () => {
  test.each<[string, Partial<Incident>, string]>([
    ['an open incident needs no word', {}, '🔴 Out of memory · checkout · harbor-prod'],
    ['who has taken it', { state: takenBy('anna') }, '👀 Taken by @anna · Out of memory · checkout · harbor-prod'],
    [
      'somebody of Slack is in the lead, where Slack shows who it is',
      { state: { status: 'open', acknowledged: { by: 'U0ADA', via: 'slack', at: LATER } } },
      '👀 Taken · Out of memory · checkout · harbor-prod',
    ],
    ['an @ is not doubled', { state: takenBy('@anna') }, '👀 Taken by @anna · Out of memory · checkout · harbor-prod'],
    [
      'evidence that it is over, whoever has taken it',
      { state: takenBy('anna'), recovery: steady },
      '⏳ Recovering · Out of memory · checkout · harbor-prod',
    ],
    [
      'evidence from before the last stop is none',
      { recovery: { kind: 'steady-state', at: SEEN_AT - 1 } },
      '🔴 Out of memory · checkout · harbor-prod',
    ],
    ['over', { state: resolved('recovered') }, '✅ Resolved · Out of memory · checkout · harbor-prod'],
    ['closed without proof', { state: resolved('quiet') }, '✅ Resolved · Out of memory · checkout · harbor-prod'],
    [
      'another took its place',
      { state: resolved('superseded') },
      '⏭️ Superseded · Out of memory · checkout · harbor-prod',
    ],
    ['back once', { reopened: 1 }, '🔴 Reopened · Out of memory · checkout · harbor-prod'],
    ['back again and again', { reopened: 3 }, '🔴 Reopened 3 times · Out of memory · checkout · harbor-prod'],
    [
      'an instance is called one',
      { subject: { kind: 'host', at: CLUSTER, host: '3f1c' } },
      '🔴 Out of memory · instance 3f1c · harbor-prod',
    ],
    [
      'capacity of the whole account is somewhere too',
      { subject: { kind: 'capacity', at: PLACE, provider: 'FARGATE_SPOT' } },
      '🔴 Out of memory · FARGATE_SPOT · eu-west-1',
    ],
  ])('%s', (_, overrides, expected) => expect(headOf(overrides)).toBe(expected));
});

describe('the headline of a deployment', () => {
  test.each<[string, Partial<Incident>, string]>([
    ['ECS still tries', {}, '🟥 Deployment in trouble: Out of memory · checkout · harbor-prod'],
    [
      'ECS gave it up',
      { details: someDetails({ deploymentFailed: true }) },
      '🟥 Deployment failed: Out of memory · checkout · harbor-prod',
    ],
    [
      'ECS returns to the one before',
      { details: someDetails(ROLLBACK) },
      '🟥 Deployment failed: Out of memory · checkout · harbor-prod · rolling back',
    ],
    [
      'a rollback without news of the failure means one',
      { details: someDetails({ rollback: {} }) },
      '🟥 Deployment failed: Out of memory · checkout · harbor-prod · rolling back',
    ],
    [
      'ECS is back there, and that has to hold',
      { details: someDetails(ROLLBACK), recovery: steady },
      '⏳ Recovering · Deployment failed: Out of memory · checkout · harbor-prod · rolled back to checkout:57',
    ],
    [
      'it is over',
      { details: someDetails(ROLLBACK), recovery: steady, state: resolved('recovered') },
      '✅ Resolved · Deployment failed: Out of memory · checkout · harbor-prod · rolled back to checkout:57',
    ],
    [
      'nobody knows whether the rollback came to its end',
      { details: someDetails(ROLLBACK), state: resolved('quiet') },
      '✅ Resolved · Deployment failed: Out of memory · checkout · harbor-prod',
    ],
    [
      'a verdict on the deployment itself is told as it is',
      { diagnosis: aDiagnosis({ cause: 'deployment/alarm-triggered', title: 'Deployment alarm' }) },
      '🟥 Deployment alarm · checkout · harbor-prod',
    ],
  ])('%s', (_, overrides, expected) => expect(headOf(deployment(overrides))).toBe(expected));
});

const SUMMARY = 'Container app used more memory than its limit of 512 MiB and was killed.';

describe('the lead', () => {
  test.each<[string, Partial<Incident>, string]>([
    ['one stop needs no count', {}, SUMMARY],
    [
      'several stops are counted',
      { ...someStops(2), firstSeen: SEEN_AT - minutes(1) },
      `${SUMMARY} 2 tasks stopped since 2026-11-21 08:04 UTC.`,
    ],
    [
      'what stops no task was seen',
      { ...reports(31), firstSeen: SEEN_AT - hours(1) },
      `${SUMMARY} Seen 31 times since 2026-11-21 07:05 UTC.`,
    ],
    ['a loop says all there is', someStops(4), `${SUMMARY} Looping: 4 stops in 3 min, each after about 40 s.`],
    [
      'a loop is a part of what was seen',
      { ...someStops(37), firstSeen: SEEN_AT - minutes(42) },
      `${SUMMARY} Looping: 11 stops in 10 min, each after about 40 s. 37 tasks stopped since 2026-11-21 07:23 UTC.`,
    ],
    ['tasks that end at once', someStops(4, 0), `${SUMMARY} Looping: 4 stops in 3 min, each after less than 1 s.`],
    ['tasks that never ran did not loop', someStops(4, -1), `${SUMMARY} 4 tasks failed to start in 3 min.`],
    [
      'tasks that a lost host took with it do not loop',
      { ...someStops(4), subject: { kind: 'host', at: CLUSTER, host: '3f1c' } },
      `${SUMMARY} 4 tasks stopped since 2026-11-21 08:05 UTC.`,
    ],
    [
      'the causes of a deployment’s stops, the most frequent first',
      deployment({
        ...someStops(12, 3_600),
        stops: [{ at: SEEN_AT, ran: 1 }],
        causes: { 'app/exited-nonzero': 3, 'memory/container-oom': 9 },
      }),
      `${SUMMARY} 12 tasks stopped since 2026-11-21 08:05 UTC: 9 x memory/container-oom, 3 x app/exited-nonzero.`,
    ],
    [
      'more causes than four are counted',
      deployment({
        occurrences: 6,
        causes: {
          'app/exited-nonzero': 1,
          'app/exit-unknown': 1,
          'image/not-found': 1,
          'image/pull-failed': 1,
          'memory/container-oom': 1,
          'storage/disk-full': 1,
        },
      }),
      `${SUMMARY} 6 tasks stopped since 2026-11-21 08:05 UTC: 1 x app/exit-unknown, 1 x app/exited-nonzero, 1 x image/not-found, 1 x image/pull-failed and 2 more causes.`,
    ],
    ['one cause is the diagnosis', deployment({ causes: { 'memory/container-oom': 1 } }), SUMMARY],
    ['who has taken it', { state: takenBy('anna') }, `${SUMMARY} Taken by @anna, 2026-11-21 08:10 UTC.`],
    ['it came back', { reopened: 2 }, `${SUMMARY} It came back 2 times after it was resolved.`],
    [
      'what makes it look over',
      { recovery: steady },
      `${SUMMARY} It looks over since 2026-11-21 08:10 UTC: the service reached steady state. It is closed once that has held for a while.`,
    ],
    [
      'a loop that ended is not told as one that runs',
      { ...someStops(4), recovery: steady },
      `${SUMMARY} 4 tasks stopped since 2026-11-21 08:05 UTC. It looks over since 2026-11-21 08:10 UTC: the service reached steady state. It is closed once that has held for a while.`,
    ],
    [
      'how it ended, how many and how long',
      {
        ...someStops(37),
        firstSeen: SEEN_AT - hours(3),
        state: resolved('recovered'),
        recovery: steady,
        reopened: 1,
      },
      `Over since 2026-11-21 08:10 UTC: the service reached steady state. 37 tasks stopped; it lasted 3 h 5 min, from 2026-11-21 05:05 UTC. It came back once after it was resolved. ${SUMMARY}`,
    ],
    [
      'that nobody knows how it ended',
      { state: resolved('quiet', SEEN_AT) },
      `Nothing was seen of it since 2026-11-21 08:05 UTC, so it was closed without proof that it is over. 1 task stopped. ${SUMMARY}`,
    ],
    [
      'what took its place',
      deployment({ ...reports(1), state: resolved('superseded') }),
      `A later deployment of the service is in trouble too, and has a message of its own. Seen once; it lasted 5 min, from 2026-11-21 08:05 UTC. ${SUMMARY}`,
    ],
    [
      'a deployment that was rolled back failed all the same',
      deployment({ details: someDetails(ROLLBACK), state: resolved('recovered'), recovery: steady }),
      `Over since 2026-11-21 08:10 UTC: failed, rolled back to checkout:57. 1 task stopped; it lasted 5 min, from 2026-11-21 08:05 UTC. ${SUMMARY}`,
    ],
  ])('says %s', (_, overrides, expected) => expect(leadOf(overrides)).toBe(expected));
});

describe('advice', () => {
  test.each<[string, Partial<Incident>, number]>([
    ['is given while it is open', {}, 2],
    ['is given while it only looks over', { recovery: steady }, 2],
    ['is not given once it is over', { state: resolved('recovered') }, 0],
    ['is not given where another took its place', { state: resolved('superseded') }, 0],
  ])('%s', (_, overrides, expected) => expect(incidentCard(anIncident(overrides)).steps).toHaveLength(expected));

  test('goes alone: facts, quotes and links stay', () => {
    const open = incidentCard(anIncident());
    const { facts, quotes, links } = incidentCard(anIncident({ state: resolved('recovered') }));
    const labels = (card: Pick<Card, 'facts'>) => card.facts.map(({ label }) => label);
    expect(labels({ facts })).toEqual(labels(open));
    expect({ quotes, links }).toEqual({ quotes: open.quotes, links: open.links });
  });
});

describe('facts', () => {
  const host = (services: readonly string[]): Partial<Incident> => ({
    ...someStops(14),
    subject: { kind: 'host', at: CLUSTER, host: '3f1c' },
    services,
  });

  test.each<[string, Partial<Incident>, string, string | undefined]>([
    [
      'the newest tasks are named when there are several',
      someStops(2),
      'Newest tasks',
      '0c5b2f9e8d7a4b6f9e1d2c3b4a5f6e70, 0c5b2f9e8d7a4b6f9e1d2c3b4a5f6e71',
    ],
    ['how many run, while it lasts', {}, 'Tasks', '1 of 2 running'],
    ['how many ran, once that is not known to hold', { recovery: steady }, 'Tasks', '1 of 2 were running'],
    ['a single one is in the footer', someStops(1), 'Newest tasks', undefined],
    ['a lost host says how much it took', host(['a/x', 'a/y']), 'Affected', '2 services, 14 tasks stopped'],
    ['a lost host is called by its name', host([]), 'Container instance', '3f1c in harbor-prod'],
    ['no one task of many stands for all', host(['a/x']), 'Container', undefined],
    [
      'a rollback is under way',
      deployment({ details: someDetails({ rollback: { deploymentId: 'ecs-svc/1' } }) }),
      'Rollback',
      'in progress, by ecs-svc/1',
    ],
    [
      'a rollback came to its end',
      deployment({ details: someDetails({ rollback: {} }), recovery: steady }),
      'Rollback',
      'completed',
    ],
    [
      'a rollback was never heard of again',
      deployment({ details: someDetails({ rollback: {} }), state: resolved('quiet') }),
      'Rollback',
      'not confirmed',
    ],
  ])('%s', (_, overrides, label, expected) => expect(factOf(overrides, label)).toBe(expected));

  test('services of a host are listed by cluster, and those without one are of its own', () => {
    const { groups } = incidentCard(anIncident(host(['blue/a', 'blue/b', 'c'])));
    expect(groups[0]?.entries).toEqual([
      { term: 'blue', text: '(2 services): a, b' },
      { term: 'harbor-prod', text: '(1 service): c' },
    ]);
  });

  test('names that are too many for a message are counted', () => {
    const services = Array.from({ length: 300 }, (_, index) => `cluster-${index % 30}/service-${index}`);
    const entries = incidentCard(anIncident(host(services))).groups[0]?.entries ?? [];
    expect(entries).toHaveLength(9);
    expect(entries.at(-1)).toEqual({ term: 'and 22 more clusters', text: '(220 services)' });
  });
});
