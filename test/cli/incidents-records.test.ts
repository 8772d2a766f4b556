import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { BatchGetCommand, DynamoDBDocumentClient, QueryCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { createRecordsTable } from '../../cli/incidents/records.ts';
import { decideAdmission, decideIncident, decideRecovery } from '../../shared/domain/decide.ts';
import { openingOf } from '../../shared/domain/digest.ts';
import { incidentFingerprint } from '../../shared/domain/fingerprint.ts';
import type { AnnouncedRecord, Incident } from '../../shared/domain/incident.ts';
import { days, minutes } from '../../shared/domain/instant.ts';
import { dueAt } from '../../shared/effects/stores/due-first.ts';
import { itemOf } from '../../shared/effects/stores/record-item.ts';
import { createSdkTableClient } from '../../shared/effects/table/sdk-table-client.ts';
import { anObservation, circumstances, HARBOR, NOON } from '../support/observations.ts';
import { aNotice, anIncident } from '../support/records.ts';

const documents = mockClient(DynamoDBDocumentClient);
const client = DynamoDBDocumentClient.from(new DynamoDBClient({ region: 'eu-west-1' }));
const tableOf = (limit: number) =>
  createRecordsTable({ client: createSdkTableClient(client), tableName: 'records', clock: () => NOON, limit });

const item = (service: string, due?: number) =>
  itemOf(
    anIncident({
      fingerprint: incidentFingerprint({ kind: 'service', at: HARBOR, service }, 'app/exited-nonzero'),
      lastSeen: NOON,
      ...(due !== undefined && { wakeAt: due }),
    }),
  );

const [A, B, C] = [item('a', NOON), item('b', NOON + days(2)), item('c', NOON)];
const keys = (items: readonly (typeof A)[]) => items.map(({ pk, sk }) => ({ pk, sk }));
const next = { pk: 'next', sk: 'page' };

beforeEach(() => documents.reset());

describe('what is open', () => {
  const answer = (items: readonly (typeof A)[]) =>
    documents.on(BatchGetCommand).resolves({ Responses: { records: [...items] } });

  it('is read from all pages of the index, due or not yet, by the keys alone', async () => {
    documents
      .on(QueryCommand)
      .resolvesOnce({ Items: keys([A, B]), LastEvaluatedKey: next })
      .resolvesOnce({ Items: [], LastEvaluatedKey: next })
      .resolvesOnce({ Items: keys([C]) });
    answer([A, B, C]);
    expect(await tableOf(10).loadOpen()).toEqual({ records: [A.record, B.record, C.record], isCut: false });
    const inputs = documents.commandCalls(QueryCommand).map(({ args: [command] }) => command.input);
    expect(inputs.map(({ ExclusiveStartKey }) => ExclusiveStartKey)).toEqual([undefined, next, next]);
    expect(inputs[0]).toEqual({
      TableName: 'records',
      IndexName: 'due',
      KeyConditionExpression: 'dueKey = :due',
      ExpressionAttributeValues: { ':due': 'due' },
    });
    expect(documents.commandCalls(BatchGetCommand)[0]?.args[0].input).toEqual({
      RequestItems: { records: { Keys: keys([A, B, C]), ConsistentRead: true } },
    });
  });

  it('leaves out what the index still has and of which nothing is due any more', async () => {
    documents.on(QueryCommand).resolves({ Items: keys([A, B]) });
    answer([item('a'), B]);
    expect((await tableOf(10).loadOpen()).records).toEqual([B.record]);
  });

  it.each([
    ['in the middle of a page', { Items: keys([A, B]) }, 1],
    ['between two pages', { Items: keys([A]), LastEvaluatedKey: next }, 1],
  ])('says that it was cut %s', async (_, page, limit) => {
    documents.on(QueryCommand).resolves(page);
    answer([A]);
    expect(await tableOf(limit).loadOpen()).toEqual({ records: [A.record], isCut: true });
    expect(documents.commandCalls(QueryCommand)).toHaveLength(1);
  });

  it('is not cut when it just fits', async () => {
    documents.on(QueryCommand).resolves({ Items: keys([A, B]) });
    answer([A, B]);
    expect(await tableOf(2).loadOpen()).toMatchObject({ isCut: false });
  });
});

describe('the index of what is due', () => {
  const incident = (tags: Readonly<Record<string, string>> = {}): Incident => {
    const { next: opened } = decideIncident([anObservation({ tags })], undefined, circumstances());
    if (opened?.kind !== 'incident') throw new Error('an observation opens an incident');
    return { ...opened, announcements: [] };
  };
  const storm = () => {
    const openings = Array.from({ length: 20 }, (_, index) => {
      // The cast is true enough for a test: ids are text.
      return { ...openingOf(incident()), id: `inc-${index}` as Incident['id'] };
    });
    const channel = { kind: 'slack-channel', channel: 'C0OPS' } as const;
    const { next: digest } = decideAdmission(undefined, openings, channel, circumstances());
    return digest === undefined ? digest : { ...digest, announcements: [] };
  };

  it.each<readonly [string, AnnouncedRecord | undefined]>([
    ['an open incident', incident()],
    ['one of which nobody is told', incident({ 'slackwater:alerts': 'off' })],
    [
      'one that seems over',
      decideRecovery(incident(), { kind: 'steady-state', at: NOON + minutes(1) }, circumstances()).next,
    ],
    ['the digest of a storm', storm()],
  ])('has %s, although everybody knows everything', (_, record) => {
    expect(record && dueAt(record)).toBeGreaterThan(NOON);
  });

  it('does not have a notice that everybody knows', () => {
    expect(dueAt(aNotice())).toBeUndefined();
  });
});

describe('everything', () => {
  it('is read from all pages of the table, without what has expired', async () => {
    const old = { ...C, expiresAt: NOON / 1_000 };
    documents
      .on(ScanCommand)
      .resolvesOnce({ Items: [A, old], LastEvaluatedKey: next })
      .resolvesOnce({ Items: [B] });
    const read: number[] = [];
    const all = await tableOf(10).loadAll((count) => read.push(count));
    expect(all).toEqual({ records: [A.record, B.record], isCut: false });
    expect(documents.commandCalls(ScanCommand)[1]?.args[0].input).toEqual({
      TableName: 'records',
      FilterExpression: 'attribute_exists(#record)',
      ExpressionAttributeNames: { '#record': 'record' },
      ExclusiveStartKey: next,
    });
  });
});
