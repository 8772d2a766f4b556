/** What AWS asks for one thing. */
export interface Price {
  readonly usd: number;
  /** For how many of what is counted. */
  readonly per: number;
  /** What is counted, for the page. */
  readonly of: string;
  /** How many of them every account has free each month, for good. */
  readonly free: number;
  readonly source: string;
}

/** When the prices were looked up. */
export const PRICED = 'September 2026';

const MILLION = 1e6;
const GIGABYTE = 2 ** 30;
const CLOUDWATCH = 'https://aws.amazon.com/cloudwatch/pricing/';
const DYNAMODB = 'https://aws.amazon.com/dynamodb/pricing/on-demand/';
const LAMBDA = 'https://aws.amazon.com/lambda/pricing/';

/** US dollars in us-east-1. The only place where prices stand. */
export const LIST_PRICES = {
  writeUnits: { usd: 0.625, per: MILLION, of: 'DynamoDB write units, on demand', free: 0, source: DYNAMODB },
  readUnits: { usd: 0.125, per: MILLION, of: 'DynamoDB read units, on demand', free: 0, source: DYNAMODB },
  storedBytes: { usd: 0.25, per: GIGABYTE, of: 'bytes in the table, a month', free: 25 * GIGABYTE, source: DYNAMODB },
  recoverableBytes: {
    usd: 0.2,
    per: GIGABYTE,
    of: 'bytes that can be recovered to any second',
    free: 0,
    source: DYNAMODB,
  },
  gigabyteSecond: { usd: 0.0000133334, per: 1, of: 'GB-seconds of Lambda on arm64', free: 400_000, source: LAMBDA },
  invocations: { usd: 0.2, per: MILLION, of: 'invocations of Lambda', free: MILLION, source: LAMBDA },
  schedules: {
    usd: 1,
    per: MILLION,
    of: 'invocations by EventBridge Scheduler',
    free: 14 * MILLION,
    source: 'https://aws.amazon.com/eventbridge/pricing/',
  },
  queueRequests: {
    usd: 0.4,
    per: MILLION,
    of: 'requests to a standard queue of SQS',
    free: MILLION,
    source: 'https://aws.amazon.com/sqs/pricing/',
  },
  /** Deliveries to Lambda and SQS are free; e-mail is 2 USD for 100,000 after the first 1,000. */
  notifications: {
    usd: 0.5,
    per: MILLION,
    of: 'publishes to SNS',
    free: MILLION,
    source: 'https://aws.amazon.com/sns/pricing/',
  },
  logGigabytes: {
    usd: 0.5,
    per: GIGABYTE,
    of: 'bytes of standard logs taken in',
    free: 5 * GIGABYTE,
    source: CLOUDWATCH,
  },
  /** Stored compressed; the five free gigabytes are for both. */
  logStorage: { usd: 0.03, per: GIGABYTE, of: 'bytes of logs kept, compressed, a month', free: 0, source: CLOUDWATCH },
  alarmMetrics: { usd: 0.1, per: 1, of: 'metrics that alarms look at, a month', free: 10, source: CLOUDWATCH },
  /** Paid for the hours in which a metric is written. */
  customMetrics: { usd: 0.3, per: 1, of: 'metrics of Slackwater itself, a month', free: 10, source: CLOUDWATCH },
  dashboards: { usd: 3, per: 1, of: 'dashboards, a month', free: 3, source: CLOUDWATCH },
} as const satisfies Readonly<Record<string, Price>>;

export type Priced = keyof typeof LIST_PRICES;

/** So many of each thing; what is absent is none. */
export type Bill = Readonly<Partial<Record<Priced, number>>>;

/** US dollars at list prices. */
export const dollarsOf = (name: Priced, count: number): number =>
  (LIST_PRICES[name].usd * count) / LIST_PRICES[name].per;

/** US dollars once what an account has free is taken off, if nothing else in it uses that. */
export const dollarsBeyondFree = (name: Priced, count: number): number =>
  dollarsOf(name, Math.max(0, count - LIST_PRICES[name].free));

/** The sum of a bill. */
export const totalOf = (bill: Bill, dollars: typeof dollarsOf = dollarsOf): number =>
  // The cast is true: a bill has no other keys.
  (Object.entries(bill) as [Priced, number][]).reduce((sum, [name, count]) => sum + dollars(name, count), 0);
