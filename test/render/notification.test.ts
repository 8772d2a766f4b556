import { describe, expect, test } from 'vitest';
import type { AnnouncedRecord, Incident } from '../../shared/domain/incident.ts';
import type { PlanRow } from '../../shared/domain/plan/telling/summary-row.ts';
import type { TimelineReason } from '../../shared/domain/reasons.ts';
import type { Utterance } from '../../shared/domain/timeline.ts';
import { renderNotification } from '../../shared/render/notification.ts';
import { anEndedRow, anEscalatedRow, aPlannedNotice, aRow, aSummary } from '../support/plan-summaries.ts';
import {
  aDiagnosis,
  aNotice,
  anAffectedService,
  anAffectedTask,
  anIncident,
  CLUSTER,
  PLACE,
  SEEN_AT,
} from '../support/records.ts';
import { aDigest, anEntry } from './records.ts';

describe('subject', () => {
  test.each([
    ['names what, who and where', anIncident(), 'Out of memory - checkout - harbor-prod'],
    [
      'is ASCII whatever the title holds',
      anIncident({ diagnosis: aDiagnosis({ title: 'Zu wenig Speicher für\nalle 🔴' }) }),
      'Zu wenig Speicher f?r alle ? - checkout - harbor-prod',
    ],
    ['of a retirement names the start', aNotice(), 'Fargate retirement - 1 service - AWS starts Fri 27 Nov 10:00 UTC'],
  ])('%s', (_, record, subject) => expect(renderNotification(record).subject).toBe(subject));
});

describe('a change', () => {
  const worse: Utterance = { n: 2, reason: 'worse', at: SEEN_AT, text: 'severity high now, was medium' };
  const back: Utterance = { n: 4, reason: 'reopened', at: SEEN_AT, text: 'it is back: Container app was killed.' };
  const over: Utterance = { n: 3, reason: 'resolved', at: SEEN_AT, text: 'the service reached steady state' };
  const said = (reason: TimelineReason, text: string): Utterance => ({ n: 2, reason, at: SEEN_AT, text });
  const ended = (rows: readonly PlanRow[], text: string) =>
    aPlannedNotice(aSummary(rows, { phase: 'over' }), { timeline: [said('resolved', text)] });
  const resolved = (how: 'recovered' | 'superseded'): Partial<Incident> => ({
    state: { status: 'resolved', at: SEEN_AT, how },
    timeline: [worse, over],
  });

  test.each<[string, AnnouncedRecord, TimelineReason, string, string, string]>([
    [
      'got worse',
      anIncident({ timeline: [worse] }),
      'worse',
      'worse',
      'WORSE - Out of memory - checkout - harbor-prod',
      'Worse, 2026-11-21 08:05 UTC: severity high now, was medium.',
    ],
    [
      'is over',
      anIncident(resolved('recovered')),
      'resolved',
      'resolved',
      'RESOLVED - Out of memory - checkout - harbor-prod',
      'Resolved, 2026-11-21 08:05 UTC: the service reached steady state.',
    ],
    [
      'was replaced, which is not the end of the trouble',
      anIncident(resolved('superseded')),
      'resolved',
      'resolved',
      'SUPERSEDED - Out of memory - checkout - harbor-prod',
      'Superseded, 2026-11-21 08:05 UTC: the service reached steady state.',
    ],
    [
      'came back',
      anIncident({ reopened: 1, timeline: [worse, over, back] }),
      'reopened',
      'reopened',
      'REOPENED - Out of memory - checkout - harbor-prod',
      'Reopened, 2026-11-21 08:05 UTC: it is back: Container app was killed.',
    ],
    [
      'is a storm',
      aDigest({ timeline: [{ n: 1, reason: 'storm', at: SEEN_AT, text: '2 new problems within minutes' }] }),
      'storm',
      'storm',
      'Storm: 2 new problems in 2 services - harbor-prod',
      'Storm, 2026-11-21 08:05 UTC: 2 new problems within minutes.',
    ],
    [
      'is the end of a storm, not of all that is in it',
      aDigest({ state: 'over', timeline: [{ ...over, text: '2 of 2 problems are still open' }] }),
      'resolved',
      'storm',
      'Storm over: 2 problems in 2 services, 2 open - harbor-prod',
      'Storm, 2026-11-21 08:05 UTC: 2 of 2 problems are still open.',
    ],
    [
      'is the end of a storm and of all that is in it',
      aDigest({ state: 'over', entries: [anEntry({ isResolved: true })], timeline: [over] }),
      'resolved',
      'resolved',
      'RESOLVED - Storm over: 1 problem in 1 service, all resolved - harbor-prod',
      'Resolved, 2026-11-21 08:05 UTC: the service reached steady state.',
    ],
    [
      'is what is planned',
      aPlannedNotice(aSummary([aRow('checkout', { status: 'ask' })]), {
        timeline: [said('planned', 'pln-4f0c2a9d1e: 1 ask')],
      }),
      'planned',
      'planned',
      'PLANNED - Fargate retirement - 1 service - AWS starts Fri 27 Nov 10:00 UTC',
      'Planned, 2026-11-21 08:05 UTC: pln-4f0c2a9d1e: 1 ask.',
    ],
    [
      'calls somebody, with a line for each service',
      aPlannedNotice(aSummary([anEscalatedRow('checkout')]), {
        timeline: [said('summons', 'AWS begins soon, and 1 service still waits.\nharbor-prod/checkout: No window.')],
      }),
      'summons',
      'worse',
      'ATTENTION - Fargate retirement - 1 service - 1 needs a decision - AWS starts Fri 27 Nov 10:00 UTC',
      'Attention, 2026-11-21 08:05 UTC: AWS begins soon, and 1 service still waits.',
    ],
    [
      'is the end of a plan that did what it should',
      ended([anEndedRow('checkout', 'done')], '1 done'),
      'resolved',
      'resolved',
      'RESOLVED - Fargate retirement finished - 1 done - 0 old tasks left',
      'Resolved, 2026-11-21 08:05 UTC: 1 done.',
    ],
    [
      'is the end of a plan, and somebody has to look at it',
      ended([anEndedRow('checkout', 'failed')], '1 failed'),
      'resolved',
      'worse',
      'UNFINISHED - Fargate retirement finished - 0 done, 1 failed - 0 old tasks left',
      'Unfinished, 2026-11-21 08:05 UTC: 1 failed.',
    ],
    [
      'is the first news, which is the message itself',
      anIncident({ timeline: [{ ...worse, reason: 'first' }] }),
      'first',
      'first',
      'Out of memory - checkout - harbor-prod',
      '🔴 Out of memory · checkout · harbor-prod',
    ],
  ])('%s', (_, record, news, change, subject, firstLine) => {
    const rendered = renderNotification(record, { news });
    expect(rendered.attributes.change).toBe(change);
    expect(rendered.subject).toBe(subject);
    expect(rendered.message.split('\n')[0]).toBe(firstLine);
  });

  test('a message in the place of Slack says why it comes here', () => {
    const { message } = renderNotification(anIncident(), { insteadOf: 'slack-channel:C0123: channel_not_found' });
    expect(message.split('\n')[0]).toBe(
      'Slack did not take this message (slack-channel:C0123: channel_not_found), so it is told here.',
    );
  });
});

