import * as fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { serviceArn } from '../../shared/domain/place.ts';
import { parseHealthEntities, parseHealthEntity } from '../../shared/parse/health-entity.ts';
import { parseEvent } from '../../shared/parse/index.ts';
import { eventIn, eventWith } from '../support/event-files.ts';
import { signalOf } from './parsed-signal.ts';

const NOTICE = 'health/retirement-services.json';
const AFFECTED = { partition: 'aws', region: 'eu-west-1', account: '111122223333' };
const CLUSTER = { ...AFFECTED, cluster: 'harbor-batch' };
const TASK_ID = '0123456789abcdef0123456789abcdef';
const TASKS = 'arn:aws:ecs:eu-west-1:111122223333:task';

describe('a notice', () => {
  it('is read whole', () => {
    const notice = signalOf(eventIn(NOTICE), 'health-notified');
    expect(notice).toMatchObject({
      eventArn: expect.stringMatching(/^arn:aws:health:eu-west-1::event\/ECS\//),
      typeCode: 'AWS_ECS_TASK_PATCHING_RETIREMENT',
      category: 'scheduledChange',
      status: 'upcoming',
      communicationId: expect.stringMatching(/-1$/),
      page: 1,
      totalPages: 1,
      isBackupCopy: false,
      isTruncated: false,
      affected: AFFECTED,
      startsAt: Date.UTC(2026, 10, 24, 10),
      updatedAt: Date.UTC(2026, 10, 17, 2, 10, 11),
    });
    expect(notice).not.toHaveProperty('endsAt');
    expect(notice.entities[0]).toEqual({
      kind: 'service',
      at: { ...AFFECTED, cluster: 'harbor-prod', service: 'checkout' },
      status: 'IMPAIRED',
    });
  });

  it('of the old form has one page, is no copy, concerns its own account and may err about the weekday', () => {
    const notice = signalOf(eventIn('health/retirement-services-legacy.json'), 'health-notified');
    expect(notice).toMatchObject({
      page: 1,
      totalPages: 1,
      isBackupCopy: false,
      affected: AFFECTED,
      startsAt: Date.UTC(2026, 10, 24, 10),
      entities: [{ kind: 'service', at: { cluster: 'harbor-prod', service: 'checkout' } }],
    });
    expect(notice).not.toHaveProperty('status');
  });

  it('concerns eventRegion and affectedAccount, wherever it is delivered', () => {
    const detail = { eventRegion: 'eu-north-1', affectedAccount: '444455556666' };
    const notice = signalOf({ ...eventWith(NOTICE, detail), region: 'us-west-2' }, 'health-notified');
    const elsewhere = { partition: 'aws', region: 'eu-north-1', account: '444455556666' };
    expect(notice.affected).toEqual(elsewhere);
    expect(notice.envelope.place).toEqual({ ...AFFECTED, region: 'us-west-2' });
    expect(notice.entities[0]).toMatchObject({ at: elsewhere });
  });

  it('concerns the Region of its own ARN when eventRegion is missing', () => {
    const event = { ...eventWith(NOTICE, { eventRegion: undefined }), region: 'us-west-2' };
    expect(signalOf(event, 'health-notified').affected.region).toBe('eu-west-1');
  });

  it('is in the partition of its ARN', () => {
    const eventArn = 'arn:aws-us-gov:health:us-gov-west-1::event/ECS/CODE/CODE_1';
    const notice = signalOf(eventWith(NOTICE, { eventArn, eventRegion: 'us-gov-west-1' }), 'health-notified');
    expect(notice.affected).toEqual({ ...AFFECTED, partition: 'aws-us-gov', region: 'us-gov-west-1' });
    expect(notice.envelope.place.partition).toBe('aws-us-gov');
  });

  it.each([
    [
      'English before all',
      [
        ['de_DE', 'Deutsch'],
        ['en_US', 'English'],
      ],
      'English',
    ],
    [
      'the first without English',
      [
        ['ja_JP', 'Nihongo'],
        ['de_DE', 'Deutsch'],
      ],
      'Nihongo',
    ],
    ['line breaks for what stands for them', [['en_US', 'One.\\nTwo.\nThree.']], 'One.\nTwo.\nThree.'],
    ['nothing when there is nothing', [], ''],
  ])('says %s', (_sentence, texts, expected) => {
    const eventDescription = texts.map(([language, latestDescription]) => ({ language, latestDescription }));
    expect(signalOf(eventWith(NOTICE, { eventDescription }), 'health-notified').description).toBe(expected);
  });

  it.each([
    ['2', 2],
    [2, 2],
    ['0', 1],
    ['two', 1],
    [null, 1],
    ['-1', 1],
  ])('on page %j is page %j', (page, expected) => {
    expect(signalOf(eventWith(NOTICE, { page }), 'health-notified').page).toBe(expected);
  });

  it.each([
    ['"true"', 'true', 'ignored'],
    ['a JSON true, should AWS ever send one', true, 'ignored'],
    ['"false"', 'false', 'parsed'],
    ['nothing', undefined, 'parsed'],
  ])('with %s as backupEvent', (_sentence, backupEvent, status) => {
    expect(parseEvent(eventWith(NOTICE, { backupEvent })).status).toBe(status);
  });

  it('says that its list is cut off', () => {
    const notice = signalOf(eventWith(NOTICE, { eventMetadata: { truncated: 'true' } }), 'health-notified');
    expect(notice.isTruncated).toBe(true);
  });

  it.each([
    ['detail.eventArn', 'an AWS Health event ARN', { eventArn: `${TASKS}/a/${TASK_ID}` }],
    ['detail.eventTypeCode', 'a text', { eventTypeCode: undefined }],
    ['detail.eventTypeCategory', 'a text', { eventTypeCategory: 5 }],
    ['detail.service', 'a text', { service: null }],
  ])('is malformed when %s is not %s', (field, expected, detail) => {
    expect(parseEvent(eventWith(NOTICE, detail))).toMatchObject({ status: 'malformed', field, expected });
  });
});

describe('what a notice names', () => {
  it.each([
    ['a task ARN', `${TASKS}/harbor-batch/${TASK_ID}`, { kind: 'task', taskId: TASK_ID, cluster: CLUSTER }],
    ['a short task ARN', `${TASKS}/${TASK_ID}`, { kind: 'task', taskId: TASK_ID }],
    ['a bare task id', TASK_ID, { kind: 'task', taskId: TASK_ID }],
    [
      'a task id of before 2019',
      '01234567-89ab-cdef-0123-456789abcdef',
      { kind: 'task', taskId: '01234567-89ab-cdef-0123-456789abcdef' },
    ],
    ['two bars', 'a|b|c', { kind: 'unknown', value: 'a|b|c' }],
    ['half a service', 'harbor-prod|', { kind: 'unknown', value: 'harbor-prod|' }],
    ['a cluster', 'arn:aws:ecs:eu-west-1:1:cluster/x', { kind: 'unknown', value: 'arn:aws:ecs:eu-west-1:1:cluster/x' }],
    ['an account', '111122223333', { kind: 'unknown', value: '111122223333' }],
  ])('can be %s', (_sentence, entityValue, expected) => {
    expect(parseHealthEntity({ entityValue }, AFFECTED)).toEqual(expected);
  });

  const name = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9_-]{0,40}$/);
  const spaces = fc.stringMatching(/^ {0,3}$/);
  const written = fc.tuple(name, name, spaces, spaces).map(([cluster, service, left, right]) => ({
    at: { ...AFFECTED, cluster, service },
    value: `${left}${cluster}${right}|${left}${service}${right}`,
  }));

  test('is the same service with any spaces around the bar, and as an ARN', () => {
    fc.assert(
      fc.property(written, ({ at, value }) => {
        const expected = { kind: 'service', at, status: 'IMPAIRED' };
        expect(parseHealthEntity({ entityValue: value, status: 'IMPAIRED' }, AFFECTED)).toEqual(expected);
        expect(parseHealthEntity({ entityValue: serviceArn(at), status: 'IMPAIRED' }, AFFECTED)).toEqual(expected);
      }),
    );
  });

  test('is listed once, with the status of the entity and not without it', () => {
    fc.assert(
      fc.property(fc.uniqueArray(written, { selector: ({ at }) => serviceArn(at), maxLength: 5 }), (services) => {
        const listed = services.map(({ value }) => ({ entityValue: value, status: 'RESOLVED' }));
        const resources = services.flatMap(({ at, value }) => [serviceArn(at), value]);
        const entities = parseHealthEntities(listed, resources, AFFECTED);
        expect(entities).toEqual(services.map(({ at }) => ({ kind: 'service', at, status: 'RESOLVED' })));
      }),
    );
  });

  it('adds what resources alone have', () => {
    const entities = parseHealthEntities([{ entityValue: 'a|b' }], ['a|c', `${TASKS}/x/${TASK_ID}`, TASK_ID], AFFECTED);
    expect(entities.map((entity) => entity.kind)).toEqual(['service', 'service', 'task']);
  });

  it('is read from resources when there are no affectedEntities', () => {
    const notice = signalOf(eventWith(NOTICE, { affectedEntities: null }), 'health-notified');
    expect(notice.entities).toHaveLength(3);
    expect(notice.entities[0]).not.toHaveProperty('status');
  });
});
