import type { Usage } from '../../sandbox/usage.ts';
import type { Bill } from './prices.ts';

/** Bytes that CloudWatch Logs adds to each line. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html */
const LINE_OVERHEAD = 26;

/** What the sandbox counted, in the things that AWS asks money for. Durations are those of the machine that it ran on. */
export function billOf({ functions, database, queueRequests, notifications }: Usage): Bill {
  const runs = Object.values(functions);
  const operations = Object.values(database);
  return {
    writeUnits: sum(operations, ({ writeUnits }) => writeUnits),
    readUnits: sum(operations, ({ readUnits }) => readUnits),
    gigabyteSecond: sum(runs, ({ milliseconds, memory }) => (milliseconds / 1_000) * (memory / 1_024)),
    invocations: sum(runs, ({ invocations }) => invocations),
    queueRequests,
    notifications,
    logGigabytes: sum(runs, ({ logBytes, logLines }) => logBytes + logLines * LINE_OVERHEAD),
  };
}

const sum = <Row>(rows: readonly Row[], of: (row: Row) => number): number =>
  rows.reduce((total, row) => total + of(row), 0);
