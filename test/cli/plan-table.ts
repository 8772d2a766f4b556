import { afterAll, afterEach, beforeAll, beforeEach, vi } from 'vitest';
import type { Listening } from '../../sandbox/loopback.ts';
import { hours, type Instant } from '../../shared/domain/instant.ts';
import type { Plan } from '../../shared/domain/plan/plan.ts';
import { newPlanRecord, type PlanRecord } from '../../shared/domain/plan/plan-record.ts';
import { createAuditStore } from '../../shared/effects/stores/audit-store.ts';
import { pushConfiguration } from '../../shared/effects/stores/configuration-push.ts';
import { createPlanStore } from '../../shared/effects/stores/plan-store.ts';
import { createRecordStore } from '../../shared/effects/stores/record-store.ts';
import { createStandingStore } from '../../shared/effects/stores/standing-store.ts';
import { type LocalDynamoDB, startDynamoDB } from '../support/dynamodb.ts';
import { aNotice, DELIVERED } from '../support/plans.ts';
import { run } from './command.ts';
import { environmentFor, type Intercept, startTableRelay } from './table-relay.ts';

/** Three hours after the notice, when somebody types. */
export const NOW: Instant = DELIVERED + hours(3);

/** As the redeploy function leaves a plan: to be looked at again in an hour. */
export const aPlanRecord = (plan: Plan, overrides: Partial<PlanRecord> = {}): PlanRecord => ({
  ...newPlanRecord(aNotice().fingerprint, DELIVERED),
  id: plan.id,
  plan,
  dueAt: NOW + hours(1),
  ...overrides,
});

type Scene = ReturnType<typeof sceneOn>;

/**
 * A table on loopback for the tests of one file, empty before each of them. Answers the scene of the test that runs: the
 * plans in it, and the command line on it, typed by ada at {@link NOW}.
 */
export function aPlanTable(): () => Scene {
  let local: LocalDynamoDB;
  let relay: Listening;
  let scene: Scene;
  let intercept: Intercept = async () => undefined;
  beforeAll(async () => {
    local = await startDynamoDB();
    relay = await startTableRelay(local.endpoint, (operation) => intercept(operation));
  });
  beforeEach(async () => {
    intercept = async () => undefined;
    for (const [name, value] of Object.entries(environmentFor(relay.url))) vi.stubEnv(name, value);
    const before = (next: Intercept): void => {
      intercept = next;
    };
    scene = sceneOn({ client: local.client, tableName: await local.createTable(), before });
  });
  afterEach(() => vi.unstubAllEnvs());
  afterAll(async () => {
    await relay[Symbol.asyncDispose]();
    local.close();
  });
  return () => scene;
}

interface Given {
  readonly client: LocalDynamoDB['client'];
  readonly tableName: string;
  /** Called before a request reaches the table. */
  readonly before: (intercept: Intercept) => void;
}

function sceneOn({ client, tableName, before }: Given) {
  const table = { client, tableName, clock: () => NOW };
  const plans = createPlanStore(table);
  return {
    before,
    plans,
    records: createRecordStore(table),
    audit: createAuditStore(table),
    standing: createStandingStore(table),
    keep: async (...records: readonly PlanRecord[]): Promise<void> => {
      for (const record of records) await plans.save(record, NOW);
    },
    /** The plan as it is kept now. */
    kept: async ({ id }: Pick<PlanRecord, 'id'>): Promise<PlanRecord> => {
      const record = await plans.load(id);
      if (record === undefined) throw new Error(`${id} is not kept`);
      return record;
    },
    configure: (document: unknown) => pushConfiguration(table, { document, version: 0, at: NOW }),
    slackwater: (...args: readonly string[]) =>
      run([...args, '--table', tableName], { environment: process.env, clock: () => NOW }),
  };
}
