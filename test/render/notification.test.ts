import { describe, expect, test } from 'vitest';
import { renderNotification } from '../../shared/render/notification.ts';
import { aDiagnosis, aNotice, anAffectedService, anAffectedTask, anIncident, CLUSTER } from '../support/records.ts';

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

describe('attributes', () => {
  test.each([
    [
      'an incident names its cause, cluster and service',
      anIncident(),
      {
        kind: 'incident',
        severity: 'high',
        cause: 'memory/container-oom',
        cluster: 'harbor-prod',
        service: 'checkout',
      },
    ],
    [
      'tasks without a service have none',
      anIncident({ subject: { kind: 'family', at: CLUSTER, family: 'nightly-report' } }),
      { kind: 'incident', severity: 'high', cause: 'memory/container-oom', cluster: 'harbor-prod', service: 'none' },
    ],
    [
      'a notice about one service names it',
      aNotice(),
      { kind: 'notice', severity: 'medium', cause: 'none', cluster: 'harbor-prod', service: 'checkout' },
    ],
    [
      'a notice about several services in several clusters says several',
      aNotice({ entities: [anAffectedService('checkout'), anAffectedService('ledger', 'harbor-staging')] }),
      { kind: 'notice', severity: 'medium', cause: 'none', cluster: 'several', service: 'several' },
    ],
    [
      'a notice about tasks alone names their cluster',
      aNotice({ entities: [anAffectedTask('68f1'), anAffectedTask('6267')] }),
      { kind: 'notice', severity: 'medium', cause: 'none', cluster: 'batch', service: 'none' },
    ],
    [
      'a notice that names nothing says none',
      aNotice({ entities: [] }),
      { kind: 'notice', severity: 'medium', cause: 'none', cluster: 'none', service: 'none' },
    ],
  ])('%s', (_, record, attributes) => expect(renderNotification(record).attributes).toEqual(attributes));
});
