import { describe, expect, it } from 'vitest';
import { costsOf } from '../../bench/storm/prices.ts';
import type { Usage } from '../../sandbox/usage.ts';

const NOTHING: Usage = { functions: {}, database: {}, slack: {}, notifications: 0, queueRequests: 0 };
const fn = { invocations: 0, milliseconds: 0, memory: 512, logLines: 0, logBytes: 0 };
const operation = { requests: 0, throttled: 0, readUnits: 0, writeUnits: 0 };

describe('what usage costs', () => {
  it.each<[string, string, Partial<Usage>, number]>([
    ['a million write units', 'DynamoDB writes', { database: { PutItem: { ...operation, writeUnits: 1e6 } } }, 0.625],
    ['two million read units', 'DynamoDB reads', { database: { GetItem: { ...operation, readUnits: 2e6 } } }, 0.25],
    ['a million invocations', 'Lambda requests', { functions: { one: { ...fn, invocations: 1e6 } } }, 0.2],
    ['2,000 s at 512 MB', 'Lambda duration', { functions: { one: { ...fn, milliseconds: 2e6 } } }, 0.0133334],
    ['a million requests', 'SQS requests', { queueRequests: 1e6 }, 0.4],
    ['a million publishes', 'SNS publishes', { notifications: 1e6 }, 0.5],
    [
      'a gigabyte in lines, 26 bytes of each not ours',
      'CloudWatch Logs',
      { functions: { one: { ...fn, logLines: 2 ** 20, logBytes: 2 ** 30 - 26 * 2 ** 20 } } },
      0.5,
    ],
  ])('%s: %s', (_, name, usage, dollars) => {
    const costs = costsOf({ ...NOTHING, ...usage });
    expect(costs.find((cost) => cost.name === name)?.dollars).toBeCloseTo(dollars, 9);
    expect(costs.reduce((sum, cost) => sum + cost.dollars, 0)).toBeCloseTo(dollars, 9);
  });
});