describe('attributes', () => {
  test.each([
    [
      'an incident names its cause, cluster and service',
      anIncident(),
      {
        kind: 'incident',
        change: 'first',
        severity: 'high',
        cause: 'memory/container-oom',
        cluster: 'harbor-prod',
        service: 'checkout',
      },
    ],
    [
      'tasks without a service have none',
      anIncident({ subject: { kind: 'family', at: CLUSTER, family: 'nightly-report' } }),
      {
        kind: 'incident',
        change: 'first',
        severity: 'high',
        cause: 'memory/container-oom',
        cluster: 'harbor-prod',
        service: 'none',
      },
    ],
    [
      'capacity of the whole account is about the services that lack it',
      anIncident({
        subject: { kind: 'capacity', at: PLACE, provider: 'FARGATE' },
        services: ['harbor-prod/checkout', 'harbor-prod/ledger'],
      }),
      {
        kind: 'incident',
        change: 'first',
        severity: 'high',
        cause: 'memory/container-oom',
        cluster: 'harbor-prod',
        service: 'several',
      },
    ],
    [
      'a storm is about all that is in it',
      aDigest({ entries: [anEntry(), anEntry({ name: 'ledger' })] }),
      {
        kind: 'digest',
        change: 'first',
        severity: 'high',
        cause: 'memory/container-oom',
        cluster: 'harbor-prod',
        service: 'several',
      },
    ],
    [
      'a notice about one service names it',
      aNotice(),
      {
        kind: 'notice',
        change: 'first',
        severity: 'medium',
        cause: 'none',
        cluster: 'harbor-prod',
        service: 'checkout',
      },
    ],
    [
      'a notice about several services in several clusters says several',
      aNotice({ entities: [anAffectedService('checkout'), anAffectedService('ledger', 'harbor-staging')] }),
      { kind: 'notice', change: 'first', severity: 'medium', cause: 'none', cluster: 'several', service: 'several' },
    ],
    [
      'a notice about tasks alone names their cluster',
      aNotice({ entities: [anAffectedTask('68f1'), anAffectedTask('6267')] }),
      { kind: 'notice', change: 'first', severity: 'medium', cause: 'none', cluster: 'batch', service: 'none' },
    ],
    [
      'a notice that names nothing says none',
      aNotice({ entities: [] }),
      { kind: 'notice', change: 'first', severity: 'medium', cause: 'none', cluster: 'none', service: 'none' },
    ],
  ])('%s', (_, record, attributes) => expect(renderNotification(record).attributes).toEqual(attributes));
});
