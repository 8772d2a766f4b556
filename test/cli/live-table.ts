import { afterAll, beforeAll, beforeEach, vi } from 'vitest';
import { incidentFingerprint } from '../../shared/domain/fingerprint.ts';
import type { Subject } from '../../shared/domain/subject.ts';
import { createRecordStore } from '../../shared/effects/record-store.ts';
import { type LocalDynamoDB, startDynamoDB } from '../support/dynamodb.ts';
import { aDiagnosis, anIncident, CLUSTER } from '../support/records.ts';
import { NOW } from './command.ts';

/** Slackwater's table on loopback, with two incidents of service `ledger`. Answers its name once it is there. */
export function aLiveTable(): () => string {
  let local: LocalDynamoDB;
  let tableName: string;
  let url: string;
  beforeAll(async () => {
    local = await startDynamoDB();
    tableName = await local.createTable();
    const endpoint = await local.client.config.endpoint?.();
    url = `http://127.0.0.1:${endpoint?.port}`;
    const store = createRecordStore({ client: local.client, tableName, clock: () => NOW });
    const subject: Subject = { kind: 'service', at: CLUSTER, service: 'ledger' };
    for (const [hoursAgo, cause] of [
      [3, 'memory/container-oom'],
      [1, 'app/exited-nonzero'],
    ] as const) {
      const lastSeen = NOW - hoursAgo * 3_600_000;
      const diagnosis = aDiagnosis({ cause, title: cause });
      await store.save(
        anIncident({ subject, diagnosis, lastSeen, fingerprint: incidentFingerprint(subject, cause) }),
        NOW,
      );
    }
  });
  beforeEach(() => {
    vi.stubEnv('AWS_ENDPOINT_URL_DYNAMODB', url);
  });
  afterAll(() => local.close());
  return () => tableName;
}
