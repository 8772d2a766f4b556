import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { untold } from '../../../shared/domain/announcement.ts';
import { catchUp } from '../../../shared/domain/decide.ts';
import { incidentFingerprint } from '../../../shared/domain/fingerprint.ts';
import type { Incident } from '../../../shared/domain/incident.ts';
import { minutes } from '../../../shared/domain/instant.ts';
import { planItemOf } from '../../../shared/effects/stores/plan-item.ts';
import { createPlanStore } from '../../../shared/effects/stores/plan-store.ts';
import { itemOf } from '../../../shared/effects/stores/record-item.ts';
import { createRecordStore } from '../../../shared/effects/stores/record-store.ts';
import { type LocalDynamoDB, startDynamoDB } from '../../support/dynamodb.ts';
import { circumstances, HARBOR } from '../../support/observations.ts';
import { DELIVERED } from '../../support/plans.ts';
import { anIncident, SEEN_AT } from '../../support/records.ts';
import { aRecord } from './plan-store-contract.ts';

// After going back a version: the table holds what the version before has never heard of.

const LATER = SEEN_AT + minutes(5);
const NEWER = { format: 2, body: new Uint8Array([0xff]), record: { kind: 'omen' }, what: 'nobody here knows' };

let local: LocalDynamoDB;
let table: { readonly client: LocalDynamoDB['client']; readonly tableName: string };
beforeAll(async () => {
  local = await startDynamoDB();
});
afterAll(() => local.close());
beforeEach(async () => {
  table = { client: local.client, tableName: await local.createTable() };
});

const put = (Item: object) => local.documents.send(new PutCommand({ TableName: table.tableName, Item: { ...Item } }));

/** An incident that is to be told. */
function anUntold(service: string): Incident {
  const subject = { kind: 'service', at: HARBOR, service } as const;
  const fingerprint = incidentFingerprint(subject, 'app/exited-nonzero');
  return anIncident({ subject, fingerprint, announcements: [untold({ kind: 'slack-webhook' }, SEEN_AT)] });
}

const [newer, known] = [anUntold('ledger'), anUntold('checkout')];

describe('a record in a newer format', () => {
  const store = () => createRecordStore({ ...table, clock: () => LATER });
  beforeEach(async () => {
    await put({ ...itemOf(newer), ...NEWER });
    await store().save(known, SEEN_AT);
  });

  it('is not read for a decision, with words that say what it is', async () => {
    const refusal = { code: 'newer-item', retryable: false, message: expect.stringContaining('ledger incident#app/') };
    await expect(store().load(newer.fingerprint)).rejects.toMatchObject(refusal);
    await expect(store().loadMany([known.fingerprint, newer.fingerprint])).rejects.toMatchObject(refusal);
    await expect(store().loadAbout(newer.subject)).rejects.toMatchObject(refusal);
  });

  it('does not keep others from being told', async () => {
    expect(await store().loadDue(LATER, 10)).toEqual([{ ...known, version: 1 }]);
    expect(await store().loadAbout(known.subject)).toHaveLength(1);
  });

  it('is not saved over', async () => {
    expect(await store().save(newer, LATER)).toBe('conflict');
  });
});

describe('a plan in a newer format', () => {
  const store = () => createPlanStore({ ...table, clock: () => DELIVERED });
  const [newerPlan, knownPlan] = [aRecord({}, 'ledger'), aRecord()];
  beforeEach(async () => {
    await put({ ...planItemOf(newerPlan, DELIVERED), ...NEWER });
    await store().save(knownPlan, DELIVERED);
  });

  it('is not read, and does not keep other plans from going on', async () => {
    await expect(store().load(newerPlan.id)).rejects.toMatchObject({ code: 'newer-item' });
    expect((await store().loadDue(DELIVERED, 10)).map(({ id }) => id)).toEqual([knownPlan.id]);
    expect((await store().list()).map(({ id }) => id)).toEqual([knownPlan.id]);
  });
});

describe('further fields in an item', () => {
  it('change nothing of what is decided', async () => {
    const item = itemOf(known);
    await put({
      ...item,
      mood: 'low',
      record: { ...item.record, mood: 'low', details: { ...known.details, tide: 3 } },
    });
    const [found] = await createRecordStore({ ...table, clock: () => LATER }).loadDue(LATER, 10);
    const at = circumstances({ now: LATER });
    const effectsOf = (record: Incident | typeof found) => record && catchUp(record, at).effects;
    expect(effectsOf(found)).toEqual(effectsOf({ ...known, version: 1 }));
    expect(effectsOf(found)).toHaveLength(1);
  });
});
