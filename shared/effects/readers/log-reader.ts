import type { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { found, type Gathered, type LogTail, missing } from '../../domain/facts.ts';
import { seconds } from '../../domain/instant.ts';
import { type Budget, budgetOf } from '../budget.ts';
import { gathered, type Question } from '../gathered.ts';
import type { At } from '../places/clients-at.ts';
import type { ReadClients } from '../read-clients.ts';
import { readableLines } from './log-lines.ts';
import { type LoggedContainer, type LogStream, logStreamOf } from './log-stream.ts';

export interface LogReader {
  /** The last `lines` lines (20 unless given) of what a container wrote. Never throws. */
  readonly tail: (wanted: LoggedContainer & { readonly lines?: number }) => Promise<Gathered<LogTail>>;
}

const TIMEOUT = seconds(3);
const LINES = 20;
/** Pages may come back empty although earlier ones are not. */
const MOST_PAGES = 3;

/**
 * Reads the end of CloudWatch log streams, in the task's account and the log group's Region; `redact` sees everything
 * before anybody else does; `budget` is the time of one call, 3 seconds unless given.
 */
export function createLogReader(deps: {
  readonly clientsAt: At<Pick<ReadClients, 'logsFor'>>;
  readonly redact: (text: string) => string;
  readonly budget?: Budget;
}): LogReader {
  const { clientsAt, redact, budget = budgetOf(TIMEOUT) } = deps;
  return {
    tail: async ({ lines = LINES, ...logged }) => {
      const located = logStreamOf(logged);
      if (located.status === 'missing') return located;
      const container = logged.container.name;
      const question = questionOf(located.value, container);
      return gathered(question, budget(), async (abortSignal) => {
        const client = await clientsAt(logged.at).logsFor(located.value.region);
        const messages = await latestMessages(client, located.value, lines, abortSignal);
        const readable = readableLines(messages, lines, redact);
        return readable.length === 0
          ? missing('not-found', `the log stream of ${container} is empty`)
          : found({ ...located.value, container, lines: readable });
      });
    },
  };
}

const questionOf = ({ group }: LogStream, container: string): Question => ({
  action: 'logs:GetLogEvents',
  on: `on ${group}`,
  notFound: `the container ${container} wrote no log stream`,
});

/** Oldest first. Goes back page by page only while the pages are empty; the end is a token that repeats. */
async function latestMessages(
  client: CloudWatchLogsClient,
  { group, stream }: LogStream,
  limit: number,
  abortSignal: AbortSignal,
): Promise<readonly string[]> {
  // Comes with the client, which is loaded on first use.
  const { GetLogEventsCommand } = await import('@aws-sdk/client-cloudwatch-logs');
  let nextToken: string | undefined;
  for (let page = 0; page < MOST_PAGES; page++) {
    const command = new GetLogEventsCommand({
      logGroupName: group,
      logStreamName: stream,
      limit,
      startFromHead: false,
      ...(nextToken !== undefined && { nextToken }),
    });
    const { events = [], nextBackwardToken } = await client.send(command, { abortSignal });
    if (events.length > 0) return events.map(({ message }) => message ?? '');
    if (nextBackwardToken === undefined || nextBackwardToken === nextToken) break;
    nextToken = nextBackwardToken;
  }
  return [];
}
