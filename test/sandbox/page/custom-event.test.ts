import { fc, it } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { readCustomEvent } from '../../../sandbox/page/custom-event.ts';

const NOW = Date.UTC(2026, 10, 17, 12);
const EVENT = { source: 'aws.ecs', 'detail-type': 'ECS Task State Change', detail: {} };

const problemsOf = (text: string): string => {
  const read = readCustomEvent(text, NOW);
  return read.status === 'wrong' ? read.problems.join(' ') : '';
};

describe('an event of one’s own', () => {
  it('gets what EventBridge fills in', () => {
    expect(readCustomEvent(JSON.stringify(EVENT), NOW)).toMatchObject({
      status: 'event',
      event: { ...EVENT, version: '0', time: '2026-11-17T12:00:00Z', region: 'eu-west-1', resources: [] },
    });
  });

  it('keeps what it says itself', () => {
    const own = { ...EVENT, id: 'mine', time: '2025-01-01T00:00:00Z', resources: ['r'] };
    expect(readCustomEvent(JSON.stringify(own), NOW)).toMatchObject({ event: own });
  });

  it.each([
    ['nothing', '  ', 'Paste an event first.'],
    ['a list', '[]', 'An event is a JSON object'],
    ['a comma too many', '{\n  "source": "x",\n}', 'Line 3, column 1.'],
    ['everything missing', '{}', 'source: expected a text such as "aws.ecs". detail-type: expected'],
    ['a detail that is a text', JSON.stringify({ ...EVENT, detail: 'x' }), 'detail: expected an object.'],
    ['a time that is none', JSON.stringify({ ...EVENT, time: 'noon' }), 'time: expected an instant'],
  ])('says what is wrong with %s', (_, text, words) => {
    expect(problemsOf(text)).toContain(words);
  });

  it.prop([fc.string()])('never throws, whatever is pasted', (text) => {
    expect(['event', 'wrong']).toContain(readCustomEvent(text, NOW).status);
  });
});
