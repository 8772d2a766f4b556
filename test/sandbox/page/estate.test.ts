import { describe, expect, it } from 'vitest';
import { createHarbour } from '../../../sandbox/ecs/harbour.ts';
import { createSandboxEcs } from '../../../sandbox/ecs/sandbox-ecs.ts';
import { surveyOf } from '../../../sandbox/ecs/survey.ts';
import { createEstate } from '../../../sandbox/estate/estate.ts';
import { ageText, type EstateRow, estateOf, progressOf } from '../../../sandbox/page/estate/rows.ts';
import { type Knowledge, NOTHING_KNOWN } from '../../../sandbox/page/knowledge.ts';
import { newPlanRecord, type PlanRecord } from '../../../shared/domain/plan/plan-record.ts';

const NOON = Date.UTC(2026, 10, 17, 12);
const MINUTE = 60_000;

/** A harbour with one service, on a clock that is moved by hand. */
function aHarbour() {
  let now = NOON;
  const harbour = createHarbour(() => now);
  const ecs = createSandboxEcs(harbour);
  ecs.add({ cluster: 'north', service: 'ferry', desired: 4, tags: { team: 'passage' } });
  const pass = (milliseconds: number): void => {
    now += milliseconds;
  };
  const row = (knowledge: Knowledge = NOTHING_KNOWN): EstateRow => {
    const rows = estateOf(surveyOf(createEstate(), harbour), knowledge).get('north');
    if (rows?.[0] === undefined) throw new Error('no such service');
    return rows[0];
  };
  return { ecs, harbour, pass, row };
}

/** A plan that names the service, with what the estate looks at. */
function planned(boundary: number, isOver = false): Knowledge {
  const { dueAt, ...record } = newPlanRecord('notice' as PlanRecord['notice'], NOON);
  const service = {
    at: { partition: 'aws', region: 'eu-west-1', account: '1', cluster: 'north', service: 'ferry' },
    verdict: { kind: 'ready', because: 'It is ready.' },
    hash: 'h',
    run: { stage: { kind: 'ended', end: 'done', at: NOON, because: 'All is new.' }, failures: 0 },
  };
  const plan = {
    id: record.id,
    boundary: { at: boundary, from: 'delivery' },
    services: [service],
    approvals: [],
    vetoes: [],
    orders: [],
  };
  // True as far as a row of the estate reads a plan.
  const one = { ...record, plan, ...(isOver ? {} : { dueAt }) } as unknown as PlanRecord;
  return { ...NOTHING_KNOWN, plans: [one] };
}

describe('the estate', () => {
  it('lists what behaves before what stands still', () => {
    const { harbour } = aHarbour();
    const { services } = surveyOf(createEstate(), harbour);
    const behaving = services.map(({ behaves }) => behaves);
    expect(behaving).toEqual(behaving.toSorted((a, b) => Number(b) - Number(a)));
    expect(services.map(({ cluster, service }) => `${cluster}/${service}`)).toEqual(
      expect.arrayContaining(['north/ferry', 'harbor-prod/checkout', 'harbor-edge/edge-proxy']),
    );
  });

  it('counts tasks and the capacity that they take', () => {
    const { harbour, row } = aHarbour();
    expect(row()).toMatchObject({
      name: 'north/ferry',
      retiring: 0,
      service: { running: 4, desired: 4, tags: { team: 'passage' } },
    });
    expect(surveyOf(createEstate(), harbour).vcpu).toEqual({ used: 2, quota: 1_000 });
  });

  it('shows a deployment under way with what it has started, and none when it is over', () => {
    const { ecs, pass, row } = aHarbour();
    expect(row().underWay).toBeUndefined();
    ecs.deployByPerson('north', 'ferry');
    pass(10_000);
    expect(row().underWay).toMatchObject({ running: 0, desired: 4, isUnderWay: true });
    pass(85_000);
    const { underWay } = row();
    expect(underWay && progressOf(underWay)).toBe(1);
    pass(10 * MINUTE);
    expect(row().underWay).toBeUndefined();
    expect(row().tasks).toHaveLength(4);
  });

  it('marks tasks that a plan wants replaced, until it is over', () => {
    const { row } = aHarbour();
    expect(row(planned(NOON))).toMatchObject({ retiring: 4, known: [{ kind: 'plan', status: 'done' }] });
    expect(row(planned(NOON - 90 * 24 * 60 * MINUTE)).retiring).toBe(0);
    expect(row(planned(NOON, true)).retiring).toBe(0);
  });

  it.each([
    [0, 'now'],
    [5 * MINUTE, '5 min'],
    [119 * MINUTE, '1 h'],
    [30 * 24 * 60 * MINUTE, '30 d'],
  ])('says %d ms as %s', (milliseconds, text) => {
    expect(ageText(milliseconds)).toBe(text);
  });
});
