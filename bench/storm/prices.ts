import type { Usage } from '../../sandbox/usage.ts';

/** US dollars in us-east-1 at list prices, without any free tier. */
export const PRICES = {
  /** Per million request units, on demand. https://aws.amazon.com/dynamodb/pricing/on-demand/ */
  writeUnits: 0.625,
  readUnits: 0.125,
  /** Per GB-second on arm64, and per million requests. https://aws.amazon.com/lambda/pricing/ */
  gigabyteSecond: 0.0000133334,
  invocations: 0.2,
  /** Per million requests to a standard queue. https://aws.amazon.com/sqs/pricing/ */
  queueRequests: 0.4,
  /** Per million publishes; deliveries to Lambda and SQS are free, to other places not. https://aws.amazon.com/sns/pricing/ */
  notifications: 0.5,
  /** Per GB of standard logs taken in. https://aws.amazon.com/cloudwatch/pricing/ */
  logGigabytes: 0.5,
} as const;

/** Bytes that CloudWatch Logs adds to each line. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html */
const LINE_OVERHEAD = 26;

export interface Cost {
  /** What is paid for. */
  readonly name: string;
  readonly dollars: number;
}

const MILLION = 1e6;
const GIGABYTE = 2 ** 30;

/** What the usage costs, by service. Durations are those of this machine, so Lambda's share is a rough estimate. */
export function costsOf(usage: Usage): readonly Cost[] {
  const functions = Object.values(usage.functions);
  const operations = Object.values(usage.database);
  const gigabyteSeconds = sum(functions, ({ milliseconds, memory }) => (milliseconds / 1_000) * (memory / 1_024));
  const logBytes = sum(functions, ({ logBytes: bytes, logLines }) => bytes + logLines * LINE_OVERHEAD);
  return [
    { name: 'DynamoDB writes', dollars: (sum(operations, (it) => it.writeUnits) / MILLION) * PRICES.writeUnits },
    { name: 'DynamoDB reads', dollars: (sum(operations, (it) => it.readUnits) / MILLION) * PRICES.readUnits },
    { name: 'Lambda duration', dollars: gigabyteSeconds * PRICES.gigabyteSecond },
    { name: 'Lambda requests', dollars: (sum(functions, (it) => it.invocations) / MILLION) * PRICES.invocations },
    { name: 'SQS requests', dollars: (usage.queueRequests / MILLION) * PRICES.queueRequests },
    { name: 'SNS publishes', dollars: (usage.notifications / MILLION) * PRICES.notifications },
    { name: 'CloudWatch Logs', dollars: (logBytes / GIGABYTE) * PRICES.logGigabytes },
  ];
}

const sum = <Row>(rows: readonly Row[], of: (row: Row) => number): number =>
  rows.reduce((total, row) => total + of(row), 0);
