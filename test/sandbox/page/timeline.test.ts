import { describe, expect, it } from 'vitest';
import { createJournal, type Entry } from '../../../sandbox/journal.ts';
import { TIMELINE_GROUPS, USUALLY_SHOWN } from '../../../sandbox/page/timeline/groups.ts';
import { timelineOf } from '../../../sandbox/page/timeline/rows.ts';
import { callEntry, databaseEntry } from '../../../sandbox/traced-call.ts';

const UNITS = { read: 0, write: 0 };

const CASES: readonly (readonly [string, Entry, object])[] = [
  [
    'an event that no rule wants',
    { kind: 'event', eventId: 'e', title: 'ECS Task State Change', rules: [] },
    { group: 'events', why: 'no rule wants it' },
  ],
  [
    'a write of ECS, loudly',
    callEntry({ action: 'ecs:UpdateService', input: { service: 'pier-001' } }, undefined),
    { group: 'writes', what: 'ecs:UpdateService', why: 'pier-001', isLoud: true },
  ],
  [
    'a write that was refused',
    callEntry({ action: 'ecs:StopTask', input: { task: 't1' } }, 'ThrottlingException'),
    { group: 'writes', why: 't1 refused: ThrottlingException' },
  ],
  [
    'a read of ECS',
    callEntry({ action: 'ecs:DescribeServices', input: {} }, undefined),
    { group: 'reads', isLoud: false },
  ],
  [
    'a save in the table as no write in AWS',
    databaseEntry({ operation: 'PutItem', isThrottled: false, units: UNITS, input: {} }),
    { group: 'table', what: 'dynamodb:PutItem', isLoud: false },
  ],
  [
    'a cold start',
    { kind: 'run', function: 'redeploy', milliseconds: 412, isCold: true },
    { group: 'runs', why: '412 ms, cold start' },
  ],
  [
    'an invocation that failed, loudly',
    { kind: 'invocation', function: 'ecs-events', events: 1, failure: 'crashed: gone' },
    { group: 'troubles', what: 'ecs-events failed', isLoud: true },
  ],
  [
    'a notification',
    { kind: 'notification', subject: 'Out of memory', message: '' },
    { group: 'sns', what: 'Out of memory' },
  ],
];

describe('the timeline', () => {
  it.each(CASES)('tells %s', (_, entry, row) => {
    const journal = createJournal(() => 5);
    journal.append(entry);
    expect(timelineOf(journal.entries(), TIMELINE_GROUPS)).toMatchObject([{ number: 1, at: 5, ...row }]);
  });

  it('leaves out an invocation that went well: its run tells of it', () => {
    const journal = createJournal();
    journal.append({ kind: 'invocation', function: 'ecs-events', events: 1 });
    expect(timelineOf(journal.entries(), TIMELINE_GROUPS)).toEqual([]);
  });

  it('has the latest first, and only what is wanted', () => {
    const journal = createJournal();
    for (const text of ['one', 'two']) journal.append({ kind: 'remark', text });
    journal.append({ kind: 'run', function: 'reconcile', milliseconds: 3, isCold: false });
    expect(timelineOf(journal.entries(), USUALLY_SHOWN).map(({ what }) => what)).toEqual(['two', 'one']);
    expect(timelineOf(journal.entries(), [])).toEqual([]);
  });

  it('folds what is said again and again into one row, the latest', () => {
    const journal = createJournal();
    for (const text of ['same', 'same', 'other', 'same']) journal.append({ kind: 'remark', text });
    expect(
      timelineOf(journal.entries(), USUALLY_SHOWN).map(({ what, times, number }) => [what, times, number]),
    ).toEqual([
      ['same', 1, 4],
      ['other', 1, 3],
      ['same', 2, 2],
    ]);
  });

  it('ends somewhere', () => {
    const journal = createJournal();
    for (let count = 0; count < 900; count += 1) journal.append({ kind: 'remark', text: String(count) });
    expect(timelineOf(journal.entries(), USUALLY_SHOWN)).toHaveLength(200);
  });
});

describe('the journal', () => {
  it('forgets calls and runs before it forgets what is said', () => {
    const journal = createJournal();
    journal.append({ kind: 'remark', text: 'first' });
    for (let count = 0; count < 3_000; count += 1) {
      journal.append({ kind: 'run', function: 'reconcile', milliseconds: 1, isCold: false });
    }
    expect(journal.entries()).toHaveLength(1_001);
    expect(journal.entries()[0]).toMatchObject({ text: 'first' });
    expect(journal.entries().at(-1)?.number).toBe(3_001);
  });
});
