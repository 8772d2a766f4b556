import {
  DescribeMaintenanceWindowExecutionsCommand,
  DescribeMaintenanceWindowScheduleCommand,
  GetMaintenanceWindowCommand,
  type MaintenanceWindowExecution,
  type SSMClient,
} from '@aws-sdk/client-ssm';
import { found, type Gathered } from '../domain/facts.ts';
import { hours, type Instant } from '../domain/instant.ts';
import type { SsmAnswer, SsmExecution } from '../domain/windows/imported.ts';
import { gathered, type Question } from './gathered.ts';

/** One maintenance window of Systems Manager, and how far to look. */
interface Asked {
  readonly id: string;
  readonly now: Instant;
  /** Openings before then are asked for. */
  readonly until: Instant;
  readonly signal: AbortSignal;
}

/** Asks Systems Manager about one maintenance window: missing as `not-found` where there is none of that id. Never throws. */
export async function readSsmWindow(client: SSMClient, asked: Asked): Promise<Gathered<SsmAnswer>> {
  const terms = await readTerms(client, asked);
  if (terms.status === 'missing') return terms;
  const [schedule, executions] = await Promise.all([
    readSchedule(client, asked),
    readExecutions(client, asked, terms.value.duration),
  ]);
  if (schedule.status === 'missing') return schedule;
  if (executions.status === 'missing') return executions;
  return found({ ...terms.value, ...schedule.value, executions: executions.value });
}

const question = (action: string, { id }: Asked): Question => ({
  action,
  notFound: `Systems Manager has no maintenance window ${id}`,
});

const readTerms = (client: SSMClient, asked: Asked) =>
  gathered(question('ssm:GetMaintenanceWindow', asked), asked.signal, async (abortSignal) => {
    const answer = await client.send(new GetMaintenanceWindowCommand({ WindowId: asked.id }), { abortSignal });
    const { Enabled: isEnabled = false, Duration = 0, Cutoff = 0, ModifiedDate } = answer;
    const changed = ModifiedDate && { changedAt: ModifiedDate.getTime() };
    return found({ isEnabled, duration: hours(Duration), cutoff: hours(Cutoff), ...changed });
  });

/** The filters are in examples of the AWS CLI: https://docs.aws.amazon.com/cli/latest/reference/ssm/describe-maintenance-window-schedule.html */
const readSchedule = (client: SSMClient, asked: Asked) =>
  gathered(question('ssm:DescribeMaintenanceWindowSchedule', asked), asked.signal, async (abortSignal) => {
    const filter = { Key: 'ScheduledBefore', Values: [utcSecond(asked.until)] };
    const { values, isWhole } = await pagesOf(async (page) => {
      const input = { WindowId: asked.id, Filters: [filter], ...page };
      const answer = await client.send(new DescribeMaintenanceWindowScheduleCommand(input), { abortSignal });
      return { values: answer.ScheduledWindowExecutions ?? [], next: answer.NextToken };
    });
    const times = values.map(({ ExecutionTime = '' }) => Date.parse(ExecutionTime)).filter((at) => !Number.isNaN(at));
    const upcoming = times.toSorted((a, b) => a - b);
    return found({ upcoming, until: isWhole ? asked.until : (upcoming.at(-1) ?? asked.now) });
  });

/** Those that began at most `duration` ago. */
const readExecutions = (client: SSMClient, asked: Asked, duration: number) =>
  gathered(question('ssm:DescribeMaintenanceWindowExecutions', asked), asked.signal, async (abortSignal) => {
    const filter = { Key: 'ExecutedAfter', Values: [utcSecond(asked.now - duration)] };
    const { values } = await pagesOf(async (page) => {
      const input = { WindowId: asked.id, Filters: [filter], ...page };
      const answer = await client.send(new DescribeMaintenanceWindowExecutionsCommand(input), { abortSignal });
      return { values: answer.WindowExecutions ?? [], next: answer.NextToken };
    });
    return found(values.flatMap(executionOf));
  });

function executionOf({ StartTime, Status }: MaintenanceWindowExecution): readonly SsmExecution[] {
  // Skipped because the one before it still runs: it opens nothing.
  if (StartTime === undefined || Status === 'SKIPPED_OVERLAPPING') return [];
  return [{ startedAt: StartTime.getTime(), isCancelled: Status === 'CANCELLED' || Status === 'CANCELLING' }];
}

/** A window that opens every hour has more openings than anybody plans with; what is beyond so many pages is left out. */
const MOST_PAGES = 10;
const PAGE_SIZE = 50;

interface PageInput {
  readonly MaxResults: number;
  readonly NextToken?: string;
}

async function pagesOf<Value>(
  ask: (page: PageInput) => Promise<{ readonly values: readonly Value[]; readonly next: string | undefined }>,
): Promise<{ readonly values: readonly Value[]; readonly isWhole: boolean }> {
  const values: Value[] = [];
  let token: string | undefined;
  for (let page = 0; page < MOST_PAGES; page++) {
    const answer = await ask({ MaxResults: PAGE_SIZE, ...(token && { NextToken: token }) });
    values.push(...answer.values);
    token = answer.next;
    // Without more pages the token is empty or absent.
    if (!token) return { values, isWhole: true };
  }
  return { values, isWhole: false };
}

/** `2026-11-21T08:05:00Z`. */
const utcSecond = (at: Instant): string => `${new Date(at).toISOString().slice(0, 19)}Z`;
