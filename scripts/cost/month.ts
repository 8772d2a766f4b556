import type { Month } from './estates.ts';
import type { Kind } from './kinds.ts';
import { type Bill, LIST_PRICES, type Priced, totalOf } from './prices.ts';

/** What one of each kind takes. */
export type Measured = Readonly<Record<Kind, Bill>>;

const DAYS = 30;
const MINUTES = DAYS * 24 * 60;

/** Lambda polls a queue with five pollers, each of which waits for 20 seconds at a time. https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html */
const POLLS = 5 * 3 * MINUTES;
/** Bytes of an incident's item, with its audit and index entries, that are kept for 30 days. */
const RECORD = 6 * 1_024;
/** CloudWatch keeps logs compressed, to about this share. https://aws.amazon.com/cloudwatch/pricing/ */
const COMPRESSED = 0.15;

/** What does not depend on events, for the stack as it is by default. */
export function fixedBill(alarmMetrics: number, customMetrics: number): Bill {
  return { queueRequests: POLLS, schedules: 2 * MINUTES, alarmMetrics, customMetrics, dashboards: 1 };
}

/** Everything that a month takes. */
export function monthBill(
  services: number,
  month: Month,
  { measured, alarmMetrics }: { readonly measured: Measured; readonly alarmMetrics: number },
): Bill {
  const counts = countsOf(services, month);
  const events = sumOf(counts.map(([kind, count]) => scaled(measured[kind], count)));
  const problems = counts.reduce((sum, [kind, count]) => sum + (isProblem(kind) ? count : 0), 0);
  const bytes = problems * RECORD;
  const logStorage = (events.logGigabytes ?? 0) * COMPRESSED;
  return sumOf([
    fixedBill(alarmMetrics, month.customMetrics),
    events,
    { storedBytes: bytes, recoverableBytes: bytes, logStorage },
  ]);
}

/** How many of each kind there are in such a month. */
export function countsOf(services: number, { ofEachService, ofAll }: Month): readonly (readonly [Kind, number])[] {
  const rows: readonly (readonly [Kind, number])[] = [
    ['minute', MINUTES],
    ...rowsOf(ofEachService).map(([kind, count]) => [kind, count * services] as const),
    ...rowsOf(ofAll),
  ];
  return rows;
}

const isProblem = (kind: Kind): boolean => kind === 'problem' || kind === 'failedDeployment';

// The cast is true: these tables have no other keys.
const rowsOf = (counts: Readonly<Partial<Record<Kind, number>>>) => Object.entries(counts) as [Kind, number][];

/** Services of AWS as a bill groups them. */
export const GROUPS = {
  DynamoDB: ['writeUnits', 'readUnits', 'storedBytes', 'recoverableBytes'],
  Lambda: ['gigabyteSecond', 'invocations', 'schedules'],
  'SQS, SNS': ['queueRequests', 'notifications'],
  'CloudWatch Logs': ['logGigabytes', 'logStorage'],
  'alarms, metrics, dashboard': ['alarmMetrics', 'customMetrics', 'dashboards'],
} as const satisfies Readonly<Record<string, readonly Priced[]>>;

/** The part of a bill with these things. */
export const partOf = (bill: Bill, names: readonly Priced[]): Bill =>
  Object.fromEntries(names.map((name) => [name, bill[name] ?? 0]));

/** US dollars at list prices for a million of a kind. */
export const dollarsAMillion = (bill: Bill): number => totalOf(bill) * 1e6;

export const scaled = (bill: Bill, factor: number): Bill =>
  Object.fromEntries(PRICED_NAMES.map((name) => [name, (bill[name] ?? 0) * factor]));

// The cast is true: they are the keys of that object.
const PRICED_NAMES = Object.keys(LIST_PRICES) as Priced[];

const sumOf = (bills: readonly Bill[]): Bill =>
  Object.fromEntries(PRICED_NAMES.map((name) => [name, bills.reduce((sum, bill) => sum + (bill[name] ?? 0), 0)]));
