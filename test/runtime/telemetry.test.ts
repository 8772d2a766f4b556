import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Outcome } from '../../shared/domain/outcome.ts';
import { createTelemetry } from '../../shared/runtime/telemetry.ts';

const DELIVERED = 'post slack-channel:C0OPS: delivered';

/** What a function logs and counts of an outcome that it reports at 10 s, of an invocation that began at 9.5 s. */
function reported(outcome: Partial<Outcome>) {
  let now = 9_500;
  const { begin, logger, metrics, report } = createTelemetry('ecs-events', () => now);
  const info = vi.spyOn(logger, 'info').mockReturnValue();
  const counted: string[] = [];
  vi.spyOn(metrics, 'addMetric').mockImplementation((name, _, value) => {
    counted.push(`${name} ${value}`);
    return metrics;
  });
  begin('request');
  now = 10_000;
  report({ kind: 'task-stopped', decision: 'told', reason: 'first', because: 'it stopped', effects: [], ...outcome });
  return { line: info.mock.calls[0]?.[1], counted };
}

afterEach(() => vi.restoreAllMocks());

describe('the line of an outcome', () => {
  it.each([
    ['has the delay of a message that was delivered', { at: 7_000, effects: [DELIVERED] }, 3_000],
    [
      'has no delay where nothing was delivered',
      { at: 7_000, effects: ['post slack-channel:C0OPS: deferred, 503'] },
      undefined,
    ],
    ['has no delay where nothing was to be told', { at: 7_000 }, undefined],
    ['has no delay where no event was the cause', { effects: [DELIVERED] }, undefined],
  ])('%s', (_, outcome, delayMs) => {
    const { line } = reported(outcome);
    expect(line).toEqual(expect.objectContaining({ durationMs: 500, ...(delayMs !== undefined && { delayMs }) }));
    expect(Object.keys(Object(line)).includes('delayMs')).toBe(delayMs !== undefined);
    expect(line).not.toHaveProperty('at');
  });
});

describe('the counts of an outcome', () => {
  it.each<[string, Partial<Outcome>, readonly string[]]>([
    ['nothing where an event was dealt with: its line is enough', {}, []],
    ['events that do not parse', { decision: 'malformed' }, ['EventsMalformed 1']],
    ['all events of a batch with the same answer', { decision: 'malformed', events: 40 }, ['EventsMalformed 40']],
    ['what is put off', { effects: ['post a: deferred, 503', DELIVERED] }, ['DeliveriesNotMade 1']],
    [
      'what somebody has to mend',
      { effects: ['post a: blocked, is_archived', 'post b: refused, invalid_blocks'] },
      ['DeliveriesNotMade 2', 'DeliveriesRefused 2'],
    ],
  ])('are of %s', (_, outcome, expected) => {
    expect(reported(outcome).counted).toEqual(expected);
  });
});
