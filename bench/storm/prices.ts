import type { Usage } from '../../sandbox/usage.ts';
import { dollarsOf, type Priced } from '../../scripts/cost/prices.ts';
import { billOf } from '../../scripts/cost/usage-bill.ts';

export interface Cost {
  /** What is paid for. */
  readonly name: string;
  readonly dollars: number;
}

const ROWS: readonly (readonly [name: string, priced: Priced])[] = [
  ['DynamoDB writes', 'writeUnits'],
  ['DynamoDB reads', 'readUnits'],
  ['Lambda duration', 'gigabyteSecond'],
  ['Lambda requests', 'invocations'],
  ['SQS requests', 'queueRequests'],
  ['SNS publishes', 'notifications'],
  ['CloudWatch Logs', 'logGigabytes'],
];

/** What the usage costs at list prices. Durations are those of this machine, so Lambda's share is a rough estimate. */
export function costsOf(usage: Usage): readonly Cost[] {
  const bill = billOf(usage);
  return ROWS.map(([name, priced]) => ({ name, dollars: dollarsOf(priced, bill[priced] ?? 0) }));
}
