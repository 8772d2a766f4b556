import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { MONTHS } from '../../scripts/cost/estates.ts';
import { monthBill, scaled } from '../../scripts/cost/month.ts';
import { withNumbers } from '../../scripts/cost/page.ts';
import { dollarsBeyondFree, dollarsOf, LIST_PRICES, type Priced, totalOf } from '../../scripts/cost/prices.ts';
import { COST_PAGE, readCounted } from '../../scripts/cost.ts';

const counted = readCounted();

describe('docs/cost.md', () => {
  it('has the numbers of what was measured, at the prices of the table: npm run cost writes them', () => {
    const page = readFileSync(COST_PAGE, 'utf8');
    expect(page).toBe(withNumbers(page, counted));
  });

  it('cannot be written without its marks', () => {
    expect(() => withNumbers('# Cost\n', counted)).toThrow('has lost the marks');
  });
});

describe('a price', () => {
  it.each([
    ['a million write units', 'writeUnits', 1e6, 0.625, 0.625],
    ['eleven alarm metrics, of which ten are free', 'alarmMetrics', 11, 1.1, 0.1],
    ['a dashboard, of which three are free', 'dashboards', 1, 3, 0],
    ['six gigabytes of logs, of which five are free', 'logGigabytes', 6 * 2 ** 30, 3, 0.5],
  ] as const)('of %s', (_, name: Priced, count, list, beyond) => {
    expect(dollarsOf(name, count)).toBeCloseTo(list, 9);
    expect(dollarsBeyondFree(name, count)).toBeCloseTo(beyond, 9);
  });

  it.each(Object.entries(LIST_PRICES))('of %s has a source', (_, { source }) => {
    expect(source).toMatch(/^https:\/\/aws\.amazon\.com\/\w+\/pricing\//);
  });
});

describe('a month', () => {
  it.each(MONTHS)('that is $name costs more with more services, and never less than nothing of it free', (month) => {
    const totals = [0, 10, 100, 1_000].map((services) => totalOf(monthBill(services, month, counted)));
    expect(totals).toEqual(totals.toSorted((a, b) => a - b));
    for (const services of [0, 10, 1_000]) {
      const bill = monthBill(services, month, counted);
      expect(totalOf(bill, dollarsBeyondFree)).toBeLessThan(totalOf(bill));
    }
  });

  it('is the sum of what happens in it', () => {
    const [quiet] = MONTHS;
    if (quiet === undefined) throw new Error('there is a quiet month');
    const twice = { ...quiet, ofAll: Object.fromEntries(Object.entries(quiet.ofAll).map(([k, n]) => [k, n * 2])) };
    const added = totalOf(scaled(counted.measured.planDay, 7));
    const grown = totalOf(monthBill(10, twice, counted)) - totalOf(monthBill(10, quiet, counted));
    expect(grown).toBeGreaterThan(added * 0.99);
    expect(grown).toBeLessThan(added * 1.01 + 0.01);
  });
});
