import { afterAll, beforeAll, beforeEach, vi } from 'vitest';
import { type Digest, openingOf } from '../../shared/domain/digest.ts';
import { digestFingerprint, incidentFingerprint } from '../../shared/domain/fingerprint.ts';
import type { RecordId } from '../../shared/domain/incident.ts';
import { newPlanRecord, type PlanRecord } from '../../shared/domain/plan/plan-record.ts';
import type { Subject } from '../../shared/domain/subject.ts';
import { createPlanStore } from '../../shared/effects/stores/plan-store.ts';
import { createRecordStore } from '../../shared/effects/stores/record-store.ts';
import { type LocalDynamoDB, startDynamoDB } from '../support/dynamodb.ts';
import { aNotice, aPlan } from '../support/plans.ts';
import { aDiagnosis, anIncident, CLUSTER } from '../support/records.ts';
import { NOW } from './command.ts';

/** An incident of service `checkout`, and the digest that tells it. */
const FOLDED = anIncident({
  lastSeen: NOW,
  wakeAt: NOW,
  announcements: [
    {
      status: 'folded',
      destination: { kind: 'slack-channel', channel: 'C0OPS' },
      attempts: 1,
      digest: digestFingerprint('slack-channel:C0OPS'),
    },
  ],
});

const DIGEST: Digest = {
  kind: 'digest',
  // The cast is true enough for a test: ids are text.
  id: 'dig-8e2b71c0aa' as RecordId,
  fingerprint: digestFingerprint('slack-channel:C0OPS'),
  destination: { kind: 'slack-channel', channel: 'C0OPS' },
  state: 'storm',
  severity: 'high',
  recent: [],
  entries: [{ ...openingOf(FOLDED), occurrences: 1, isResolved: false, hasOwnMessage: false }],
  unlisted: 0,
  revision: 1,
  version: 0,
  firstSeen: NOW,
  lastSeen: NOW,
  wakeAt: NOW,
  announcements: [],
  timeline: [],
};

/** A plan by the id and with the hash that the pages name. */
const PLAN: PlanRecord = {
  ...newPlanRecord(aNotice().fingerprint, NOW),
  // The cast is true enough for a test: ids are text.
  id: 'pln-4f0c2a9d1e' as PlanRecord['id'],
  plan: { ...aPlan(), hash: '8e2b71c0aa' },
};

/**
 * Slackwater's table on loopback, with two open incidents of service `ledger`, one of `checkout` in a digest, and a plan.
 * Answers its name once it is there.
 */
export function aLiveTable(): () => string {
  let local: LocalDynamoDB;
  let tableName: string;
  let url: string;
  beforeAll(async () => {
    local = await startDynamoDB();
    tableName = await local.createTable();
    url = local.endpoint;
    const store = createRecordStore({ client: local.client, tableName, clock: () => NOW });
    const subject: Subject = { kind: 'service', at: CLUSTER, service: 'ledger' };
    for (const [hoursAgo, cause] of [
      [3, 'memory/container-oom'],
      [1, 'app/exited-nonzero'],
    ] as const) {
      const lastSeen = NOW - hoursAgo * 3_600_000;
      const diagnosis = aDiagnosis({ cause, title: cause });
      await store.save(
        anIncident({ subject, diagnosis, lastSeen, fingerprint: incidentFingerprint(subject, cause), wakeAt: NOW }),
        NOW,
      );
    }
    for (const record of [FOLDED, DIGEST]) await store.save(record, NOW);
    await createPlanStore({ client: local.client, tableName, clock: () => NOW }).save(PLAN, NOW);
  });
  beforeEach(() => {
    vi.stubEnv('AWS_ENDPOINT_URL_DYNAMODB', url);
    vi.stubEnv('USER', 'ada');
  });
  afterAll(() => local.close());
  return () => tableName;
}
