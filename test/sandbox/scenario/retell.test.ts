import { describe, expect, it } from 'vitest';
import { readLibrary } from '../../../sandbox/scenario/library.ts';
import { another, retell } from '../../../sandbox/scenario/retell.ts';
import { SCENARIOS } from '../../../sandbox/scenario/scenarios.ts';
import { eventIn } from '../../support/event-files.ts';

const oom = eventIn('ecs/task-stopped-out-of-memory.json');
const NOW = Date.parse('2030-01-02T03:04:05Z');

describe('an event told as if it happened now', () => {
  it('happened now, and every span in it is as it was', () => {
    const detail = { createdAt: '2026-11-17T01:00:00.500Z', startTime: 'Tue, 24 Nov 2026 01:00:00 GMT' };
    const retold = retell({ time: '2026-11-17T02:00:00Z', detail }, NOW);
    expect(retold).toEqual({
      time: '2030-01-02T03:04:05Z',
      detail: { createdAt: '2030-01-02T02:04:05.500Z', startTime: 'Wed, 09 Jan 2030 02:04:05 GMT' },
    });
  });

  it('leaves everything but times alone', () => {
    const event = {
      time: '2026-11-17T02:00:00Z',
      version: 8,
      tags: ['2026', null, true],
      text: 'at 2026-11-17T02:00:00Z',
    };
    expect(retell(event, NOW)).toEqual({ ...event, time: '2030-01-02T03:04:05Z' });
  });

  it('is the same event when it is told at its own time', () => {
    expect(retell(oom, Date.parse('2026-11-17T03:02:11Z'))).toMatchObject({ time: '2026-11-17T03:02:11Z' });
  });
});

describe('another task with the same trouble', () => {
  it('has ids of its own in the same shape, everywhere', () => {
    const text = JSON.stringify(another(oom, 1));
    expect(text).not.toContain('a616d93e30fbad924e28ebbf8686d3a6');
    expect(text).not.toContain('137f58ad-2470-470d-aaaf-0f1e0866641c');
    expect(text).toHaveLength(JSON.stringify(oom).length);
    expect(text).toMatch(/"id":"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"/);
  });

  it('differs with the serial, and 0 is the event itself', () => {
    expect(another(oom, 0)).toBe(oom);
    expect(another(oom, 1)).not.toEqual(another(oom, 2));
    expect(another(oom, 1)).toEqual(another(oom, 1));
  });
});

describe('the scenarios', () => {
  const paths = readLibrary('events').map(({ path }) => path);

  it.each(SCENARIOS.map(({ id, steps }) => [id, steps] as const))('%s plays events that are recorded', (_, steps) => {
    const played = steps.flatMap((step) => (step.kind === 'event' ? step.path : []));
    expect(paths).toEqual(expect.arrayContaining(played));
  });
});
