import type { Usage } from '../../sandbox/usage.ts';
import { costsOf } from './prices.ts';

/** What came of a storm. */
export interface StormRun {
  /** Deliveries, duplicates included. */
  readonly events: number;
  /** Real milliseconds, from the first event to the last. */
  readonly milliseconds: number;
  /** Messages in the channels, and replies in threads. */
  readonly posts: number;
  readonly replies: number;
  readonly deadLetters: number;
  readonly usage: Usage;
}

const fixed = (value: number, digits = 2): string => value.toFixed(digits).padStart(12);
const row = (name: string, ...cells: readonly string[]): string => `${name.padEnd(28)}${cells.join('')}`;
const heading = (name: string, ...cells: readonly string[]): string =>
  `\n${row(name, ...cells.map((cell) => cell.padStart(12)))}`;

export function reportOf(run: StormRun): string {
  const { usage, events } = run;
  return [
    row('events', fixed(events, 0)),
    row('events per second', fixed((events * 1_000) / run.milliseconds, 0)),
    row('messages in channels', fixed(run.posts, 0)),
    row('replies in threads', fixed(run.replies, 0)),
    row('SNS publishes', fixed(usage.notifications, 0)),
    row('dead letters', fixed(run.deadLetters, 0)),
    row('SQS requests an event', fixed(usage.queueRequests / events)),
    ...Object.entries(usage.slack).map(([method, requests]) => row(method, fixed(requests, 0))),
    ...databaseRows(usage, events),
    ...functionRows(usage, events),
    ...costRows(usage, events),
  ].join('\n');
}

/** Everything but the first column is a number for each event. */
const databaseRows = ({ database }: Usage, events: number): readonly string[] => [
  heading('DynamoDB, an event', 'requests', 'write units', 'read units', 'throttled'),
  ...Object.entries(database).map(([operation, it]) =>
    row(operation, ...[it.requests, it.writeUnits, it.readUnits, it.throttled].map((n) => fixed(n / events, 3))),
  ),
];

const functionRows = ({ functions }: Usage, events: number): readonly string[] => [
  heading('Lambda', 'invocations', 'ms each', 'log bytes/ev', 'log lines/ev'),
  ...Object.entries(functions).map(([name, it]) =>
    row(
      name,
      fixed(it.invocations, 0),
      fixed(it.milliseconds / Math.max(1, it.invocations), 1),
      fixed(it.logBytes / events, 0),
      fixed(it.logLines / events),
    ),
  ),
];

const costRows = (usage: Usage, events: number): readonly string[] => {
  const costs = costsOf(usage).map(({ name, dollars }) => ({ name, dollars: (dollars / events) * 1e6 }));
  const total = costs.reduce((sum, { dollars }) => sum + dollars, 0);
  return [
    heading('USD a million events', 'list price'),
    ...costs.map(({ name, dollars }) => row(name, fixed(dollars, 3))),
    row('together', fixed(total, 3)),
  ];
};
