import { describe, expect, it } from 'vitest';
import { parseRecord, readEvents } from '../../shared/parse/sqs-record.ts';

const parsedBody = (body: string) => parseRecord({ messageId: 'm-1', body }).parsed;

describe('parseRecord', () => {
  it.each([
    ['a body that is cut off', '{"version":"0","id":', { field: 'body', expected: 'JSON' }],
    ['an empty body', '', { field: 'body', expected: 'JSON' }],
    [
      'an SNS message that is cut off',
      JSON.stringify({ Type: 'Notification', Message: '{"id":' }),
      { field: 'body.Message', expected: 'JSON' },
    ],
    ['JSON that is not an object', '"ECS"', { field: 'event', expected: 'a JSON object' }],
    ['an object that is no event', '{}', { field: 'source', expected: 'a text' }],
  ])('calls %s malformed', (_sentence, body, expected) => {
    expect(parsedBody(body)).toEqual({ status: 'malformed', ...expected });
  });

  it('takes a confirmation of an SNS subscription for what it is, no event', () => {
    const body = JSON.stringify({ Type: 'SubscriptionConfirmation', Message: 'You have chosen to subscribe' });
    expect(parsedBody(body)).toMatchObject({ status: 'malformed', field: 'source' });
  });
});

describe('readEvents', () => {
  it('finds nothing in an empty file', () => {
    expect(readEvents(' \n\n')).toEqual([]);
  });

  it('keeps a line that is not JSON in its place', () => {
    expect(readEvents('{"a":1}\n{"a":\n{"a":3}')).toEqual([{ a: 1 }, '{"a":', { a: 3 }]);
  });

  it('keeps a body that is not JSON in its place', () => {
    const records = [{ body: '{"a":1}' }, { body: 'oops' }, { body: '{"a":3}' }];
    expect(readEvents(JSON.stringify({ Records: records }))).toEqual([{ a: 1 }, 'oops', { a: 3 }]);
  });
});
