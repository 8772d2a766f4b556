import { describe, expect, it } from 'vitest';
import type { NumberedNews } from '../../../../shared/domain/plan/plan-record.ts';
import { planIdOf } from '../../../../shared/domain/plan/plan-record.ts';
import type { PlanSummary } from '../../../../shared/domain/plan/telling/summary.ts';
import { withPlan } from '../../../../shared/domain/plan/telling/telling.ts';
import { isEscalation, isPublished, isSummons, isThreaded } from '../../../../shared/domain/timeline.ts';
import { aNotice, DEADLINE, DELIVERED } from '../../../support/plans.ts';

const NOTICE = aNotice();

const aSummary = (overrides: Partial<PlanSummary> = {}): PlanSummary => ({
  id: planIdOf(NOTICE.fingerprint),
  hash: 'abc',
  heard: 0,
  occasion: 'retirement',
  phase: 'planned',
  deadline: DEADLINE,
  boundary: { at: DELIVERED, from: 'delivery' },
  counts: { ask: 2, 'handed-over': 1 },
  old: 9,
  of: 12,
  rows: [],
  leftOut: 0,
  tasks: [],
  tasksLeftOut: 0,
  votes: { given: [], needed: 1, against: [] },
  ...overrides,
});

const news = (n: number, audience: NumberedNews['audience'] = 'thread', text = `news ${n}`): NumberedNews => ({
  kind: 'held',
  n,
  since: DELIVERED,
  audience,
  text,
});

const PLANNED = withPlan(NOTICE, aSummary(), [], DELIVERED);
const reasonsOf = ({ timeline }: { readonly timeline: readonly { readonly reason: string }[] }) =>
  timeline.map(({ reason }) => reason);

describe('withPlan', () => {
  it('says once what is planned, in the message and to topics', () => {
    const [first] = PLANNED.timeline;
    expect(first).toMatchObject({ reason: 'planned', text: `${aSummary().id} for 3 services: 9 of 12 tasks are old` });
    expect(first && [isPublished(first), isThreaded(first)]).toEqual([true, false]);
    expect(PLANNED.revision).toBe(NOTICE.revision + 1);
  });

  it('changes nothing when nothing has changed', () => {
    expect(withPlan(PLANNED, aSummary(), [], DELIVERED)).toBe(PLANNED);
    const reordered = Object.fromEntries(Object.entries(aSummary()).toReversed());
    // The cast is true: the same fields in another order, as DynamoDB may return them.
    expect(withPlan(PLANNED, reordered as unknown as PlanSummary, [], DELIVERED)).toBe(PLANNED);
  });

  it('takes in each news once, also when it is told of it again', () => {
    const once = withPlan(PLANNED, aSummary({ heard: 2 }), [news(1), news(2)], DELIVERED);
    expect(withPlan(once, aSummary({ heard: 2 }), [news(1), news(2)], DELIVERED)).toBe(once);
    const more = withPlan(once, aSummary({ heard: 3 }), [news(1), news(2), news(3)], DELIVERED);
    expect(more.timeline.at(-1)?.text).toBe('news 3');
  });

  it('does not go back to an earlier plan that comes late', () => {
    const later = withPlan(PLANNED, aSummary({ heard: 2, old: 3 }), [news(1), news(2)], DELIVERED);
    expect(withPlan(later, aSummary({ heard: 1 }), [news(1)], DELIVERED)).toBe(later);
  });

  it('says news for one audience together, the loudest first', () => {
    const all = [news(1), news(2, 'owners'), news(3), news(4, 'channel')];
    const told = withPlan(PLANNED, aSummary({ heard: 4 }), all, DELIVERED);
    expect(told.timeline.slice(1).map(({ reason, text }) => [reason, text])).toEqual([
      ['summons', 'news 2'],
      ['notable', 'news 4'],
      ['step', 'news 1\nnews 3'],
    ]);
  });

  it.each([
    ['thread', { escalation: false, published: false, summons: false, severity: 'medium' }],
    ['channel', { escalation: true, published: false, summons: false, severity: 'medium' }],
    ['owners', { escalation: true, published: true, summons: true, severity: 'medium' }],
    ['page', { escalation: true, published: true, summons: true, severity: 'high' }],
  ] as const)('tells the audience %s as loudly as it should', (audience, expected) => {
    const told = withPlan(PLANNED, aSummary({ heard: 1 }), [news(1, audience)], DELIVERED);
    const said = told.timeline.at(-1);
    expect(
      said && {
        escalation: isEscalation(said),
        published: isPublished(said),
        summons: isSummons(said),
        severity: told.severity,
      },
    ).toEqual(expected);
  });

  it('cuts a hundred sentences visibly', () => {
    const many = Array.from({ length: 100 }, (_, index) => news(index + 1));
    const text = withPlan(PLANNED, aSummary({ heard: 100 }), many, DELIVERED).timeline.at(-1)?.text ?? '';
    expect(text.split('\n')).toHaveLength(16);
    expect(text).toContain('… and 85 more');
  });

  it('reports once that it is over', () => {
    const summary = aSummary({ phase: 'over', counts: { done: 2, 'rolled-back': 1 }, old: 0 });
    const over = withPlan(PLANNED, summary, [], DELIVERED);
    expect(over.timeline.at(-1)).toMatchObject({
      reason: 'resolved',
      text: `${summary.id} is over: 0 of 12 tasks are old`,
    });
    expect(reasonsOf(withPlan(over, { ...summary, hash: 'other' }, [], DELIVERED))).toEqual(reasonsOf(over));
  });
});
